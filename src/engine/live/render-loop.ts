import type {MeterFrame} from '../../model/meter.ts';
import {masterFields, stripFields} from '../../model/meter.ts';
import type {Mixer} from '../../model/mixer.ts';
import type {Monitor} from '../../model/monitor.ts';
import type {PlaybackCommand} from '../../model/playback.ts';
import {blockFrames, type Graph} from '../graph.ts';
import type {StereoBlock} from '../kernel/kernel.ts';
import {holdCeiling} from '../monitor/ceiling.ts';
import type {HeardReference, Listening} from '../monitor/listening.ts';
import type {Stem} from '../stem.ts';
import type {AudioOutput} from './output.ts';
import {createTape, type TapeState} from './tape.ts';

/** Blocks that are scheduled as one while nothing moves. */
const deepBlocks = 4;
/** Chunks rendered in one go at the most: a message that comes meanwhile must not wait long. */
const chunksAtOnce = 3;

/** A block that has become audible, behind the latency of the mix and of the device. */
export interface HeardBlock {
  readonly meters: MeterFrame;
  /** Frame of the tape that is heard at the block's end. */
  readonly tapeFrame: number;
  /** The mix of this block, where mixes are kept. */
  readonly mix: StereoBlock | undefined;
}

export interface RenderLoop {
  /** New targets, ramped from the returned frame on the device's clock on. */
  setMixer(mixer: Mixer): number;
  /** What is done to the mix on its way to the ears; heard as soon as any other change. */
  setMonitor(monitor: Monitor, reference?: HeardReference): void;
  /** Returns the frame on the device's clock from which the tape obeys. */
  command(command: PlaybackCommand): number;
  /** Renders what changed and what is missing; returns the blocks that became audible since the last call. */
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
  readonly listening: Listening;
  /** Whether each heard block brings its mix with it, for who measures it; no if absent. */
  readonly keepsMix?: () => boolean;
  readonly lengthFrames: number;
  /** Sound that lies ready while nothing moves. */
  readonly lookAheadFrames: number;
  /** Sound that lies ready while something moves; a move is heard within it. */
  readonly shallowFrames: number;
  /** A change goes into the first block that starts so long from now. */
  readonly guardFrames: number;
  /** So long after the last change it lies deep again. */
  readonly restFrames: number;
}

/** What was scheduled as one, with the way back to its start. */
interface Chunk {
  readonly atFrame: number;
  readonly snapshot: Uint8Array;
  readonly tape: TapeState;
  readonly goBackToEars: () => void;
}

/**
 * Keeps the output fed, deep when still, shallow when touched: much sound lies ready while nothing moves, so that a stall is
 * not heard; when something does, the graph goes back to the block edge just ahead of now, renders on from there with the change in
 * it, and replaces what was scheduled. What is heard is bit for bit what a bounce with the same changes at the same frames gives.
 */
export function createRenderLoop(options: RenderLoopOptions): RenderLoop {
  const {graph, stems, output, listening, guardFrames, restFrames, keepsMix = () => false} = options;
  const tape = createTape(stems, options.lengthFrames);
  const left = new Float32Array(deepBlocks * blockFrames);
  const right = new Float32Array(deepBlocks * blockFrames);
  const meterLength = stems.length * stripFields + masterFields;
  let waiting: HeardBlock[] = [];
  let chunks: Chunk[] = [];
  let nextFrame = Math.ceil(output.clockFrame() / blockFrames) * blockFrames;
  let changedAtFrame = Number.NEGATIVE_INFINITY;
  let hasBegun = false;
  let lateBlocks = 0;
  let starvedBlocks = 0;
  /** Changes that wait for the next pump, all for one block edge. */
  let newMixer: Mixer | undefined;
  let newMonitor: readonly [Monitor, HeardReference | undefined] | undefined;
  let newCommands: PlaybackCommand[] = [];
  let changeAtFrame: number | undefined;

  /** Renders one block into a place of the chunk; the number of stems that were not ready. */
  const renderBlock = (place: number): number => {
    const motion = tape.next();
    const values = new Float32Array(meterLength);
    const part = [place * blockFrames, (place + 1) * blockFrames] as const;
    const sides = {left: left.subarray(...part), right: right.subarray(...part)};
    const starved = graph.render(tape.stems, tape.state.frame, motion, sides.left, sides.right, values);
    const mix = keepsMix() ? {left: sides.left.slice(), right: sides.right.slice()} : undefined;
    const ready = listening.process(sides.left, sides.right, graph.solo, tape.state.playing);
    holdCeiling(sides.left);
    holdCeiling(sides.right);
    const atFrame = nextFrame + place * blockFrames;
    tape.advance(motion);
    const tapeFrame = tape.state.located ?? tape.state.frame;
    waiting.push({meters: {atFrame, frames: blockFrames, rolling: motion !== 'still', values}, tapeFrame, mix});
    return motion === 'still' ? 0 : starved + (ready ? 0 : 1);
  };

  /** Renders and schedules so many blocks. What is not urgent is put off if stems are not ready: silence must not lie ready. */
  const renderChunk = (blocks: number, urgent: boolean): boolean => {
    const start: Chunk = {
      atFrame: nextFrame,
      snapshot: graph.snapshot(),
      tape: tape.state,
      goBackToEars: listening.mark(),
    };
    const heardBefore = waiting.length;
    let starved = 0;
    for (let place = 0; place < blocks; place++) if (renderBlock(place) > 0) starved++;
    if (starved > 0 && !urgent) {
      graph.restore(start.snapshot);
      tape.state = start.tape;
      start.goBackToEars();
      waiting.length = heardBefore;
      return false;
    }
    starvedBlocks += starved;
    output.schedule(nextFrame, left.subarray(0, blocks * blockFrames), right.subarray(0, blocks * blockFrames));
    chunks.push(start);
    nextFrame += blocks * blockFrames;
    return true;
  };

  /** Goes back to a block edge that is scheduled already. */
  const goBack = (edge: number): void => {
    const from = chunks.findLastIndex((chunk) => chunk.atFrame <= edge);
    const chunk = chunks[from];
    if (chunk === undefined) return;
    graph.restore(chunk.snapshot);
    tape.state = chunk.tape;
    chunk.goBackToEars();
    const kept = waiting.filter(({meters}) => meters.atFrame < edge);
    nextFrame = chunk.atFrame;
    for (let place = 0; nextFrame + place * blockFrames < edge; place++) renderBlock(place);
    waiting = kept;
    chunks = chunks.slice(0, chunk.atFrame < edge ? from + 1 : from);
    output.cut(edge);
    nextFrame = edge;
  };

  /** The block edge into which a change of now goes. */
  const edgeAfter = (now: number): number => {
    const edge = Math.ceil((now + guardFrames) / blockFrames) * blockFrames;
    return Math.min(edge, nextFrame);
  };
  const plan = (): number => {
    changeAtFrame ??= edgeAfter(output.clockFrame());
    return changeAtFrame;
  };

  const applyChanges = (now: number): void => {
    if (changeAtFrame === undefined) return;
    const edge = changeAtFrame > now + guardFrames / 3 ? changeAtFrame : edgeAfter(now);
    if (edge < nextFrame) goBack(edge);
    if (newMixer !== undefined) {
      graph.set(newMixer, false);
      listening.follow(newMixer);
    }
    if (newMonitor !== undefined) listening.set(...newMonitor);
    for (const command of newCommands) tape.command(command);
    newMixer = undefined;
    newMonitor = undefined;
    newCommands = [];
    changeAtFrame = undefined;
    changedAtFrame = now;
  };

  const skipLate = (now: number): void => {
    if (nextFrame >= now) return;
    const missed = Math.ceil((now - nextFrame) / blockFrames);
    // Before the first block nothing was promised.
    if (hasBegun) lateBlocks += missed;
    nextFrame += missed * blockFrames;
    chunks = [];
  };

  const fill = (now: number): void => {
    const shallow = now + options.shallowFrames;
    const isStill = now - changedAtFrame >= restFrames;
    const horizon = isStill ? now + options.lookAheadFrames : shallow;
    for (let rendered = 0; nextFrame < horizon; rendered++) {
      const urgent = nextFrame < shallow;
      if (!urgent && rendered >= chunksAtOnce) return;
      if (!renderChunk(urgent ? 1 : deepBlocks, urgent)) return;
    }
  };

  return {
    setMixer(mixer) {
      newMixer = mixer;
      return plan();
    },
    setMonitor(next, reference) {
      newMonitor = [next, reference];
      plan();
    },
    command(command) {
      newCommands.push(command);
      return plan();
    },
    pump() {
      const now = output.clockFrame();
      skipLate(now);
      applyChanges(now);
      fill(now);
      hasBegun = true;
      const past = chunks.findLastIndex((chunk) => chunk.atFrame <= now);
      if (past > 0) chunks = chunks.slice(past);
      // What strips and tape bring into a block comes out of the mix its latency later.
      const audible = now - output.latencyFrames - graph.latencyFrames;
      const first = waiting.findIndex(({meters}) => meters.atFrame + blockFrames > audible);
      const heard = first < 0 ? waiting : waiting.slice(0, first);
      waiting = first < 0 ? [] : waiting.slice(first);
      return heard;
    },
    get playing() {
      const commanded = newCommands.findLast(({type}) => type === 'playback.play' || type === 'playback.stop');
      return commanded === undefined ? tape.state.playing : commanded.type === 'playback.play';
    },
    get lateBlocks() {
      return lateBlocks;
    },
    get starvedBlocks() {
      return starvedBlocks;
    },
  };
}
