import test from 'ava';
import fc from 'fast-check';
import {
  type Effect,
  effectKinds,
  effectParameterNames,
  effectRange,
  effectValue,
  newEffect,
  withEffectValue,
} from '../../src/model/effect.ts';

const all = effectKinds.flatMap((kind) => effectParameterNames(kind).map((name) => ({kind, name})));

for (const {kind, name} of all) {
  test(`${name} of a ${kind} has a range that holds its standard, and a short name`, (t) => {
    const range = effectRange(kind, name);
    if (range === undefined) return t.fail();
    t.true(range.low < range.high && range.low <= range.standard && range.standard <= range.high);
    t.true(range.scale === 'linear' || range.low > 0);
    t.true(range.scale === 'log' ? range.tick > 1 : range.tick > 0);
    t.regex(range.short, /^[\x20-\x7e]{1,6}$/);
    t.is(effectValue(newEffect(kind), name), range.standard);
  });
}

for (const kind of effectKinds) {
  test(`the parameters of a ${kind} are told apart by their short names`, (t) => {
    const shorts = effectParameterNames(kind).map((name) => effectRange(kind, name)?.short);
    t.is(new Set(shorts).size, shorts.length);
  });
}

test('whatever an effect is set to, it stays in its ranges and keeps its kind', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom(...effectKinds),
      fc.array(fc.tuple(fc.oneof(fc.constantFrom(...all.map(({name}) => name)), fc.string()), fc.double())),
      (kind, changes) => {
        const effect = changes.reduce<Effect>(
          (one, [name, value]) => withEffectValue(one, name, value),
          newEffect(kind),
        );
        return (
          effect.kind === kind &&
          Object.entries(effect.values).every(([name, value]) => {
            const range = effectRange(kind, name);
            return range !== undefined && value >= range.low && value <= range.high;
          })
        );
      },
    ),
  );
  t.pass();
});

test('an unknown name, NaN and what is equal already change nothing, not even the object', (t) => {
  const reverb = withEffectValue(newEffect('reverb'), 'decaySeconds', 3);
  t.is(effectValue(reverb, 'decaySeconds'), 3);
  t.is(withEffectValue(reverb, 'decaySeconds', Number.NaN), reverb);
  t.is(withEffectValue(reverb, 'decaySeconds', 3), reverb);
  t.is(withEffectValue(reverb, 'timeMs', 3), reverb);
  t.is(withEffectValue(reverb, 'toString', 3), reverb);
  t.is(effectRange('reverb', 'constructor'), undefined);
  t.is(effectValue(reverb, 'timeMs'), 0);
});

test('what comes back to its default is not kept', (t) => {
  const long = withEffectValue(newEffect('reverb'), 'decaySeconds', 3);
  t.deepEqual(withEffectValue(long, 'decaySeconds', 1.8), newEffect('reverb'));
});

test('switches are whole, numbers too high are the highest', (t) => {
  t.is(effectValue(withEffectValue(newEffect('delay'), 'pingPong', 0.7), 'pingPong'), 1);
  t.is(effectValue(withEffectValue(newEffect('delay'), 'feedback', Number.POSITIVE_INFINITY), 'feedback'), 95);
});
