import test from 'ava';
import fc from 'fast-check';
import {type Comparable, compareToReference} from '../../src/gain/reference-compare.ts';
import {bandNamesHz} from '../../src/gain/third-octave.ts';

/** Something of that loudness with bands at levels relative to it. */
function sound(integratedLufs: number, levels: (band: number) => number, values: Partial<Comparable> = {}): Comparable {
  const bands = bandNamesHz.map((_, band) => 10 ** ((levels(band) + integratedLufs) / 10));
  const all = bands.reduce((sum, band) => sum + band, 0);
  const low = bands.slice(0, 8).reduce((sum, band) => sum + band, 0);
  return {
    integratedLufs,
    rangeLu: 6,
    rangeIsStable: true,
    lowestPsrDb: 9,
    medianPsrDb: 12,
    widthDb: -8,
    spectrum: {bands, lowShare: low / all},
    ...values,
  };
}

const flat = (): number => -10;

test('the same sound at another loudness differs in loudness only', (t) => {
  fc.assert(
    fc.property(
      fc.double({min: -40, max: -6, noNaN: true}),
      fc.double({min: -40, max: -6, noNaN: true}),
      (one, other) => {
        const {loudnessLu, matchGainDb, bandsDb, lowEndDb, advice} = compareToReference(
          sound(one, flat),
          sound(other, flat),
        );
        const bandsAgree = bandsDb.every((difference) => difference !== undefined && Math.abs(difference) < 1e-9);
        const said = Math.abs(one - other) > 0.5 ? 1 : 0;
        return (
          Math.abs((loudnessLu ?? 0) - (one - other)) < 1e-9 &&
          Math.abs(other + (matchGainDb ?? 0) - one) < 1e-9 &&
          bandsAgree &&
          Math.abs(lowEndDb ?? 1) < 1e-9 &&
          advice.length === said
        );
      },
    ),
  );
  t.pass();
});

test('a mix with more below 120 Hz is told so, in dB and by bands', (t) => {
  const heavy = sound(-16, (band) => (band < 8 ? -4 : -10));
  const {lowEndDb, bandsDb, advice} = compareToReference(heavy, sound(-16, flat));
  t.true((lowEndDb ?? 0) > 3);
  t.true(Math.abs((bandsDb[3] ?? 0) - 6) < 1e-9);
  t.regex(advice[0] ?? '', /^\d\.\d dB more low end than the reference\.$/);
  t.is(advice[1], '6.0 dB more than the reference from 20 Hz to 100 Hz.');
});

test('fewer than three neighbouring bands are not worth a word', (t) => {
  const peaky = sound(-16, (band) => (band === 20 || band === 21 ? -4 : -10));
  t.deepEqual(compareToReference(peaky, sound(-16, flat)).advice, []);
});

test('bands that nobody hears in either are not compared, and those of one down to what is heard', (t) => {
  const dark = sound(-16, (band) => (band < 25 ? -10 : -90));
  t.is(compareToReference(dark, dark).bandsDb[30], undefined);
  const {bandsDb} = compareToReference(sound(-16, flat), dark);
  t.true(Math.abs((bandsDb[30] ?? 0) - 50) < 1e-9);
});

for (const [values, said] of [
  [{widthDb: -3}, '5.0 dB wider than the reference.'],
  [{widthDb: -14}, '6.0 dB narrower than the reference.'],
  [
    {medianPsrDb: 8},
    'Peaks stand 4.0 dB less above the loudness than in the reference. Ease compressors or the limiter.',
  ],
  [{rangeLu: 12}, 'Loudness range 6.0 LU wider than the reference.'],
] as const) {
  test(`a difference is told: ${said}`, (t) => {
    t.deepEqual(compareToReference(sound(-16, flat, values), sound(-16, flat)).advice, [said]);
  });
}

test('what could not be measured is unknown, never fine and never infinite', (t) => {
  const silent = sound(Number.NEGATIVE_INFINITY, flat, {
    widthDb: undefined,
    medianPsrDb: undefined,
    lowestPsrDb: undefined,
    rangeIsStable: false,
    spectrum: {bands: bandNamesHz.map(() => 0), lowShare: undefined},
  });
  const {advice, bandsDb, ...figures} = compareToReference(silent, sound(-16, flat));
  t.true(Object.values(figures).every((value) => value === undefined));
  t.true(bandsDb.every((value) => value === undefined));
  t.deepEqual(advice, []);
});
