import {writeFile} from 'node:fs/promises';
import os from 'node:os';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import type {LiveEngine} from '../../src/engine/live/live-contract.ts';
import {encodeSamples, type SampleEncoding} from '../../src/engine/stems/sample-encoding.ts';
import {waveHeader} from '../../src/engine/stems/wave-writer.ts';
import {type MeterFrame, stripMeter} from '../../src/model/meter.ts';
import type {Session} from '../../src/model/session.ts';
import type {Bench, Figure, Result} from './bench.ts';
import {bigSession} from './big-session.ts';
import {spreadOf} from './spread.ts';
import {openWholeDesk, type WholeDesk} from './whole-desk.ts';

const sampleRate = 48_000;
const encoding: SampleEncoding = {kind: 'int', bytes: 3, littleEndian: true};
const trials = 160;
/** Strips that clip in turn, so that each is dark for long enough before its next clip. */
const strips = 8;
/** The noise of the other strips is over by then, and what it raised was acknowledged. */
const firstSeconds = 6.5;
const everySeconds = 0.31;
/** Clips come at all places within a tick of the lamps, a look at the meters and a block. */
const strayFrames = 4096;
const clipFrames = 48;
/** As a desk is started without options. */
const usualLookAheadMs = 350;
const mostMs = 60;
const turnMs = 5;
const patientTurns = 100;

/** From a clip's first sample in the ear to the light: what a person would wait for. */
export const lampBench: Bench = {
  name: 'lamp',
  about:
    `${trials} clips of a millisecond out of silence, on eight strips in turn of 64 playing, at the usual settings: from the device's clock at the first ` +
    'full-scale sample to the bytes of overload and warning lamp on a unit of eight strips; the engine in its process, no sound device.',
  async run() {
    const {session, remove} = await bigSession(5, 'noise');
    try {
      const clips = await writeClips(session);
      const ear = createEar();
      const whole = await openWholeDesk(session, ['x-touch'], {lookAheadMs: usualLookAheadMs, wrap: ear.wrap});
      try {
        return await measure(whole, ear, clips);
      } finally {
        await whole.close();
      }
    } finally {
      await remove();
    }
  },
};

/** Writes the stems that clip over the first strips' own; the frames at which they do, in order. */
async function writeClips({folder}: Session): Promise<readonly number[]> {
  const clips = Array.from(
    {length: trials},
    (_, trial) => Math.round((firstSeconds + trial * everySeconds) * sampleRate) + ((trial * 2_654_435) % strayFrames),
  );
  const frames = Math.round((firstSeconds + (trials + 8) * everySeconds) * sampleRate);
  for (let strip = 0; strip < strips; strip++) {
    const samples = new Float32Array(frames);
    for (const [trial, clip] of clips.entries()) if (trial % strips === strip) samples.fill(1, clip, clip + clipFrames);
    const header = waveHeader(encoding, 1, sampleRate, frames);
    const path = join(folder, 'stems', `Track ${strip + 1}.wav`);
    await writeFile(path, Buffer.concat([header, encodeSamples(encoding, [samples], frames)]));
  }
  return clips;
}

/** Hears what the desk takes of the meters. */
interface Ear {
  readonly wrap: (engine: LiveEngine) => LiveEngine;
  /** Device frame of each block in which a strip's run of full-scale samples began. */
  readonly clipped: readonly {readonly strip: number; readonly atFrame: number}[];
  /** When the device's clock stood at 0, in ms of this process: no block can come before its end was heard, so the soonest of all tells. */
  readonly originMs: () => number;
}

function createEar(): Ear {
  const clipped: {readonly strip: number; readonly atFrame: number}[] = [];
  const endedFrame = new Map<number, number>();
  let originMs = Number.POSITIVE_INFINITY;
  const take = (frame: MeterFrame): void => {
    const end = frame.atFrame + frame.frames;
    originMs = Math.min(originMs, performance.now() - (end * 1000) / sampleRate);
    for (let strip = 0; strip < strips; strip++) {
      if (stripMeter(frame, strip, 'inClipRun') === 0) continue;
      if (endedFrame.get(strip) !== frame.atFrame) clipped.push({strip, atFrame: frame.atFrame});
      endedFrame.set(strip, end);
    }
  };
  return {
    clipped,
    originMs: () => originMs,
    wrap: (engine) => {
      const takeMeters = (): readonly MeterFrame[] => {
        const frames = engine.takeMeters();
        frames.forEach(take);
        return frames;
      };
      return new Proxy(engine, {
        get: (target, name) => (name === 'takeMeters' ? takeMeters : Reflect.get(target, name)),
      });
    },
  };
}

async function measure({desk, units}: WholeDesk, ear: Ear, clips: readonly number[]): Promise<Result> {
  const [unit] = units;
  if (unit === undefined) throw new Error('no unit');
  /** First time of each strip's lights since they were dark. */
  const lit = {overload: new Map<number, number>(), warning: new Map<number, number>()};
  const endHearing = unit.cable.onHeard((bytes) => {
    const nowMs = performance.now();
    const [status = 0, first = 0, second = 0] = bytes;
    // Meter D0, strip and E: overload on. Note 90, 0 to 7, velocity 7F: the lamp of its REC button, which speaks the warnings.
    if (status === 0xd0 && (first & 0x0f) === 0x0e) note(lit.overload, first >> 4, nowMs);
    if (status === 0x90 && first < strips && second === 0x7f) note(lit.warning, first, nowMs);
  });
  desk.perform({type: 'playback.play'});
  await delay((firstSeconds - 0.5) * 1000);
  desk.perform({type: 'warning.acknowledge', strip: 'all'});
  lit.overload.clear();
  lit.warning.clear();
  const overload: number[] = [];
  const warning: number[] = [];
  let seen = ear.clipped.length;
  let missed = 0;
  for (const [trial, clip] of clips.entries()) {
    const strip = trial % strips;
    const times = (): readonly [number | undefined, number | undefined] => [
      lit.overload.get(strip),
      lit.warning.get(strip),
    ];
    // The first comes as late as the tape was late to start.
    const turns = trial === 0 ? 10 * patientTurns : patientTurns;
    for (let turn = 0; turn < turns && times().includes(undefined); turn++) await delay(turnMs);
    const heard = ear.clipped.findIndex((one, index) => index >= seen && one.strip === strip);
    const [overloadMs, warningMs] = times();
    if (heard < 0 || overloadMs === undefined || warningMs === undefined) {
      missed++;
      continue;
    }
    seen = heard + 1;
    // The tape begins at a block's edge, and has no gaps: blocks of tape and device begin together.
    const frame = (ear.clipped[heard]?.atFrame ?? Number.NaN) + (clip % 512);
    const heardMs = ear.originMs() + (frame * 1000) / sampleRate;
    overload.push(overloadMs - heardMs);
    warning.push(warningMs - heardMs);
    lit.overload.delete(strip);
    lit.warning.delete(strip);
    desk.perform({type: 'warning.acknowledge', strip: 'all'});
  }
  endHearing();
  const load = `load ${os.loadavg()[0]?.toFixed(1)} on ${os.cpus().length} cores`;
  return {
    figures: [
      {name: 'clips never shown', value: missed, unit: '', bar: {atMost: 0}},
      ...figures('clip heard → overload lit', overload, load),
      ...figures('clip heard → warning lamp lit', warning, load),
    ],
  };
}

function note(times: Map<number, number>, strip: number, nowMs: number): void {
  if (!times.has(strip)) times.set(strip, nowMs);
}

function figures(name: string, times: readonly number[], note: string): readonly Figure[] {
  const {p50, p99, max} = spreadOf(times);
  return [
    {name: `${name}, p50`, value: p50, unit: 'ms'},
    {name: `${name}, p99`, value: p99, unit: 'ms', bar: {atMost: mostMs}, note},
    {name: `${name}, max`, value: max, unit: 'ms'},
  ];
}
