import test from 'ava';
import fc from 'fast-check';
import {lampLit} from '../../src/gain/lamp-pattern.ts';
import {lampOf, ruleTable} from '../../src/gain/rules.ts';
import {fillAdvice, fillShort} from '../../src/gain/wording.ts';
import type {RuleId, Severity} from '../../src/model/warning.ts';
import {bursts, kick, rehearse, withKick} from './rehearsal.ts';
import type {Levels} from './sound-frame.ts';

/** What holds for all rules. */

const severities: readonly Severity[] = [1, 2, 3, 4];

test('no rule at any severity, with or without reduced motion, lights a lamp anew more than three times in a second', (t) => {
  // Two minutes of every pattern: all periods (10, 40, 60 ticks) repeat within 120 ticks.
  const ticks = 2400;
  for (const {id} of ruleTable)
    for (const severity of severities)
      for (const reducedMotion of [false, true]) {
        const lit = Array.from({length: ticks}, (_, tick) => lampLit(lampOf(id, severity), tick, reducedMotion));
        const edges = lit.map((on, tick) => (on && tick > 0 && !lit[tick - 1] ? 1 : 0));
        for (let from = 0; from + 20 <= ticks; from++) {
          const risen = edges.slice(from, from + 20).reduce<number>((sum, edge) => sum + edge, 0);
          if (risen > 3) t.fail(`${id} at ${severity} from tick ${from}: ${risen}`);
        }
      }
  t.pass();
});

test('nor does a lamp whose warning changes at any tick', (t) => {
  const states = [...new Set(ruleTable.flatMap(({id}) => severities.map((severity) => lampOf(id, severity))))];
  for (const before of states)
    for (const after of states)
      for (let change = 20; change < 140; change++) {
        const lit = Array.from({length: 160}, (_, tick) => lampLit(tick < change ? before : after, tick));
        const edges = lit.map((on, tick) => (on && tick > 0 && !lit[tick - 1] ? 1 : 0));
        for (let from = 0; from + 20 <= 160; from++) {
          const risen = edges.slice(from, from + 20).reduce<number>((sum, edge) => sum + edge, 0);
          if (risen > 3) t.fail(`${before} to ${after} at ${change} from ${from}: ${risen}`);
        }
      }
  t.pass();
});

const words = fc.record({
  letter: fc.constantFrom('L', 'R'),
  side: fc.constantFrom('left', 'right'),
  way: fc.constantFrom('up', 'down', 'more'),
  insert: fc.constant('the EQ'),
  named: fc.string({maxLength: 20}),
  partner: fc.string({maxLength: 20}),
  loudest: fc.constant('drums'),
  ...Object.fromEntries(
    [
      'peak',
      'ceiling',
      'loudness',
      'target',
      'limit',
      'change',
      'loss',
      'amount',
      'trim',
      'ease',
      'other',
      'low',
      'high',
    ].map((key) => [key, fc.double({min: -400, max: 400, noNaN: true})]),
  ),
});

test('whatever was measured, short texts have at most six ASCII characters, and sentences no holes', (t) => {
  const value = fc.oneof(
    fc.double({min: -400, max: 400, noNaN: true}),
    fc.constantFrom(Number.NEGATIVE_INFINITY, 0, -0),
  );
  fc.assert(
    fc.property(fc.constantFrom(...ruleTable), value, words, (rule, measured, more) => {
      const places = [rule.places.strip, rule.places.master].flatMap((place) => place?.advice ?? []);
      const sentences = [...places, ...rule.steps.flatMap((step) => step.advice ?? [])].map((advice) =>
        fillAdvice(advice.replace('{named}', '').replace('{partner}', ''), 'Kick', measured, more),
      );
      return (
        /^[\x20-\x7e]{1,6}$/.test(fillShort(rule.short, measured, more)) &&
        !sentences.some((advice) => /[{}]|NaN|Infinity|undefined|-0\b(?!\.)/.test(advice))
      );
    }),
    {numRuns: 2000},
  );
  t.pass();
});

test('every advice has a number or a name in it', (t) => {
  for (const {id, places, steps} of ruleTable)
    for (const advice of [places.strip?.advice, places.master?.advice, ...steps.map((step) => step.advice)].flatMap(
      (text) => text ?? [],
    ))
      t.regex(advice, /\{[+-]?[a-z]+|\d/, id);
});

test('what our own trim mends goes out at once, whatever its rule would wait for', (t) => {
  const faults: readonly (readonly [rule: RuleId, fault: Levels, mended: Levels, trimDb: number])[] = [
    ['over.float', {pre: 2}, {pre: -1}, -3],
    ['vu.hot', {sound: {leftDb: -12, rho: 0.5}}, {sound: {leftDb: -18, rho: 0.5}}, -6],
    ['dc', {sound: {leftDb: -20, rho: 0.5, dcDb: -45}}, {sound: {leftDb: -32, rho: 0.5, dcDb: -57}}, -12],
  ];
  for (const [rule, fault, mended, trimDb] of faults) {
    const desk = rehearse({}, 50);
    desk.run(10_000, () => fault);
    t.regex(desk.story(kick, rule), /^raised@\d+$/, rule);
    desk.mixer = withKick({trimDb});
    // The old level is on its way for another 200 ms.
    desk.run(10_200, () => fault);
    desk.run(30_000, () => mended);
    t.regex(desk.story(kick, rule), /^raised@\d+ cleared@10050$/, rule);
  }
});

test('a trim that does not mend enough takes nothing back', (t) => {
  const desk = rehearse({}, 50);
  desk.run(10_000, (atMs) => ({pre: atMs % 1000 < 500 ? 4 : -20}));
  t.is(desk.story(kick, 'over.float'), 'raised@3050');
  desk.mixer = withKick({trimDb: -2});
  desk.run(20_000, (atMs) => ({pre: atMs % 1000 < 500 ? 2 : -22}));
  t.is(desk.story(kick, 'over.float'), 'raised@3050');
});

test('a low track asks by its lamp for half a minute, then by its text alone', (t) => {
  const desk = rehearse({}, 50);
  desk.run(80_000, bursts(-20));
  const spoken = desk.changes.filter(
    ({rule, strip, verdict}) => rule === 'low' && strip === kick && verdict === 'raise',
  );
  t.deepEqual(
    spoken.map(({severity, short}) => `${severity} ${short}`),
    ['2 LOW-11', '1 LOW-11'],
  );
  const [first, second] = spoken;
  t.is((second?.atMs ?? 0) - (first?.atMs ?? 0), 40_000);
});

test('limits, times and severities of a session hold, also while a warning is weighed', (t) => {
  const desk = rehearse({
    changes: [
      {rule: 'hot', only: 'drums', raise: -4, raiseAfterMs: 4000, severity: 3},
      {rule: 'low', on: false},
    ],
  });
  desk.run(8000, bursts(-5));
  t.is(desk.story(kick, 'hot'), '');
  desk.run(30_000, bursts(-3));
  t.regex(desk.story(kick, 'hot'), /^raised@/);
  t.is(desk.changes.find(({rule, verdict}) => rule === 'hot' && verdict === 'raise')?.severity, 3);
  t.true(
    desk.changes
      .filter(({rule, strip}) => rule === 'hot' && strip === kick)
      .every(({raiseAfterMs}) => raiseAfterMs === 4000),
  );
});

test('masking is asked for by a session, and told at the first of two strips that share a band', (t) => {
  const desk = rehearse({changes: [{rule: 'mask', on: true}]}, 50);
  const loud = Array.from({length: 15}, (_, band) => (band < 5 ? -20 : -90));
  const away = Array.from({length: 15}, (_, band) => (band > 9 ? -20 : -90));
  desk.facts = {bandsOf: (strip) => (strip === kick ? loud : loud.map((levelDb) => levelDb + 3))};
  desk.run(30_000, () => ({pre: -12}));
  t.regex(desk.story(kick, 'mask'), /^raised@19\d+$|^raised@20\d+$/);
  t.is(desk.story('pad', 'mask'), '');
  t.regex(
    desk.told.find(({rule}) => rule === 'mask')?.advice ?? '',
    /^Kick and Pad share 200 to 500 Hz, \d+ % of the time/,
  );
  desk.facts = {bandsOf: (strip) => (strip === kick ? loud : away)};
  desk.run(45_000, () => ({pre: -12}));
  t.regex(desk.story(kick, 'mask'), /cleared@/);
  const off = rehearse({}, 50);
  off.facts = {bandsOf: () => loud};
  off.run(25_000, () => ({pre: -12}));
  t.is(off.story(kick, 'mask'), '');
});
