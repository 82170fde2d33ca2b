import {holdsLoss} from '../../model/meter.ts';
import type {FromEngine} from './message.ts';

/** What became audible. */
export type Heard = Extract<FromEngine, {type: 'heard'}>;

/** What stands still is told so often: each message wakes the desk, which looks at meters thirty times a second and reckons the place on the tape by itself. */
const everyMs = 20;

/**
 * Gathers what is heard block by block into fewer messages, no frame lost, and the rest as it was last. What is new is told at once: samples that were lost, a
 * tape that starts, stops or has taken a command, blocks that were late. To be called at each round, which is what makes the last ones go.
 */
export function createHeardDigest(tell: (heard: Heard) => void): (heard: Heard) => void {
  let frames: Heard['frames'] = [];
  let told: Heard | undefined;
  return (heard) => {
    frames = [...frames, ...heard.frames];
    if (told !== undefined && heard.atMs - told.atMs < everyMs && !isNews(told, heard)) return;
    told = {...heard, frames};
    frames = [];
    tell(told);
  };
}

function isNews(told: Heard, heard: Heard): boolean {
  return (
    heard.playing !== told.playing ||
    heard.takenSerial !== told.takenSerial ||
    heard.lateBlocks !== told.lateBlocks ||
    heard.starvedBlocks !== told.starvedBlocks ||
    heard.frames.some(holdsLoss)
  );
}
