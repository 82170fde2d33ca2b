import test from 'ava';
import fc from 'fast-check';
import {createActor} from 'xstate';
import {actorClock} from '../../src/app/clock.ts';
import {createWarningBoard} from '../../src/app/warning-board.ts';
import type {VerdictChange} from '../../src/gain/verdict.ts';
import {warningMachine} from '../../src/machines/warning.ts';
import type {Warning} from '../../src/model/warning.ts';
import {VirtualTimers} from '../transport/virtual-timers.ts';

const times = {raiseAfterMs: 200, clearAfterMs: 500, latched: false} as const;

/** What a rule says of the strip `kick`. */
function says(verdict: VerdictChange['verdict'], advice = '', more: Partial<VerdictChange> = {}): VerdictChange {
  return {rule: 'hot', strip: 'kick', verdict, severity: 2, short: advice.slice(0, 6), advice, ...times, ...more};
}

function rehearse() {
  const timers = new VirtualTimers();
  const clock = {now: timers.now, after: timers.after, soon: (call: () => void) => timers.after(0, call)};
  let changes = 0;
  const board = createWarningBoard(clock, () => {
    changes++;
  });
  return {
    board,
    clock,
    timers,
    take: (...all: readonly VerdictChange[]) => board.take(all, timers.nowMs),
    advice: () => board.standing.map(({advice}) => advice),
    changes: () => changes,
  };
}

test('a warning that stands tells its newest number, and that alone is no reason for a picture', (t) => {
  const {take, timers, advice, changes} = rehearse();
  take(says('raise', 'by 3 dB'));
  timers.advance(200);
  t.deepEqual(advice(), ['by 3 dB']);
  const before = changes();
  take(says('raise', 'by 4 dB'));
  t.deepEqual(advice(), ['by 4 dB']);
  take(says('hold', 'by 2 dB'));
  t.deepEqual(advice(), ['by 2 dB']);
  t.is(changes(), before);
});

test('a number that came before the warning was raised is the one it is raised with', (t) => {
  const {take, timers, advice} = rehearse();
  take(says('raise', 'by 3 dB'));
  timers.advance(100);
  take(says('raise', 'by 6 dB'));
  timers.advance(100);
  t.deepEqual(advice(), ['by 6 dB']);
});

test('what was mended by our own hand and is found again is raised again', (t) => {
  const {take, timers, advice} = rehearse();
  take(says('raise', 'by 3 dB'));
  timers.advance(1000);
  take(says('clear', '', {mended: true}));
  t.deepEqual(advice(), []);
  timers.advance(2000);
  take(says('raise', 'by 3 dB'));
  timers.advance(200);
  t.deepEqual(advice(), ['by 3 dB']);
});

test('a clip that goes on after it was acknowledged is found anew', (t) => {
  const {take, timers, board, advice} = rehearse();
  const clip = (): VerdictChange => says('raise', 'lost', {latched: true, raiseAfterMs: 0});
  take(clip());
  board.acknowledge('kick');
  t.deepEqual(advice(), []);
  timers.advance(500);
  take(clip());
  timers.advance(600);
  t.deepEqual(advice(), ['lost']);
});

test('the order is by severity, and the same array is given until something changed', (t) => {
  const {take, timers, board} = rehearse();
  take(says('raise', 'a', {strip: 'a', severity: 1}), says('raise', 'b', {strip: 'b', severity: 4}));
  timers.advance(200);
  t.deepEqual(
    board.standing.map(({strip}) => strip),
    ['b', 'a'],
  );
  t.is(board.standing, board.standing);
});

test('whatever the rules say and whenever, what stands is what the statechart says that hears every word', (t) => {
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        verdict: fc.constantFrom('raise' as const, 'hold' as const, 'clear' as const, 'unknown' as const),
        number: fc.nat(3),
      }),
    },
    {weight: 3, arbitrary: fc.constantFrom(50, 150, 400, 1000)},
    {weight: 1, arbitrary: fc.constantFrom('acknowledge' as const, 'mended' as const)},
  );
  fc.assert(
    fc.property(fc.boolean(), fc.array(step, {maxLength: 40}), (latched, steps) => {
      const {board, timers, clock} = rehearse();
      const input = {rule: 'hot', strip: 'kick', ...times, latched} as const;
      const actor = createActor(warningMachine, {input, clock: actorClock(clock)}).start();
      let expected: Warning | undefined;
      actor.on('*', (event) => {
        if (event.type === 'warning.cleared') expected = undefined;
        else if (event.type === 'warning.raised' || expected !== undefined) expected = event.warning;
      });
      const tell = (change: VerdictChange): void => {
        const {verdict, severity, short, advice} = change;
        board.take([change], timers.nowMs);
        actor.send({type: 'verdict.changed', verdict, severity, short, advice, atMs: timers.nowMs});
        if (change.mended === true) actor.send({type: 'warning.remedied'});
      };
      for (const one of steps) {
        if (typeof one === 'number') timers.advance(one);
        else if (one === 'acknowledge') {
          board.acknowledge('all');
          actor.send({type: 'warning.acknowledge'});
        } else if (one === 'mended') tell(says('clear', '', {latched, mended: true}));
        else {
          const hasText = one.verdict === 'raise' || one.verdict === 'hold';
          tell(says(one.verdict, hasText ? `by ${one.number} dB` : '', {latched}));
        }
        const [standing] = board.standing;
        if (standing?.advice !== expected?.advice || standing?.acknowledged !== expected?.acknowledged) return false;
      }
      return true;
    }),
    {numRuns: 100},
  );
  t.pass();
});
