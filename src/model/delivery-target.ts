/** What a finished mix is delivered to: numbers that others fixed, with the place and the day they were read. */
export interface DeliveryTarget {
  readonly id: string;
  readonly name: string;
  /** Integrated loudness in LUFS, and how far from it the mix may be, in LU. */
  readonly integratedLufs: number;
  readonly toleranceLu: number;
  /** Highest true peak, in dBTP. */
  readonly ceilingDbtp: number;
  /** Highest short-term loudness in LUFS, where the target has one (short form). */
  readonly maxShortTermLufs?: number;
  /** Who says so. */
  readonly source: string;
  /** The day on which the source was read, `2026-11-22`. */
  readonly readOn: string;
}
