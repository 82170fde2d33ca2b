import test from 'ava';
import fc from 'fast-check';
import {type Comparable, compareToReference, comparisonLimitsOf} from '../../src/gain/reference-compare.ts';
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

test('limits of loudness and low end are those of the gain table, with what a session changes in it', (t) => {
  const limits = comparisonLimitsOf([]);
  t.deepEqual(limits.loudnessLu, [-0.5, 0.5]);
  t.deepEqual(limits.lowEndDb, [-3, 3]);
  const changed = comparisonLimitsOf([
    {rule: 'low.end', raise: [-6, 1]},
    {rule: 'low.end', only: 'drums', raise: 0.1},
    {rule: 'ref.match', raise: [-1, 2]},
  ]);
  t.deepEqual(changed.lowEndDb, [-6, 1]);
  t.deepEqual(changed.loudnessLu, [-2, 1], 'the rule counts the reference less the mix');
  const off = comparisonLimitsOf([{rule: 'ref.match', on: false}]);
  t.deepEqual(off.loudnessLu, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

test('what a session allows is not told', (t) => {
  const [mix, reference] = [sound(-16, flat), sound(-17.5, flat)];
  t.regex(compareToReference(mix, reference).advice.join(), /1\.5 LU quieter/);
  const changes = [{rule: 'ref.match', raise: [-2, 2]}] as const;
  t.deepEqual(compareToReference(mix, reference, comparisonLimitsOf(changes)).advice, []);
  t.regex(compareToReference(mix, sound(-18.5, flat), comparisonLimitsOf(changes)).advice.join(), /2\.5 LU quieter/);
});

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
