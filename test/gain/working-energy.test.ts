import test from 'ava';
import fc from 'fast-check';
import {createSlowMean} from '../../src/gain/slow-mean.ts';
import {createWorkingEnergy, type WorkingEnergy} from '../../src/gain/working-energy.ts';

const rate = 1000;

/** Plays a sine of that peak, in dBFS, for so long. */
function play(energy: WorkingEnergy, levelDb: number, ms: number, block = 10): void {
  const power = 10 ** (levelDb / 10) / 2;
  for (let frame = 0; frame < ms; frame += block)
    energy.add(power * block, (power / 4) * block, 10 ** (levelDb / 20), block);
}

const near = (value: number | undefined, expected: number): boolean =>
  Math.abs((value ?? Number.NaN) - expected) < 1e-6;

test('how loud a strip plays is known after three seconds of playing, rests do not count, and it is kept', (t) => {
  const energy = createWorkingEnergy(rate);
  play(energy, -10, 2800);
  t.is(energy.playing(), undefined);
  play(energy, -90, 10_000);
  t.is(energy.playing(), undefined);
  play(energy, -10, 800);
  t.true(near(energy.playing()?.left, 0.05));
  t.true(near(energy.playing()?.right, 0.0125));
  play(energy, -90, 60_000);
  t.true(near(energy.playing()?.left, 0.05));
});

test('only the last twenty seconds of playing count', (t) => {
  const energy = createWorkingEnergy(rate);
  play(energy, -10, 20_000);
  play(energy, -30, 20_000);
  t.true(near(energy.playing()?.left, 0.0005));
});

test('a changed gain moves playing and floor alike', (t) => {
  const energy = createWorkingEnergy(rate);
  for (let beat = 0; beat < 10; beat++) {
    play(energy, -10, 1600);
    play(energy, -55, 400);
  }
  t.true(near(energy.floorDb(), -55));
  energy.compensate(-6);
  t.true(near(energy.floorDb(), -61));
  t.true(near(energy.playing()?.left, 0.05 * 10 ** -0.6));
});

test('a floor is that of gaps: steady sound has none, nor what dies away, nor less than twenty seconds', (t) => {
  const steady = createWorkingEnergy(rate);
  play(steady, -10, 30_000);
  t.is(steady.floorDb(), undefined);
  const dying = createWorkingEnergy(rate);
  for (let note = 0; note < 8; note++) for (let step = 0; step < 10; step++) play(dying, -10 - 8 * step - note, 400);
  t.is(dying.floorDb(), undefined);
  const young = createWorkingEnergy(rate);
  play(young, -10, 17_000);
  play(young, -60, 2900);
  t.is(young.floorDb(), undefined);
  play(young, -60, 100);
  t.true(near(young.floorDb(), -60));
});

test('blocks of any length come to the same', (t) => {
  const heard = [1, 7, 64, 333, 2048].map((block) => {
    const energy = createWorkingEnergy(rate);
    energy.add(0, 0, 0, 1000);
    for (let frame = 0; frame < 20 * 2048 * 21; frame += block) energy.add(0.02 * block, 0.01 * block, 0.3, block);
    return energy.playing()?.left;
  });
  t.true(heard.every((value) => near(value, 0.02)));
});

test('nonsense leaves no NaN behind', (t) => {
  const number = fc.oneof(fc.double({min: -1e30, max: 1e30}), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(number, number, fc.integer({min: 1, max: 5000})), {maxLength: 80}),
      number,
      (blocks, deltaDb) => {
        const energy = createWorkingEnergy(rate);
        for (const [left, right, frames] of blocks) energy.add(left, right, 0.5, frames);
        energy.compensate(deltaDb);
        const mean = createSlowMean(rate, 3);
        for (const [value, , frames] of blocks) mean.add(value, frames);
        return !Number.isNaN(energy.floorDb()) && !Number.isNaN(mean.value());
      },
    ),
  );
  t.pass();
});

test('a slow mean is known after its time, forgets what is older, and passes over what is no number', (t) => {
  const mean = createSlowMean(rate, 3);
  for (let ms = 0; ms < 2990; ms += 10) mean.add(6, 10);
  t.is(mean.value(), undefined);
  mean.add(6, 10);
  t.true(near(mean.value(), 6));
  mean.add(Number.NaN, 10);
  for (let ms = 0; ms < 3000; ms += 10) mean.add(0, 10);
  t.true(Math.abs((mean.value() ?? 9) - 6 * Math.exp(-3)) < 0.02);
  mean.restart();
  t.is(mean.value(), undefined);
});
