import {globalButtons} from '../mackie/buttons.ts';

/**
 * What a control or lamp of a descriptor is on a desk.
 *   00     a gap: nothing stands there
 *   01–05  of a strip: rec, solo, mute, select, push of the encoder
 *   10–11  lamps of a strip: overload, colour
 *   20–22  lamps of the unit without a key: rude-solo, smpte, beats
 *   40–7F  the 64 keys of a desk, in their order in the Mackie Control protocol
 */
const stripFunctions = new Map<number, string>([
  [0x01, 'rec'],
  [0x02, 'solo'],
  [0x03, 'mute'],
  [0x04, 'select'],
  [0x05, 'push'],
]);
const lightFunctions = new Map<number, string>([
  [0x20, 'rude-solo'],
  [0x21, 'smpte'],
  [0x22, 'beats'],
]);
const keyFunctions = new Map<number, string>(globalButtons.map((name, index) => [0x40 + index, name]));

/** Numbers of lamps that show more than that a button is on. */
export const lampFunctions = {overload: 0x10, colour: 0x11} as const;

/** The name of a button on every strip; undefined for none and for what a later version may know. */
export function stripFunction(number: number): string | undefined {
  return stripFunctions.get(number);
}

/** The name of a key of the unit. */
export function keyFunction(number: number): string | undefined {
  return keyFunctions.get(number);
}

/** The name of a lamp of the unit: a key's or one without. */
export function lightFunction(number: number): string | undefined {
  return keyFunctions.get(number) ?? lightFunctions.get(number);
}

/** The number of a function by its name, 0 for none. */
export function functionNumber(name: string): number {
  const all = [...stripFunctions, ...lightFunctions, ...keyFunctions];
  return all.find(([, known]) => known === name)?.[0] ?? 0;
}
