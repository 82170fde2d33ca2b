import {blockFrames} from '../graph.ts';
import type {AudioOutput} from './output.ts';

/** So many guards ahead of now new sound begins at the latest, however busy the machine. */
const mostGuards = 8;
/** What is left of an extra lead after each block that came in time. */
const easing = 0.95;

/** How far ahead of the device new sound begins: as near as this machine manages lately. */
export interface Lead {
  /** The first block edge that can be reached from now. */
  edge(): number;
  /** New sound must lie ready up to here, so that the next round is in time. */
  horizon(): number;
  /** The frame before which it is too late to replace what is scheduled. */
  tooLate(): number;
  /** A block was ready too late, or in time. */
  learn(wasLate: boolean): void;
}

/** `guardFrames`: from the decision to change something until the device must have it. */
export function createLead(output: AudioOutput, guardFrames: number): Lead {
  let guards = 1;
  return {
    edge: () => edgeFrom(output.clockFrameIn(guards * guardFrames)),
    horizon: () => output.clockFrameIn((2 + guards) * guardFrames),
    tooLate: () => output.clockFrameIn(Math.ceil(guardFrames / 3)),
    learn(wasLate) {
      guards = wasLate ? Math.min(mostGuards, 2 * guards) : Math.max(1, easing * guards);
    },
  };
}

/** The first block edge at or after a frame. */
export function edgeFrom(frame: number): number {
  return Math.ceil(frame / blockFrames) * blockFrames;
}
