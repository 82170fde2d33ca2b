import test from 'ava';
import fc from 'fast-check';
import {compareToTarget} from '../../src/gain/target-compare.ts';
import {
  type DeliveryTargetRow,
  deliveryTargetOf,
  deliveryTargets,
  findDeliveryTarget,
} from '../../src/model/delivery-target.ts';

function target(id: string): DeliveryTargetRow {
  const found = findDeliveryTarget(id);
  if (found === undefined) throw new Error(`no target ${id}`);
  return found;
}

const mix = (integratedLufs: number, truePeakDb = -3, maxShortTermLufs = integratedLufs + 2) => ({
  integratedLufs,
  truePeakDb,
  maxShortTermLufs,
});

test('every target has a name of its own, a date, a source, and figures that make sense', (t) => {
  t.is(new Set(deliveryTargets.map(({id}) => id)).size, deliveryTargets.length);
  for (const {id, integratedLufs, toleranceLu, ceilingDbtp, readOn, source, standing} of deliveryTargets) {
    t.regex(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    t.true(integratedLufs >= -31 && integratedLufs <= -8, id);
    t.true(toleranceLu > 0 && toleranceLu <= 2, id);
    t.true(ceilingDbtp <= -0.5 && ceilingDbtp >= -3, id);
    t.regex(readOn, /^\d{4}-\d\d-\d\d$/);
    t.true(source.length > 5 && standing.length > 0);
    t.is(deliveryTargetOf(id)?.id, id);
  }
});

test('each has a name short enough for a line that says more, and an id is found only as it is written', (t) => {
  for (const {name, short = name} of deliveryTargets) t.true(short.length <= 14, short);
  t.is(deliveryTargetOf('Spotify'), undefined);
  t.is(deliveryTargetOf(undefined), undefined);
});

test('the well-known ones are there', (t) => {
  for (const [id, lufs] of [
    ['ebu-r128', -23],
    ['atsc-a85', -24],
    ['aes-td1008-track', -16],
    ['spotify', -14],
    ['apple-music', -16],
    ['deezer', -15],
  ] as const) {
    t.is(target(id).integratedLufs, lufs);
  }
  t.is(target('ebu-r128-s1').maxShortTermLufs, -18);
});

test('a target is found however it is written', (t) => {
  t.is(findDeliveryTarget('EBU R128')?.id, 'ebu-r128');
  t.is(findDeliveryTarget('Apple_Music')?.id, 'apple-music');
  t.is(findDeliveryTarget('cassette'), undefined);
});

for (const [id, measured, loudness, advice] of [
  ['ebu-r128', mix(-23), 'right', []],
  ['ebu-r128', mix(-22.54), 'right', []],
  ['ebu-r128', mix(-20.5), 'loud', ['2.5 LU too loud: lower the mix bus 2.5 dB.']],
  [
    'ebu-r128',
    mix(-26, -8),
    'quiet',
    ['3.0 LU quieter than the target: raise the mix bus 3.0 dB, its peaks have room for it.'],
  ],
  [
    'ebu-r128',
    mix(-26, -2),
    'quiet',
    ['3.0 LU quieter than the target: raising it 3.0 dB needs a limiter that takes 2.0 dB off the peaks.'],
  ],
  ['spotify', mix(-9), 'turned-down', ['5.0 LU louder than the player wants: it plays it 5.0 dB lower.']],
  [
    'ebu-r128-s1',
    mix(-23, -0.4, -16.5),
    'right',
    [
      'True peak -0.4 dBTP; the ceiling is -1.0. Lower the limiter output by 0.6 dB.',
      'Short-term reached -16.5 LUFS; the limit is -18.0.',
    ],
  ],
] as const) {
  test(`${measured.integratedLufs} LUFS and ${measured.truePeakDb} dBTP for ${id} is ${loudness}`, (t) => {
    const comparison = compareToTarget(measured, target(id));
    t.is(comparison.loudness, loudness);
    t.deepEqual(comparison.advice, advice);
  });
}

test('of silence nothing is said but that it is silence', (t) => {
  const comparison = compareToTarget(mix(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY), target('tidal'));
  t.is(comparison.loudness, 'unknown');
  t.is(comparison.gainDb, undefined);
  t.is(comparison.advice.length, 1);
});

test('the gain that is proposed puts every mix on its target', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom(...deliveryTargets),
      fc.double({min: -60, max: 0, noNaN: true}),
      fc.double({min: -60, max: 6, noNaN: true}),
      (row, lufs, peak) => {
        const {gainDb = 0} = compareToTarget(mix(lufs, peak), row);
        const after = compareToTarget(mix(lufs + gainDb, peak + gainDb), row);
        return after.loudness === 'right' && Math.abs(after.distanceLu ?? 1) <= 0.1;
      },
    ),
  );
  t.pass();
});
