/** What a strip's processing comes down to: numbers that the kernel only has to ramp to and run. What is off is not in the plan. */

/**
 * A second-order section, a0 = 1: y = b0·x + b1·x₁ + b2·x₂ − a1·y₁ − a2·y₂. Always stable: poles inside the unit circle. In double
 * precision: single precision needs the form that `stateVariable` gives.
 */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/**
 * A section with its place in the strip, in order of processing: high-pass 0 and 1, low-pass 2 and 3, bands 4 to 7, and 8 to 11 what
 * bands 4 to 7 need beside one section to follow their prototype near Nyquist. The place of a filter never changes; an empty place costs nothing.
 */
export interface Section extends Biquad {
  readonly slot: number;
}

/** Places for sections in a strip. */
export const sectionSlots = 12;

export interface GatePlan {
  /** Level under which the gate closes, dBFS of the detector. */
  readonly thresholdDb: number;
  /** Every dB under the threshold leaves as `ratio` dB. */
  readonly ratio: number;
  /** Never quieter than this, dB, 0 or negative. */
  readonly rangeDb: number;
  /** Share of the way to the wanted gain that is gone each frame while opening: y += attack · (x − y). */
  readonly attack: number;
  /** The same while closing. */
  readonly release: number;
  /** Frames for which it stays open after the level fell under the threshold. */
  readonly holdFrames: number;
}

export interface CompressorPlan {
  /** Level at the middle of the knee, dBFS of the detector. */
  readonly thresholdDb: number;
  /** Over the knee `ratio` dB more in give 1 dB more out. */
  readonly ratio: number;
  /** Width of the knee, dB: half under and half over the threshold. */
  readonly kneeDb: number;
  /** Share of the way to the wanted gain that is gone each frame while the gain falls: y += attack · (x − y). */
  readonly attack: number;
  /** The same while the gain comes back. */
  readonly release: number;
  /** Factor after the compression, 1 or more. */
  readonly makeUp: number;
  /** High-pass of what the detector hears; undefined lets it hear everything. */
  readonly sidechain: Biquad | undefined;
}

export interface SaturatorPlan {
  /** Factor into the curve, 1 or more. */
  readonly drive: number;
  /** Share of the saturated sound, 0…1. */
  readonly mix: number;
}

export interface ChannelPlan {
  /** In the order of their slots. */
  readonly sections: readonly Section[];
  readonly gate: GatePlan | undefined;
  readonly compressor: CompressorPlan | undefined;
  readonly saturator: SaturatorPlan | undefined;
  /** 0 mono, 1 as it is, 2 as wide as it gets: factor of the side signal. */
  readonly width: number;
}
