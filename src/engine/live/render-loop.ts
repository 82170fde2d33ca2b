import type {MeterFrame} from '../../model/meter.ts';
import {masterFields, stripFields} from '../../model/meter.ts';
import type {Mixer} from '../../model/mixer.ts';
import type {PlaybackCommand} from '../../model/playback.ts';
import {blockFrames, type Graph} from '../graph.ts';
import type {Stem} from '../stem.ts';
import {chunkFrames} from '../stems/stem-window.ts';
import type {AudioOutput} from './output.ts';

/**
 * How far ahead of the tape stems are asked for: as much as they read at a time, so that end and start of a looping tape fit into their memory
 * together. Each is asked twice in that time.
 */
const prepareFrames = chunkFrames;
const askEveryFrames = chunkFrames / 2;
/** Stems that are read together before the tape starts. */
const cuedAtOnce = 4;

/** A block that has become audible. */
export interface HeardBlock {
  readonly meters: MeterFrame;
  /** Frame of the tape at the block's end. */
  readonly tapeFrame: number;
}

export interface RenderLoop {
  /** New targets, ramped from the next block that is rendered on; returns that block's frame on the device's clock. */
  setMixer(mixer: Mixer): number;
  /** Returns the frame on the device's clock from which the tape obeys. */
  command(command: PlaybackCommand): number;
  /** Renders what is missing up to the look-ahead; returns the blocks that became audible since the last call. */
  pump(): readonly HeardBlock[];
  /** Whether the tape is meant to move; false again when it ran out. */
  readonly playing: boolean;
  readonly lateBlocks: number;
  readonly starvedBlocks: number;
}

export interface RenderLoopOptions {
  readonly graph: Graph;
  readonly stems: readonly (Stem | undefined)[];
  readonly output: AudioOutput;
  readonly lengthFrames: number;
  readonly lookAheadFrames: number;
}

type Tape =
  | {readonly type: 'still'}
  /** Waits for the first samples after a start or locate; `token` tells a later wait from an earlier one. */
  | {readonly type: 'cueing'; readonly token: number}
  | {readonly type: 'cued'}
  | {readonly type: 'rolling'};

/**
 * Keeps the output fed: renders blocks on the device's clock ahead of time and schedules each. The tape moves through the
 * stems in whole blocks; starts in mid-tape, stops and locates fade over one block, so that none of them clicks.
 */
export function createRenderLoop(options: RenderLoopOptions): RenderLoop {
  const {graph, stems, output, lengthFrames, lookAheadFrames} = options;
  const left = new Float32Array(blockFrames);
  const right = new Float32Array(blockFrames);
  const meterLength = stems.length * stripFields + masterFields;
  const waiting: HeardBlock[] = [];
  let nextFrame = Math.ceil(output.clockFrame() / blockFrames) * blockFrames;
  let tape: Tape = {type: 'still'};
  let tapeFrame = 0;
  let located: number | undefined;
  let playing = false;
  let looping = false;
  let cueToken = 0;
  let hasBegun = false;
  let lateBlocks = 0;
  let starvedBlocks = 0;

  const asked = stems.filter((stem) => stem !== undefined);
  const askedABlock = Math.ceil((asked.length * blockFrames) / askEveryFrames);
  let nextAsked = 0;

  /** All stems, a few at a time: what they bring from the disk must be converted here, and all at once it would hold up moves. */
  const prepareAll = async (atFrame: number): Promise<void> => {
    for (let first = 0; first < asked.length; first += cuedAtOnce) {
      const some = asked.slice(first, first + cuedAtOnce);
      await Promise.allSettled(some.map((stem) => stem.prepare(atFrame, prepareFrames)));
    }
  };

  const cue = (): void => {
    const token = ++cueToken;
    tape = {type: 'cueing', token};
    void prepareAll(tapeFrame).then(() => {
      if (tape.type === 'cueing' && tape.token === token) tape = {type: 'cued'};
    });
  };

  /** Again a few stems a block, in turn. */
  const prepareAhead = (): void => {
    const wrapFrames = looping ? Math.max(0, tapeFrame + prepareFrames - lengthFrames) : 0;
    for (let ask = 0; ask < askedABlock; ask++) {
      const stem = asked[nextAsked++ % asked.length];
      stem?.prepare(tapeFrame, prepareFrames).catch(failedLater);
      if (wrapFrames > 0) stem?.prepare(0, wrapFrames).catch(failedLater);
    }
  };

  const rollingMotion = (): 'rolling' | 'stopping' => (!playing || located !== undefined ? 'stopping' : 'rolling');

  /** What the tape does in the next block. */
  const nextMotion = (): 'still' | 'rolling' | 'starting' | 'stopping' => {
    if (tape.type === 'rolling') {
      prepareAhead();
      return rollingMotion();
    }
    if (located !== undefined) {
      tapeFrame = located;
      located = undefined;
      tape = {type: 'still'};
    }
    if (!playing) {
      tape = {type: 'still'};
      return 'still';
    }
    if (tape.type === 'still') cue();
    if (tape.type !== 'cued') return 'still';
    tape = {type: 'rolling'};
    return tapeFrame === 0 ? 'rolling' : 'starting';
  };

  /** What follows from the tape having moved to the end of a block. */
  const afterRolling = (motion: 'rolling' | 'starting' | 'stopping'): void => {
    tapeFrame += blockFrames;
    if (motion === 'stopping') tape = {type: 'still'};
    if (tapeFrame < lengthFrames) return;
    tapeFrame = 0;
    if (looping && motion !== 'stopping') return;
    playing = false;
    tape = {type: 'still'};
  };

  const renderBlock = (): void => {
    const motion = nextMotion();
    const values = new Float32Array(meterLength);
    const starved = graph.render(stems, tapeFrame, motion, left, right, values);
    if (starved > 0 && motion !== 'still') starvedBlocks++;
    output.schedule(nextFrame, left, right);
    if (motion !== 'still') afterRolling(motion);
    waiting.push({
      meters: {atFrame: nextFrame, frames: blockFrames, rolling: motion !== 'still', values},
      tapeFrame: located ?? tapeFrame,
    });
    nextFrame += blockFrames;
  };

  return {
    setMixer(mixer) {
      graph.set(mixer, false);
      return nextFrame;
    },
    command(command) {
      switch (command.type) {
        case 'playback.play':
          playing = true;
          break;
        case 'playback.stop':
          playing = false;
          break;
        case 'playback.locate':
          if (Number.isFinite(command.frame)) {
            located = Math.min(Math.max(0, Math.round(command.frame)), Math.max(0, lengthFrames - 1));
            if (tape.type === 'cueing' || tape.type === 'cued') tape = {type: 'still'};
          }
          break;
        case 'playback.setLooping':
          looping = command.looping;
          break;
      }
      return nextFrame;
    },
    pump() {
      const now = output.clockFrame();
      if (nextFrame < now) {
        const missed = Math.ceil((now - nextFrame) / blockFrames);
        // Before the first block nothing was promised.
        if (hasBegun) lateBlocks += missed;
        nextFrame += missed * blockFrames;
      }
      hasBegun = true;
      while (nextFrame < now + lookAheadFrames) renderBlock();
      const audible = now - output.latencyFrames;
      const heard: HeardBlock[] = [];
      for (
        let block = waiting[0];
        block !== undefined && block.meters.atFrame + blockFrames <= audible;
        block = waiting[0]
      ) {
        heard.push(block);
        waiting.shift();
      }
      return heard;
    },
    get playing() {
      return playing;
    },
    get lateBlocks() {
      return lateBlocks;
    },
    get starvedBlocks() {
      return starvedBlocks;
    },
  };
}

/** What a stem cannot bring is missing when it is read, and counted then; its source has told why. */
function failedLater(): void {}
