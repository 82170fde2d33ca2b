import test from 'ava';
import {isWithin, measured} from './measure.ts';
import {type Passage, repeated, tone} from './signal.ts';

/** What its cases read is tested in blocks of every size, beside. */
const passagesOf = (levels: readonly number[]): readonly Passage[] => levels.map((levelDb) => [levelDb, 20] as const);

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
