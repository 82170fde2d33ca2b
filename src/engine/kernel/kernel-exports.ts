/** What assembly/kernel.ts exports; formulas and ranges stand there. Truth values are 0 and 1. */
export interface KernelExports {
  readonly memory: {readonly buffer: ArrayBuffer};
  shape(stems: number, busStrips: number, groups: number, maxFrames: number): void;
  layOut(rampFrames: number, gainMoves: number, otherMoves: number, windowFrames: number, meterStrips: number): number;
  rampTable(): number;
  fadeTable(): number;
  metersTable(): number;
  halfbandTable(): number;
  placesAt(): number;
  inputAt(strip: number, side: number): number;
  outputAt(side: number): number;
  soloAt(side: number): number;
  metersAt(): number;
  pairOf(strip: number): number;
  laneOf(strip: number): number;
  recordAt(pair: number): number;
  gainsAt(pair: number): number;
  sendsAt(pair: number): number;
  dynamicsAt(pair: number): number;
  plainDynamicsAt(pair: number): number;
  sectionAt(pair: number, slot: number): number;
  orderAt(): number;
  isFeeding(strip: number, bus: number): number;
  setQuasiPeak(slow: number, fast: number, fall: number, drift: number, factor: number): void;
  settle(): void;
  rest(): void;
  gainsFrom(frame: number): void;
  begin(): void;
  fade(frames: number, rising: boolean): void;
  renderStems(frames: number): void;
  gather(bus: number, strip: number, frames: number): void;
  renderBusStrip(strip: number, frames: number): void;
  renderMix(frames: number): void;
  finish(frames: number): void;
  save(): number;
  snapshotAt(): number;
  restore(bytes: number): number;
}
