import test from 'ava';
import {createActor, SimulatedClock, transition} from 'xstate';
import {getShortestPaths} from 'xstate/graph';
import {firmwareLinkMachine} from '../../src/machines/firmware-link.ts';
import type {FirmwareLinkEmitted, FirmwareLinkEvent} from '../../src/machines/firmware-link-words.ts';
import {acknowledge, newReliableSender, pulse, queue, release} from '../../src/machines/firmware-reliable.ts';
import {configKeys} from '../../src/wire/longthrow/configuration.ts';
import {storedCheck} from '../../src/wire/longthrow/crc.ts';
import type {Descriptor} from '../../src/wire/longthrow/descriptor.ts';
import {writeDescriptor} from '../../src/wire/longthrow/descriptor-writer.ts';
import type {Hello} from '../../src/wire/longthrow/hello.ts';
import type {Message} from '../../src/wire/longthrow/message.ts';
import {utf8Of} from '../../src/wire/longthrow/text.ts';
import {advance} from './advance.ts';

const descriptor: Descriptor = {strips: 1, unit: 'main', records: []};
const check = 77;

function startLine(known = false, mtu?: number) {
  const clock = new SimulatedClock();
  let nonce = 0x100;
  const nextNonce = (): number => ++nonce;
  const input = {nextNonce, known, learned: new Map([[check, descriptor]]), mtu};
  const actor = createActor(firmwareLinkMachine, {clock, input});
  const told: FirmwareLinkEmitted[] = [];
  actor.on('*', (event) => told.push(event));
  actor.start();
  let blocks = 0;
  const said = (type: Message['type']): number =>
    told.filter((one) => one.type === 'line.send' && one.frame.message.type === type).length;
  /** Time passes with a pulse each 50 ms; the engine goes on unless it stalls. */
  const pass = (ms: number, stalled = false): void => {
    for (let passed = 0; passed < ms; passed += 50) {
      advance(clock, 50);
      if (!stalled) blocks += 1;
      actor.send({type: 'host.pulse', atMs: clock.now(), blocks, live: false});
    }
  };
  const hear = (message: Message, sequence = 0): void => actor.send({type: 'frame.heard', frame: {message, sequence}});
  const hello = (given: Partial<Hello> = {}): void => hear(helloOf(nonce, given));
  const types = (): readonly string[] => told.map(({type}) => type).filter((type) => type !== 'line.send');
  return {actor, told, said, pass, hear, hello, types, state: () => JSON.stringify(actor.getSnapshot().value)};
}

test('a device that takes less from now on is sent less at once, and never nothing', (t) => {
  const text = (display: number): Message => ({type: 'text', display, utf8: utf8Of('Kick')});
  let sender = newReliableSender(3);
  for (let display = 0; display < 6; display++) sender = queue(sender, text(display));
  let released = release(sender);
  t.is(released.out.length, 3);
  sender = acknowledge(released.sender, {type: 'ack', next: 3, credits: 1, status: 0}).sender;
  released = release(sender);
  t.is(released.out.length, 1);
  sender = acknowledge(released.sender, {type: 'ack', next: 4, credits: 0, status: 0}).sender;
  t.is(release(sender).out.length, 1);
});

function helloOf(nonce: number, given: Partial<Hello>): Hello {
  return {
    type: 'hello',
    version: 1,
    nonce,
    session: nonce & 0xff,
    serial: '0123456789abcdef',
    bootCount: 1,
    resetCause: 1,
    uptimeMs: 0,
    firmware: [1, 0, 0],
    descriptorLength: 9,
    descriptorCheck: check,
    mtu: 64,
    credits: 1,
    tickUs: 100,
    features: 0,
    ...given,
  };
}

const heartbeat: Message = {
  type: 'heartbeat',
  session: 1,
  state: 0,
  heard: 0,
  crcFaults: 0,
  overruns: 0,
  resyncs: 0,
  descriptor: 0,
};

test('a boot loader is waited out: the line is greeted every 250 ms, and given up only after six seconds', (t) => {
  const line = startLine();
  line.pass(3000);
  t.is(line.said('hello-request'), 13);
  line.hello();
  t.deepEqual(line.types(), ['device.ready']);
  const silent = startLine();
  silent.pass(6500);
  t.deepEqual(silent.types(), ['device.unanswered']);
  const ours = startLine(true);
  ours.pass(20_000);
  t.deepEqual(ours.types(), []);
});

test('a line is given up only after its greetings were said: the time in which the host stalls does not count', (t) => {
  const line = startLine();
  line.pass(2000);
  line.pass(30_000, true);
  t.deepEqual([line.types(), line.said('hello-request') < 12], [[], true]);
  line.pass(3000);
  t.deepEqual(line.types(), []);
  line.hello();
  t.deepEqual(line.types(), ['device.ready']);
});

test('nothing longer is said than the line carries, whatever either side could take', (t) => {
  const mtuOf = (mtu: number | undefined, own: number): readonly (number | undefined)[] => {
    const line = startLine(false, mtu);
    line.pass(100);
    line.hello({mtu: own});
    const [asked, ready] = [
      line.told.find((one) => one.type === 'line.send'),
      line.told.find((one) => one.type === 'device.ready'),
    ];
    return [
      asked?.type === 'line.send' && asked.frame.message.type === 'hello-request' ? asked.frame.message.mtu : undefined,
      ready?.type === 'device.ready' ? ready.device.hello.mtu : undefined,
    ];
  };
  t.deepEqual(mtuOf(undefined, 64), [250, 64]);
  t.deepEqual(mtuOf(62, 64), [62, 62]);
  t.deepEqual(mtuOf(62, 48), [62, 48]);
});

test('nothing is trusted before the hello with our own nonce', (t) => {
  const line = startLine();
  line.hello({nonce: 0x9999, session: 0x99});
  line.hear({type: 'faders', first: 0, mask: 1, values: [1]});
  line.hear(heartbeat);
  t.deepEqual(line.types(), []);
  line.hello({version: 2, session: 0});
  t.deepEqual(line.types(), ['device.refused']);
});

test('heartbeats go out while the engine goes on, and stop with it', (t) => {
  const line = startLine();
  line.hello();
  line.pass(600);
  t.true(line.said('heartbeat') >= 4);
  const before = line.said('heartbeat');
  for (let step = 0; step < 8; step++) {
    line.hear(heartbeat);
    line.pass(100, true);
  }
  // A block that came since the last one may still be told of.
  t.true(line.said('heartbeat') <= before + 1);
});

test('a host whose engine stalls greets nobody until it goes on', (t) => {
  const line = startLine();
  line.hello();
  line.pass(100);
  line.pass(3000, true);
  t.true(line.types().includes('device.lost'));
  const greeted = line.said('hello-request');
  line.pass(3000, true);
  t.is(line.said('hello-request'), greeted);
  line.pass(100);
  t.is(line.said('hello-request'), greeted + 1);
});

test('silence of 750 ms is the end, an announcement at once, and both are greeted anew', (t) => {
  const line = startLine();
  line.hello();
  line.pass(700);
  t.deepEqual(line.types(), ['device.ready']);
  line.pass(100);
  t.deepEqual(line.types(), ['device.ready', 'device.lost']);
  line.hello();
  line.hello({nonce: 0, session: 0});
  t.deepEqual(line.types(), ['device.ready', 'device.lost', 'device.ready', 'device.lost']);
  t.true(line.state().includes('greeting'));
});

test('closing says good-bye', (t) => {
  const line = startLine();
  line.hello();
  line.actor.send({type: 'desk.closed'});
  t.is(line.said('bye'), 1);
});

test('never more is under way than was granted, and a newer text replaces one that waits', (t) => {
  const text = (display: number, words: string): Message => ({type: 'text', display, utf8: utf8Of(words)});
  let sender = newReliableSender(1);
  for (const words of ['a', 'b', 'c']) sender = queue(sender, text(0, words));
  sender = queue(sender, text(1, 'd'));
  const first = release(sender);
  t.deepEqual(
    first.out.map(({message}) => message),
    [text(0, 'c')],
  );
  t.deepEqual(release(first.sender).out, []);
  const stale = acknowledge(first.sender, {type: 'ack', next: 0, credits: 1, status: 0});
  t.deepEqual(stale.done, []);
  const taken = acknowledge(first.sender, {type: 'ack', next: 1, credits: 1, status: 2});
  t.deepEqual(taken.done, [{message: text(0, 'c'), status: 2}]);
  t.deepEqual(
    release(taken.sender).out.map(({message, sequence}) => [message, sequence]),
    [[text(1, 'd'), 1]],
  );
});

test('what is not acknowledged goes out again after 100 ms, and after ten times the link is broken', (t) => {
  let {sender} = release(queue(newReliableSender(1), {type: 'identify', seconds: 1}));
  let sent = 0;
  let pulses = 0;
  for (let broken = false; !broken; pulses++) {
    const next = pulse(sender);
    sender = next.sender;
    sent += next.out.length;
    broken = next.broken;
  }
  t.is(sent, 10);
  t.is(pulses, 20);
});

const bytes = writeDescriptor(descriptor);
const own = {
  nonce: 0x101,
  session: 1,
  descriptorLength: bytes.length,
  descriptorCheck: storedCheck(bytes),
  features: 2,
};
const heard = (message: Message): FirmwareLinkEvent => ({type: 'frame.heard', frame: {message, sequence: 0}});
/** The device's own RELIABLE frames count up from 0. */
const value = (key: number, sequence: number): FirmwareLinkEvent => ({
  type: 'frame.heard',
  frame: {message: {type: 'config-value', key, control: 0, value: Uint8Array.of(0)}, sequence},
});
const after = (delay: string, state: string): FirmwareLinkEvent & string =>
  ({type: `xstate.after.${delay}.firmware-link.${state}`}) as never;
const pulses: readonly FirmwareLinkEvent[] = [1, 2].map((blocks) => ({
  type: 'host.pulse',
  atMs: 1000 * blocks,
  blocks,
  live: false,
}));
const recovery: readonly FirmwareLinkEvent[] = [
  heard(helloOf(0, {session: 0})),
  after('restart', 'resting'),
  ...pulses,
  heard(helloOf(0x101, own)),
  heard({type: 'descriptor-data', offset: 0, bytes}),
  value(configKeys.label, 0),
  value(configKeys.bank, 1),
];
const events: readonly FirmwareLinkEvent[] = [
  ...recovery,
  heard(helloOf(0x101, {version: 2, session: 0})),
  heard(heartbeat),
  heard({type: 'descriptor-data', offset: 0, bytes: bytes.map(() => 7)}),
  heard({type: 'bye', reason: 1}),
  {type: 'frame.dropped', fault: 'crc'},
  {type: 'frame.unknown', sequence: 0, reliable: true},
  {type: 'desk.said', message: {type: 'identify', seconds: 1}},
  {type: 'device.silent'},
  {type: 'device.broke', reason: 'it does not acknowledge what it is told'},
  {type: 'desk.closed'},
  after('helloEvery', 'greeting.said'),
  after('pageTimeout', 'session.describing'),
  after('valuesTimeout', 'session.asking'),
];
const mostGreetings = 24;
const paths = getShortestPaths(firmwareLinkMachine, {
  input: {nextNonce: () => 0x101, known: false, learned: new Map()},
  events: () => [...events],
  serializeState: ({value: state, context: {session, blocks, saidBlocks, pages, values, learned, known, greetings}}) =>
    JSON.stringify([
      ...[state, session?.id, blocks === saidBlocks, pages.length, values.size, learned.size],
      // Greetings count until a device has answered.
      known ? 0 : Math.min(greetings, mostGreetings),
    ]),
});
const placeOf = (state: {readonly value: unknown}): string => JSON.stringify(state.value);

test('every state of a line is reached, and no other', (t) => {
  t.deepEqual([...new Set(paths.map(({state}) => placeOf(state)))].sort(), [
    '"closed"',
    '"foreign"',
    '"refused"',
    '"resting"',
    '{"greeting":"said"}',
    '{"greeting":"saying"}',
    '{"session":"asking"}',
    '{"session":"describing"}',
    '{"session":"live"}',
  ]);
  t.true(paths.length >= 15, `${paths.length}`);
});

test('on every way through its life a line is usable only in a session with a descriptor that was read', (t) => {
  for (const {state} of paths) {
    if (!state.hasTag('usable')) continue;
    t.is(state.context.session?.id, 1);
    t.true(state.context.learned.has(own.descriptorCheck));
  }
  t.true(paths.some(({state}) => state.hasTag('usable')));
});

test('from everywhere but its ends a line comes back to life when the device speaks again, and closes when the desk does', (t) => {
  const ends = ['"closed"', '"foreign"', '"refused"'];
  for (const {state} of paths) {
    if (ends.includes(placeOf(state))) {
      t.is(state.status, 'done');
      continue;
    }
    let next: typeof state = state;
    for (const event of recovery) [next] = transition(firmwareLinkMachine, next, event);
    t.true(next.hasTag('usable'), `${placeOf(state)} → ${placeOf(next)}`);
    const [closed] = transition(firmwareLinkMachine, state, {type: 'desk.closed'});
    t.is(placeOf(closed), '"closed"');
  }
});
