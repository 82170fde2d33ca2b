import test from 'ava';
import {createActor, SimulatedClock} from 'xstate';
import {warningMachine} from '../../src/machines/warning.ts';
import {masterId, type StripId} from '../../src/model/mixer.ts';
import type {RuleId} from '../../src/model/warning.ts';
import {bursts, kick, type Rehearsal, rehearse, withKick} from './rehearsal.ts';
import type {Levels} from './sound-frame.ts';

/** What the statechart of one warning tells when it is given the verdicts of a rehearsal. */
function machineStory(desk: Rehearsal, strip: StripId, rule: RuleId): string {
  const clock = new SimulatedClock();
  const times = desk.changes.find((change) => change.strip === strip && change.rule === rule);
  const {raiseAfterMs = 0, clearAfterMs = 0, latched = false} = times ?? {};
  const actor = createActor(warningMachine, {clock, input: {rule, strip, raiseAfterMs, clearAfterMs, latched}});
  const story: string[] = [];
  actor.on('warning.raised', () => story.push(`raised@${clock.now()}`));
  actor.on('warning.cleared', () => story.push(`cleared@${clock.now()}`));
  actor.start();
  // In steps: a jump would let every timer end at its far end.
  const wait = (untilMs: number): void => {
    while (clock.now() < untilMs) clock.increment(10);
  };
  for (const {atMs, ...change} of desk.changes) {
    if (change.strip !== strip || change.rule !== rule) continue;
    wait(atMs);
    const {verdict, severity, short, advice} = change;
    actor.send({type: 'verdict.changed', verdict, severity, short, advice, atMs});
    if (change.mended) actor.send({type: 'warning.remedied'});
  }
  wait(desk.nowMs);
  actor.stop();
  return story.join(' ');
}

const fine: Levels = {pre: -9, bus: -10, out: -10};

test('verdicts and statechart together keep the times of the acceptance examples', (t) => {
  const hot = rehearse();
  hot.run(8000, bursts(-5));
  hot.run(40_000, bursts(-6.5));
  hot.run(60_000, bursts(-7.5));
  t.is(machineStory(hot, kick, 'hot'), 'raised@5000 cleared@45000');

  const trimmed = rehearse();
  trimmed.run(5050, bursts(-5));
  trimmed.mixer = withKick({trimDb: -3});
  trimmed.run(20_000, bursts(-8));
  t.is(machineStory(trimmed, kick, 'hot'), 'raised@5000 cleared@5400');

  const clipped = rehearse();
  clipped.run(5000, () => fine);
  clipped.run(5010, () => ({...fine, out: 0, overs: 1}));
  clipped.run(60_000, () => fine);
  t.is(machineStory(clipped, masterId, 'clip.out'), 'raised@5010');
});

test('the statechart tells what the plain reference of its times tells, for every rule in a restless session', (t) => {
  const desk = rehearse();
  desk.run(12_000, (atMs) => ({pre: atMs % 700 < 100 ? 1 : -20, bus: atMs % 5000 < 20 ? -2 : -20}));
  desk.run(60_000, (atMs) => ({pre: -18, bus: -20, clipRun: atMs === 20_000 ? 5 : 0}));
  desk.run(63_000, () => undefined);
  desk.run(80_000, () => ({pre: -70, bus: -20}));
  desk.run(90_000, () => ({}), false);
  desk.run(120_000, (atMs) => ({pre: atMs % 300 < 200 ? -4 : -10, bus: -3.5, out: -3}));
  const watched: readonly (readonly [StripId, RuleId])[] = [
    [kick, 'clip.in'],
    [kick, 'over.float'],
    [kick, 'hot'],
    [kick, 'low'],
    [kick, 'silent'],
    [masterId, 'bus.head'],
    [masterId, 'stale'],
  ];
  for (const [strip, rule] of watched) {
    t.regex(desk.story(strip, rule), /raised/, rule);
    t.is(machineStory(desk, strip, rule), desk.story(strip, rule), rule);
  }
});
