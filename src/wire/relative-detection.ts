import {decodeSteps, type RelativeEncoding} from './relative-encoding.ts';

/** The customs of endless encoders by name, in the order in which they are believed while several fit. */
export const relativeEncodings = {
  'twos-complement': {up: 0x01, down: 0x7f},
  'sign-magnitude': {up: 0x01, down: 0x41},
  'offset-64': {up: 0x41, down: 0x3f},
  'offset-16': {up: 0x11, down: 0x0f},
  'inverted-sign-magnitude': {up: 0x41, down: 0x01},
  'inc-dec': {up: 0x7f, down: 0x00},
} as const satisfies Readonly<Record<string, RelativeEncoding>>;

/** One of them. */
export type RelativeCustom = keyof typeof relativeEncodings;

/** Customs that tell how far, hence by which values tell them apart. */
const candidates: readonly RelativeCustom[] = [
  'twos-complement',
  'sign-magnitude',
  'offset-64',
  'offset-16',
  'inverted-sign-magnitude',
];

/**
 * The custom in which values that a hand produced by slow turning, in any direction, are the fewest steps: in all others some of them would be
 * leaps. A lone 41 is read as offset 64. Where two fit alike (01 and 41 are two customs, each the other backwards), the more usual one is taken.
 * `clockwiseFirst`: the first value is known to be a turn clockwise, which settles it. Undefined without values that say anything.
 */
export function likeliestCustom(values: Iterable<number>, clockwiseFirst = false): RelativeCustom | undefined {
  const said = [...values];
  const isClockwise = (custom: RelativeCustom): boolean =>
    !clockwiseFirst || decodeSteps(relativeEncodings[custom], said[0] ?? 0) > 0;
  if (said.every((value) => value === 0)) return undefined;
  if (said.every((value) => value === 0 || value === 0x7f) && said.includes(0)) return 'inc-dec';
  let likeliest: RelativeCustom | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const custom of candidates) {
    if (!isClockwise(custom)) continue;
    const steps = said.reduce((sum, value) => sum + Math.abs(decodeSteps(relativeEncodings[custom], value)), 0);
    // Sign and magnitude reads a lone 41 as a step back; offset 64, met as often, as the step forth that people try first.
    const isLone = custom === 'sign-magnitude' && said.every((value) => value > 0x40);
    if (steps + (isLone ? 0.5 : 0) >= fewest) continue;
    likeliest = custom;
    fewest = steps + (isLone ? 0.5 : 0);
  }
  return likeliest;
}

/** Reads the steps of an encoder whose custom is not known, finding it out as it goes. */
export interface RelativeDetector {
  /** Steps of a value, positive clockwise; the first few may go the wrong way. */
  steps(value: number): number;
}

/** Values further back than this count no more. */
const remembered = 24;

/** The detector before the first value. */
export function createRelativeDetector(): RelativeDetector {
  const heard: number[] = [];
  return {
    steps(value) {
      if (heard.length === 0 || heard.at(-1) !== value) heard.push(value);
      if (heard.length > remembered) heard.shift();
      const custom = likeliestCustom(heard);
      return custom === undefined ? 0 : decodeSteps(relativeEncodings[custom], value);
    },
  };
}
