import {type PadByte, type PadColours, type PaletteEntry, type Rgb, rgbOf} from '../../model/pad.ts';
import type {Cell} from '../../model/picture.ts';
import type {Address} from '../../model/surface.ts';
import {addressBytes} from '../../wire/address-message.ts';

/**
 * Pads and keys that light in colours, at addresses of the mapping.
 *
 *   9n nn vv | Bn cc vv    vv the number of the device's own palette that is nearest
 *   any whole messages     with the pad's number, red, green and blue put in, each 00 … `full`; or the palette's number, and a brightness
 *   9n oo 7F | 9n nn 00    on at the number of the nearest colour, off at the first
 */
type PadCell = Extract<Cell, {type: 'pad'}>;

/** The messages that bring a pad to a cell, on channel 1 where its address names none. */
export function padMessages(colours: PadColours, address: Address, cell: PadCell): readonly Uint8Array[] {
  const {number} = address;
  const rgb = dimmedOf(cell);
  const isDark = Math.max(...rgb) < darkest;
  switch (colours.type) {
    case 'messages':
      return colours.templates.map((template) =>
        Uint8Array.from(template, (byte) => filled(byte, number, rgb, colours.full)),
      );
    case 'offsets': {
      // Brightness cannot be told, so the hue decides alone; darkness at any of its colours darkens the whole pad.
      const nearest = isDark ? undefined : nearestValue(colours.entries, rgbOf(cell.hue));
      const offset = nearest ?? colours.entries[0]?.value ?? 0;
      return [addressBytes({...address, number: number + offset}, nearest === undefined ? 0 : 127)];
    }
    case 'palette': {
      const [low, high] = colours.brightness ?? [0, 127];
      const value = nearestValue(colours.entries, colours.brightness && !isDark ? rgbOf(cell.hue) : rgb);
      if (value === undefined) return [];
      if (colours.templates === undefined) return [addressBytes(address, value)];
      const shade = low + Math.round((high - low) * (isDark ? 0 : cell.brightness));
      return colours.templates.map((template) =>
        Uint8Array.from(template, (byte) => {
          if (byte === 'value') return value;
          return byte === 'brightness' ? shade : filled(byte, number, rgb, 127);
        }),
      );
    }
  }
}

function dimmedOf({hue, brightness}: PadCell): Rgb {
  const [red, green, blue] = rgbOf(hue);
  return [red * brightness, green * brightness, blue * brightness];
}

/** A part that is lit at all stays lit on a device with few steps. What needs a palette is nothing without one. */
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
    case 'value':
    case 'brightness':
      return 0;
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
