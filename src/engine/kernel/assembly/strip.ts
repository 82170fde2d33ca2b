import {adoptChannel, ageChannel, emptyChannel, isChannelMoving, isChannelQuiet, isProcessed, noDynamics, noteDynamics, restDynamics, runChannel} from './channel';
import {compressorLowest} from './compressor';
import {swapped} from './detector';
import {gateLowest} from './gate';
import {adoptGlide, ageGlide, fillGlide, isInUse, isMoving, targetAt} from './glide';
import {absurdLanes, clean, countRuns, isAbsurd, isClipped, silenced, takeIn, takenEnergy} from './input';
import {blockFrames, busAt, gainRoom, gainsFrom, gainVectors, gliding, inUseSends, recordGains, readings, recordOf, recordSends, recordWeighting, sendBus, sendVectors, unity, work} from './layout';
import {clipRun, compressorGain, gateGain, inEnergy, inPeak, lost, postEnergy, postPeak, preAverage, preEnergy, prePeak, preProduct, preQuasiPeak, preSum, preTruePeak, preWeighted, preWeightedProduct, read} from './meter';
import {fallQuasiPeak, moveQuasiPeak} from './quasi-peak';
import {adoptRoute, ageRoute, deliver} from './route';
import {branch, branchTwo, dropTap, isRinging, measure, silentTap, tapAverage, tapEnergy, tapPeak, tapProduct, tapSum, tapWeighted, tapWeightedProduct} from './tap';
import {isNear, recall, remember, truePeak} from './true-peak';

/**
 * One block of two strips: input → trim and polarity → processing → `pre` → fader, pan, mute → `post` → bus; sends and solo leave at `pre` with
 * gains of their own. Latency 0.
 *
 *   pre = processing(in · trimGain · (±1))        post = pre · faderGain · panGain · (1 or 0)
 *
 * Work is left out only where the result is the same to the bit: silence into a pair that is quiet stays silence, a gain of zero that has
 * settled adds nothing. What the processing makes of nonsense is silenced for the whole block, and the strip begins anew.
 */
export function renderPair(pair: i32, frames: i32): void {
  const record = recordOf(pair);
  const gains = record + recordGains;
  adoptGains(pair, -gainsFrom);
  adoptRoute(record);
  adoptChannel(record);
  const zero = i32x4.splat(0);
  let peak = takeIn(pair, frames);
  read(lost, zero);
  if (isAbsurd(peak)) {
    peak = clean(frames);
    read(lost, silenced);
  }
  read(inPeak, peak);
  read(inEnergy, takenEnergy);
  read(clipRun, zero);
  if (isClipped(peak)) read(clipRun, countRuns(record, frames));
  else v128.store(record, zero);

  read(postPeak, zero);
  read(postEnergy, zero);
  noDynamics();
  const processed = isProcessed(record);
  const isSilent = !v128.any_true(peak);
  if (isSilent && load<i32>(record, 20) != 0 && !(processed && isChannelMoving(record))) {
    silentTap();
    readPre(tapPeak);
    if (processed) restDynamics(record);
    read(preQuasiPeak, fallQuasiPeak(record, frames));
  } else {
    renderPre(record, frames, processed, isSilent);
    renderSends(record, frames);
    const post = targetAt(gains, gainVectors, 1);
    if (isMoving(gains, gainVectors)) {
      fillGlide(gains, gainVectors, 1, gliding, frames);
      deliver(record, gliding, 16, frames);
      readPost();
    } else if (v128.any_true(v128.load(post))) {
      deliver(record, post, 0, frames);
      readPost();
    }
    // A short block does not clear the history of the true peak.
    const isStill = isSilent && frames >= 12 && !v128.any_true(v128.load(readings + prePeak)) && !isRinging(record);
    const isQuiet = isStill && !(processed && !isChannelQuiet(record));
    store<i32>(record, isQuiet ? 1 : 0, 20);
  }
  read(gateGain, gateLowest);
  read(compressorGain, compressorLowest);
  ageGlide(gains, gainVectors, frames);
  ageRoute(record, frames);
  ageSends(record, frames);
  if (processed) ageChannel(record, frames);
}

/** From the input in `work` to `pre` in `work`, measured. */
function renderPre(record: usize, frames: i32, processed: bool, isSilent: bool): void {
  const gains = record + recordGains;
  let gain = targetAt(gains, gainVectors, 0);
  let step: usize = 0;
  if (isMoving(gains, gainVectors)) {
    fillGlide(gains, gainVectors, 0, gliding, frames);
    gain = gliding;
    step = 16;
  }
  if (processed) {
    if (isSilent) noteDynamics(record);
    trim(gain, step, frames);
    runChannel(record, frames);
    gain = unity;
    step = 0;
  }
  measurePre(record, gain, step, frames);
  read(preQuasiPeak, moveQuasiPeak(record, frames));
}

/** Multiplies `work` by a gain (as in `measure`), measures it, and silences strips that are out of all bounds. */
export function measurePre(record: usize, gain: usize, step: usize, frames: i32): void {
  recall(record);
  measure(record, gain, step, frames);
  if (isAbsurd(tapPeak)) silenceAbsurd(record, frames);
  readPre(isNear(tapPeak) ? truePeak(tapPeak, frames) : tapPeak);
  remember(record, frames);
}

/** Multiplies `work` by a gain; one of 1 that rests changes nothing and costs nothing. */
function trim(gain: usize, step: usize, frames: i32): void {
  if (step == 0 && i32x4.all_true(f32x4.eq(v128.load(gain), f32x4.splat(1)))) return;
  const bytes = <usize>frames << 4;
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(work + i, f32x4.mul(v128.load(work + i), v128.load(gain)));
    gain += step;
  }
}

/** Silences the block of strips that hold NaN, infinities or more than 2³² at `pre`, counts these samples, and empties all that remembers. */
function silenceAbsurd(record: usize, frames: i32): void {
  const bad = absurdLanes(tapPeak);
  const lanes = v128.or(bad, swapped(bad));
  clean(frames);
  read(lost, i32x4.add(v128.load(readings + lost), silenced));
  const bytes = <usize>frames << 4;
  for (let i: usize = 0; i < bytes; i += 16) v128.store(work + i, v128.andnot(v128.load(work + i), lanes));
  for (let i: usize = 0; i < 64; i += 16) {
    const at = record + recordWeighting + i;
    v128.store(at, v128.andnot(v128.load(at), lanes));
  }
  emptyChannel(record, lanes);
  dropTap(lanes);
}

function readPre(peakBetween: v128): void {
  read(prePeak, tapPeak);
  read(preEnergy, tapEnergy);
  read(preProduct, tapProduct);
  read(preWeighted, tapWeighted);
  read(preWeightedProduct, tapWeightedProduct);
  read(preSum, tapSum);
  read(preAverage, tapAverage);
  read(preTruePeak, peakBetween);
}

function readPost(): void {
  read(postPeak, tapPeak);
  read(postEnergy, tapEnergy);
}

// @ts-ignore: decorator
@inline
function hasSends(record: usize): bool {
  return (load<i32>(record, 16) & inUseSends) != 0;
}

/** Takes what is wanted of a pair's gains and sends. */
export function adoptGains(pair: i32, age: i32): void {
  const record = recordOf(pair);
  adoptGlide(record + recordGains, gainVectors, gainRoom, age);
  if (hasSends(record)) adoptGlide(record + recordSends, sendVectors, gainRoom, age);
}

/** Adds `pre` to the buses of sends and solo. */
function renderSends(record: usize, frames: i32): void {
  if (!hasSends(record)) return;
  const sends = record + recordSends;
  const step: usize = isMoving(sends, sendVectors) ? 16 : 0;
  let last = 0;
  let lastGain: usize = 0;
  // Two at a time: the sound is read once for both.
  for (let index: usize = 0; index < sendVectors; index++) {
    if (!isInUse(sends, sendVectors, index)) continue;
    const bus = sendBus + <i32>index;
    let gain = targetAt(sends, sendVectors, index);
    if (step != 0) {
      gain = gliding + (<usize>blockFrames << (lastGain == 0 ? 4 : 5));
      fillGlide(sends, sendVectors, index, gain, frames);
    }
    if (lastGain == 0) {
      last = bus;
      lastGain = gain;
      continue;
    }
    branchTwo(lastGain, busAt(last), gain, busAt(bus), step, frames);
    lastGain = 0;
  }
  if (lastGain != 0) branch(lastGain, step, busAt(last), frames);
}

function ageSends(record: usize, frames: i32): void {
  if (!hasSends(record)) return;
  const sends = record + recordSends;
  ageGlide(sends, sendVectors, frames);
  if (isMoving(sends, sendVectors)) return;
  let any = i32x4.splat(0);
  for (let i: usize = 0; i < sendVectors << 5; i += 16) any = v128.or(any, v128.load(sends + i));
  if (!v128.any_true(any)) store<i32>(record, load<i32>(record, 16) & ~inUseSends, 16);
}
