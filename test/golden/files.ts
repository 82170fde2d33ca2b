import type {Surface} from '../../src/model/surface.ts';
import {feedbackBytes} from './feedback-bytes.ts';

/** Whether the bytes to a surface are kept: of all on MIDI; what is drawn for others is held elsewhere. */
export function isGolden({dialect}: Surface): boolean {
  return dialect === 'mackie' || dialect === 'hui' || dialect === 'plain';
}

/** The file of a surface. */
export function goldenName({id}: Surface): string {
  return `${id}.json`;
}

/** What stands in it: one line an output, so that changes can be read. */
export function goldenText(surface: Surface): string {
  const {hello, outputs, farewell} = feedbackBytes(surface);
  const lines = Object.entries(outputs).map(([id, cells]) => `    ${JSON.stringify(id)}: ${JSON.stringify(cells)}`);
  return `{\n  "hello": ${JSON.stringify(hello)},\n  "outputs": {\n${lines.join(',\n')}\n  },\n  "farewell": ${JSON.stringify(farewell)}\n}\n`;
}
