import test from 'ava';
import fc from 'fast-check';
import {type LampState, lampLit, lampOfSeverity, lampSpeech, rhythmLit, tickAt} from '../../src/gain/lamp-pattern.ts';

const states: readonly LampState[] = ['alarm', 'warning', 'advice', 'info', 'fine', 'stale'];

/** One character a tick: `#` lit. */
function drawn(state: LampState, ticks: number, reducedMotion = false): string {
  return Array.from({length: ticks}, (_, tick) => (lampLit(state, tick, reducedMotion) ? '#' : '.')).join('');
}

test('every state has its own rhythm', (t) => {
  t.is(drawn('alarm', 20), '#####.....#####.....');
  t.is(drawn('warning', 40), '#'.repeat(20) + '.'.repeat(20));
  t.is(drawn('advice', 60), `##...##${'.'.repeat(53)}`);
  t.is(drawn('stale', 40), `#${'.'.repeat(39)}`);
  t.is(drawn('info', 100), '.'.repeat(100));
  t.is(drawn('fine', 100), '.'.repeat(100));
});

test('no lamp flashes more than three times in any second', (t) => {
  for (const state of states)
    for (const reducedMotion of [false, true]) {
      const lit = Array.from({length: 5000}, (_, tick) => lampLit(state, tick - 1000, reducedMotion));
      for (let from = 0; from + 20 < lit.length; from += 1) {
        const edges = lit.slice(from, from + 21).filter((on, at, window) => at > 0 && on && !window[at - 1]);
        t.true(edges.length <= 3, `${state} from ${from}`);
      }
    }
});

test('rhythms repeat for ever, before the clock began as well as years later', (t) => {
  fc.assert(
    fc.property(fc.constantFrom(...states), fc.integer(), (state, tick) => {
      const period = 120;
      return lampLit(state, tick) === lampLit(state, tick + period * 1_000_000);
    }),
  );
  t.pass();
});

test('with reduced motion nothing blinks: an alarm is steady, others speak by text', (t) => {
  t.is(drawn('alarm', 100, true), '#'.repeat(100));
  for (const state of states.filter((other) => other !== 'alarm')) t.is(drawn(state, 100, true), '.'.repeat(100));
});

test('the common clock ticks every 50 ms, and severities have a rhythm each', (t) => {
  t.deepEqual([0, 49, 50, 149].map(tickAt), [0, 0, 1, 2]);
  t.deepEqual(([4, 3, 2, 1] as const).map(lampOfSeverity), ['alarm', 'warning', 'advice', 'info']);
});

test('a surface asks by severity and gets the same rhythm', (t) => {
  for (let tick = 0; tick < 120; tick += 1) {
    for (const severity of [1, 2, 3, 4] as const)
      t.is(rhythmLit(severity, tick), lampLit(lampOfSeverity(severity), tick));
    t.is(rhythmLit('stale', tick), lampLit('stale', tick));
  }
});

const rhythms = [1, 2, 3, 4, 'stale'] as const;

test('a new alarm is lit at once, for a second, on every lamp that tells of an alarm, and on no other', (t) => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(100), (alarmTick, later) => {
      const lit = lampSpeech({alarmTick});
      const tick = alarmTick + later;
      t.is(lit(4, tick), later < 20 || rhythmLit(4, tick));
      for (const rhythm of [1, 2, 3, 'stale'] as const) t.is(lit(rhythm, tick), rhythmLit(rhythm, tick));
    }),
  );
});

test('with reduced motion only an alarm lights a lamp, and it is steady', (t) => {
  for (const rhythm of rhythms)
    for (let tick = 0; tick < 200; tick++)
      t.is(lampSpeech({reducedMotion: true, alarmTick: 50})(rhythm, tick), rhythm === 4);
});

test('however often alarms are raised, and whatever a lamp told before, it flashes at most three times in any second', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom(...rhythms),
      fc.nat(120),
      fc.array(fc.nat(60), {minLength: 1, maxLength: 12}),
      fc.integer({min: 0, max: 11}),
      (before, first, gaps, own) => {
        const raised = gaps.map((_, index) => first + gaps.slice(0, index).reduce((sum, gap) => sum + gap, 0));
        // The lamp's own alarm is one of those that are raised; until then it told something else.
        const ownTick = raised[own % raised.length] ?? first;
        const lit = Array.from({length: 900}, (_, tick) => {
          const alarmTick = raised.findLast((one) => one <= tick);
          return lampSpeech({alarmTick})(tick < ownTick ? before : 4, tick);
        });
        for (let from = 1; from + 20 <= lit.length; from++) {
          const flashes = lit.slice(from, from + 20).filter((on, at) => on && lit[from + at - 1] === false);
          if (flashes.length > 3) return false;
        }
        return true;
      },
    ),
  );
  t.pass();
});
