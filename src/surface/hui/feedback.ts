import type {Cell, Change} from '../../model/picture.ts';
import type {Output, Surface} from '../../model/surface.ts';
import {encodeHui} from '../../wire/hui/codec.ts';
import type {HuiMessage} from '../../wire/hui/message.ts';
import {lampPlace} from '../../wire/hui/switches.ts';
import {ringFace} from '../../wire/mackie/ring.ts';
import type {Outgoing} from '../dialect.ts';
import {motorPosition} from '../motor-position.ts';
import {digitsMessage} from './digits.ts';
import {createMeterMemory, type MeterMemory} from './meters.ts';
import {createTextMemory, type TextMemory} from './text.ts';

/** Turns changes into messages, and remembers what was written of the large display and the meters. */
export interface Feedback {
  write(changes: readonly Change[]): readonly Outgoing[];
  /** What was written is no longer believed to be shown. */
  forget(): void;
}

export function createFeedback(surface: Surface): Feedback {
  const texts = createTextMemory();
  const meters = createMeterMemory(surface);
  return {
    write: (changes) =>
      changes.flatMap((change) => {
        const output = surface.outputs.get(change.output);
        if (output === undefined || output.type !== change.cell.type) return [];
        return outgoingOf(surface, output, change, texts, meters);
      }),
    forget() {
      texts.forget();
      meters.forget();
    },
  };
}

function outgoingOf(
  surface: Surface,
  output: Output,
  {cell, because}: Change,
  texts: TextMemory,
  meters: MeterMemory,
): readonly Outgoing[] {
  const {id, strip} = output;
  switch (cell.type) {
    case 'text':
      return texts.write(output, cell, because);
    case 'digits':
      return outgoing(id, 'text', digitsMessage(output, cell), because);
    case 'meter':
      return outgoing(id, 'meter', meters.level(output, cell.step), because);
    case 'overload':
      if (strip === undefined) return [];
      return meters.overload(strip, cell.on).flatMap(([key, message]) => outgoing(key, 'state', message, because));
    default:
      return outgoing(id, 'state', messageOf(surface, output, cell), because);
  }
}

function outgoing(
  key: string,
  lane: Outgoing['lane'],
  message: HuiMessage | undefined,
  because: string,
): readonly Outgoing[] {
  const bytes = message && encodeHui(message);
  return bytes === undefined ? [] : [{key, lane, bytes, because}];
}

function messageOf(surface: Surface, output: Output, cell: Cell): HuiMessage | undefined {
  const {id, strip} = output;
  switch (cell.type) {
    case 'fader':
      return motorPosition(surface, output, cell.position);
    case 'ring':
      return strip === undefined ? undefined : {type: 'ring', encoder: strip, ...ringFace(cell)};
    case 'lamp': {
      const place = lampPlace(id.slice('lamp.'.length));
      return place && {type: 'lamp', ...place, on: cell.on};
    }
    default:
      return undefined;
  }
}
