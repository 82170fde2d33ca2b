import {readFileSync} from 'node:fs';
import test from 'ava';
import type {Rule, Threshold} from '../../src/gain/rule.ts';
import {isPast} from '../../src/gain/rule.ts';
import {dutiesAt, numbersOf, type RulePlace, ruleAt} from '../../src/gain/rule-override.ts';
import {lampOf, ruleOf, ruleTable} from '../../src/gain/rules.ts';
import type {Group, StripKind} from '../../src/model/mixer.ts';
import {type RuleId, ruleIds} from '../../src/model/warning.ts';
import {projectFile} from '../project.ts';

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
    for (const value of [...numbersOf(raise), ...numbersOf(clear)].flatMap((at) => [at - 0.001, at, at + 0.001]))
      t.false(isPast(raise, value) && isPast(clear, value), `${id} at ${value}`);
});

test('steps go one way, and severity rises with them', (t) => {
  for (const {id, steps, severity, raise} of ruleTable) {
    const edges = steps.map((step) => ('above' in step ? step.above : -step.below));
    t.deepEqual(
      edges,
      edges.toSorted((one, other) => one - other),
      id,
    );
    t.true(
      steps.every((step) => step.severity >= severity && 'above' in step === 'above' in raise),
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

const master: RulePlace = {type: 'master'};
const strip = (group: Group, kind: StripKind = 'stem', channels: 1 | 2 = 2): RulePlace => ({
  type: 'strip',
  kind,
  group,
  channels,
});

test('a change is made where it is meant, and nothing else', (t) => {
  const changes = [
    {rule: 'hot', only: 'drums', raise: -3},
    {rule: 'hot', raiseAfterMs: 4000},
    {rule: 'low', only: 'master', on: false},
    {rule: 'vox.bal', raise: [-9, 0]},
    {rule: 'bus.head', severity: 3},
  ] as const;
  const at = (place: RulePlace, id: RuleId): Rule => ruleAt(ruleOf(id), place, changes);
  t.like(at(strip('drums'), 'hot'), {raise: {above: -3}, clear: {below: -4}, raiseAfterMs: 4000});
  t.deepEqual(at(strip('keys'), 'hot'), {...ruleOf('hot'), raiseAfterMs: 4000});
  t.deepEqual(at(strip('keys'), 'low'), ruleOf('low'));
  t.like(at(strip('vocals'), 'vox.bal'), {raise: {outside: [-9, 0]}, clear: {within: [-8.5, -0.5]}});
  t.is(at(master, 'bus.head').severity, 3);
  t.true(at(master, 'bus.head').steps.every(({severity}) => severity >= 3));
});

test('a rule watches what it is for: places, kinds, groups and stereo strips', (t) => {
  const ids = (place: RulePlace): readonly RuleId[] => dutiesAt(place, ruleTable, []).map(({rule}) => rule.id);
  t.deepEqual(ids(strip('other', 'vca')), []);
  t.false(ids(strip('other', 'return')).some((id) => ['hot', 'low', 'silent', 'name', 'phase', 'noise'].includes(id)));
  t.true(ids(strip('other', 'group')).includes('over.float'));
  t.true(ids(strip('vocals')).includes('vox.bal') && !ids(strip('bass')).includes('vox.bal'));
  t.true(ids(strip('keys')).includes('phase') && !ids(strip('keys', 'stem', 1)).includes('phase'));
  t.false(ids(master).includes('hot'));
  t.like(ruleAt(ruleOf('bal'), strip('keys'), []), {raise: {above: 6}, clear: {below: 4}});
  t.like(ruleAt(ruleOf('bal'), master, []), {raise: {above: 3}, clear: {below: 2}});
  t.like(ruleAt(ruleOf('silent'), master, []), {severity: 3, raiseAfterMs: 3000});
  t.false(dutiesAt(strip('keys'), ruleTable, []).some(({rule}) => rule.id === 'mask'));
  t.true(dutiesAt(strip('keys'), ruleTable, [{rule: 'mask', on: true}]).some(({rule}) => rule.id === 'mask'));
});

test('the guide explains every rule, with the rhythm of its lamp', (t) => {
  const guide = readFileSync(projectFile('docs/gain-staging.md'), 'utf8');
  for (const {id, severity, short, steps} of ruleTable) {
    const row = guide.split('\n').find((line) => line.startsWith(`| \`${id}\``)) ?? '';
    t.true(row.includes(/[A-Z ]{2,}/.exec(short)?.[0] ?? ''), `${id} and its short text`);
    for (const each of [severity, ...steps.map((step) => step.severity)])
      t.true(row.includes(lampOf(id, each)), `${id} and its rhythm ${lampOf(id, each)}`);
  }
});
