/** Red, green and blue, 0…255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * The hues of pads and keys: those of Okabe and Ito, which the colour-blind can tell apart, as they are commonly published. Blue lies below the target window, green in it,
 * orange above it, vermillion at the top; sky is for information, white for all that is no level.
 */
export const hues = {
  off: [0, 0, 0],
  white: [255, 255, 255],
  blue: [0x00, 0x72, 0xb2],
  green: [0x00, 0x9e, 0x73],
  orange: [0xe6, 0x9f, 0x00],
  vermillion: [0xd5, 0x5e, 0x00],
  sky: [0x56, 0xb4, 0xe9],
} as const satisfies Readonly<Record<string, Rgb>>;
export type Hue = keyof typeof hues;

/** The colours of strips, as keys show them that have any colour: by them a strip is found, they tell nothing of its level. */
export const tints = {
  'strip-red': [255, 0, 0],
  'strip-green': [0, 255, 0],
  'strip-yellow': [255, 255, 0],
  'strip-blue': [0, 0, 255],
  'strip-magenta': [255, 0, 255],
  'strip-cyan': [0, 255, 255],
  'strip-white': [255, 255, 255],
} as const satisfies Readonly<Record<string, Rgb>>;
export type Tint = keyof typeof tints;

/** The parts of a hue or tint. */
export function rgbOf(name: Hue | Tint): Rgb {
  return isTint(name) ? tints[name] : hues[name];
}

function isTint(name: Hue | Tint): name is Tint {
  return name in tints;
}

/** How bright a pad is: at rest, when it wants to be noticed, in a flash. */
export const padBrightness = {rest: 0.25, notice: 0.6, flash: 1} as const;

/** How colours travel to pads that have an address. */
export type PadColours =
  /**
   * A number of the device's palette, as the value at the pad's address, or put into whole messages; where these carry a brightness of its own, its
   * values for dark and for bright.
   */
  | {
      readonly type: 'palette';
      readonly entries: readonly PaletteEntry[];
      readonly templates?: readonly (readonly PadByte[])[];
      readonly brightness?: readonly [dark: number, bright: number];
    }
  /** Whole messages with places for the pad's number and the three parts, each part 0…`full`. */
  | {readonly type: 'messages'; readonly templates: readonly (readonly PadByte[])[]; readonly full: number}
  /** Lamps of several colours in one pad: `value` is added to the pad's number, where 127 lights it; 0 at the first darkens the pad. */
  | {readonly type: 'offsets'; readonly entries: readonly PaletteEntry[]};

export interface PaletteEntry {
  readonly value: number;
  readonly rgb: Rgb;
}

/** A byte of a template: as it is, or what stands for it. */
export type PadByte = number | 'number' | 'red' | 'green' | 'blue' | 'value' | 'brightness';
