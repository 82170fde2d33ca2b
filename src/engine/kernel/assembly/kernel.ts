/** The sound of the desk: what a loader may call. Where no source is named, formulas are elementary algebra. */
import * as layout from './layout';
import {clearBuses, gatherBus} from './bus';
import {restChannel, settleChannel} from './channel';
import {plainAt} from './dynamics';
import {isInUse, settleGlide} from './glide';
import {fadeInputs} from './input';
import {holdOutput, renderMaster} from './master';
import {writeStrip} from './meter';
import {chooseQuasiPeak} from './quasi-peak';
import {isRouted, settleRoute} from './route';
import {flushFrames} from './section';
import {loadState, saveState} from './snapshot';
import {adoptGains, renderPair} from './strip';

/**
 * Says how large the desk is: `stems` (1 and more) strips of two channels, `busStrips` groups and returns, `groups` of them groups; blocks of
 * up to `maxFrames` (a multiple of 4). Once, before all else.
 */
export function shape(stems: i32, busStrips: i32, groups: i32, maxFrames: i32): void {
  layout.shape(stems, busStrips, groups, maxFrames);
}

/**
 * Lays out memory: ramps of `rampFrames`, room for `gainMoves` overlapping ramps of gains and `otherMoves` of all else, `windowFrames` (a multiple
 * of 4) in a fourth of a detector's window, `meterStrips` strips in a meter frame. False if there is no memory. All gains are 0.
 */
export function layOut(rampFrames: i32, gainMoves: i32, otherMoves: i32, windowFrames: i32, meterStrips: i32): bool {
  return layout.layOut(rampFrames, gainMoves, otherMoves, windowFrames, meterStrips);
}

/** Address of the ramp: `rampFrames` floats S(n) − 1, rising from about −1 to 0, before them `maxFrames` of −1, behind them as many of 0. The loader fills it once. */
export function rampTable(): usize {
  return layout.rampTable;
}

/** Address of the fade: `maxFrames` floats rising from 0 to 1. The loader fills it once. */
export function fadeTable(): usize {
  return layout.fadeTable;
}

/** Address of 8 vectors of the K-weighting, then 18 of the interpolator. The loader fills them once. */
export function metersTable(): usize {
  return layout.weighting;
}

/** Address of the six factors of the saturator's filter, a vector each. The loader fills them once. */
export function halfbandTable(): usize {
  return layout.halfband;
}

/** Address of the place of each strip (then of the master) in the meter frame, in strips: i32 each. The loader fills it once. */
export function placesAt(): usize {
  return layout.places;
}

/** Address of the input of side 0 or 1 of a strip, `maxFrames` floats, any values at all. */
export function inputAt(strip: i32, side: i32): usize {
  return layout.inputs + <usize>(pairOf(strip) * 4 + laneOf(strip) + side) * <usize>layout.blockFrames * 4;
}

/** Address of the output of side 0 (left) or 1 (right): after `finish` finite, within ±(1 − 2⁻²³). */
export function outputAt(side: i32): usize {
  return layout.outputs + <usize>side * <usize>layout.blockFrames * 4;
}

/** Address of the solo bus, as the output: finite, within ±(1 − 2⁻²³). */
export function soloAt(side: i32): usize {
  return layout.solos + <usize>side * <usize>layout.blockFrames * 4;
}

/** Address of the meters of the last block: 28 values a place, then 18 of the master, as in the model. */
export function metersAt(): usize {
  return layout.meters;
}

/** The pair of a strip; stems share pairs, groups and returns come after them, the strip after all others is the master. */
export function pairOf(strip: i32): i32 {
  return strip < layout.stems ? strip >> 1 : layout.stemPairs + strip - layout.stems;
}

/** The first lane of a strip in its pair: 0 or 2. */
export function laneOf(strip: i32): i32 {
  return strip < layout.stems ? (strip & 1) << 1 : 0;
}

/** Address of the record of a pair: +16 i32, what is in use (bits; who writes wanted values sets them); +32 i32×2 wanted buses. */
export function recordAt(pair: i32): usize {
  return layout.recordOf(pair);
}

/** Address of the wanted gains of a pair: a vector before the pre tap, one after it. Finite values only, here and below. */
export function gainsAt(pair: i32): usize {
  return layout.recordOf(pair) + layout.recordGains;
}

/** Address of the wanted gains of a pair's eight sends and of its way to the solo bus: a vector each, then the targets. */
export function sendsAt(pair: i32): usize {
  return layout.recordOf(pair) + layout.recordSends;
}

/** Address of the wanted numbers of a pair's dynamics: 13 vectors (dynamics.ts). */
export function dynamicsAt(pair: i32): usize {
  return layout.recordOf(pair) + layout.recordDynamics;
}

/** Address of the numbers of a pair's dynamics that hold at once: 10 vectors. */
export function plainDynamicsAt(pair: i32): usize {
  return plainAt(layout.recordOf(pair) + layout.recordDynamics);
}

/** Address of what a section of a pair is wanted to be: 9 vectors (section.ts). */
export function sectionAt(pair: i32, slot: i32): usize {
  return layout.sectionOf(layout.recordOf(pair), slot);
}

/** Address of the order in which bus strips are rendered: i32 each, counted from the first bus strip. */
export function orderAt(): usize {
  return layout.state + 8;
}

/** Whether a strip is heard in a bus (1…8 a send, 9 solo, from 10 on a group), or still on its way out of it. */
export function isFeeding(strip: i32, bus: i32): bool {
  const record = layout.recordOf(pairOf(strip));
  if (bus > layout.soloBus) return isRouted(record, bus);
  if ((load<i32>(record, 16) & layout.inUseSends) == 0) return false;
  return isInUse(record + layout.recordSends, layout.sendVectors, bus - layout.sendBus);
}

/**
 * Chooses how the quasi-peak meters of all strips move: shares of the way a frame of slow and fast charger, what a frame leaves of a charge, what
 * is missing in that number (relative), and the factor of the reading. A factor of 0 turns them off: then they cost nothing and read 0.
 */
export function setQuasiPeak(slow: f32, fast: f32, fall: f32, drift: f32, factor: f32): void {
  chooseQuasiPeak(slow, fast, fall, drift, factor);
}

/** Takes all wanted values at once, without a ramp. */
export function settle(): void {
  for (let pair = 0; pair < layout.pairs; pair++) {
    const record = layout.recordOf(pair);
    settleGlide(record + layout.recordGains, layout.gainVectors);
    settleGlide(record + layout.recordSends, layout.sendVectors);
    settleRoute(record);
    settleChannel(record);
  }
}

/**
 * Leaves gates and compressors as long silence does: gates closed. Once settled, before the first block: so it makes no difference how long
 * nothing was heard before something is.
 */
export function rest(): void {
  for (let pair = 0; pair < layout.pairs; pair++) restChannel(layout.recordOf(pair));
}

/** Gains and sends that are wanted from here on hold from a frame of the coming block on, not before that of the last call; what was wanted before holds from there. */
export function gainsFrom(frame: i32): void {
  for (let pair = 0; pair < layout.pairs; pair++) adoptGains(pair, -layout.gainsFrom);
  layout.beginGains(frame);
}

/** The coming block is the first of something: windows of detectors are counted from here. */
export function begin(): void {
  store<i32>(layout.state, 0);
  store<i32>(layout.state, 0, 4);
}

/** Fades the inputs of all stems in the coming block in (`rising`) or out, over its whole length: raised cosine, latency 0. */
export function fade(frames: i32, rising: bool): void {
  fadeInputs(frames, rising);
}

/** Begins a block of `frames` (a multiple of 4, up to `maxFrames`): all stems, from their inputs to the buses. Latency 0, here and below. */
export function renderStems(frames: i32): void {
  clearBuses(frames);
  for (let pair = 0; pair < layout.stemPairs; pair++) {
    renderPair(pair, frames);
    writeStrip(pair * 2, false);
    if (pair * 2 + 1 < layout.stems) writeStrip(pair * 2 + 1, true);
  }
}

/** Makes bus `bus` (1…8 a send, from 10 on a group) the input of a bus strip. */
export function gather(bus: i32, strip: i32, frames: i32): void {
  gatherBus(bus, pairOf(strip), frames);
}

/** Renders a bus strip from its input to the buses; after all that feed it. */
export function renderBusStrip(strip: i32, frames: i32): void {
  renderPair(pairOf(strip), frames);
  writeStrip(strip, false);
}

/** Renders the mix bus to the output, still without the ceiling, and the solo bus. */
export function renderMix(frames: i32): void {
  renderMaster(frames);
}

/** Ends a block: the ceiling of the output, and time passes. */
export function finish(frames: i32): void {
  holdOutput(frames);
  layout.beginGains(0);
  store<i32>(layout.state, (load<i32>(layout.state) + frames) % flushFrames);
  store<i32>(layout.state, (load<i32>(layout.state, 4) + frames) % layout.windowFrames, 4);
}

/** Puts a snapshot of all that outlives a block together; returns its length in bytes. */
export function save(): i32 {
  return saveState();
}

/** Where snapshots are put together, and where one is to be put before `restore`. */
export function snapshotAt(): usize {
  return layout.snapshot;
}

/** Goes back to the snapshot of so many bytes; false, and nothing has changed, if it is of another desk. */
export function restore(bytes: i32): bool {
  return loadState(bytes);
}
