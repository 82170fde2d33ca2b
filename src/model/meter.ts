import type {ProgramReading} from './program.ts';

/**
 * What the engine measures in one block. Meters travel beside state: they are never events and never in the mixer.
 * One frame is a flat array, so that it crosses threads as it is: `stripFields` values a strip, then the master's.
 */

/** Index of each strip value. Peaks are absolute amplitudes (1 = 0 dBFS), energies sums of squares over the block. */
export const stripField = {
  inPeakLeft: 0,
  inPeakRight: 1,
  prePeakLeft: 2,
  prePeakRight: 3,
  postPeakLeft: 4,
  postPeakRight: 5,
  preEnergyLeft: 6,
  preEnergyRight: 7,
  /** Sum of left × right at `pre`, for correlation and mono fold. */
  preProduct: 8,
  postEnergyLeft: 9,
  postEnergyRight: 10,
  /** Longest run, in frames, of consecutive samples at or above −0.01 dBFS at `in`; runs go on across blocks. */
  inClipRun: 11,
  /** Samples that were NaN or infinite at the input, or became so in the processing, and were silenced. */
  nonFinite: 12,
  /** Most that the gate turned down in the block, in dB, 0 and more. */
  gateReductionDb: 13,
  /** Most that the compressor turned down in the block, in dB, 0 and more, without its make-up. */
  compressorReductionDb: 14,
  /** Energies behind the K-weighting of BS.1770. */
  preWeightedLeft: 15,
  preWeightedRight: 16,
  /** Peak between the samples (BS.1770 annex 2) where the sample peak comes to −6 dBFS, else the sample peak. */
  preTruePeakLeft: 17,
  preTruePeakRight: 18,
  /** Energies before the trim, to compare with what the processing made of them. */
  inEnergyLeft: 19,
  inEnergyRight: 20,
  /** Sums of the samples themselves, for the direct current. */
  preSumLeft: 21,
  preSumRight: 22,
  /** Sums of absolute samples, for needles that show the average (VU). */
  preAverageLeft: 23,
  preAverageRight: 24,
  /** Highest reading of a quasi-peak meter in the block, as an amplitude; 0 unless the desk chose such a meter. */
  preQuasiPeakLeft: 25,
  preQuasiPeakRight: 26,
  /** Sum of left × right behind the K-weighting. */
  preWeightedProduct: 27,
} as const;
export const stripFields = 28;

/**
 * Index of each master value, counted from the end of the last strip. `bus` is the sum before processing and master fader, `out` comes after both
 * and before limiter and ceiling.
 */
export const masterField = {
  busPeakLeft: 0,
  busPeakRight: 1,
  outPeakLeft: 2,
  outPeakRight: 3,
  outEnergyLeft: 4,
  outEnergyRight: 5,
  outProduct: 6,
  /** Samples at or above 1.0 which the ceiling had to hold: of `out`, or of what the limiter left of it. */
  outOvers: 7,
  compressorReductionDb: 8,
  /** Most that the limiter turned down in the block, in dB, 0 and more. */
  limiterReductionDb: 9,
  outWeightedLeft: 10,
  outWeightedRight: 11,
  outTruePeakLeft: 12,
  outTruePeakRight: 13,
  /** Samples that became NaN or infinite in the processing and were silenced. */
  nonFinite: 14,
  outSumLeft: 15,
  outSumRight: 16,
  outWeightedProduct: 17,
} as const;
export const masterFields = 18;

export interface MeterFrame {
  /**
   * First frame of the block on the device's clock (rises while the tape stands still, too). What strips bring into it is heard the latency of the
   * mix later, and frames are told no sooner.
   */
  readonly atFrame: number;
  /** Length of the block in frames. */
  readonly frames: number;
  /** Whether the tape moved in this block. */
  readonly rolling: boolean;
  /** `strips × stripFields + masterFields` values, strips in desk order. */
  readonly values: Float32Array;
  /** What the programme meters say of the finished mix at the end of the block; absent in most blocks, it comes about twenty times a second. */
  readonly program?: ProgramReading;
  /** The blocks that a joined frame was made of, in order; absent in a single block. What is only taken of some blocks, or is a mean of their highest, is taken of these. */
  readonly parts?: readonly MeterFrame[];
}

/** Whether samples were lost in a frame, at any strip's input or at the output: at full scale, or no numbers. Who sees it should look at once. */
export function holdsLoss(frame: MeterFrame): boolean {
  if (masterMeter(frame, 'outOvers') > 0 || masterMeter(frame, 'nonFinite') > 0) return true;
  const strips = Math.floor((frame.values.length - masterFields) / stripFields);
  for (let strip = 0; strip < strips; strip++)
    if (stripMeter(frame, strip, 'inClipRun') > 0 || stripMeter(frame, strip, 'nonFinite') > 0) return true;
  return false;
}

/** Reads one strip value of a frame. */
export function stripMeter(frame: MeterFrame, strip: number, field: keyof typeof stripField): number {
  return frame.values[strip * stripFields + stripField[field]] ?? 0;
}

/** Reads one master value of a frame. */
export function masterMeter(frame: MeterFrame, field: keyof typeof masterField): number {
  return frame.values[frame.values.length - masterFields + masterField[field]] ?? 0;
}
