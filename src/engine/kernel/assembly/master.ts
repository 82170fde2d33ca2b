import {foldIntoWork, hold, unfold} from './bus';
import {adoptChannel, ageChannel, isProcessed, noDynamics, runChannel} from './channel';
import {compressorLowest} from './compressor';
import {ageGlide, fillGlide, isMoving, targetAt} from './glide';
import {blockFrames, busAt, busStrips, gainsFrom, gainVectors, gliding, mixBus, outputs, pairs, recordGains, recordOf, soloBus, solos, stems, work} from './layout';
import {compressorGain, lost, read, writeMaster, writeOvers} from './meter';
import {adoptGains, measurePre} from './strip';

/**
 * The mix bus to the output: processing, master fader, the `out` tap. Latency 0.
 *
 *   bus = Σ post        out = processing(bus) · masterGain
 *
 * What comes after it (a limiter, `finish`) hides nothing from these meters.
 */
export function renderMaster(frames: i32): void {
  const record = recordOf(pairs - 1);
  const gains = record + recordGains;
  adoptGains(pairs - 1, -gainsFrom);
  adoptChannel(record);
  const busPeak = foldIntoWork(mixBus, frames);
  noDynamics();
  const processed = isProcessed(record);
  if (processed) runChannel(record, frames);
  let gain = targetAt(gains, gainVectors, 1);
  let step: usize = 0;
  if (isMoving(gains, gainVectors)) {
    fillGlide(gains, gainVectors, 1, gliding, frames);
    gain = gliding;
    step = 16;
  }
  read(lost, i32x4.splat(0));
  measurePre(record, gain, step, frames);
  read(compressorGain, compressorLowest);
  writeMaster(stems + busStrips, busPeak);
  ageGlide(gains, gainVectors, frames);
  if (processed) ageChannel(record, frames);

  const right = <usize>blockFrames << 2;
  unfold(work, outputs, outputs + right, frames);
  unfold(busAt(soloBus), solos, solos + right, frames);
  hold(solos, solos + right, frames);
}

/** The safety ceiling of the output: min(max(out, −c), c), c = 1 − 2⁻²³. What it held is counted as over, never hidden. Latency 0. */
export function holdOutput(frames: i32): void {
  writeOvers(stems + busStrips, hold(outputs, outputs + (<usize>blockFrames << 2), frames));
}
