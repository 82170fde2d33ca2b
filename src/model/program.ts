/**
 * What the programme meters say of the finished mix: behind limiter and ceiling, as the file and the device get it, before the monitor section.
 * Silence is `-Infinity`, never NaN.
 */
export interface ProgramReading {
  /** Loudness of the last 400 ms and 3 s, and gated since the last reset, in LUFS (BS.1770-5, EBU Tech 3341). */
  readonly momentaryLufs: number;
  readonly shortTermLufs: number;
  readonly integratedLufs: number;
  /** Loudness range in LU (EBU Tech 3342); it says little before 60 s were measured. */
  readonly rangeLu: number;
  readonly rangeIsStable: boolean;
  readonly maxMomentaryLufs: number;
  readonly maxShortTermLufs: number;
  /** Since the last reset, and in the last 3 s, in dBTP. */
  readonly maxTruePeakDb: number;
  readonly truePeakDb: number;
  /** Highest sample of the last 3 s in dBFS. */
  readonly samplePeakDb: number;
  /** Seconds measured since the last reset, pauses left out. */
  readonly measuredSeconds: number;
  /** Share of the energy below 120 Hz in all of it, over the last 20 s, in dB; undefined until 3 s of sound were heard. */
  readonly lowShareDb: number | undefined;
  /**
   * Needles, per side in dB of a full-scale sine: quasi-peak of both types, average (VU), and RMS over 600 ms (K-System). A sine that peaks at −18 dBFS reads −18
   * on all of them; scale and line-up level come in where they are shown.
   */
  readonly needles: {
    readonly ppm1: readonly [left: number, right: number];
    readonly ppm2: readonly [left: number, right: number];
    readonly vu: readonly [left: number, right: number];
    readonly rms: readonly [left: number, right: number];
  };
}
