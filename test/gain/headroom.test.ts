import test from 'ava';
import fc from 'fast-check';
import {
  describeHeadroom,
  headroomDb,
  targetWindow,
  workingZoneOf,
  type Zone,
  zoneOf,
  zoneOfLevel,
  zones,
} from '../../src/gain/headroom.ts';
import type {Reading} from '../../src/model/reading.ts';

const silent = Number.NEGATIVE_INFINITY;
const reading: Reading = {
  peakDb: -9,
  leftDb: -9,
  rightDb: -10,
  inPeakDb: -9,
  postPeakDb: -9,
  workingPeakDb: undefined,
  clipped: false,
};

test('zones meet at the levels that are printed in the guide', (t) => {
  const cases: readonly (readonly [number, Zone])[] = [
    [silent, 'silent'],
    [Number.NaN, 'silent'],
    [-60.1, 'silent'],
    [-60, 'quiet'],
    [-24, 'below'],
    [-12.1, 'below'],
    [-12, 'window'],
    [-6, 'window'],
    [-5.9, 'over'],
    [-3, 'over'],
    [-2.9, 'low headroom'],
    [6, 'low headroom'],
  ];
  for (const [levelDb, zone] of cases) t.is<Zone, Zone>(zoneOfLevel(levelDb), zone, String(levelDb));
  t.is((targetWindow.lowDb + targetWindow.highDb) / 2, targetWindow.centreDb);
});

test('a louder level is never in a lower zone', (t) => {
  const level = fc.double({min: -100, max: 20, noNaN: true});
  fc.assert(
    fc.property(level, level, (a, b) => {
      const [low, high] = a <= b ? [a, b] : [b, a];
      return zones.indexOf(zoneOfLevel(low)) <= zones.indexOf(zoneOfLevel(high));
    }),
  );
  t.pass();
});

test('a clip outweighs the level until it is acknowledged, and an unknown working peak has no zone', (t) => {
  t.is(zoneOf(reading), 'window');
  t.is(workingZoneOf(reading), undefined);
  t.is(workingZoneOf({...reading, workingPeakDb: -20}), 'below');
  t.is(zoneOf({...reading, clipped: true}), 'clipped');
  t.is(workingZoneOf({...reading, clipped: true}), 'clipped');
});

test('headroom is told in dB up to full scale', (t) => {
  t.is(headroomDb(-6), 6);
  t.is(headroomDb(0), 0);
  t.is(headroomDb(silent), Number.POSITIVE_INFINITY);
  t.deepEqual([-6, 0, 1.24, silent, -75].map(describeHeadroom), [
    '6.0 dB free',
    '0.0 dB free',
    '1.2 dB over',
    'silent',
    'silent',
  ]);
});
