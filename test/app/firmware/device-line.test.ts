import {readdirSync, readFileSync} from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import type {Transcript} from '../../../src/app/conform/transcript.ts';
import {toHex} from '../../../src/app/conform/vectors.ts';
import {openVirtualDevice} from '../../../src/app/conform/virtual-device.ts';
import {type DeviceLine, openDeviceLine} from '../../../src/app/firmware/device-line.ts';
import {decodeBody, type Frame} from '../../../src/wire/longthrow/codec.ts';
import {frameCheck} from '../../../src/wire/longthrow/crc.ts';
import {frame, newFramer, step} from '../../../src/wire/longthrow/framer.ts';
import {checkSize, writeHeader} from '../../../src/wire/longthrow/header.ts';
import type {Section} from '../../../src/wire/longthrow/keyframe.ts';
import {classOf, type Message} from '../../../src/wire/longthrow/message.ts';
import {travelsOf} from '../../../src/wire/longthrow/travel.ts';
import {compileCore} from '../../firmware/compiler.ts';
import {projectFile} from '../../project.ts';
import {VirtualTimers} from '../../transport/virtual-timers.ts';

/** How finely time passes on both sides. */
const stepMs = 5;
/** Hello, descriptor and configuration are over by then. */
const settledMs = 500;
/** No hand waits longer. */
const longestMs = 3000;

interface Said {
  readonly atMs: number;
  readonly message: Message;
  readonly time: number | undefined;
}

/** The host's end of a line in virtual time, and everything that goes over it. */
function hostEnd(waiting: () => number = () => 0, known = true, plays: () => boolean = () => true) {
  const timers = new VirtualTimers();
  const clock = {now: timers.now, after: timers.after, soon: (call: () => void) => void timers.after(0, call)};
  const said: Said[] = [];
  const news: string[] = [];
  const sent: Frame[] = [];
  let out: number[] = [];
  let framer = newFramer();
  let blocks = 0;
  let nonce = 0x4200;
  const line: DeviceLine = openDeviceLine({
    clock,
    progress: () => (plays() ? ++blocks : blocks),
    live: () => false,
    nextNonce: () => {
      nonce += 1;
      return nonce;
    },
    known,
    learned: new Map(),
    waiting,
    send(bytes) {
      out.push(...bytes);
      const next = step(framer, bytes);
      framer = next.state;
      for (const framed of next.frames) {
        const body = framed.type === 'body' ? framed.body : Uint8Array.of();
        const own = decodeBody(body, 0);
        const decoded = own.state === 'good' ? own : decodeBody(body, nonce & 0xff);
        if (decoded.state !== 'good') throw new Error(`the host says what cannot be read: ${toHex(body)}`);
        sent.push(decoded.frame);
      }
    },
    told(event) {
      news.push(event.type);
      if (event.type === 'device.said') said.push({atMs: timers.nowMs, message: event.message, time: event.time});
    },
  });
  return {
    timers,
    line,
    said,
    news,
    sent,
    /** The lowest byte of the last nonce. */
    session: () => nonce & 0xff,
    takeOut() {
      const bytes = Uint8Array.from(out);
      out = [];
      return bytes;
    },
  };
}

/** The host's end joined to the core in C, whose deeds come to an end with the test. */
async function joined(t: ExecutionContext, program: string, waiting?: () => number, plays?: () => boolean) {
  const host = hostEnd(waiting, true, plays);
  const device = await openVirtualDevice(program);
  t.teardown(() => device.end());
  const obey = async (...orders: readonly string[]): Promise<void> => {
    for (const deed of await device.order(orders.join('\n'))) if (deed.type === 'sent') host.line.received(deed.bytes);
  };
  const run = async (ms: number): Promise<void> => {
    for (const end = host.timers.nowMs + ms; host.timers.nowMs < end; ) {
      host.timers.advance(stepMs);
      const bytes = host.takeOut();
      const heard = bytes.length > 0 ? [`rx ${toHex(bytes).replaceAll(' ', '')}`] : [];
      await obey(...heard, `to ${host.timers.nowMs}`);
    }
  };
  return {...host, run, obey};
}

test('a line that takes nothing is not greeted again and again, and not given up for that', (t) => {
  let waiting = 0;
  const {timers, sent, news} = hostEnd(() => waiting, false);
  timers.advance(1000);
  t.is(sent.length, 5);
  waiting = 20;
  timers.advance(20_000);
  // What happened until it was found out may still be told of.
  t.deepEqual([sent.length, news], [6, []]);
  waiting = 0;
  timers.advance(4000);
  t.deepEqual([sent.length > 18, news], [true, []]);
  timers.advance(2000);
  t.deepEqual(news, ['device.unanswered']);
});

const folder = projectFile('firmware-protocol/transcripts/');
const transcripts = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file): {file: string; transcript: Transcript} => ({
    file,
    transcript: JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
  }));

/** What hands do in a transcript, as orders with their times. */
function handsOf({steps}: Transcript): readonly {readonly atMs: number; readonly order: string}[] {
  return steps
    .flatMap(({at, every, until = at, hand}) => {
      if (hand === undefined || /^(cut|stored|line|bye)/.test(hand)) return [];
      const rounds = every === undefined ? 1 : Math.floor((until - at) / every) + 1;
      return Array.from({length: rounds}, (_, round) => ({atMs: at + round * (every ?? 0), order: hand}));
    })
    .sort((one, other) => one.atMs - other.atMs);
}

const compiled = compileCore('virtual-device', ['host/virtual-device.c', 'longthrow.c']);
if (compiled.state === 'absent') {
  test('the link of the desk and the core in C understand each other', (t) => {
    t.log(compiled.reason);
    t.pass();
  });
} else {
  const {program} = compiled;
  const played = transcripts.filter(({transcript}) => handsOf(transcript).length > 0);

  for (const {file, transcript} of played) {
    test(`with the hands of ${file} the link knows the device as it is, and the core finds no fault in what the link says`, async (t) => {
      const {line, said, timers, run, obey} = await joined(t, program);
      await run(settledMs);
      t.truthy(line.device);
      const faders = new Map<number, number>();
      for (const {atMs, order} of handsOf(transcript)) {
        await run(settledMs + Math.min(atMs, longestMs) - timers.nowMs);
        await obey(order);
        const [what, index = '', value = ''] = order.split(' ');
        if (what === 'fader') faders.set(Number(index), Number(value));
        if (what === 'restart') faders.clear();
      }
      await run(1000);
      t.truthy(line.device, 'still there');
      const sections: readonly (Message | Section)[] = said.flatMap<Message | Section>(({message}) =>
        message.type === 'keyframe' ? message.sections : [message],
      );
      const rows = sections.flatMap((section) => (section.type === 'faders' ? travelsOf(section) : []));
      const known = new Map(rows.map(({index, value}) => [index, value]));
      for (const [index, value] of faders) t.is(known.get(index), value, `fader ${index}`);
      const hearts = said.flatMap(({message}) => (message.type === 'heartbeat' ? [message] : []));
      t.true(hearts.length >= 3);
      for (const {crcFaults, overruns, resyncs} of hearts) t.deepEqual([crcFaults, overruns, resyncs], [0, 0, 0]);
      line.close();
    });
  }

  test('a frame of inputs carries the time at which they were read, in ticks of 100 µs', async (t) => {
    const {said, timers, run, obey} = await joined(t, program);
    await run(settledMs);
    for (const value of [20_000, 40_000, 60_000]) {
      const readAtMs = timers.nowMs;
      await obey(`fader 2 ${value}`);
      await run(50);
      const told = said.find(({message}) => message.type === 'faders' && message.values.includes(value));
      t.true(Math.abs((told?.time ?? 0) - 10 * readAtMs) <= 100, `${told?.time} for ${readAtMs} ms`);
    }
  });

  test('a device that restarts in the middle is greeted anew, and told everything again', async (t) => {
    const {line, news, run, obey} = await joined(t, program);
    await run(settledMs);
    await obey('restart 4');
    await run(settledMs);
    t.deepEqual(
      news.filter((type) => type === 'device.ready' || type === 'device.lost'),
      ['device.ready', 'device.lost', 'device.ready'],
    );
    t.is(line.device?.hello.resetCause, 4);
  });

  test('while the sound engine stands still the host says no heartbeat, however much else it says, and it does again when that goes on', async (t) => {
    let plays = true;
    const {line, sent, run} = await joined(t, program, undefined, () => plays);
    await run(settledMs);
    const beats = async (): Promise<number> => {
      const before = sent.length;
      for (let level = 0; level < 10; level++) {
        line.say({type: 'meters', first: 0, levels: [level]});
        await run(100);
      }
      return sent.slice(before).filter(({message}) => message.type === 'heartbeat').length;
    };
    t.true((await beats()) >= 9);
    plays = false;
    await run(300);
    t.is(await beats(), 0);
    plays = true;
    await run(settledMs);
    t.true((await beats()) >= 9);
  });

  test('values in between that are known go along, but of a device that restarted nothing is known', async (t) => {
    const {line, sent, run, obey} = await joined(t, program);
    await run(settledMs);
    const meters = (from: number): readonly Message[] =>
      sent.slice(from).flatMap(({message}) => (message.type === 'meters' ? [message] : []));
    const first = sent.length;
    line.say({type: 'meters', first: 0, levels: [11, 12, 13, 14]});
    await run(2 * stepMs);
    line.say({type: 'meters', first: 3, levels: [24]});
    line.say({type: 'meters', first: 0, levels: [21]});
    await run(2 * stepMs);
    t.deepEqual(meters(first), [
      {type: 'meters', first: 0, levels: [11, 12, 13, 14]},
      {type: 'meters', first: 0, levels: [21, 12, 13, 24]},
    ]);
    line.say({type: 'meters', first: 4, levels: [15]});
    await obey('restart 4');
    await run(settledMs);
    const before = sent.length;
    line.say({type: 'meters', first: 0, levels: [9]});
    line.say({type: 'meters', first: 3, levels: [9]});
    await run(2 * stepMs);
    t.deepEqual(meters(before), [
      {type: 'meters', first: 0, levels: [9]},
      {type: 'meters', first: 3, levels: [9]},
    ]);
  });

  test('a frame that was damaged is counted and told to the device; one of a type from times to come is acknowledged as unsupported', async (t) => {
    const {line, sent, run, session} = await joined(t, program);
    await run(settledMs);
    const before = sent.length;
    const sequence = sent.flatMap(({message}) => (message.type === 'ack' ? [message.next] : [])).at(-1) ?? 0;
    const body = Uint8Array.of(
      ...writeHeader({messageClass: 'reliable', sequence, type: 0xee, time: undefined, more: false}),
      ...[1, 2, 3, 0, 0],
    );
    const end = body.length - checkSize;
    const check = frameCheck(body, end, session());
    body.set([check & 0xff, check >> 8], end);
    line.received(frame(body));
    body[end] = (body[end] ?? 0) ^ 1;
    line.received(frame(body));
    line.received(Uint8Array.of(0, 9, 1, 0));
    await run(3 * stepMs);
    const said = sent.slice(before).map(({message}) => message);
    t.deepEqual(
      said.filter(({type}) => type === 'ack'),
      [{type: 'ack', next: (sequence + 1) & 0xff, credits: 1, status: 1}],
    );
    await run(200);
    const beat = sent.map(({message}) => message).findLast(({type}) => type === 'heartbeat');
    t.like(beat, {crcFaults: 1, overruns: 0, resyncs: 1});
  });

  test('while a line is full, values wait, and only the newest of each control goes out', async (t) => {
    let full = 0;
    const {line, sent, run} = await joined(t, program, () => full);
    await run(settledMs);
    const before = sent.length;
    const states = (): readonly Message[] =>
      sent.slice(before).flatMap(({message}) => (classOf(message) === 'state' ? [message] : []));
    full = 1000;
    for (let level = 0; level < 100; level++) {
      line.say({type: 'meters', first: level % 8, levels: [level]});
      line.say({type: 'motors', first: 3, mask: 1, values: [level]});
      await run(stepMs);
    }
    t.deepEqual(states(), []);
    full = 0;
    await run(2 * stepMs);
    t.deepEqual(states(), [
      {type: 'motors', first: 3, mask: 1, values: [99]},
      {type: 'meters', first: 0, levels: [96, 97, 98, 99, 92, 93, 94, 95]},
    ]);
  });
}
