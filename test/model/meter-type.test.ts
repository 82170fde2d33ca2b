import test from 'ava';
import fc from 'fast-check';
import {deliveryTargets} from '../../src/model/delivery-target.ts';
import {
  applyMeterCommand,
  isMeterCommand,
  type MeterSettings,
  meterRanges,
  newMeterSettings,
} from '../../src/model/meter-settings.ts';
import {deflectionDb, type MeterTypeName, markOf, meterTypeNames, meterTypes} from '../../src/model/meter-type.ts';

/** What each scale says of a sine at a level, with line-up at −18 dBFS: from the standards' own tables. */
const anchors: readonly (readonly [MeterTypeName, levelDb: number, mark: number])[] = [
  ['peak', -9, -9],
  ['true-peak', 0.5, 0.5],
  ['ppm1-din', -18, -9],
  ['ppm1-din', -9, 0],
  ['ppm1-nordic', -18, 0],
  ['ppm1-nordic', -9, 9],
  ['ppm2-bbc', -18, 4],
  ['ppm2-bbc', -10, 6],
  ['ppm2-bbc', -30, 1],
  ['ppm2-bbc', -6, 7],
  ['ppm2-ebu', -18, 0],
  ['ppm2-ebu', -9, 9],
  ['vu', -18, 0],
  ['vu', -15, 3],
  ['k20', -20, 0],
  ['k14', -14, 0],
  ['k12', -8, 4],
  ['loudness', -23, -23],
];

for (const [name, levelDb, mark] of anchors) {
  test(`${name}: ${levelDb} dB stands at ${mark}`, (t) => t.is(markOf(meterTypes[name], levelDb, -18), mark));
}

test('where there is a line-up level, the scale follows it', (t) => {
  t.is(markOf(meterTypes.vu, -20, -20), 0);
  t.is(markOf(meterTypes['ppm2-bbc'], -20, -20), 4);
  t.is(markOf(meterTypes['ppm1-din'], -15, -15), -9);
  t.is(markOf(meterTypes.k20, -20, -15), 0, 'the K-System has its own');
});

for (const name of meterTypeNames) {
  const type = meterTypes[name];
  test(`${name} has twelve rising lamps, rising marks, and a name short enough for a title`, (t) => {
    t.is(type.name, name);
    t.is(type.lamps.length, 12);
    for (const list of [type.lamps, type.marks])
      t.true(list.every((value, index) => index === 0 || value > (list[index - 1] ?? 0)));
    t.true(type.short.length <= 8);
    t.true(type.marks.every((mark) => mark <= (type.lamps[11] ?? 0) + 1));
  });

  test(`${name}: each lamp lights where the headroom scale lights the same one, and more is never less`, (t) => {
    const headroom = meterTypes.peak.lamps;
    for (const [lamp, mark] of type.lamps.entries())
      t.true(Math.abs(deflectionDb(type, mark) - (headroom[lamp] ?? 0)) < 1e-9);
    t.is(deflectionDb(type, Number.NEGATIVE_INFINITY), Number.NEGATIVE_INFINITY);
    const level = fc.double({min: -200, max: 20, noNaN: true});
    fc.assert(
      fc.property(level, level, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        return (
          deflectionDb(type, markOf(type, low, -18)) <= deflectionDb(type, markOf(type, high, -18)) &&
          Number.isFinite(deflectionDb(type, low))
        );
      }),
    );
  });
}

test('digital peak is shown as it is', (t) => {
  for (const levelDb of [-90, -60, -30.5, -9, -1, 0, 3]) t.is(deflectionDb(meterTypes.peak, levelDb), levelDb);
});

test('one steps through all types and is back', (t) => {
  let settings = newMeterSettings;
  const seen = new Set<MeterTypeName>();
  for (let step = 0; step < meterTypeNames.length; step++) {
    seen.add(settings.type);
    settings = applyMeterCommand(settings, {type: 'meters.nextType'});
  }
  t.deepEqual(settings, newMeterSettings);
  t.is(seen.size, meterTypeNames.length);
  t.is(applyMeterCommand(settings, {type: 'meters.nextType', steps: -1}).type, 'loudness');
});

test('one steps from no delivery target through all of them and back to none; an unknown one changes nothing', (t) => {
  let settings = newMeterSettings;
  const seen: (string | undefined)[] = [];
  for (let step = 0; step <= deliveryTargets.length; step++) {
    settings = applyMeterCommand(settings, {type: 'meters.nextTarget'});
    seen.push(settings.target);
  }
  t.deepEqual(seen, [...deliveryTargets.map(({id}) => id), undefined]);
  const chosen = applyMeterCommand(settings, {type: 'meters.setTarget', target: 'spotify'});
  t.is(chosen.target, 'spotify');
  t.is(applyMeterCommand(chosen, {type: 'meters.setTarget', target: 'spotify'}), chosen);
  t.is(applyMeterCommand(chosen, {type: 'meters.setTarget', target: 'cassette'}), chosen);
  t.is(applyMeterCommand(chosen, {type: 'meters.setTarget', target: undefined}).target, undefined);
});

test('settings stay within their ranges, and what changes nothing gives the same settings', (t) => {
  const line = (lineUpDb: number): MeterSettings =>
    applyMeterCommand(newMeterSettings, {type: 'meters.setLineUp', lineUpDb});
  t.is(line(-100).lineUpDb, meterRanges.lineUpDb[0]);
  t.is(line(0).lineUpDb, meterRanges.lineUpDb[1]);
  t.is(line(-18), newMeterSettings);
  t.is(line(Number.NaN), newMeterSettings);
  t.is(
    applyMeterCommand(newMeterSettings, {type: 'meters.setFall', fallDbPerSecond: Number.POSITIVE_INFINITY})
      .fallDbPerSecond,
    60,
  );
  t.true(applyMeterCommand(newMeterSettings, {type: 'meters.setPaused', paused: true}).paused);
  t.true(applyMeterCommand(newMeterSettings, {type: 'meters.togglePaused'}).paused);
  t.is(applyMeterCommand(newMeterSettings, {type: 'meters.setType', meter: 'vu'}).type, 'vu');
  t.is(applyMeterCommand(newMeterSettings, {type: 'meters.resetLoudness'}), newMeterSettings);
  t.true(isMeterCommand({type: 'meters.nextType'}));
  t.false(isMeterCommand({type: 'monitor.setDim'}));
});
