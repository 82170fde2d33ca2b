import test from 'ava';
import {createLoudnessProgram, surroundWeights} from '../../../src/gain/loudness-program.ts';
import {blockSizes, isWithin, measured} from './measure.ts';
import {burst, type Passage, phasedTone, repeated, silence, tone} from './signal.ts';

/** What a case must read, and how near (the standards allow 0.1 LU of a loudness, and 1 LU of a range, which need not be used up). */
type Wanted = Partial<Record<'integratedLufs' | 'rangeLu' | 'momentaryLufs' | 'shortTermLufs' | Maximum, number>>;
type Maximum = 'maxMomentaryLufs' | 'maxShortTermLufs';
const nearness = 0.1;

/** Passages of the cases of Tech 3341 and 3342 that have but one signal; what those read that say nothing here is tested elsewhere. */
const passages: readonly (readonly [name: string, passages: readonly Passage[], wanted?: Wanted])[] = [
  ['3341-1', [[-23, 20]], steady(-23)],
  ['3341-2', [[-33, 20]], steady(-33)],
  [
    '3341-3',
    [
      [-36, 10],
      [-23, 60],
      [-36, 10],
    ],
    {integratedLufs: -23},
  ],
  [
    '3341-4',
    [
      [-72, 10],
      [-36, 10],
      [-23, 60],
      [-36, 10],
      [-72, 10],
    ],
    {integratedLufs: -23},
  ],
  [
    '3341-5',
    [
      [-26, 20],
      [-20, 20.1],
      [-26, 20],
    ],
    {integratedLufs: -23},
  ],
  [
    '3341-9',
    repeated(5, [
      [-20, 1.34],
      [-30, 1.66],
    ]),
  ],
  [
    '3341-10',
    [
      [silence, 7 * 0.15],
      [-23, 3],
      [silence, 1],
    ],
  ],
  ['3341-11', successive(3, 0.15)],
  [
    '3341-12',
    repeated(25, [
      [-20, 0.18],
      [-30, 0.22],
    ]),
  ],
  [
    '3341-13',
    [
      [silence, 0.14],
      [-23, 0.4],
      [silence, 1],
    ],
  ],
  ['3341-14', successive(0.4, 0.02)],
  ['3342-1', range(-20, -30), {rangeLu: 10}],
  ['3342-2', range(-20, -15), {rangeLu: 5}],
  ['3342-3', range(-40, -20), {rangeLu: 20}],
  ['3342-4', range(-50, -35, -20, -35, -50), {rangeLu: 15}],
];

/** A tone that lasts: every loudness is the same. */
function steady(lufs: number): Wanted {
  const maxima = {maxMomentaryLufs: lufs, maxShortTermLufs: lufs};
  return {integratedLufs: lufs, momentaryLufs: lufs, shortTermLufs: lufs, ...maxima};
}

function successive(seconds: number, step: number): readonly Passage[] {
  return Array.from({length: 20}, (_, i): readonly Passage[] => [
    [silence, i * step],
    [-38 + i, seconds],
    [silence, seconds - i * step],
  ]).flat();
}

function range(...levels: readonly number[]): readonly Passage[] {
  return levels.map((levelDb) => [levelDb, 20] as const);
}

const peaks: readonly (readonly [name: string, make: (rate: number) => Float32Array])[] = [
  ['3341-15', (rate) => phasedTone(rate, 4, 0.5, 0)],
  ['3341-16', (rate) => phasedTone(rate, 4, 0.5, 45)],
  ['3341-17', (rate) => phasedTone(rate, 6, 0.5, 60)],
  ['3341-18', (rate) => phasedTone(rate, 8, 0.5, 67.5)],
  ['3341-19', (rate) => phasedTone(rate, 4, 1.41, 45)],
  ...[0, 1, 2, 3].map((offset) => [`3341-${20 + offset}`, () => burst(offset)] as const),
];

/** Whether all numbers of two readings are within 1e-9 of each other. */
function alike(one: object, other: object): boolean {
  const values = Object.values(other);
  return Object.values(one).every((value, index) => {
    const expected: unknown = values[index];
    return typeof value === 'number' && typeof expected === 'number' && Number.isFinite(value)
      ? isWithin(value, expected, 1e-9)
      : Object.is(value, expected);
  });
}

/** Every synthetic case at every rate: at the usual one in blocks of each size, at others in the largest, and in all that take turns. */
for (const rate of [44_100, 48_000, 96_000]) {
  const feeds = rate === 48_000 ? blockSizes : [4096, blockSizes];
  for (const [name, list, wanted] of passages) {
    const says = wanted === undefined ? 'reads' : 'reads what it must, and';
    test(`Tech ${name} at ${rate} Hz ${says} the same to 1e-9 in blocks of ${blockSizes.join(', ')}`, (t) => {
      const samples = tone(rate, list);
      const [first, ...others] = feeds.map((blockFrames) => measured(rate, samples, {blockFrames}));
      t.true((first?.maxMomentaryLufs ?? silence) > -60, 'there is something to compare');
      for (const other of others) t.true(alike(first ?? {}, other), JSON.stringify([first, other]));
      for (const [field, value] of Object.entries(wanted ?? {})) {
        const read = first?.[field as keyof Wanted] ?? silence;
        t.true(isWithin(read, value, nearness), `${field}: ${read} for ${value}`);
      }
    });
  }

  for (const [name, make] of peaks) {
    test(`Tech ${name} at ${rate} Hz has the same true peak to 1e-9 in blocks of ${blockSizes.join(', ')}`, (t) => {
      const samples = make(rate);
      const read = feeds.map((blockFrames) => measured(rate, samples, {blockFrames, truePeak: true}));
      for (const other of read) t.true(alike(read[0] ?? {}, other));
    });
  }

  test(`Tech 3341-6 at ${rate} Hz reads the same to 1e-9 in blocks of ${blockSizes.join(', ')}`, (t) => {
    const sides = [-28, -28, -24, 0, -30, -30].map((levelDb) => tone(rate, [[levelDb, 5]]));
    const read = blockSizes.map((blockFrames) => {
      const program = createLoudnessProgram({sampleRate: rate, weights: surroundWeights, truePeak: false});
      const block = sides.map(() => new Float32Array(blockFrames));
      for (let at = 0; at < 5 * rate; at += blockFrames) {
        const frames = Math.min(blockFrames, 5 * rate - at);
        for (const [side, samples] of sides.entries()) block[side]?.set(samples.subarray(at, at + frames));
        program.push(block, frames);
      }
      return program.integratedLufs();
    });
    for (const lufs of read) t.true(isWithin(lufs, read[0] ?? 0, 1e-9), `${lufs}`);
    t.true(isWithin(read[0] ?? 0, -23, 0.1));
  });
}
