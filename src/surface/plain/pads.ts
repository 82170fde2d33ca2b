import {hues, type PadByte, type PadColours, type PaletteEntry, type Rgb} from '../../model/pad.ts';
import type {Cell} from '../../model/picture.ts';
import type {Address} from '../../model/surface.ts';
import {encodeMidi} from '../../wire/midi-message.ts';

/**
 * Pads and keys that light in colours, at addresses of the mapping.
 *
 *   9n nn vv | Bn cc vv    vv the number of the device's own palette that is nearest
 *   any whole messages     with the pad's number, red, green and blue put in, each 00 … `full`
 */
type PadCell = Extract<Cell, {type: 'pad'}>;

/** The messages that bring a pad to a cell, on channel 1 where its address names none. */
export function padMessages(colours: PadColours, address: Address, cell: PadCell): readonly Uint8Array[] {
  const {number, channel = 1, message} = address;
  const rgb = rgbOf(cell);
  if (colours.type === 'messages') {
    return colours.templates.map((template) =>
      Uint8Array.from(template, (byte) => filled(byte, number, rgb, colours.full)),
    );
  }
  const value = nearestValue(colours.entries, rgb);
  if (value === undefined) return [];
  return [
    message === 'cc'
      ? encodeMidi({type: 'control-change', channel, controller: number, value})
      : encodeMidi({type: 'note-on', channel, note: number, velocity: value}),
  ];
}

function rgbOf({hue, brightness}: PadCell): Rgb {
  const [red, green, blue] = hues[hue];
  return [red * brightness, green * brightness, blue * brightness];
}

/** A part that is lit at all stays lit on a device with few steps. */
function filled(byte: PadByte, number: number, [red, green, blue]: Rgb, full: number): number {
  const part = (value: number): number => (value > 0 ? Math.max(1, Math.round((value / 255) * full)) : 0);
  switch (byte) {
    case 'number':
      return number;
    case 'red':
      return part(red);
    case 'green':
      return part(green);
    case 'blue':
      return part(blue);
    default:
      return byte;
  }
}

/** Entries darker than this are dark to the eye. */
const darkest = 16;

/** The palette's number for a colour: what is lit never goes dark, and what is dark is never lit if the palette has a dark one. */
function nearestValue(entries: readonly PaletteEntry[], rgb: Rgb): number | undefined {
  const isDark = (one: Rgb): boolean => Math.max(...one) < darkest;
  const alike = entries.filter((entry) => isDark(entry.rgb) === isDark(rgb));
  let nearest: PaletteEntry | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const entry of alike.length > 0 ? alike : entries) {
    const distance = distanceOf(entry.rgb, rgb);
    if (distance < least) [nearest, least] = [entry, distance];
  }
  return nearest?.value;
}

/** How different two colours look: hue first, as shares of the brightest part, brightness second. Green counts most to the eye, blue least. */
function distanceOf(one: Rgb, other: Rgb): number {
  const [brightOne, brightOther] = [Math.max(1, ...one), Math.max(1, ...other)];
  const hue = [3, 4, 2].reduce((sum, weight, part) => {
    const apart = (one[part] ?? 0) / brightOne - (other[part] ?? 0) / brightOther;
    return sum + weight * apart * apart;
  }, 0);
  const brightness = (brightOne - brightOther) / 255;
  return hue + brightness * brightness;
}
