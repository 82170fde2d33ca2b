import type {Cell, Change, OutputId} from '../../model/picture.ts';
import type {Output, Surface} from '../../model/surface.ts';
import {isLampName} from '../../wire/mackie/buttons.ts';
import {encodeMackie} from '../../wire/mackie/codec.ts';
import type {MackieMessage} from '../../wire/mackie/message.ts';
import {ringFace} from '../../wire/mackie/ring.ts';
import type {Outgoing} from '../dialect.ts';
import {motorPosition} from '../motor-position.ts';
import {type ColourMemory, createColourMemory} from './colours.ts';
import {createDigitMemory, type DigitMemory} from './digits.ts';
import {createTextMemory, type TextMemory} from './text.ts';

/** Turns changes into messages, and remembers of displays what was written, so that only what differs is sent. */
export interface Feedback {
  write(changes: readonly Change[], deviceId: number): readonly Outgoing[];
  /** What was written is no longer believed to be shown. */
  forget(): void;
}

/** Steps of a meter on the wire, whatever the device has. */
const wireMeterSteps = 12;

export function createFeedback(surface: Surface): Feedback {
  const texts = createTextMemory();
  const digits = createDigitMemory();
  const colours = createColourMemory();

  return {
    write(changes, deviceId) {
      const outgoing: Outgoing[] = [];
      for (const change of changes) {
        const output = surface.outputs.get(change.output);
        if (output === undefined || output.type !== change.cell.type) continue;
        writeChange(outgoing, surface, output, change, {texts, digits, colours}, deviceId);
      }
      const coloured = colours.take(surface.palette, deviceId);
      if (coloured !== undefined) outgoing.push(coloured);
      return outgoing;
    },
    forget() {
      texts.forget();
      digits.forget();
    },
  };
}

interface Memories {
  readonly texts: TextMemory;
  readonly digits: DigitMemory;
  readonly colours: ColourMemory;
}

function writeChange(
  outgoing: Outgoing[],
  surface: Surface,
  output: Output,
  {cell, because}: Change,
  memories: Memories,
  deviceId: number,
): void {
  switch (cell.type) {
    case 'text':
      if (output.strip !== undefined) {
        outgoing.push(...memories.texts.write(output, output.strip, cell, because, deviceId));
      }
      break;
    case 'digits':
      outgoing.push(...memories.digits.write(output, cell, because));
      break;
    case 'colour':
      if (output.strip !== undefined) memories.colours.set(output.strip, cell.colour, because);
      break;
    default: {
      const message = messageOf(surface, output, cell);
      const [bytes] = message === undefined ? [] : encodeMackie(message);
      if (bytes !== undefined) {
        outgoing.push({key: output.id, lane: cell.type === 'meter' ? 'meter' : 'state', bytes, because});
      }
    }
  }
}

function messageOf(surface: Surface, output: Output, cell: Cell): MackieMessage | undefined {
  const {id, strip} = output;
  switch (cell.type) {
    case 'fader':
      return motorPosition(surface, output, cell.position);
    case 'ring':
      return strip === undefined ? undefined : {type: 'ring', strip, ...ringFace(cell)};
    case 'lamp': {
      const lamp = lampName(id);
      return isLampName(lamp) ? {type: 'lamp', lamp, state: cell.on ? 'on' : 'off'} : undefined;
    }
    case 'meter': {
      const level = (cell.step * wireMeterSteps) / (surface.meters?.steps || wireMeterSteps);
      if (id === 'meter.left') return {type: 'master-meter', side: 'left', level};
      if (id === 'meter.right') return {type: 'master-meter', side: 'right', level};
      return strip === undefined ? undefined : {type: 'meter-level', strip, level};
    }
    case 'overload':
      return strip === undefined ? undefined : {type: 'meter-overload', strip, on: cell.on};
    default:
      return undefined;
  }
}

/** The name of a lamp from its output's: `mute.1` of `lamp.mute.1`. */
export function lampName(output: OutputId): string {
  return output.slice('lamp.'.length);
}
