import type {Effect} from '../../model/effect.ts';

/** One effect of a return, with its sound's whole memory: fully wet, stereo in and out. Equal inputs give equal sound, to the bit. */
export interface EffectUnit {
  /** Frames by which the wet sound is late beyond what its parameters ask for. */
  readonly latencyFrames: number;
  /**
   * Replaces a stereo block by what the effect makes of it, in place; both sides equally long, at most 2,048 frames. What is not finite
   * in the input, or comes out of the effect, gives silence for the whole block and clears the effect.
   */
  process(left: Float32Array, right: Float32Array): void;
  /** New values, which glide from the next block on; of another kind of effect they change nothing. */
  set(effect: Effect): void;
  /** All that outlives a block, to be given back to this unit or one of the same kind and rate. */
  snapshot(): Uint8Array;
  /** Goes back to a snapshot: the same blocks and settings then sound the same to the bit. Throws a DeskError for a foreign one. */
  restore(snapshot: Uint8Array): void;
  /** How many blocks have been silenced because something was not finite; snapshots do not turn it back. */
  readonly faults: number;
}
