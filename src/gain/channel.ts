import {isAudible} from '../model/audibility.ts';
import {isDefaultName} from '../model/default-name.ts';
import type {Group, Mixer, Strip, StripId, StripKind} from '../model/mixer.ts';
import {masterId} from '../model/mixer.ts';
import {createPeakMeter, type PeakMeter} from './ballistics.ts';
import {describeInserts} from './inserts.ts';
import type {Tap} from './rule.ts';
import {createSlowMean, type SlowMean} from './slow-mean.ts';
import {createStereoImage, type StereoImage} from './stereo-image.ts';
import {createVuNeedle, type VuNeedle} from './vu.ts';
import {createWindowMaximum, type WindowMaximum} from './window-maximum.ts';
import {createWorkingEnergy, type WorkingEnergy} from './working-energy.ts';
import {createWorkingPeak, type WorkingPeak} from './working-peak.ts';

/** What was found since the verdicts were last asked for, in blocks in which the tape moved. Nothing short is lost. */
export interface Batch {
  /** The next frame begins a new batch. */
  taken: boolean;
  /** Whether any block of the batch moved the tape; what stands still is not judged. */
  rolled: boolean;
  /** Whether any of it was surely heard through the trim as it is now. */
  settled: boolean;
  /** Highest amplitude at each tap. */
  readonly peaks: Record<Tap, number>;
  clipRun: number;
  /** Samples that were no numbers. */
  broken: number;
}

/** What only strips are asked. */
export interface StripMemory {
  readonly peak: WorkingPeak;
  readonly energy: WorkingEnergy;
  readonly vu: readonly [VuNeedle, VuNeedle];
  /** Mean squares of both sides before the trim, behind the processing, and behind the fader, while it plays. */
  readonly before: SlowMean;
  readonly behind: SlowMean;
  readonly afterFader: SlowMean;
  readonly behindFader: SlowMean;
  /** Gain reduction of the compressor while it plays, in dB. */
  readonly reduction: SlowMean;
}

/** What is remembered of one strip or of the mix bus. Mutable: it belongs to one assessor. */
export interface Channel {
  readonly place: 'strip' | 'master';
  readonly strip: StripId;
  readonly kind: StripKind | 'master';
  readonly group: Group | 'master';
  readonly isStereo: boolean;
  name: string;
  hasDefaultName: boolean;
  trimDb: number;
  faderDb: number;
  muted: boolean;
  /** Heard in the mix: neither muted nor left out by a solo, by itself or through what it follows. */
  audible: boolean;
  /** What of its processing is on, in words; undefined if nothing is. */
  inserts: string | undefined;
  hasCompressor: boolean;
  /** `left` and `right` at `pre` (the bus: `out`); `input` at `in` (the bus: `bus`); `post` at `post` (the bus: `out`). */
  readonly needles: {
    readonly left: PeakMeter;
    readonly right: PeakMeter;
    readonly input: PeakMeter;
    readonly post: PeakMeter;
  };
  readonly batch: Batch;
  readonly memory: StripMemory | undefined;
  /** At `pre`; of the mix bus at `out`. */
  readonly image: StereoImage;
  /** Highest peak of each side in the last second, at `pre` and `out`. */
  readonly sides: readonly [WindowMaximum, WindowMaximum];
  /** Of the last 2 s at `in`; of the mix bus the last 10 s at `bus`. */
  readonly maximum: WindowMaximum;
  /** Of the mix bus: the last 2 s at `out`. */
  readonly output: WindowMaximum;
  /** Frames in which the sound may still carry the old trim: they say nothing about the new one. */
  settleFrames: number;
  /** What the trim was changed by since the verdicts were last asked for, in dB. */
  trimmedDb: number;
  /** Samples were lost since the last acknowledgement. */
  clipped: boolean;
  /** What the compressor turns down, in dB; falls slowly enough to be read. Undefined while it is off. */
  reductionDb: number | undefined;
  /** What compressor and gate turn down together, of the mix bus compressor and limiter. Undefined while both are off. */
  dynamicsDb: number | undefined;
}

/** The look-ahead and the ramp of an engine: so long after a change of trim the old trim may still be heard. */
const settleMs = 250;
const busWindowMs = 10_000;
const sideWindowMs = 1000;
/** Rests shorter than this are part of the music, not silence. */
export const restMs = 2000;
const meanSeconds = 3;

/** A strip of which nothing was heard yet. */
export function createStripChannel(sampleRate: number, strip: Strip): Channel {
  const mean = (): SlowMean => createSlowMean(sampleRate, meanSeconds);
  return {
    ...blank(sampleRate),
    place: 'strip',
    strip: strip.id,
    kind: strip.kind,
    group: strip.group,
    isStereo: strip.channels === 2,
    name: strip.name,
    hasDefaultName: isDefaultName(strip.name),
    trimDb: strip.trimDb,
    memory: {
      peak: createWorkingPeak(sampleRate),
      energy: createWorkingEnergy(sampleRate),
      vu: [createVuNeedle(sampleRate), createVuNeedle(sampleRate)],
      before: mean(),
      behind: mean(),
      afterFader: mean(),
      behindFader: mean(),
      reduction: mean(),
    },
    maximum: createWindowMaximum(sampleRate, restMs),
  };
}

/** A mix bus of which nothing was heard yet. */
export function createMasterChannel(sampleRate: number): Channel {
  return {
    ...blank(sampleRate),
    place: 'master',
    strip: masterId,
    kind: 'master',
    group: 'master',
    isStereo: true,
    name: 'Mix bus',
    hasDefaultName: false,
    trimDb: 0,
    memory: undefined,
    maximum: createWindowMaximum(sampleRate, busWindowMs),
  };
}

type Blank = Omit<
  Channel,
  'place' | 'strip' | 'kind' | 'group' | 'isStereo' | 'name' | 'hasDefaultName' | 'trimDb' | 'memory' | 'maximum'
>;

function blank(sampleRate: number): Blank {
  const needle = (): PeakMeter => createPeakMeter(sampleRate);
  return {
    faderDb: 0,
    muted: false,
    audible: true,
    inserts: undefined,
    hasCompressor: false,
    needles: {left: needle(), right: needle(), input: needle(), post: needle()},
    batch: {
      taken: true,
      rolled: false,
      settled: false,
      peaks: {in: 0, pre: 0, post: 0, bus: 0, out: 0},
      clipRun: 0,
      broken: 0,
    },
    image: createStereoImage(sampleRate),
    sides: [createWindowMaximum(sampleRate, sideWindowMs), createWindowMaximum(sampleRate, sideWindowMs)],
    output: createWindowMaximum(sampleRate, restMs),
    settleFrames: 0,
    trimmedDb: 0,
    clipped: false,
    reductionDb: undefined,
    dynamicsDb: undefined,
  };
}

/** Brings what is set at a strip up to date; a changed trim changes what was heard through it. */
export function follow(channel: Channel, strip: Strip, mixer: Mixer, sampleRate: number): void {
  if (strip.name !== channel.name) channel.hasDefaultName = isDefaultName(strip.name);
  channel.name = strip.name;
  channel.muted = strip.muted;
  channel.audible = isAudible(mixer, strip);
  channel.faderDb = strip.levelDb;
  channel.inserts = describeInserts(strip.parameters);
  channel.hasCompressor = strip.parameters['comp.on'] === 1;
  const deltaDb = strip.trimDb - channel.trimDb;
  const {memory} = channel;
  if (deltaDb === 0 || !Number.isFinite(deltaDb) || memory === undefined) return;
  channel.trimDb = strip.trimDb;
  channel.trimmedDb += deltaDb;
  memory.peak.compensate(deltaDb);
  memory.energy.compensate(deltaDb);
  for (const needle of memory.vu) needle.reset();
  channel.image.restart();
  for (const mean of [memory.before, memory.behind, memory.afterFader, memory.behindFader]) mean.restart();
  channel.settleFrames = Math.round((sampleRate * settleMs) / 1000);
}

/** Begins anew: what follows is from another place of the tape. What strips peak at is kept. */
export function cut(channel: Channel): void {
  channel.maximum.restart();
  channel.output.restart();
  channel.image.restart();
  for (const side of channel.sides) side.restart();
  channel.memory?.peak.cut();
  channel.memory?.energy.cut();
}

/** Forgets a clip, also one that was found but not yet reported. */
export function forgetClip(channel: Channel): void {
  channel.clipped = false;
  channel.batch.peaks.out = 0;
  channel.batch.clipRun = 0;
  channel.batch.broken = 0;
}
