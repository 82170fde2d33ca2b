/** What the meters of one strip (or of the bus) say now, after ballistics; levels in dBFS, `-Infinity` for silence. */
export interface Reading {
  /** Sample peak with 1.0 s hold and 11.8 dB/s fall at the strip's `pre` tap (the bus: `out`). */
  readonly peakDb: number;
  /** The same per side. */
  readonly leftDb: number;
  readonly rightDb: number;
  /** The same at the `in` tap. */
  readonly inPeakDb: number;
  /** The same at the `post` tap. */
  readonly postPeakDb: number;
  /** Working peak: what the strip peaks at when it plays; undefined until three seconds of it were heard. */
  readonly workingPeakDb: number | undefined;
  /** The strip lost samples to a clip since the last acknowledgement. */
  readonly clipped: boolean;
  /** What the compressor takes away now, in dB, 0 or more; absent where it is off or not measured. */
  readonly gainReductionDb?: number;
  /** What compressor and gate take away together (of the bus: compressor and limiter); absent where both are off or not measured. */
  readonly dynamicsReductionDb?: number;
  /** Nothing comes in any more: what it peaks at is not known. */
  readonly stale?: true;
  /** What the chosen kind of meter shows of it; absent where none was chosen. */
  readonly shown?: ShownLevel;
}

/** What a meter of any kind shows, made for lamps and bars of the headroom scale: see `deflectionDb`. */
export interface ShownLevel {
  /** Deflection of each side, in dB on the headroom scale; `-Infinity` for silence. */
  readonly leftDb: number;
  readonly rightDb: number;
  /** What the scale of the meter itself says of the louder side; `-Infinity` for silence. */
  readonly mark: number;
}
