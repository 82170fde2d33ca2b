import {type MeterFrame, masterMeter, stripMeter} from '../model/meter.ts';
import {amplitude} from './ballistics.ts';
import {masterSums, stripSums} from './block-sums.ts';
import type {Batch, Channel, StripMemory} from './channel.ts';

/** How meter frames are taken into what is remembered of strips and bus. */

/** How fast a shown gain reduction goes back, in dB a second. */
const reductionFall = 30;
/** A strip plays in a block that peaks above −50 dBFS. */
const playingFactor = 10 ** (-50 / 20);

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

/** Frames were lost: needles fall on, and a block that was begun is not finished with what comes from elsewhere. */
export function skip(channel: Channel, frames: number): void {
  move(channel, frames, 0, 0, 0, 0);
  channel.memory?.peak.cut();
  channel.memory?.energy.cut();
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
  const {batch, memory} = channel;
  batch.rolled = true;
  batch.peaks.in = Math.max(batch.peaks.in, input);
  // Until a new trim is heard for sure, what is heard is taken for the old one: a trim that was lowered must not be told it is too hot.
  batch.settled ||= settled;
  if (settled) batch.peaks.pre = Math.max(batch.peaks.pre, pre);
  batch.peaks.post = Math.max(batch.peaks.post, post);
  batch.clipRun = Math.max(batch.clipRun, Math.floor(amplitude(stripMeter(frame, index, 'inClipRun'))));
  channel.maximum.add(input, frames);
  if (channel.isStereo) {
    channel.sides[0].add(left, frames);
    channel.sides[1].add(right, frames);
  }
  if (!settled || memory === undefined) return;
  memory.peak.add(pre, frames);
  const sums = stripSums(frame, index);
  channel.image.add(sums);
  memory.energy.add(sums.energyLeft, sums.energyRight, pre, frames);
  if (frame.parts === undefined) takeMeans(channel, memory, frame, index);
  else for (const part of frame.parts) takeMeans(channel, memory, part, index);
}

/** Takes what is a mean of single blocks: of a needle, or of those blocks in which the strip plays. Of joined ones it would be another. */
function takeMeans(channel: Channel, memory: StripMemory, frame: MeterFrame, index: number): void {
  const {frames} = frame;
  memory.vu[0].drive(stripMeter(frame, index, 'preAverageLeft') / frames, frames);
  memory.vu[1].drive(stripMeter(frame, index, 'preAverageRight') / frames, frames);
  if (channel.inserts === undefined && !channel.hasCompressor && channel.group !== 'vocals') return;
  const pre = Math.max(level(frame, index, 'prePeakLeft'), level(frame, index, 'prePeakRight'));
  if (pre <= playingFactor) return;
  const energy = (stripMeter(frame, index, 'preEnergyLeft') + stripMeter(frame, index, 'preEnergyRight')) / frames;
  if (channel.inserts !== undefined) {
    memory.before.add((level(frame, index, 'inEnergyLeft') + level(frame, index, 'inEnergyRight')) / frames, frames);
    memory.behind.add(energy, frames);
  }
  if (channel.hasCompressor) memory.reduction.add(amplitude(stripMeter(frame, index, 'compressorReductionDb')), frames);
  if (channel.group !== 'vocals') return;
  memory.behindFader.add(energy, frames);
  memory.afterFader.add(
    (level(frame, index, 'postEnergyLeft') + level(frame, index, 'postEnergyRight')) / frames,
    frames,
  );
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
  batch.settled = true;
  batch.peaks.bus = Math.max(batch.peaks.bus, bus);
  batch.peaks.out = Math.max(batch.peaks.out, out);
  channel.maximum.add(bus, frames);
  channel.output.add(Math.max(left, right), frames);
  channel.sides[0].add(left, frames);
  channel.sides[1].add(right, frames);
  channel.image.add(masterSums(frame));
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
  batch.settled = false;
  batch.clipRun = 0;
  batch.broken = 0;
  batch.peaks.in = 0;
  batch.peaks.pre = 0;
  batch.peaks.post = 0;
  batch.peaks.bus = 0;
  batch.peaks.out = 0;
}
