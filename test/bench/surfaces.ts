import {monitorEventLoopDelay} from 'node:perf_hooks';
import {setTimeout as delay} from 'node:timers/promises';
import {type Automation, newAutomation} from '../../src/model/automation.ts';
import type {Lane} from '../../src/model/lane.ts';
import type {Session} from '../../src/model/session.ts';
import type {MemoryDevice} from '../../src/transport/memory.ts';
import type {Bench, Figure, Result} from './bench.ts';
import {bigSession} from './big-session.ts';
import {type BenchUnit, openWholeDesk, type WholeDesk} from './whole-desk.ts';

const seconds = 10;
/** A desk runs for hours: what its first seconds cost until its code is compiled is not what it costs. */
const warmSeconds = 8;
const tapeSeconds = 5;
/** Points of a lane, a second. */
const pointsPerSecond = 30;
const units = ['x-touch', ...Array.from({length: 7}, () => 'x-touch-extender')];
/** How often the delay of the event loop is looked at; what is told of it is what came on top. */
const delayEveryMs = 5;
/** More than a unit is sent. */
const tapeBytes = 1_000_000;

/** What 64 strips on eight units cost while everything on them moves. */
export const surfacesBench: Bench = {
  name: 'surfaces',
  about:
    `64 strips on eight units of eight with displays, rings, colours and meters at 30 Hz and more; every fader follows a lane of ${pointsPerSecond} points ` +
    `a second for ${seconds} s while 64 stereo stems play, ${warmSeconds} s after the start.`,
  async run() {
    const {session, remove} = await bigSession(tapeSeconds, 'noise');
    try {
      const whole = await openWholeDesk(session, units, {automation: ridden(session)});
      try {
        return await measure(whole);
      } finally {
        await whole.close();
      }
    } finally {
      await remove();
    }
  },
};

/** A ride on every fader from the start of the tape to its end. */
function ridden({mixer, sampleRate}: Session): Automation {
  const lane = (strip: number): Lane => {
    const frames = Int32Array.from({length: tapeSeconds * pointsPerSecond}, (_, point) =>
      Math.round((point * sampleRate) / pointsPerSecond),
    );
    const values = Float64Array.from(frames, (_, point) => -20 + 15 * Math.sin(point / 15 + strip / 10));
    return {frames, values};
  };
  return {...newAutomation, lanes: new Map(mixer.strips.map(({id}, strip) => [`${id} level`, lane(strip)]))};
}

async function measure({desk, engine, units: plugged}: WholeDesk): Promise<Result> {
  desk.perform({type: 'playback.setLooping', looping: true});
  desk.perform({type: 'playback.play'});
  await delay(warmSeconds * 1000);
  // What virtual units make of the bytes is no work of the desk: they hear them afterwards, from a tape that needs no tidying up meanwhile.
  const tapes = plugged.map(({cable, mute}) => {
    mute();
    cable.keep(false);
    return wireTape(cable);
  });
  const before = process.cpuUsage();
  const startedMs = performance.now();
  await delay(seconds * 1000);
  const took = (performance.now() - startedMs) / 1000;
  const {user, system} = process.cpuUsage(before);
  const sent = plugged.map((unit, index) => sentTo(unit, tapes[index]?.() ?? []));
  const bytes = sent.map((one) => one.bytes / took);
  const budget = Math.min(...plugged.map(({device}) => device.surface.pace.bytesPerSecond));
  const strays = plugged.reduce((sum, {device}) => sum + device.strays.length, 0);
  // Afterwards: two hundred looks at the clock a second are no work of the desk either.
  const loopDelay = monitorEventLoopDelay({resolution: delayEveryMs});
  loopDelay.enable();
  await delay(seconds * 1000);
  loopDelay.disable();
  const late = engine.status.lateBlocks + engine.status.starvedBlocks;
  return {
    figures: [
      {name: 'desk process', value: (user + system) / 1e4 / took, unit: '% of one core', bar: {atMost: 15}},
      {
        name: 'event loop late, p99',
        value: Math.max(0, loopDelay.percentile(99) / 1e6 - delayEveryMs),
        unit: 'ms',
        bar: {atMost: 10},
      },
      {name: 'event loop late, max', value: Math.max(0, loopDelay.max / 1e6 - delayEveryMs), unit: 'ms'},
      ...sent.map(
        ({fader}, index): Figure => ({
          name: `unit ${index + 1}`,
          value: bytes[index] ?? 0,
          unit: 'bytes/s',
          bar: {atMost: budget},
          note: `of its pace; a fader ${(fader / took).toFixed(1)} positions a second, ${((sent[index]?.messages ?? 0) / took).toFixed(0)} messages`,
        }),
      ),
      {name: 'messages a unit does not know', value: strays, unit: '', bar: {atMost: 0}},
      {name: 'blocks of sound that were late', value: late, unit: ''},
    ],
  };
}

/** Takes down what goes over a wire from now on; returns the messages so far. */
function wireTape(cable: MemoryDevice): () => readonly Uint8Array[] {
  const tape = new Uint8Array(tapeBytes);
  const ends = new Uint32Array(tapeBytes);
  let messages = 0;
  let at = 0;
  cable.onHeard((bytes) => {
    tape.set(bytes, at);
    at += bytes.length;
    ends[messages++] = at;
  });
  return () => Array.from(ends.subarray(0, messages), (end, index) => tape.subarray(ends[index - 1] ?? 0, end));
}

/** What a unit was sent; it hears it now. */
function sentTo(
  {device}: BenchUnit,
  messages: readonly Uint8Array[],
): {bytes: number; messages: number; fader: number} {
  for (const message of messages) device.receive(message);
  return {
    bytes: messages.reduce((sum, {length}) => sum + length, 0),
    messages: messages.length,
    fader: messages.filter(([status]) => status === 0xe0).length,
  };
}
