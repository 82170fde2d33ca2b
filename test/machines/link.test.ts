import test from 'ava';
import {createActor, fromCallback, SimulatedClock} from 'xstate';
import {getShortestPaths} from 'xstate/graph';
import {
  type LinkEmitted,
  type LinkEvent,
  linkMachine,
  type PortActorInput,
  type PortEvent,
} from '../../src/machines/link.ts';
import type {Handshake} from '../../src/model/surface.ts';
import {fullSurface} from '../surface/render/small-desk.ts';

const port = {id: 'midi:20', name: 'X-Touch'};
const appear: LinkEvent = {type: 'port.appeared', port};
const vanish: LinkEvent = {type: 'port.vanished'};

function inputOf(kind: Handshake['kind']) {
  return {unit: 'X-Touch #1', surface: {...fullSurface(), handshake: {kind, deviceId: 0x14}}, owner: undefined};
}

/** A link to a port that says nothing by itself; `say` speaks for the newest one. */
function startLink(kind: Handshake['kind']) {
  const clock = new SimulatedClock();
  const opened: PortActorInput[] = [];
  let closed = 0;
  let say: (event: PortEvent) => void = () => undefined;
  const silent = fromCallback<{type: 'none'}, PortActorInput>(({input, sendBack}) => {
    opened.push(input);
    say = sendBack;
    return () => {
      closed += 1;
    };
  });
  const actor = createActor(linkMachine.provide({actors: {port: silent}}), {clock, input: inputOf(kind)});
  const emitted: LinkEmitted[] = [];
  actor.on('*', (event) => emitted.push(event));
  actor.start();
  return {
    actor,
    clock,
    opened,
    emitted,
    closed: () => closed,
    say: (event: PortEvent) => say(event),
    state: () => JSON.stringify(actor.getSnapshot().value),
    types: () => emitted.map(({type}) => type),
  };
}

test('a device without a handshake is ready once its port is open', (t) => {
  const link = startLink('none');
  link.actor.send(appear);
  t.false(link.actor.getSnapshot().hasTag('usable'));
  link.say({type: 'link.opened'});
  t.true(link.actor.getSnapshot().hasTag('usable'));
  t.deepEqual(link.emitted, [{type: 'link.ready', unit: 'X-Touch #1'}]);
});

test('a device that answers is ready at its first sign of life', (t) => {
  const link = startLink('answer');
  link.actor.send(appear);
  link.say({type: 'link.opened'});
  t.false(link.actor.getSnapshot().hasTag('usable'));
  link.say({type: 'link.heard'});
  t.true(link.actor.getSnapshot().hasTag('usable'));
});

test('a device that says only later who it is has heard nothing before: it is ready once more', (t) => {
  const link = startLink('answer');
  link.actor.send(appear);
  link.say({type: 'link.opened'});
  link.clock.increment(300);
  t.deepEqual(link.types(), ['link.ready']);
  link.say({type: 'link.identified'});
  t.deepEqual(link.types(), ['link.ready', 'link.ready']);
});

test('a device that stays silent is used all the same after 300 ms', (t) => {
  const link = startLink('answer');
  link.actor.send(appear);
  link.say({type: 'link.opened'});
  link.clock.increment(299);
  t.false(link.actor.getSnapshot().hasTag('usable'));
  link.clock.increment(1);
  t.true(link.actor.getSnapshot().hasTag('usable'));
});

test('a device that must confirm is not ready before, whatever it says', (t) => {
  const link = startLink('challenge');
  link.actor.send(appear);
  link.say({type: 'link.opened'});
  link.say({type: 'link.heard'});
  t.false(link.actor.getSnapshot().hasTag('usable'));
  link.say({type: 'link.identified'});
  t.true(link.actor.getSnapshot().hasTag('usable'));
});

test('a device that does not confirm within 3 s is closed and tried again', (t) => {
  const link = startLink('challenge');
  link.actor.send(appear);
  link.say({type: 'link.opened'});
  link.clock.increment(3000);
  t.is(link.state(), '"backoff"');
  t.is(link.closed(), 1);
  t.deepEqual(link.emitted, [{type: 'link.waiting', unit: 'X-Touch #1', for: 'retry', reason: 'it did not answer'}]);
  link.clock.increment(250);
  t.is(link.opened.length, 2);
});

test('the port is opened once for the whole way to ready', (t) => {
  const link = startLink('challenge');
  link.actor.send(appear);
  link.say({type: 'link.opened'});
  link.say({type: 'link.identified'});
  t.is(link.opened.length, 1);
  t.is(link.closed(), 0);
  t.like(link.opened[0], {port, unit: 'X-Touch #1'});
});

test('pauses between tries double from a quarter of a second up to eight seconds', (t) => {
  const link = startLink('none');
  link.actor.send(appear);
  const pauses: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    link.say({type: 'link.failed', reason: 'no such port'});
    const before = link.opened.length;
    let waited = 0;
    while (link.opened.length === before) {
      link.clock.increment(50);
      waited += 50;
    }
    pauses.push(waited);
  }
  t.deepEqual(pauses, [250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
});

test('once it was ready, the pauses begin anew', (t) => {
  const link = startLink('none');
  link.actor.send(appear);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    link.say({type: 'link.failed', reason: ''});
    link.clock.increment(8000);
  }
  link.say({type: 'link.opened'});
  link.say({type: 'link.failed', reason: ''});
  link.clock.increment(250);
  t.is(link.state(), '{"attached":"opening"}');
});

test('a busy port is tried again every two seconds, and says who must let go', (t) => {
  const link = startLink('none');
  link.actor.send(appear);
  link.say({type: 'link.busy', reason: 'another program holds it'});
  t.deepEqual(link.emitted, [
    {type: 'link.waiting', unit: 'X-Touch #1', for: 'busy', reason: 'another program holds it'},
  ]);
  link.clock.increment(2000);
  t.is(link.opened.length, 2);
});

test('a device that is something else is left alone until it is replugged or a person asks', (t) => {
  const link = startLink('none');
  link.actor.send(appear);
  link.say({type: 'link.refused', reason: 'it is a synthesizer'});
  link.clock.increment(60_000);
  t.is(link.opened.length, 1);
  link.actor.send({type: 'link.retry'});
  t.is(link.opened.length, 2);
});

test('a refusal that can be put right is tried again after half a minute', (t) => {
  const link = startLink('none');
  link.actor.send(appear);
  link.say({type: 'link.refused', reason: 'it hears itself', again: true});
  link.clock.increment(29_999);
  t.is(link.opened.length, 1);
  link.clock.increment(1);
  t.is(link.opened.length, 2);
  link.say({type: 'link.refused', reason: 'it is a synthesizer'});
  link.clock.increment(60_000);
  t.is(link.opened.length, 2);
});

test('a device that is pinged is looked for every second while it is silent', (t) => {
  const link = startLink('ping');
  link.actor.send(appear);
  for (let failure = 0; failure < 6; failure++) {
    const opened = link.opened.length;
    link.say({type: 'link.failed', reason: 'it no longer answers'});
    link.clock.increment(1000);
    t.is(link.opened.length, opened + 1);
  }
});

test('a device that restarts behind its port is painted again', (t) => {
  const link = startLink('none');
  link.actor.send(appear);
  link.say({type: 'link.opened'});
  link.say({type: 'link.restarted'});
  t.deepEqual(link.types(), ['link.ready', 'link.ready']);
});

test('a pulled plug is a loss, once, and a plug put back is ready anew', (t) => {
  const link = startLink('none');
  link.actor.send(appear);
  link.say({type: 'link.opened'});
  link.actor.send(vanish);
  link.actor.send(vanish);
  link.actor.send({type: 'port.appeared', port: {id: 'midi:24', name: 'X-Touch'}});
  link.say({type: 'link.opened'});
  t.deepEqual(link.emitted, [
    {type: 'link.ready', unit: 'X-Touch #1'},
    {type: 'link.lost', unit: 'X-Touch #1', reason: 'unplugged'},
    {type: 'link.ready', unit: 'X-Touch #1'},
  ]);
  t.is(link.closed(), 1);
});

test('a port that is listed again changes nothing, another one is opened instead', (t) => {
  const link = startLink('none');
  link.actor.send(appear);
  link.say({type: 'link.opened'});
  link.actor.send(appear);
  t.is(link.opened.length, 1);
  link.actor.send({type: 'port.appeared', port: {id: 'midi:24', name: 'X-Touch'}});
  t.is(link.opened.length, 2);
  t.is(link.closed(), 1);
  t.deepEqual(link.types(), ['link.ready', 'link.lost']);
});

test('a port actor that throws is tried again', (t) => {
  const throwing = fromCallback<{type: 'none'}, PortActorInput>(() => {
    throw new Error('the driver is missing');
  });
  const actor = createActor(linkMachine.provide({actors: {port: throwing}}), {
    clock: new SimulatedClock(),
    input: inputOf('none'),
  });
  actor.start();
  actor.send(appear);
  t.is(actor.getSnapshot().value, 'backoff');
  t.is(actor.getSnapshot().context.reason, 'the driver is missing');
});

test('a machine without a port says what to provide', (t) => {
  const actor = createActor(linkMachine, {clock: new SimulatedClock(), input: inputOf('none')});
  actor.start();
  actor.send(appear);
  t.regex(actor.getSnapshot().context.reason, /provide an actor "port"/);
});

test('a unit that stays away gives up its place after thirty seconds', (t) => {
  const link = startLink('none');
  link.actor.send(appear);
  link.actor.send(vanish);
  link.clock.increment(29_999);
  t.deepEqual(link.types(), []);
  link.clock.increment(1);
  t.deepEqual(link.types(), ['link.expired']);
});

// Traversed without starting a port or a timer; only the state's value tells states apart, so counters do not matter.
const kinds = ['none', 'answer', 'challenge'] as const;
const paths = kinds.flatMap((kind) =>
  getShortestPaths(linkMachine, {
    input: inputOf(kind),
    events: [
      appear,
      vanish,
      {type: 'link.opened'},
      {type: 'link.heard'},
      {type: 'link.identified'},
      {type: 'link.busy', reason: 'held'},
      {type: 'link.failed', reason: 'gone'},
      {type: 'link.refused', reason: 'not a desk'},
      {type: 'link.restarted'},
      {type: 'link.retry'},
    ],
    serializeState: (snapshot) => `${kind} ${JSON.stringify(snapshot.value)}`,
  }),
);

test('every state of the machine is reached', (t) => {
  t.is(new Set(paths.map(({state}) => JSON.stringify(state.value))).size, 7);
});

for (const {state} of paths) {
  const name = `${JSON.stringify(state.value)} (${state.context.surface.handshake.kind})`;
  test(`from ${name} a vanished port leads to absent, and tells of the loss if it was usable`, (t) => {
    const silent = fromCallback<{type: 'none'}, PortActorInput>(() => undefined);
    const actor = createActor(linkMachine.provide({actors: {port: silent}}), {
      snapshot: state,
      input: inputOf('none'),
      clock: new SimulatedClock(),
    });
    const types: string[] = [];
    actor.on('*', ({type}) => types.push(type));
    actor.start();
    actor.send(vanish);
    t.is(actor.getSnapshot().value, 'absent');
    t.deepEqual(types, state.hasTag('usable') ? ['link.lost'] : []);
  });
}
