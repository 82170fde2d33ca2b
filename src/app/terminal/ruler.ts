import type {Playback} from '../../model/playback.ts';
import {plainText} from '../../model/problem.ts';
import {currentMarker} from '../../model/timeline.ts';
import {type Look, line, type Span, type Style, span} from './style.ts';

/** The whole tape as one line: markers with their names as far as there is room, the loop between its brackets, and where the tape is. */
export function drawRuler(playback: Playback, width: number, style: Style): string {
  const {frame, lengthFrames, markers, loop, looping} = playback;
  const [rule, loopRule, tick, head] = style.unicode ? ['─', '━', '│', '●'] : ['-', '=', '|', '#'];
  const cells: {text: string; look: Look}[] = Array.from({length: width}, () => ({text: rule, look: 'dim'}));
  if (lengthFrames === 0) return line(spansOf(cells), width, style);
  const columnOf = (at: number): number => Math.min(width - 1, Math.floor((at / lengthFrames) * width));
  const put = (column: number, text: string, look: Look): void => {
    Array.from(text).forEach((character, index) => {
      if (column + index < width) cells[column + index] = {text: character, look};
    });
  };
  const range = loop ?? (looping ? {inFrame: 0, outFrame: lengthFrames} : undefined);
  if (range !== undefined) {
    const look = looping ? 'good' : 'dim';
    const from = columnOf(range.inFrame);
    const to = Math.max(from + 1, columnOf(range.outFrame - 1));
    put(from, loopRule.repeat(to - from + 1), look);
    put(from, '[', look);
    put(to, ']', look);
  }
  const here = currentMarker(markers, frame);
  markers.forEach((marker, index) => {
    const column = columnOf(Math.min(marker.frame, lengthFrames));
    const end = columnOf(Math.min(markers[index + 1]?.frame ?? lengthFrames, lengthFrames));
    const name = Array.from(plainText(marker.name))
      .slice(0, Math.max(0, end - column - 2))
      .join('');
    put(column, `${tick}${name}`, marker === here ? 'bold' : 'plain');
  });
  put(columnOf(frame), head, playback.state === 'playing' ? 'good' : 'bold');
  return line(spansOf(cells), width, style);
}

/** Neighbours of one look as one piece. */
function spansOf(cells: readonly {readonly text: string; readonly look: Look}[]): readonly Span[] {
  const pieces: {text: string; look: Look}[] = [];
  for (const {text, look} of cells) {
    const last = pieces.at(-1);
    if (last?.look === look) last.text += text;
    else pieces.push({text, look});
  }
  return pieces.map(({text, look}) => span(text, look));
}
