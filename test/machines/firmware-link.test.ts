import test from 'ava';
import {createActor, SimulatedClock} from 'xstate';
import {firmwareLinkMachine} from '../../src/machines/firmware-link.ts';
import type {FirmwareLinkEmitted} from '../../src/machines/firmware-link-words.ts';
import {acknowledge, newReliableSender, pulse, queue, release} from '../../src/machines/firmware-reliable.ts';
import type {Descriptor} from '../../src/wire/longthrow/descriptor.ts';
import type {Hello} from '../../src/wire/longthrow/hello.ts';
import type {Message} from '../../src/wire/longthrow/message.ts';
import {utf8Of} from '../../src/wire/longthrow/text.ts';
import {advance} from './advance.ts';

const descriptor: Descriptor = {strips: 1, unit: 'main', records: []};
const check = 77;

function startLine(known = false) {
  const clock = new SimulatedClock();
  let nonce = 0x100;
  const nextNonce = (): number => ++nonce;
  const input = {nextNonce, known, learned: new Map([[check, descriptor]])};
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
