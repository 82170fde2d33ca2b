import test from 'ava';
import {blockSizes, isWithin, measured, rates} from './measure.ts';
import {type Passage, repeated, tone} from './signal.ts';

const cases: readonly {readonly number: number; readonly levels: readonly number[]; readonly lu: number}[] = [
  {number: 1, levels: [-20, -30], lu: 10},
  {number: 2, levels: [-20, -15], lu: 5},
  {number: 3, levels: [-40, -20], lu: 20},
  {number: 4, levels: [-50, -35, -20, -35, -50], lu: 15},
];

const passagesOf = (levels: readonly number[]): readonly Passage[] => levels.map((levelDb) => [levelDb, 20] as const);

for (const [index, rate] of rates.entries()) {
  for (const {number, levels, lu} of cases) {
    test(`Tech 3342 case ${number} at ${rate} Hz: a range of ${lu} LU`, (t) => {
      const blockFrames = blockSizes[1 + ((index + number) % 4)] ?? 480;
      const {rangeLu} = measured(rate, tone(rate, passagesOf(levels)), {blockFrames});
      t.true(isWithin(rangeLu, lu, 1), `${rangeLu}`);
      t.true(isWithin(rangeLu, lu, 0.1), `${rangeLu}: within the tolerance, but further off than it need be`);
    });
  }
}

test('a programme played twice has the range it had', (t) => {
  const passages = passagesOf([-20, -30]);
  const once = measured(48_000, tone(48_000, passages));
  const twice = measured(48_000, tone(48_000, repeated(2, passages)));
  t.true(isWithin(once.rangeLu, twice.rangeLu, 0.1), `${once.rangeLu}, ${twice.rangeLu}`);
});

test('the range is called stable after a minute', (t) => {
  t.false(measured(48_000, tone(48_000, [[-20, 59.9]])).rangeIsStable);
  t.true(measured(48_000, tone(48_000, [[-20, 60]])).rangeIsStable);
});
