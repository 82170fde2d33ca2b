import type {PlaybackCommand} from '../../model/playback.ts';
import {blockFrames} from '../graph.ts';
import {createLead, edgeFrom} from './lead.ts';
import {type Chunk, createOldSound} from './old-sound.ts';
import type {RenderLoop, RenderLoopOptions} from './render-loop-contract.ts';
import {createRenderer, type Moment, noWishes} from './renderer.ts';
import {createWaitingBlocks} from './waiting-blocks.ts';

/** Blocks that are scheduled as one at the most: each costs, but from its start on all is rendered once more when something moves. */
const deepBlocks = 4;
const shallowBlocks = 2;
/** Chunks rendered shallow in one go at the most. */
const chunksAtOnce = 6;

/**
 * Keeps the output fed, deep when still, shallow when touched: much sound lies ready while nothing moves, so that a stall is
 * not heard; when something does, the graph goes back to the block edge just ahead of now, renders on from there with the change in
 * it, and replaces what was scheduled, piece by piece: behind the new sound the old one stays, and is lengthened, for a stall while a hand moves. Only
 * then is it heard, and all goes on from it. Otherwise what is heard is bit for bit what a bounce with the same changes at the same frames gives.
 */
export function createRenderLoop(options: RenderLoopOptions): RenderLoop {
  const {output, restFrames, lookAheadFrames} = options;
  const lead = createLead(output, options.guardFrames);
  const renderer = createRenderer(options, deepBlocks);
  const {tape} = renderer;
  const waiting = createWaitingBlocks();
  /** As it is to be, without a gap up to `nextFrame`, where the renderer stands. */
  let ready: Chunk[] = [];
  /** Behind that. */
  const old = createOldSound();
  let nextFrame = edgeFrom(output.clockFrame());
  let changedAtFrame = Number.NEGATIVE_INFINITY;
  let hasBegun = false;
  let lateBlocks = 0;
  let starvedBlocks = 0;
  let wishes = noWishes;
  /** Commands that wait for the next pump, all changes for one block edge. */
  let newCommands: PlaybackCommand[] = [];
  let changeAtFrame: number | undefined;
  let lastChangeFrame = nextFrame;
  let changedFrame = nextFrame;

  /** Before that it is too late; better late than not at all where nothing old lies ready. */
  const soonest = (): number => (old.isEmpty ? output.clockFrame() : lead.tooLate());

  const schedule = (from: Moment, blocks: number, atFrame: number, urgent: boolean): Chunk | undefined => {
    const rendered = renderer.render(blocks, atFrame);
    const isLate = atFrame < soonest();
    lead.learn(isLate);
    if (isLate || (rendered.starved > 0 && !urgent)) {
      renderer.goTo(from);
      return undefined;
    }
    starvedBlocks += rendered.starved;
    output.schedule(atFrame, rendered.left, rendered.right);
    const endFrame = atFrame + blocks * blockFrames;
    return {atFrame, endFrame, heardFrom: atFrame, from, blocks: rendered.blocks, steps: rendered.steps};
  };

  /** Renders and schedules so many blocks. What is not urgent is put off if stems are not ready: silence must not lie ready. */
  const renderChunk = (blocks: number, urgent: boolean): boolean => {
    const chunk = schedule(renderer.moment(), blocks, nextFrame, urgent);
    if (chunk === undefined) return false;
    ready.push(chunk);
    waiting.push(chunk.blocks);
    passTo(chunk.endFrame);
    return true;
  };

  const passTo = (frame: number): void => {
    nextFrame = frame;
    old.replaceUntil(frame);
  };

  /** The renderer goes to a block edge within a chunk. */
  const goInto = (chunk: Chunk, edge: number): void => {
    renderer.goTo(chunk.from);
    const blocks = (edge - chunk.atFrame) / blockFrames;
    if (blocks > 0) renderer.render(blocks, chunk.atFrame, chunk.steps);
  };

  /** Goes back to a block edge that is scheduled already; what lies behind it is old. */
  const goBack = (edge: number): void => {
    const from = ready.findLastIndex((chunk) => chunk.atFrame <= edge);
    const chunk = ready[from];
    if (chunk === undefined) return;
    old.prepend(ready.slice(from), renderer.moment);
    ready = ready.slice(0, chunk.atFrame < edge ? from + 1 : from);
    waiting.dropFrom(edge);
    goInto(chunk, edge);
    nextFrame = edge;
  };

  /** What is new comes too late: goes on from what is heard instead, the old sound, or after a gap. */
  const catchUp = (): void => {
    if (nextFrame >= soonest()) return;
    const edge = lead.edge();
    const {blocks, last} = old.heardBetween(nextFrame, edge);
    const isChangeLate = changedFrame >= nextFrame;
    waiting.push(blocks);
    if (last !== undefined) {
      goInto(last, edge);
      ready = [last];
      passTo(edge);
    } else {
      const endFrame = old.endFrame ?? nextFrame;
      if (old.end !== undefined) renderer.goTo(old.end);
      const missed = Math.max(0, Math.ceil((lead.tooLate() - endFrame) / blockFrames));
      // Before the first block nothing was promised.
      if (hasBegun) lateBlocks += missed;
      ready = [];
      passTo(endFrame + missed * blockFrames);
    }
    lastChangeFrame = Math.max(lastChangeFrame, nextFrame);
    if (isChangeLate) changedFrame = nextFrame;
    renderer.follow(wishes);
  };

  /** The frame that is heard when the device takes one: what strips and tape bring into a block comes out of the mix its latency later. */
  const heardAt = (frame: number): number => frame - output.latencyFrames - options.graph.latencyFrames;

  /** The block edge into which a change of now goes; never before that of an earlier one. */
  const edgeAhead = (): number => Math.max(lastChangeFrame, Math.min(lead.edge(), nextFrame));
  const plan = (): number => {
    changeAtFrame ??= edgeAhead();
    return changeAtFrame;
  };

  /** Whether the tape was commanded: what lies behind the new sound must not be heard then. */
  const applyChanges = (now: number): boolean => {
    if (changeAtFrame === undefined) return false;
    const edge = changeAtFrame >= Math.max(lead.tooLate(), lastChangeFrame) ? changeAtFrame : edgeAhead();
    if (edge < nextFrame) goBack(edge);
    lastChangeFrame = edge;
    changedFrame = edge;
    renderer.follow(wishes);
    for (const command of newCommands) tape.command(command);
    const isCommanded = newCommands.length > 0;
    newCommands = [];
    // Going on from what was before would undo it.
    if (isCommanded) old.forget();
    changeAtFrame = undefined;
    changedAtFrame = isCommanded ? Number.NEGATIVE_INFINITY : now;
    return isCommanded;
  };

  const fillShallow = (now: number): void => {
    const horizon = Math.max(now + options.shallowFrames, lead.horizon());
    for (let rendered = 0; nextFrame < horizon && rendered < chunksAtOnce; rendered++) {
      catchUp();
      renderChunk(Math.max(1, Math.min(shallowBlocks, Math.ceil((horizon - nextFrame) / blockFrames))), true);
    }
  };

  const fillDeep = (now: number): boolean => nextFrame < now + lookAheadFrames && renderChunk(deepBlocks, false);

  /** The old sound goes on behind the new one, with what is wished by now. */
  const lengthenOld = (now: number): boolean => {
    const end = old.endFrame ?? nextFrame;
    if (end >= now + lookAheadFrames) return false;
    const here = renderer.moment();
    if (old.end !== undefined) renderer.goTo(old.end);
    renderer.follow(wishes);
    const chunk = tape.state.type === 'rolling' ? schedule(renderer.moment(), deepBlocks, end, false) : undefined;
    if (chunk !== undefined) old.append(chunk, renderer.moment());
    renderer.goTo(here);
    return chunk !== undefined;
  };

  return {
    setMixer(mixer, lanes = wishes.lanes) {
      wishes = {...wishes, mixer, lanes};
      return plan();
    },
    setMonitor(monitor, reference) {
      wishes = {...wishes, monitor: [monitor, reference]};
      plan();
    },
    command(command) {
      newCommands.push(command);
      return plan();
    },
    pump() {
      const now = output.clockFrame();
      catchUp();
      const isCommanded = applyChanges(now);
      fillShallow(now);
      if (isCommanded) output.cut(nextFrame);
      hasBegun = true;
      const past = ready.findLastIndex((chunk) => chunk.atFrame <= now);
      if (past > 0) ready = ready.slice(past);
      return waiting.takeUntil(heardAt(now));
    },
    deepen() {
      // A tape that waits for its stems starts as soon as they come.
      if (!hasBegun || tape.state.type === 'cueing' || changeAtFrame !== undefined) return false;
      const now = output.clockFrame();
      return now - changedAtFrame >= restFrames ? fillDeep(now) : lengthenOld(now);
    },
    heard: () => waiting.spansFrom(heardAt(output.steadyFrame?.() ?? output.clockFrame())),
    get playing() {
      const commanded = newCommands.findLast(({type}) => type === 'playback.play' || type === 'playback.stop');
      return commanded === undefined ? tape.state.playing : commanded.type === 'playback.play';
    },
    get changedFrame() {
      return changedFrame;
    },
    get lateBlocks() {
      return lateBlocks;
    },
    get starvedBlocks() {
      return starvedBlocks;
    },
  };
}
