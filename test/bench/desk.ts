import {once} from 'node:events';
import os from 'node:os';
import {setTimeout as delay} from 'node:timers/promises';
import {Worker} from 'node:worker_threads';
import type {Session} from '../../src/model/session.ts';
import type {Bench, Figure, Result} from './bench.ts';
import {bigSession} from './big-session.ts';
import {type Spread, spreadOf} from './spread.ts';
import {openWholeDesk, type WholeDesk} from './whole-desk.ts';

const seconds = 8;
/** Machines and compilers warm up; a hand has been on the faders for longer than that. */
const warmUpSeconds = 1;
const movesPerSecond = 500;
const faders = Array.from({length: 8}, (_, index) => `fader.${index + 1}`);
const singleChanges = 200;

const now = (): number => performance.timeOrigin + performance.now();

/** From a hand on eight faders to the sound, and from the sound to a motor, through the whole desk. */
export const deskBench: Bench = {
  name: 'desk',
  about:
    `All eight faders of a unit touched and moved ${movesPerSecond} times a second each for ${seconds} s (${8 * movesPerSecond} position messages ` +
    'a second, all eight at once each time) while 64 stereo stems play; the engine in its process, no sound device.',
  async run() {
    const {session, remove} = await bigSession(5, 'noise');
    try {
      return await measure(session);
    } finally {
      await remove();
    }
  },
};

async function measure(session: Session): Promise<Result> {
  const whole = await openWholeDesk(session, ['x-touch']);
  try {
    const {desk, engine, units} = whole;
    const [unit] = units;
    if (unit === undefined) throw new Error('no unit');
    const {device, cable} = unit;
    desk.perform({type: 'playback.setLooping', looping: true});
    desk.perform({type: 'playback.play'});

    const times = createTimes((warmUpSeconds + seconds) * movesPerSecond * faders.length);
    /** When the bytes that are being taken in were handed to the desk, and when the hand moved. */
    let handedMs = 0;
    let movedMs = 0;
    const endChanges = engine.onChanged((what) => {
      if (what === 'mixer') times.moved(movedMs, handedMs);
    });
    engine.onApplied((changes, _, appliedMs) => times.applied(changes, appliedMs));
    const moveAll = async (forSeconds: number): Promise<void> => {
      const workerData = {moves: forSeconds * movesPerSecond, everyMs: 1000 / movesPerSecond};
      const hand = new Worker(new URL('./hand.mjs', import.meta.url), {workerData});
      hand.on('message', ({move, atMs}: {move: number; atMs: number}) => {
        movedMs = atMs;
        for (const index of faders.keys()) {
          const bytes = positionMessage(index, positionAt(move, index) * device.surface.faders.topValue);
          handedMs = now();
          cable.say(bytes);
        }
      });
      await once(hand, 'exit');
    };

    for (const fader of faders) device.touch(fader);
    await moveAll(warmUpSeconds);
    const warm = times.count;
    const before = process.cpuUsage();
    const startedMs = performance.now();
    await moveAll(seconds);
    const tookSeconds = (performance.now() - startedMs) / 1000;
    const cpu = process.cpuUsage(before);
    await delay(500);
    for (const fader of faders) device.release(fader);
    endChanges();
    const sent = seconds * movesPerSecond * faders.length;
    const taken = times.count - warm;
    const {fromHanded, fromMoved} = times.since(warm);
    const load = `load ${os.loadavg()[0]?.toFixed(1)} on ${os.cpus().length} cores`;
    return {
      figures: [
        {name: 'moves taken', value: taken / tookSeconds, unit: '/s', note: `${taken} of ${sent}`},
        {name: 'moves that never arrived', value: taken - fromHanded.length, unit: '', bar: {atMost: 0}},
        ...latency('bytes handed to the desk → applied', spreadOf(fromHanded), load, 2),
        ...latency(
          'moved on the driver’s thread → applied',
          spreadOf(fromMoved),
          'with the wait for the desk’s event loop',
        ),
        {
          name: 'desk process meanwhile',
          value: (cpu.user + cpu.system) / 1e4 / tookSeconds,
          unit: '% of one core',
          note: 'with the virtual unit',
        },
        ...latency('single change → bytes out', await changesToBytes(whole), `${singleChanges} changes, hands off`),
      ],
    };
  } finally {
    await whole.close();
  }
}

function latency(name: string, {p50, p99, max}: Spread, note: string, most?: number): readonly Figure[] {
  return [
    {name: `${name}, p50`, value: p50, unit: 'ms'},
    {name: `${name}, p99`, value: p99, unit: 'ms', note, ...(most === undefined ? {} : {bar: {atMost: most}})},
    {name: `${name}, max`, value: max, unit: 'ms'},
  ];
}

/** Times of moves, in arrays made beforehand: a bench that grows its heap would measure its own garbage. */
function createTimes(most: number) {
  const movedMs = new Float64Array(most);
  const handedMs = new Float64Array(most);
  const appliedMs = new Float64Array(most);
  let count = 0;
  let arrived = 0;
  return {
    get count() {
      return count;
    },
    moved(atMs: number, handed: number): void {
      movedMs[count] = atMs;
      handedMs[count] = handed;
      count++;
    },
    /** So many of all moves are in the graph. */
    applied(changes: number, atMs: number): void {
      for (; arrived < Math.min(changes, count); arrived++) appliedMs[arrived] = atMs;
    },
    /** Of those that arrived. */
    since(first: number): {readonly fromHanded: Float64Array; readonly fromMoved: Float64Array} {
      const from = (times: Float64Array): Float64Array =>
        appliedMs.slice(first, arrived).map((atMs, move) => atMs - (times[first + move] ?? Number.NaN));
      return {fromHanded: from(handedMs), fromMoved: from(movedMs)};
    },
  };
}

/** `En ll mm`: fader n stands at a value of 14 bits. */
function positionMessage(fader: number, value: number): Uint8Array {
  return Uint8Array.of(0xe0 + fader, Math.round(value) & 0x7f, Math.round(value) >> 7);
}

/** Up and down between a quarter and three quarters of the way, each fader at its own place, each move another position. */
function positionAt(move: number, fader: number): number {
  const phase = ((move * 4 + fader * 64) % 1024) / 1024;
  return 0.25 + Math.abs(phase * 2 - 1) / 2;
}

/** From a change in the engine to the position message for its motor on the wire, one change at a time. */
async function changesToBytes({engine, units}: WholeDesk): Promise<Spread> {
  const cable = units[0]?.cable;
  if (cable === undefined) throw new Error('no unit');
  const took: number[] = [];
  let channel = 0;
  let changedMs: number | undefined;
  const end = cable.onHeard((bytes) => {
    if (bytes[0] !== 0xe0 + channel || changedMs === undefined) return;
    took.push(now() - changedMs);
    changedMs = undefined;
  });
  await delay(1000);
  for (let change = 0; change < singleChanges; change++) {
    channel = change % 8;
    const strip = engine.mixer.strips[channel];
    if (strip === undefined) break;
    changedMs = now();
    engine.apply({type: 'strip.setLevel', strip: strip.id, levelDb: change % 16 < 8 ? -20 - channel : -10 - channel});
    for (let turn = 0; turn < 100 && changedMs !== undefined; turn++) await delay(5);
    await delay(25 + (change % 7));
  }
  end();
  if (took.length < singleChanges) throw new Error(`${singleChanges - took.length} changes never reached the wire`);
  return spreadOf(took);
}
