import type {ParameterValues} from '../../../src/model/parameter.ts';
import {loweredDb, openStrip, type StripRig} from './strip-rig.ts';
import {createWorst, db, factor, type Worst} from './worst.ts';

/**
 * Times of gate and compressor, by the step of a constant level, so that every sample tells the gain. Definition: after its time a gain has gone
 * 63.2 % (1 − 1/e) of its way in dB. Where a detector holds on before the gain moves (7.5 to 10 ms, and a gate's own hold), the time is counted
 * from the moment it moves: from 20 to 80 % of the way takes ln 4 of a time.
 */
export interface Times {
  /** Per cent of what is set, from 1 ms on. */
  readonly percent: Worst;
  /** In frames, below 1 ms: the gain is made every four frames. */
  readonly frames: Worst;
}

interface Step {
  readonly parameters: ParameterValues;
  readonly beforeDb: number;
  readonly afterDb: number;
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** Gain in dB of each frame, from the step on. */
function gainsAfter(rig: StripRig, {parameters, beforeDb, afterDb, beforeMs, afterMs}: Step): Float64Array {
  const frames = (ms: number): number => Math.round((ms * rig.sampleRate) / 4000) * 4;
  const at = frames(beforeMs);
  const level = new Float32Array(at + frames(afterMs)).fill(factor(beforeDb));
  level.fill(factor(afterDb), at);
  const {left} = rig.hear({parameters, levelDb: loweredDb}, level);
  const gains = new Float64Array(level.length - at);
  for (let frame = 0; frame < gains.length; frame++) gains[frame] = db(left[at + frame] ?? 0) - afterDb - loweredDb;
  return gains;
}

/** Frames (with fractions) until a gain has gone a share of its way. */
function framesTo(gains: Float64Array, share: number, fromDb: number, toDb: number): number {
  const wanted = fromDb + share * (toDb - fromDb);
  const sign = Math.sign(toDb - fromDb);
  const next = gains.findIndex((gain) => sign * (gain - wanted) >= 0);
  const before = next > 0 ? (gains[next - 1] ?? fromDb) : fromDb;
  // The first frame after the step is one frame late.
  return next + (wanted - before) / ((gains[next] ?? wanted) - before || 1);
}

function tellTime(
  rig: StripRig,
  worst: {percent: ReturnType<typeof createWorst>; frames: ReturnType<typeof createWorst>},
  frames: number,
  setMs: number,
  name: string,
): void {
  const setFrames = (setMs * rig.sampleRate) / 1000;
  if (setMs >= 1) worst.percent.tell((frames / setFrames - 1) * 100, `${name} ${setMs} ms`);
  else worst.frames.tell(frames - setFrames, `${name} ${setMs} ms`);
}

const inTwentyEighty = (gains: Float64Array, fromDb: number, toDb: number): number =>
  (framesTo(gains, 0.8, fromDb, toDb) - framesTo(gains, 0.2, fromDb, toDb)) / Math.log(4);

export async function compressorTimes(sampleRate: number): Promise<{attack: Times; release: Times; heldMs: Worst}> {
  const rig = await openStrip(sampleRate);
  const make = (): {percent: ReturnType<typeof createWorst>; frames: ReturnType<typeof createWorst>} => ({
    percent: createWorst(),
    frames: createWorst(),
  });
  const [attack, release, held] = [make(), make(), createWorst()];
  const common = {'comp.on': 1, 'comp.thresholdDb': -20, 'comp.ratio': 4, 'comp.kneeDb': 0};
  for (const attackMs of [0.1, 0.2, 0.5, 1, 3, 10, 30, 100, 200]) {
    const parameters = {...common, 'comp.attackMs': attackMs, 'comp.releaseMs': 5};
    const step = {parameters, beforeDb: -40, afterDb: -4, beforeMs: 40, afterMs: 30 + 3 * attackMs};
    tellTime(rig, attack, framesTo(gainsAfter(rig, step), 1 - Math.exp(-1), 0, -12), attackMs, 'attack');
  }
  for (const releaseMs of [5, 20, 50, 120, 500, 2000]) {
    const parameters = {...common, 'comp.attackMs': 0.1, 'comp.releaseMs': releaseMs};
    const step = {parameters, beforeDb: -4, afterDb: -40, beforeMs: 40, afterMs: 30 + 3 * releaseMs};
    const gains = gainsAfter(rig, step);
    tellTime(rig, release, inTwentyEighty(gains, -12, 0), releaseMs, 'release');
    held.tell((gains.findIndex((gain) => gain > -11.99) * 1000) / sampleRate, `release ${releaseMs} ms`);
  }
  const found = (one: ReturnType<typeof make>): Times => ({percent: one.percent.found, frames: one.frames.found});
  return {attack: found(attack), release: found(release), heldMs: held.found};
}

export async function gateTimes(
  sampleRate: number,
): Promise<{attack: Times; release: Times; holdOverMs: {readonly least: number; readonly most: number}}> {
  const rig = await openStrip(sampleRate);
  const make = (): {percent: ReturnType<typeof createWorst>; frames: ReturnType<typeof createWorst>} => ({
    percent: createWorst(),
    frames: createWorst(),
  });
  const [attack, release] = [make(), make()];
  const over: number[] = [];
  const common = {'gate.on': 1, 'gate.thresholdDb': -30, 'gate.ratio': 20, 'gate.rangeDb': -40};
  for (const attackMs of [0.05, 0.2, 0.5, 1, 3, 10, 30, 100]) {
    const parameters = {...common, 'gate.attackMs': attackMs, 'gate.holdMs': 1, 'gate.releaseMs': 5};
    const step = {parameters, beforeDb: -60, afterDb: -6, beforeMs: 40, afterMs: 20 + 3 * attackMs};
    tellTime(rig, attack, framesTo(gainsAfter(rig, step), 1 - Math.exp(-1), -40, 0), attackMs, 'attack');
  }
  for (const releaseMs of [5, 20, 150, 2000]) {
    for (const holdMs of [1, 50, 1000]) {
      const parameters = {...common, 'gate.attackMs': 0.05, 'gate.holdMs': holdMs, 'gate.releaseMs': releaseMs};
      const afterMs = holdMs + 30 + 3 * releaseMs;
      const gains = gainsAfter(rig, {parameters, beforeDb: -6, afterDb: -60, beforeMs: 40, afterMs});
      tellTime(rig, release, inTwentyEighty(gains, 0, -40), releaseMs, 'release');
      over.push((gains.findIndex((gain) => gain < -0.01) * 1000) / sampleRate - holdMs);
    }
  }
  const found = (one: ReturnType<typeof make>): Times => ({percent: one.percent.found, frames: one.frames.found});
  return {
    attack: found(attack),
    release: found(release),
    holdOverMs: {least: Math.min(...over), most: Math.max(...over)},
  };
}
