import {type MeterFrame, masterMeter, stripMeter} from '../model/meter.ts';
import type {Group, Strip, StripId} from '../model/mixer.ts';
import {masterId} from '../model/mixer.ts';
import {amplitude, createPeakMeter, type PeakMeter} from './ballistics.ts';
import type {Tap} from './rule.ts';
import {createWindowMaximum, type WindowMaximum} from './window-maximum.ts';
import {createWorkingPeak, type WorkingPeak} from './working-peak.ts';

/** What was found since the verdicts were last asked for, in blocks in which the tape moved. Nothing short is lost. */
export interface Batch {
  /** The next frame begins a new batch. */
  taken: boolean;
  /** Whether any block of the batch moved the tape; what stands still is not judged. */
  rolled: boolean;
  /** Highest amplitude at each tap. */
  readonly peaks: Record<Tap, number>;
  clipRun: number;
  /** Samples that were no numbers. */
  broken: number;
}

/** What is remembered of one strip or of the mix bus. Mutable: it belongs to one assessor. */
export interface Channel {
  readonly place: 'strip' | 'master';
  readonly strip: StripId;
  readonly group: Group | 'master';
  name: string;
  trimDb: number;
  muted: boolean;
  /** `left` and `right` at `pre` (the bus: `out`); `input` at `in` (the bus: `bus`); `post` at `post` (the bus: `out`). */
  readonly needles: {
    readonly left: PeakMeter;
    readonly right: PeakMeter;
    readonly input: PeakMeter;
    readonly post: PeakMeter;
  };
  readonly batch: Batch;
  /** Strips only. */
  readonly working: WorkingPeak | undefined;
  /** Of the last 2 s at `in`; of the mix bus the last 10 s at `bus`. */
  readonly maximum: WindowMaximum;
  /** Frames in which the sound may still carry the old trim: they say nothing about the new one. */
  settleFrames: number;
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
/** How fast a shown gain reduction goes back, in dB a second. */
const reductionFall = 30;
/** Rests shorter than this are part of the music, not silence. */
export const restMs = 2000;

/** A strip of which nothing was heard yet. */
export function createStripChannel(sampleRate: number, strip: Strip): Channel {
  return {
    ...blank(sampleRate),
    place: 'strip',
    strip: strip.id,
    group: strip.group,
    name: strip.name,
    trimDb: strip.trimDb,
    muted: strip.muted,
    working: createWorkingPeak(sampleRate),
    maximum: createWindowMaximum(sampleRate, restMs),
  };
}

/** A mix bus of which nothing was heard yet. */
export function createMasterChannel(sampleRate: number): Channel {
  return {
    ...blank(sampleRate),
    place: 'master',
    strip: masterId,
    group: 'master',
    name: 'Mix bus',
    trimDb: 0,
    muted: false,
    working: undefined,
    maximum: createWindowMaximum(sampleRate, busWindowMs),
  };
}

type Blank = Pick<Channel, 'needles' | 'batch' | 'settleFrames' | 'clipped' | 'reductionDb' | 'dynamicsDb'>;

function blank(sampleRate: number): Blank {
  const needle = (): PeakMeter => createPeakMeter(sampleRate);
  return {
    needles: {left: needle(), right: needle(), input: needle(), post: needle()},
    batch: {taken: true, rolled: false, peaks: {in: 0, pre: 0, post: 0, bus: 0, out: 0}, clipRun: 0, broken: 0},
    settleFrames: 0,
    clipped: false,
    reductionDb: undefined,
    dynamicsDb: undefined,
  };
}

/** Brings name, mute and trim of a strip up to date; a changed trim changes what was heard through it. */
export function follow(channel: Channel, strip: Strip, sampleRate: number): void {
  channel.name = strip.name;
  channel.muted = strip.muted;
  const deltaDb = strip.trimDb - channel.trimDb;
  if (deltaDb === 0 || !Number.isFinite(deltaDb)) return;
  channel.trimDb = strip.trimDb;
  channel.working?.compensate(deltaDb);
  channel.settleFrames = Math.round((sampleRate * settleMs) / 1000);
}

/** What one stage of dynamics turned down in a block, in dB; undefined where it is off. */
export type Reduction = number | undefined;

/** Takes what a compressor turned down in a block, and what turns down beside it: a gate, or the limiter of the mix bus. */
export function takeReduction(channel: Channel, compressor: Reduction, beside: Reduction, seconds: number): void {
  channel.reductionDb = fallen(channel.reductionDb, compressor, seconds);
  const all = compressor === undefined && beside === undefined ? undefined : amount(compressor) + amount(beside);
  channel.dynamicsDb = fallen(channel.dynamicsDb, all, seconds);
}

/** Rises at once and goes back slowly enough to be read. */
function fallen(before: number | undefined, now: Reduction, seconds: number): number | undefined {
  return now === undefined ? undefined : Math.max(amplitude(now), (before ?? 0) - reductionFall * seconds, 0);
}

function amount(reduction: Reduction): number {
  return reduction === undefined ? 0 : amplitude(reduction);
}

/** Forgets a clip, also one that was found but not yet reported. */
export function forgetClip(channel: Channel): void {
  channel.clipped = false;
  channel.batch.peaks.out = 0;
  channel.batch.clipRun = 0;
  channel.batch.broken = 0;
}

/** Frames were lost: needles fall on, and a block that was begun is not finished with what comes from elsewhere. */
export function skip(channel: Channel, frames: number): void {
  move(channel, frames, 0, 0, 0, 0);
  channel.working?.cut();
}

/** Takes what a frame says of the strip at that place of the desk. */
export function takeStrip(channel: Channel, frame: MeterFrame, index: number): void {
  const {frames} = frame;
  const input = amplitude(Math.max(level(frame, index, 'inPeakLeft'), level(frame, index, 'inPeakRight')));
  const left = level(frame, index, 'prePeakLeft');
  const right = level(frame, index, 'prePeakRight');
  const pre = Math.max(left, right);
  const post = Math.max(level(frame, index, 'postPeakLeft'), level(frame, index, 'postPeakRight'));
  move(channel, frames, left, right, input, post);
  begin(channel.batch);
  channel.batch.broken += amplitude(stripMeter(frame, index, 'nonFinite'));
  const settled = channel.settleFrames === 0;
  channel.settleFrames = Math.max(0, channel.settleFrames - frames);
  if (!frame.rolling) return;
  const {batch} = channel;
  batch.rolled = true;
  batch.peaks.in = Math.max(batch.peaks.in, input);
  batch.peaks.pre = Math.max(batch.peaks.pre, pre);
  batch.peaks.post = Math.max(batch.peaks.post, post);
  batch.clipRun = Math.max(batch.clipRun, Math.floor(amplitude(stripMeter(frame, index, 'inClipRun'))));
  channel.maximum.add(input, frames);
  if (settled) channel.working?.add(pre, frames);
}

/** Takes what a frame says of the mix bus; behind a limiter only what it let through was lost. */
export function takeMaster(channel: Channel, frame: MeterFrame, limited: boolean): void {
  const {frames} = frame;
  const bus = Math.max(amplitude(masterMeter(frame, 'busPeakLeft')), amplitude(masterMeter(frame, 'busPeakRight')));
  const left = amplitude(masterMeter(frame, 'outPeakLeft'));
  const right = amplitude(masterMeter(frame, 'outPeakRight'));
  const held = amplitude(masterMeter(frame, 'outOvers')) > 0 ? 1 : 0;
  const out = limited ? held : Math.max(left, right, held);
  move(channel, frames, left, right, bus, Math.max(left, right));
  begin(channel.batch);
  channel.batch.broken += amplitude(masterMeter(frame, 'nonFinite'));
  if (!frame.rolling) return;
  const {batch} = channel;
  batch.rolled = true;
  batch.peaks.bus = Math.max(batch.peaks.bus, bus);
  batch.peaks.out = Math.max(batch.peaks.out, out);
  channel.maximum.add(bus, frames);
}

function level(frame: MeterFrame, index: number, field: Parameters<typeof stripMeter>[2]): number {
  return amplitude(stripMeter(frame, index, field));
}

function move(channel: Channel, frames: number, left: number, right: number, input: number, post: number): void {
  channel.needles.left.add(left, frames);
  channel.needles.right.add(right, frames);
  channel.needles.input.add(input, frames);
  channel.needles.post.add(post, frames);
}

function begin(batch: Batch): void {
  if (!batch.taken) return;
  batch.taken = false;
  batch.rolled = false;
  batch.clipRun = 0;
  batch.broken = 0;
  batch.peaks.in = 0;
  batch.peaks.pre = 0;
  batch.peaks.post = 0;
  batch.peaks.bus = 0;
  batch.peaks.out = 0;
}
