/**
 * One strip's sound, streamed from disk at the session's rate. `prepare` does the waiting, `read` never waits:
 * the live graph prepares ahead and reads what is there, a bounce awaits each `prepare`. Both read the same samples.
 */
export interface Stem {
  readonly channels: 1 | 2;
  readonly lengthFrames: number;
  /**
   * Brings the frames into memory; frames before 0 and after the end are silence and need none. Whoever reads `onwards` (the standard) goes on behind
   * them: some of that is read ahead. Whoever reads `around` comes back from elsewhere: more is kept of what was. Rejects with a DeskError if the file fails.
   */
  prepare(atFrame: number, frames: number, how?: 'onwards' | 'around'): Promise<void>;
  /**
   * Fills both sides (a mono stem fills both alike) from `atFrame` on, as many frames as the arrays are long.
   * False if some were not prepared: these are silence then.
   */
  read(atFrame: number, left: Float32Array, right: Float32Array): boolean;
  /** Gives the file back. Idempotent. */
  close(): Promise<void>;
}
