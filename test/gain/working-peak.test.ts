import test from 'ava';
import fc from 'fast-check';
import {createWorkingPeak} from '../../src/gain/working-peak.ts';
import {factorFromDb} from '../../src/model/decibel.ts';

const rate = 1000;
const blockFrames = 400;

/** The 95th percentile by nearest rank of whole 400 ms blocks, straight from its definition. */
function bruteForce(blocksDb: readonly number[]): number | undefined {
  const active = blocksDb.slice(-50).filter((levelDb) => levelDb > -50);
  if (active.length * blockFrames < 3 * rate) return undefined;
  const sorted = active.toSorted((a, b) => a - b);
  return sorted[Math.ceil((95 * sorted.length) / 100) - 1];
}

function near(value: number | undefined, expected: number | undefined): boolean {
  if (value === undefined || expected === undefined) return value === expected;
  return Math.abs(value - expected) < 1e-6;
}

const blocks = fc.array(fc.double({min: -80, max: 12, noNaN: true}), {maxLength: 120});

test('the working peak is the 95th percentile of the active blocks of the last 20 s', (t) => {
  fc.assert(
    fc.property(blocks, (levels) => {
      const working = createWorkingPeak(rate);
      for (const [index, levelDb] of levels.entries()) {
        working.add(factorFromDb(levelDb), blockFrames);
        if (!near(working.level(), bruteForce(levels.slice(0, index + 1)))) return false;
      }
      return true;
    }),
  );
  t.pass();
});

test('the highest recent blocks are those of a sorted list', (t) => {
  fc.assert(
    fc.property(blocks, fc.integer({min: 1, max: 40}), (levels, count) => {
      const working = createWorkingPeak(rate);
      for (const levelDb of levels) working.add(factorFromDb(levelDb), blockFrames);
      const sorted = levels
        .slice(-count)
        .filter((levelDb) => levelDb > -50)
        .toSorted((a, b) => b - a);
      return ([1, 2, 3] as const).every((rank) => near(working.highest(rank, count * 400), sorted[rank - 1]));
    }),
  );
  t.pass();
});

test('a changed gain moves what was heard as if it had been heard with it', (t) => {
  fc.assert(
    fc.property(blocks, fc.double({min: -24, max: 24, noNaN: true}), (levels, deltaDb) => {
      const before = createWorkingPeak(rate);
      const after = createWorkingPeak(rate);
      for (const levelDb of levels) {
        before.add(factorFromDb(levelDb), blockFrames);
        after.add(factorFromDb(levelDb + deltaDb), blockFrames);
      }
      before.compensate(deltaDb);
      return levels.some((levelDb) => Math.abs(levelDb + deltaDb + 50) < 1e-6) || near(before.level(), after.level());
    }),
  );
  t.pass();
});

test('the block in progress follows a changed gain, too', (t) => {
  const working = createWorkingPeak(rate);
  working.add(factorFromDb(-5), 7 * blockFrames);
  working.add(factorFromDb(-2), 200);
  t.true(near(working.level(), -2));
  working.compensate(-6);
  t.true(near(working.level(), -8));
});

test('before three seconds of playing nothing is said, and rests do not count', (t) => {
  const working = createWorkingPeak(rate);
  for (let ms = 10; ms < 3000; ms += 10) {
    working.add(0.5, 10);
    t.is(working.level(), undefined);
  }
  working.add(0.5, 10);
  t.true(near(working.level(), -6.0206));
  working.add(0, 17_000);
  t.true(near(working.level(), -6.0206));
  working.add(0, 600);
  t.is(working.level(), undefined);
});

test('a cut drops the block in progress and keeps the rest', (t) => {
  const working = createWorkingPeak(rate);
  working.add(factorFromDb(-10), 8 * blockFrames);
  working.add(1, 200);
  working.cut();
  t.true(near(working.level(), -10));
  t.true(near(working.highest(1, 5000), -10));
});

test('the last five seconds end where they should, inside a block as well', (t) => {
  const working = createWorkingPeak(rate);
  working.add(factorFromDb(-5), 10 * blockFrames);
  working.add(factorFromDb(-20), 4990);
  t.true(near(working.highest(1, 5000), -5));
  working.add(factorFromDb(-20), 10);
  t.true(near(working.highest(1, 5000), -20));
});

test('neither nonsense levels nor nonsense gains leave a NaN behind', (t) => {
  fc.assert(
    fc.property(fc.array(fc.double(), {minLength: 60, maxLength: 60}), fc.double(), (peaks, deltaDb) => {
      const working = createWorkingPeak(rate);
      for (const peak of peaks) working.add(peak, blockFrames);
      working.compensate(deltaDb);
      return !Number.isNaN(working.level()) && !Number.isNaN(working.highest(1, 5000));
    }),
  );
  t.pass();
});

test('one of twenty blocks may lie above, two of forty', (t) => {
  const played = (count: number, loud: number): number | undefined => {
    const working = createWorkingPeak(rate);
    for (let block = 0; block < count; block += 1)
      working.add(factorFromDb(block < loud ? -1 - block : -20), blockFrames);
    return working.level();
  };
  t.true(near(played(19, 1), -1));
  t.true(near(played(20, 1), -20));
  t.true(near(played(39, 2), -2));
  t.true(near(played(40, 2), -20));
});

test('a block counts from just above −50 dBFS on', (t) => {
  const played = (levelDb: number): number | undefined => {
    const working = createWorkingPeak(rate);
    working.add(factorFromDb(levelDb), 20 * blockFrames);
    return working.level();
  };
  t.is(played(-50.01), undefined);
  t.true(near(played(-49.99), -49.99));
});
