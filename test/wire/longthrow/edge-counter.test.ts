import test from 'ava';
import fc from 'fast-check';
import {stepsBetween} from '../../../src/wire/longthrow/accumulator.ts';
import {type Edge, edgesBetween, isDown} from '../../../src/wire/longthrow/edge-counter.ts';

test('a session begins at rest: the first counter tells what happened since', (t) => {
  t.deepEqual(edgesBetween(undefined, 0), []);
  t.deepEqual(edgesBetween(undefined, 1), ['pressed']);
  t.deepEqual(edgesBetween(undefined, 2), ['pressed', 'released']);
});

test('what was held before the session began is no press, and its release is no press either', (t) => {
  t.deepEqual(edgesBetween(undefined, 15), []);
  t.true(isDown(15));
  t.deepEqual(edgesBetween(15, 0), ['released']);
  t.deepEqual(edgesBetween(15, 1), ['released', 'pressed']);
});

test('whichever frames are lost, as long as one in seven presses arrives no press is lost or doubled', (t) => {
  const fates = fc.array(fc.boolean(), {minLength: 1, maxLength: 300});
  fc.assert(
    fc.property(fates, (arrives) => {
      let told = 0;
      let heard: number | undefined;
      let lost = 0;
      const edges: Edge[] = [];
      for (const arrived of [...arrives, true]) {
        told = (told + 1) & 15;
        lost = arrived ? 0 : lost + 1;
        if (!arrived && lost < 13) continue;
        lost = 0;
        edges.push(...edgesBetween(heard ?? 0, told));
        heard = told;
      }
      return (
        edges.length === arrives.length + 1 && edges.every((edge, at) => edge === (at % 2 ? 'released' : 'pressed'))
      );
    }),
  );
  t.pass();
});

test('steps of an encoder are the difference, across the wrap and in both directions', (t) => {
  t.is(stepsBetween(0, 3), 3);
  t.is(stepsBetween(0xffff, 1), 2);
  t.is(stepsBetween(1, 0xffff), -2);
  t.is(stepsBetween(0, 0x7fff), 32_767);
  fc.assert(
    fc.property(fc.integer({min: 0, max: 65_535}), fc.integer({min: -32_767, max: 32_767}), (before, steps) => {
      return stepsBetween(before, (before + steps) & 0xffff) === steps;
    }),
  );
});
