/** Where rendered blocks go, with the clock that says when they are due. Frames count from the output's start, at its sample rate. */
export interface AudioOutput {
  readonly kind: 'device' | 'silent';
  readonly name: string;
  /** Frames between the clock and the ear, as far as the device tells. */
  readonly latencyFrames: number;
  /** The frame that the device takes now. */
  clockFrame(): number;
  /** The same between the steps in which that clock moves: never falls by more than the machine's clocks differ, has fractions. Where it is absent the clock moves evenly. */
  steadyFrame?(): number;
  /** The highest frame that it may take in `frames` frames' time: devices take many at once. What starts there or later can be replaced until then. */
  clockFrameIn(frames: number): number;
  /** Plays a block from `atFrame` on in place of what was scheduled for the same frames; the arrays may be used again as soon as this returns. */
  schedule(atFrame: number, left: Float32Array<ArrayBuffer>, right: Float32Array<ArrayBuffer>): void;
  /** Takes back what is scheduled from `atFrame` on; what plays until there plays on. */
  cut(atFrame: number): void;
  /** Gives the device back. Idempotent. */
  close(): Promise<void>;
}
