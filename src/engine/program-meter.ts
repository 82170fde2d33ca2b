import {createRmsMeter} from '../gain/k-system.ts';
import {createLoudnessProgram} from '../gain/loudness-program.ts';
import {createLowShare} from '../gain/low-share.ts';
import {createQuasiPeakMeter, quasiPeakTypeI, quasiPeakTypeII} from '../gain/quasi-peak.ts';
import {addToTruePeak, betweenSamples, createTruePeakMeter, restTruePeak} from '../gain/true-peak.ts';
import {createVuMeter} from '../gain/vu.ts';
import {createWindowMaximum} from '../gain/window-maximum.ts';
import {dbFromFactor} from '../model/decibel.ts';
import type {ProgramReading} from '../model/program.ts';

/** All programme meters of a finished stereo mix, fed with what is heard when it is heard. */
export interface ProgramMeter {
  /**
   * Takes the next frames; fewer if an array is shorter. `rolling` says whether the tape moves: only then does the measured time go on. Returns a
   * reading about twenty times a second, else nothing.
   */
  push(left: Float32Array, right: Float32Array, frames: number, rolling: boolean): ProgramReading | undefined;
  /** What all meters say now. Integrated loudness and range are looked up once a second. */
  reading(): ProgramReading;
  /** Begins integrated loudness, range, maxima and measured time anew, paused or not; needles and windows go on. */
  resetLoudness(): void;
  /** While paused, integrated loudness, range, maxima and measured time stand still (EBU Tech 3341: start, pause, continue). */
  setPaused(paused: boolean): void;
}

/** Needles that move less often look lame. */
const readingsASecond = 20;
/** Tech 3341 asks for a new integrated loudness at least once a second. */
const integratedASecond = 1;
/** Window of the peaks that come and go, in ms. */
const peakWindowMs = 3000;
const stableSeconds = 60;
/** So many samples the true peak's interpolation looks at. */
const truePeakTaps = 12;

/** Meters that have heard nothing. `sampleRate` in hertz, 8,000 and more. */
export function createProgramMeter(sampleRate: number): ProgramMeter {
  const program = createLoudnessProgram({sampleRate, weights: [1, 1], truePeak: false});
  const between = [createTruePeakMeter(), createTruePeakMeter()] as const;
  const truePeaks = createWindowMaximum(sampleRate, peakWindowMs);
  const samplePeaks = createWindowMaximum(sampleRate, peakWindowMs);
  const lowShare = createLowShare(sampleRate);
  const needles = {
    ppm1: createQuasiPeakMeter(sampleRate, quasiPeakTypeI),
    ppm2: createQuasiPeakMeter(sampleRate, quasiPeakTypeII),
    vu: createVuMeter(sampleRate),
    rms: createRmsMeter(sampleRate),
  };
  const sides: [Float32Array, Float32Array] = [new Float32Array(), new Float32Array()];
  let maxTruePeak = 0;
  let ringFrames = 0;
  const everyFrames = Math.round(sampleRate / readingsASecond);
  let paused = false;
  let measuredFrames = 0;
  let sinceReading = 0;
  let sinceIntegrated = sampleRate;
  let integratedLufs = Number.NEGATIVE_INFINITY;
  let rangeLu = 0;

  /** Highest sample and highest value between samples. Samples that are no finite numbers are replaced by 0 beforehand. */
  function addPeaks(left: Float32Array, right: Float32Array, frames: number): void {
    let peak = 0;
    for (let frame = 0; frame < frames; frame++) {
      peak = Math.max(peak, Math.abs(left[frame] ?? 0), Math.abs(right[frame] ?? 0));
    }
    let highest = peak;
    for (const [side, meter] of between.entries()) {
      restTruePeak(meter);
      addToTruePeak(meter, side === 0 ? left : right, 0, frames);
      highest = Math.max(highest, betweenSamples(meter));
    }
    samplePeaks.add(peak, frames);
    truePeaks.add(highest, frames);
    // What lies between the last sample before a reset and the first after it belongs to neither.
    if (!paused) maxTruePeak = Math.max(maxTruePeak, ringFrames > 0 ? peak : highest);
    ringFrames = Math.max(0, ringFrames - frames);
  }

  function reading(): ProgramReading {
    if (sinceIntegrated >= sampleRate / integratedASecond) {
      sinceIntegrated = 0;
      integratedLufs = program.integratedLufs();
      rangeLu = program.rangeLu();
    }
    const measuredSeconds = measuredFrames / sampleRate;
    return {
      momentaryLufs: program.momentaryLufs(),
      shortTermLufs: program.shortTermLufs(),
      integratedLufs,
      rangeLu,
      rangeIsStable: measuredSeconds >= stableSeconds,
      maxMomentaryLufs: program.maxMomentaryLufs(),
      maxShortTermLufs: program.maxShortTermLufs(),
      maxTruePeakDb: dbFromFactor(maxTruePeak),
      truePeakDb: dbFromFactor(truePeaks.factor() ?? 0),
      samplePeakDb: dbFromFactor(samplePeaks.factor() ?? 0),
      measuredSeconds,
      lowShareDb: lowShare.shareDb(),
      needles: {
        ppm1: needles.ppm1.reading(),
        ppm2: needles.ppm2.reading(),
        vu: needles.vu.reading(),
        rms: needles.rms.reading(),
      },
    };
  }

  return {
    push(givenLeft, givenRight, given, rolling) {
      const frames = Math.min(given, givenLeft.length, givenRight.length);
      const left = finite(givenLeft, frames);
      const right = finite(givenRight, frames);
      sides[0] = left;
      sides[1] = right;
      program.push(sides, frames);
      addPeaks(left, right, frames);
      lowShare.push(left, right, frames);
      for (const meter of Object.values(needles)) meter.push(left, right, frames);
      if (rolling && !paused) measuredFrames += frames;
      sinceIntegrated += frames;
      sinceReading += frames;
      if (sinceReading < everyFrames) return undefined;
      sinceReading %= everyFrames;
      return reading();
    },
    reading,
    resetLoudness() {
      program.restart();
      maxTruePeak = measuredFrames = 0;
      ringFrames = truePeakTaps;
      // What was asked for is shown with the next block.
      sinceIntegrated = sampleRate;
      sinceReading = everyFrames;
    },
    setPaused(now) {
      paused = now;
      program.hold(now);
    },
  };
}

/** The samples themselves if all are finite numbers, else a copy with 0 for what is none. */
function finite(samples: Float32Array, frames: number): Float32Array {
  let sum = 0;
  for (let frame = 0; frame < frames; frame++) sum += Math.abs(samples[frame] ?? 0);
  if (sum < Number.POSITIVE_INFINITY) return samples;
  return samples.map((value) => (Number.isFinite(value) ? value : 0));
}
