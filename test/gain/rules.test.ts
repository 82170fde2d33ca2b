import {readFileSync} from 'node:fs';
import test from 'ava';
import type {Threshold} from '../../src/gain/rule.ts';
import {isPast} from '../../src/gain/rule.ts';
import {rulesFor} from '../../src/gain/rule-override.ts';
import {lampOf, ruleOf, ruleTable} from '../../src/gain/rules.ts';
import {ruleIds} from '../../src/model/warning.ts';

function edge(threshold: Threshold): number {
  return Object.values(threshold).reduce((sum, value) => sum + value, 0);
}

test('every rule the desk can raise has one row', (t) => {
  t.deepEqual(ruleTable.map(({id}) => id).toSorted(), [...ruleIds].toSorted());
});

test('a rule watches something, and its times are not negative', (t) => {
  for (const rule of ruleTable) {
    t.true(rule.places.strip !== undefined || rule.places.master !== undefined, rule.id);
    t.true(rule.raiseAfterMs >= 0 && rule.clearAfterMs >= 0, rule.id);
  }
});

test('no value is past both thresholds of a rule that measures one thing', (t) => {
  const oneThing = ruleTable.filter(({measure}) => !['workingLow', 'frameAge'].includes(measure));
  for (const {id, raise, clear} of oneThing)
    for (const value of [edge(raise), edge(clear)].flatMap((at) => [at - 0.001, at, at + 0.001]))
      t.false(isPast(raise, value) && isPast(clear, value), `${id} at ${value}`);
});

test('steps rise, in edge and in severity', (t) => {
  for (const {id, steps, severity} of ruleTable) {
    t.deepEqual(
      steps,
      steps.toSorted((a, b) => a.above - b.above),
      id,
    );
    t.true(
      steps.every((step) => step.severity >= severity),
      id,
    );
  }
});

test('only what lost samples is latched, and it is an alarm', (t) => {
  for (const {id, latched, severity} of ruleTable) t.is(latched, severity === 4, id);
});

test('lamps follow the severity, except where nothing comes in', (t) => {
  t.is(lampOf('clip.out', 4), 'alarm');
  t.is(lampOf('bus.head', 2), 'advice');
  t.is(lampOf('bus.head', 3), 'warning');
  t.is(lampOf('silent', 1), 'stale');
  t.is(lampOf('stale', 3), 'stale');
});

test('thresholds know their side and their edge', (t) => {
  const past = (threshold: Threshold): readonly boolean[] => [-1, 0, 1].map((value) => isPast(threshold, value));
  t.deepEqual(past({above: 0}), [false, false, true]);
  t.deepEqual(past({atLeast: 0}), [false, true, true]);
  t.deepEqual(past({below: 0}), [true, false, false]);
  t.deepEqual(past({atMost: 0}), [true, true, false]);
});

test('an override changes its rule where it is meant, and nothing else', (t) => {
  const overrides = [
    {rule: 'hot', only: 'drums', values: {raise: {above: -3}}},
    {rule: 'hot', values: {raiseAfterMs: 4000}},
    {rule: 'low', only: 'master', values: {on: false}},
  ] as const;
  const drums = rulesFor('drums', ruleTable, overrides);
  const keys = rulesFor('keys', ruleTable, overrides);
  t.deepEqual(ruleOf('hot', drums), {...ruleOf('hot'), raise: {above: -3}, raiseAfterMs: 4000});
  t.deepEqual(ruleOf('hot', keys), {...ruleOf('hot'), raiseAfterMs: 4000});
  t.is(ruleOf('low', keys).on, true);
  t.is(ruleOf('low', rulesFor('master', ruleTable, overrides)).on, false);
  t.deepEqual(rulesFor('other', ruleTable, []), ruleTable);
});

test('the guide explains every rule, with the rhythm of its lamp', (t) => {
  const guide = readFileSync(new URL('../../docs/gain-staging.md', import.meta.url), 'utf8');
  for (const {id, severity, short, steps} of ruleTable) {
    const row = guide.split('\n').find((line) => line.startsWith(`| \`${id}\``)) ?? '';
    t.true(row.includes(/^[A-Z ]+/.exec(short)?.[0] ?? short), `${id} and its short text`);
    for (const each of [severity, ...steps.map((step) => step.severity)])
      t.true(row.includes(lampOf(id, each)), `${id} and its rhythm ${lampOf(id, each)}`);
  }
});
