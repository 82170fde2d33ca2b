import type {Colour} from '../../model/mixer.ts';
import type {Surface} from '../../model/surface.ts';
import {encodeMackie} from '../../wire/mackie/codec.ts';
import {encodeColours} from '../../wire/mackie/display-codec.ts';
import type {MackieMessage, Rgb} from '../../wire/mackie/message.ts';
import type {Outgoing} from '../dialect.ts';

/** The colours of all eight strips: one message carries them all. */
export interface ColourMemory {
  set(strip: number, colour: Colour, because: string): void;
  /** The message of all colours, if any was set since. */
  take(palette: Surface['palette'], deviceId: number): Outgoing | undefined;
}

/** White, because text on a strip without colour cannot be read. */
export const defaultColours: readonly Colour[] = Array.from({length: 8}, () => 'white');

export function createColourMemory(): ColourMemory {
  const colours: Colour[] = [...defaultColours];
  let reasons: string[] = [];
  return {
    set(strip, colour, because) {
      if (strip >= colours.length) return;
      colours[strip] = colour;
      reasons.push(because);
    },
    take(palette, deviceId) {
      if (reasons.length === 0 || palette === undefined) return undefined;
      const because = reasons.join(', ');
      reasons = [];
      const [bytes] = encodeMackie(colourMessage(colours, palette, deviceId));
      return bytes && {key: 'colours', lane: 'state', bytes, because};
    },
  };
}

/** The message of eight colours as the device wants them. */
export function colourMessage(
  colours: readonly Colour[],
  palette: NonNullable<Surface['palette']>,
  deviceId: number,
): MackieMessage {
  if (palette === 'rgb-bits') return {type: 'colours', deviceId, colours: [...colours]};
  return {type: 'rgb-colours', colours: colours.map(rgbOf)};
}

function rgbOf(colour: Colour): Rgb {
  const bits = encodeColours([colour])[1] ?? 0;
  return [bits & 1 ? 0x7f : 0, bits & 2 ? 0x7f : 0, bits & 4 ? 0x7f : 0];
}
