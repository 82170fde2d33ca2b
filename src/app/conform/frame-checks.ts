import {encodeFrame} from '../../wire/longthrow/codec.ts';
import type {Heartbeat} from '../../wire/longthrow/heartbeat.ts';
import {classOf, type Message} from '../../wire/longthrow/message.ts';
import type {Bench, Check} from './check.ts';
import {keepsClasses} from './class-check.ts';
import {newDice} from './dice.ts';
import {frameOf, fromHex, type RefusedVector} from './vectors.ts';

/** The session of the vectors: the lowest byte of their nonce. */
const vectorSession = 0xef;
const mtuOfVectors = 64;
const answerMs = 60;

interface Counts {
  readonly crcFaults: number;
  readonly overruns: number;
  readonly resyncs: number;
}

/** L0: frames are taken apart, put together and refused as they must be. */
export function frameChecks(refused: readonly RefusedVector[]): readonly Check[] {
  const groups = [...new Set(refused.map(({group}) => group))];
  return [
    {
      id: 'L0.frames-taken',
      level: 'L0',
      requirements: ['R1', 'R2', 'R8'],
      law: 'Every frame that a host may send is taken, and none counts as a fault',
      run: takesFrames,
    },
    ...groups.map(
      (group): Check => ({
        id: `L0.refused-${group}`,
        level: 'L0',
        requirements:
          group === 'session' ? ['R18'] : group === 'reserved' || group === 'unknown' ? ['R8'] : ['R1', 'R2', 'R22'],
        law: `What must be refused has no effect but on its counter: ${group}`,
        run: (bench) => refuses(bench, group),
      }),
    ),
    {
      id: 'L0.classes',
      level: 'L0',
      requirements: ['R8'],
      law: 'A type is taken in its own class only',
      run: keepsClasses,
    },
    {
      id: 'L0.heartbeat',
      level: 'L0',
      requirements: ['R8', 'R9'],
      law: 'A heartbeat with reserved bits renews no lease',
      async run(bench) {
        const {session} = await bench.greet({beats: false});
        const counts = {heard: 0, crcFaults: 0, overruns: 0, resyncs: 0, descriptor: 0};
        let end: unknown;
        for (let round = 0; round < 8 && end === undefined; round++) {
          await bench.host.say({type: 'heartbeat', session, state: 8, ...counts});
          end = await bench.until('hello', 200, ({nonce}) => nonce === 0);
        }
        bench.expect(end !== undefined, 'such a heartbeat renews the lease');
      },
    },
    {
      id: 'L0.noise',
      level: 'L0',
      requirements: ['R1'],
      law: 'After any noise the next good frame is heard',
      run: survivesNoise,
    },
    {
      id: 'L0.pieces',
      level: 'L0',
      requirements: ['R1'],
      law: 'A frame is heard in whatever pieces it comes',
      async run(bench) {
        await bench.greet();
        const sent = encodeFrame({message: {type: 'time-sync', t0: 0x1200}, sequence: 200}, bench.host.session());
        for (const byte of sent) {
          await bench.host.run(2);
          await bench.host.raw(Uint8Array.of(byte));
        }
        const reply = await bench.until('time-reply', answerMs + bench.slackMs, ({t0}) => t0 === 0x1200);
        bench.expect(reply !== undefined, 'a TIME_SYNC that came byte by byte was not answered');
      },
    },
    {
      id: 'L0.delimiters',
      level: 'L0',
      requirements: ['R1'],
      law: 'Each frame of the device has a delimiter before and after it',
      run: delimits,
    },
    {
      id: 'L0.sequences',
      level: 'L0',
      requirements: ['R5', 'R18'],
      law: 'Frames of each class count up by one, from 0 in each session',
      run: counts,
    },
  ];
}

/** Frames that a device shows or hears, and that end nothing. */
const harmless = ['motors', 'meters', 'lamps', 'warnings', 'colours', 'rings', 'error', 'ack', 'keyframe-request'];

async function takesFrames(bench: Bench): Promise<void> {
  await bench.greet({session: vectorSession});
  const before = await beat(bench);
  for (const {wire, frame: written, name, session} of bench.data.frames) {
    if (session !== vectorSession) continue;
    const {message} = frameOf(written);
    if (message.type === 'descriptor-read' || message.type === 'time-sync') {
      await bench.host.raw(fromHex(wire));
      const answer = message.type === 'time-sync' ? 'time-reply' : 'descriptor-data';
      const heard = await bench.until(answer, answerMs + bench.slackMs);
      bench.expect(heard !== undefined, `"${name}" (${wire}) was not answered`);
    } else if (harmless.includes(message.type)) await bench.host.raw(fromHex(wire));
  }
  await bench.host.run(20);
  const state = frameOf({message: {type: 'meters', first: 0, levels: [7]}}).message;
  await bench.host.say(state, {sequence: 99});
  const after = await beat(bench);
  bench.expect(after?.heard === 99, 'the heartbeat does not tell the last STATE sequence that was heard');
  const low = bench.hello.descriptorCheck & 0xffff;
  bench.expect(after?.descriptor === low, 'the heartbeat does not tell the low half of the descriptor’s CRC-32');
  bench.expect(before !== undefined && isSame(before, after), 'good frames were counted as faults');
}

async function refuses(bench: Bench, group: string): Promise<void> {
  const hello = await bench.greet({session: vectorSession});
  for (const {name, wire, heard, mtu} of bench.data.refused.filter((vector) => vector.group === group)) {
    if (group === 'oversized' && hello.mtu !== mtuOfVectors) continue;
    if (mtu !== mtuOfVectors) continue;
    const before = await beat(bench);
    // Right after a keyframe, none comes by itself for a while; on a real line nobody knows how long.
    const isCalm = bench.host.target.kind === 'virtual' && (await bench.until('keyframe', 1000)) !== undefined;
    if (isCalm) await bench.host.run(60);
    if (before === undefined) return bench.failed('no heartbeat comes');
    const from = bench.host.heard.length;
    const deeds = bench.host.deeds.length;
    await bench.host.raw(fromHex(wire));
    const keyframe = await bench.until('keyframe', 50 + bench.slackMs);
    const isAsked = heard.includes('keyframe-request');
    if (isAsked) bench.expect(keyframe !== undefined, `the good frame in "${name}" was not heard`);
    else if (isCalm) bench.expect(keyframe === undefined, `"${name}" (${wire}) was taken for a KEYFRAME_REQ`);
    // What no delimiter ended yet is ended here, and belongs to no frame.
    if (!wire.endsWith('00')) await bench.host.raw(Uint8Array.of(0));
    const after = await beat(bench);
    const wanted: Counts = {
      crcFaults: before.crcFaults + countOf(heard, 'crc'),
      overruns: before.overruns + countOf(heard, 'oversized'),
      resyncs: before.resyncs + countOf(heard, 'cobs') + countOf(heard, 'short') + (wire.endsWith('00') ? 0 : 1),
    };
    bench.expect(
      after !== undefined && isSame(wanted, after),
      `"${name}" (${wire}) was counted otherwise than as ${heard}`,
    );
    const effects = bench.host.heard
      .slice(from)
      .filter(({frame: {message}}) => ['hello', 'descriptor-data', 'time-reply'].includes(message.type));
    const answers = bench.all('ack', from);
    const refusedAnswer = heard.includes('unknown')
      ? answers.some(({message}) => message.status !== 1)
      : answers.length > 0;
    const shown = bench.host.deeds.slice(deeds).filter(({type}) => type !== 'sent');
    bench.expect(effects.length === 0 && !refusedAnswer && shown.length === 0, `"${name}" (${wire}) had an effect`);
    if (refusedAnswer || answers.length > 0) await bench.greet({session: vectorSession});
  }
}

async function survivesNoise(bench: Bench): Promise<void> {
  await bench.greet();
  const dice = newDice(20_26);
  const bursts = bench.host.target.kind === 'virtual' ? 200 : 60;
  for (let burst = 0; burst < bursts; burst++) {
    const noise = Uint8Array.from({length: 1 + dice(120)}, () => dice(256));
    await bench.host.raw(noise);
    await bench.host.say({type: 'time-sync', t0: burst});
    const reply = await bench.until('time-reply', answerMs + bench.slackMs, ({t0}) => t0 === burst);
    if (reply === undefined) return bench.failed(`after ${noise.length} bytes of noise a good frame was not heard`);
  }
}

async function delimits(bench: Bench): Promise<void> {
  await bench.greet();
  const from = bench.host.deeds.length;
  await bench.host.run(700);
  const bytes = bench.host.deeds.slice(from).flatMap((deed) => (deed.type === 'sent' ? [...deed.bytes] : []));
  // Between two frames stand the end of the one and the beginning of the other.
  const lone = bytes.filter((byte, at) => byte === 0 && bytes[at - 1] !== 0 && bytes[at + 1] !== 0);
  const edges = (bytes[0] === 0 ? 1 : 0) + (bytes.at(-1) === 0 ? 1 : 0);
  bench.expect(bytes.length > 0, 'it sends nothing');
  bench.expect(lone.length <= edges, 'between two of its frames stands one delimiter only');
}

async function counts(bench: Bench): Promise<void> {
  for (let round = 0; round < 2; round++) {
    const from = bench.host.heard.length;
    await bench.greet();
    await bench.host.run(600);
    for (let sync = 0; sync < 3; sync++) await bench.host.say({type: 'time-sync', t0: sync});
    await bench.host.run(500);
    const frames = bench.host.heard.slice(from).map(({frame}) => frame);
    for (const messageClass of ['state', 'system'] as const) {
      const all = frames.filter(({message}) => classOf(message) === messageClass);
      // What stood on the line before the hello was of the session before.
      const own = all.slice(messageClass === 'system' ? all.findIndex(({message}) => isAnswer(message)) : 0);
      const numbers = own.map(({sequence}) => sequence);
      const rising = numbers.every((number, at) => at === 0 || number === (((numbers[at - 1] ?? 0) + 1) & 0xff));
      bench.expect(
        numbers.length > 1 && rising,
        `sequences of class ${messageClass} are ${numbers.slice(0, 8).join(', ')} …`,
      );
      bench.expect(numbers[0] === 0, `sequences of class ${messageClass} begin with ${numbers[0]} in a new session`);
    }
  }
}

function isAnswer(message: Message): boolean {
  return message.type === 'hello' && message.nonce !== 0;
}

/** The next heartbeat. */
async function beat(bench: Bench): Promise<Heartbeat | undefined> {
  // One that was on its way already does not count.
  await bench.host.run(bench.slackMs);
  return (await bench.until('heartbeat', 400 + bench.slackMs))?.message;
}

function countOf(heard: readonly string[], fault: string): number {
  return heard.filter((one) => one === fault).length;
}

function isSame(one: Counts, other: Counts | undefined): boolean {
  return one.crcFaults === other?.crcFaults && one.overruns === other.overruns && one.resyncs === other.resyncs;
}
