import test from 'ava';
import {createActor, SimulatedClock} from 'xstate';
import {adviceIn, adviceReaderMachine} from '../../src/machines/advice-reader.ts';
import {type ProposalEmitted, type ProposalEvent, proposalMachine} from '../../src/machines/proposal.ts';
import type {Proposal, ReadAdvice} from '../../src/model/assistance.ts';
import {advance} from './advance.ts';

const proposal: Proposal = {
  what: 'trim',
  findings: new Map([['a', {type: 'change', fromDb: 0, toDb: -4, limited: false}]]),
};
const answer: Proposal = {what: 'trim', findings: new Map([['a', {type: 'fine'}]])};
const held = (key: string, scope = 'a'): ProposalEvent => ({type: 'trim.held', key, scope});
const letGo = (key: string): ProposalEvent => ({type: 'trim.letGo', key});
const made: ProposalEvent = {type: 'proposal.made', proposal, scopes: ['a']};
const answered: ProposalEvent = {type: 'proposal.made', proposal: answer, scopes: ['a']};

function after(...events: readonly ProposalEvent[]) {
  const clock = new SimulatedClock();
  const actor = createActor(proposalMachine, {clock});
  const told: ProposalEmitted['type'][] = [];
  for (const type of ['listening.began', 'listening.ended', 'proposal.applied'] as const)
    actor.on(type, () => told.push(type));
  actor.start();
  for (const event of events) actor.send(event);
  return {actor, clock, told, state: actor.getSnapshot().value, context: actor.getSnapshot().context};
}

type State = 'idle' | 'listening' | 'proposed' | 'answered';

const ways: readonly (readonly [string, readonly ProposalEvent[], State, readonly ProposalEmitted['type'][]])[] = [
  ['a key that is held listens', [held('k')], 'listening', ['listening.began']],
  ['let go, it ends', [held('k'), letGo('k')], 'idle', ['listening.began', 'listening.ended']],
  ['another key does not end it', [held('k'), letGo('other')], 'listening', ['listening.began']],
  [
    'two keys listen to both, until the last is let go',
    [held('k'), held('l', 'b'), letGo('k')],
    'listening',
    ['listening.began', 'listening.began'],
  ],
  ['a key that is held already changes nothing', [held('k'), held('k')], 'listening', ['listening.began']],
  ['a proposal waits', [made], 'proposed', []],
  ['the same key again applies it', [made, held('k')], 'idle', ['proposal.applied']],
  ['and letting go then does nothing', [made, held('k'), letGo('k')], 'idle', ['proposal.applied']],
  ['a key for something else listens anew', [made, held('k', 'b')], 'listening', ['listening.began']],
  ['accepted, it is applied', [made, {type: 'proposal.accepted'}], 'idle', ['proposal.applied']],
  ['dropped, it is gone', [made, {type: 'proposal.dropped'}, {type: 'proposal.accepted'}], 'idle', []],
  ['an answer without a change cannot be applied', [answered, {type: 'proposal.accepted'}], 'answered', []],
  ['what a hand decided leaves nothing to propose', [made, {type: 'proposal.narrowed', proposal: answer}], 'idle', []],
  [
    'what is listened for can be dropped',
    [held('k'), {type: 'proposal.dropped'}, letGo('k')],
    'idle',
    ['listening.began'],
  ],
  ['where nothing is proposed nothing is applied', [{type: 'proposal.accepted'}, letGo('k')], 'idle', []],
];

for (const [law, events, state, told] of ways) {
  test(law, (t) => {
    const end = after(...events);
    t.true(end.actor.getSnapshot().matches(state), JSON.stringify(end.state));
    t.deepEqual(end.told, told);
    if (end.state === 'idle') t.is(end.context.proposal, undefined);
  });
}

test('a proposal never applies and never ends by itself, an answer ends after three seconds', (t) => {
  const waiting = after(made);
  waiting.clock.increment(24 * 3_600_000);
  t.is(waiting.actor.getSnapshot().value, 'proposed');
  t.deepEqual(waiting.told, []);
  const shown = after(answered);
  advance(shown.clock, 2999);
  t.is(shown.actor.getSnapshot().value, 'answered');
  advance(shown.clock, 1);
  t.is(shown.actor.getSnapshot().value, 'idle');
});

const advice = (strip: string): ReadAdvice => ({strip, rule: 'hot', text: 'Trim down.', sinceTick: 0});

test('advice is read until its time is over, it is asked for again, or closed', (t) => {
  const clock = new SimulatedClock();
  const actor = createActor(adviceReaderMachine, {clock}).start();
  const asked = (strip: string): void => actor.send({type: 'advice.asked', advice: advice(strip), lastsMs: 6000});
  const reading = (): string | undefined => adviceIn(actor.getSnapshot())?.strip;
  asked('a');
  t.is(reading(), 'a');
  advance(clock, 5999);
  t.is(reading(), 'a');
  advance(clock, 1);
  t.is(reading(), undefined);
  asked('a');
  asked('a');
  t.is(reading(), undefined);
  asked('a');
  advance(clock, 5000);
  asked('b');
  advance(clock, 5000);
  t.is(reading(), 'b', 'another strip is read for its own time');
  actor.send({type: 'advice.closed'});
  t.is(reading(), undefined);
});
