import type {Lanes} from '../model/lane-change.ts';
import {type MeterFrame, masterField, masterFields, stripFields} from '../model/meter.ts';
import type {Mixer} from '../model/mixer.ts';
import {DeskError} from '../model/problem.ts';
import {createAutomator, forgottenFrames, mixerAt, movesProcessing} from './automation/automator.ts';
import {noLanes} from './automation/followed-lanes.ts';
import {createTailGate} from './bounce-tail.ts';
import {blockFrames, type Graph, type Motion} from './graph.ts';
import type {Stem} from './stem.ts';
import {createWholeGraph} from './whole-graph.ts';

/** A mixer that takes over from the first block edge at or after a frame, ramped as in live sound. */
export interface MixerMove {
  readonly atFrame: number;
  readonly mixer: Mixer;
}

/** What is rendered of a mix. */
export interface Passage {
  /** The mixer at frame 0. */
  readonly mixer: Mixer;
  /** What it becomes on the way, in rising order of frames. */
  readonly moves: readonly MixerMove[];
  /** Lanes that move it all the way, as in live sound; none if absent. */
  readonly lanes?: Lanes | undefined;
  /** As many as strips, in their order; a strip without a stem is silent. They stay open. */
  readonly stems: readonly (Stem | undefined)[];
  readonly sampleRate: number;
  /** First frame, and the one after the last. */
  readonly fromFrame: number;
  readonly toFrame: number;
  /** Where the stems end. If the passage ends before, they are faded out over the first block of the tail. */
  readonly lengthFrames: number;
  /** What rings on after the passage: so many seconds, or until it is silent. */
  readonly tailSeconds: number | 'until-silent';
  /** Told after every piece, 0…1. */
  readonly onProgress: (fraction: number) => void;
  /** Told what the meters say of each block that is rendered, in order, each once; frames count on the tape. `left` and `right` are the mix that they measured, still with the graph's latency. */
  readonly onMeters?: ((frame: MeterFrame, left: Float32Array, right: Float32Array) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface Rendered {
  /** Highest sample of the mix before the ceiling, as an amplitude, to the end of the last block; `overs` samples were above 1. */
  readonly peak: number;
  readonly overs: number;
  readonly starvedBlocks: number;
}

/** The longest tail that is waited for. */
const longestTailSeconds = 10;

/** Blocks between two waits for the disk: 32,768 frames, two thirds of a second at 48 kHz. */
const pieceFrames = 64 * blockFrames;

/** Frames a passage can have at most, with its tail. */
export function mostFrames({fromFrame, toFrame, sampleRate, tailSeconds}: Passage): number {
  const tail = tailSeconds === 'until-silent' ? longestTailSeconds : tailSeconds;
  return toFrame - fromFrame + Math.round(tail * sampleRate);
}

/**
 * Renders a passage by the graph that is also heard, a piece at a time, each handed to `take` when the one before is done with. Trims the graph's latency, so that what is
 * at a frame of the tape is at that frame of the passage. Rejects with a DeskError, or with the signal's reason.
 */
export async function renderPassage(
  passage: Passage,
  take: (left: Float32Array, right: Float32Array) => Promise<void>,
): Promise<Rendered> {
  const {stems, fromFrame, toFrame, tailSeconds, signal} = passage;
  signal?.throwIfAborted();
  const {sampleRate, moves, lanes = noLanes} = passage;
  const startFrame = startOf(passage);
  const mixer = mixerAt(passage.mixer, lanes, startFrame);
  const {graph} = await createWholeGraph({sampleRate, mixer, becomes: moves.map((move) => move.mixer)});
  const skipped = fromFrame - startFrame + graph.latencyFrames;
  const bodyEnd = skipped + toFrame - fromFrame;
  const end = skipped + mostFrames(passage);
  const tail = createTailGate(passage);
  const reader = createReader(graph, passage, startFrame + skipped);
  const stopped = whenAborted(signal);
  const fetch = (rendered: number): Promise<unknown> =>
    rendered < end
      ? prepareAll(stems, startFrame + rendered, Math.min(pieceFrames, end - rendered))
      : Promise.resolve();
  try {
    let prepared = fetch(0);
    let taken: Promise<void> = Promise.resolve();
    for (let rendered = 0; rendered < end && !tail.isOver(); rendered += pieceFrames) {
      await Promise.race([prepared, stopped.rejected]);
      // While this piece is rendered and written, the disk fetches the next.
      prepared = fetch(rendered + pieceFrames);
      const frames = Math.min(pieceFrames, end - rendered);
      const {left, right} = await reader.render(startFrame + rendered, frames);
      await taken;
      signal?.throwIfAborted();
      const first = Math.min(frames, Math.max(0, skipped - rendered));
      const body = Math.min(frames, Math.max(first, bodyEnd - rendered));
      taken = handled(
        (async () => {
          if (body > first) await take(left.subarray(first, body), right.subarray(first, body));
          for (const piece of tail.pass(left.subarray(body, frames), right.subarray(body, frames))) {
            await take(piece.left, piece.right);
          }
        })(),
      );
      const expected = tailSeconds === 'until-silent' ? bodyEnd : end;
      passage.onProgress(Math.min(1, (rendered + frames) / expected));
    }
    await taken;
    signal?.throwIfAborted();
    return reader.rendered();
  } finally {
    stopped.forget();
  }
}

/**
 * Where rendering starts: what remembers nothing can start at the passage, what remembers only how lanes moved its gains a little before, all else plays from the
 * beginning, so that a part is the very part of the whole.
 */
function startOf({mixer, moves, lanes = noLanes, fromFrame, sampleRate}: Passage): number {
  const remembers =
    moves.length > 0 ||
    movesProcessing(lanes) ||
    Object.keys(mixer.masterParameters).length > 0 ||
    mixer.strips.some(({kind, parameters}) => kind === 'return' || Object.keys(parameters).length > 0);
  const fromBlock = Math.floor((fromFrame - (lanes.size > 0 ? forgottenFrames(sampleRate) : 0)) / blockFrames);
  return remembers ? 0 : Math.max(0, fromBlock) * blockFrames;
}

/** Renders pieces in order and keeps what the master's meters said from `countedFrom` on. */
function createReader(graph: Graph, passage: Passage, countedFrom: number) {
  const {stems, moves, lanes = noLanes} = passage;
  const automator = createAutomator(graph);
  automator.follow(passage.mixer, lanes);
  const meters = new Float32Array(stems.length * stripFields + masterFields);
  const master = stems.length * stripFields;
  let peak = 0;
  let overs = 0;
  let starvedBlocks = 0;
  let moved = 0;
  /** What the meters said in the piece in progress, as long as someone asks for it. */
  let heard: MeterFrame[] = [];

  function renderBlock(atFrame: number, left: Float32Array, right: Float32Array): boolean {
    const first = moved;
    while ((moves[moved]?.atFrame ?? Number.POSITIVE_INFINITY) <= atFrame) moved++;
    // As in live sound: of those that come to the same edge, the last counts.
    const move = moved > first ? moves[moved - 1] : undefined;
    if (move !== undefined) automator.follow(move.mixer, lanes);
    automator.bring((fromFrame, frames) => [{frame: atFrame + fromFrame, frames, moves: true}]);
    return graph.render(stems, atFrame, motionAt(passage, atFrame), left, right, meters) === 0;
  }

  function count(atFrame: number): void {
    if (atFrame + blockFrames <= countedFrom) return;
    peak = Math.max(
      peak,
      meters[master + masterField.outPeakLeft] ?? 0,
      meters[master + masterField.outPeakRight] ?? 0,
    );
    overs += meters[master + masterField.outOvers] ?? 0;
  }

  function hear(atFrame: number): void {
    if (passage.onMeters === undefined) return;
    const rolling = motionAt(passage, atFrame) === 'rolling';
    heard.push({atFrame, frames: blockFrames, rolling, values: meters.slice()});
  }

  return {
    rendered: (): Rendered => ({peak, overs, starvedBlocks}),
    async render(atFrame: number, frames: number): Promise<{left: Float32Array; right: Float32Array}> {
      const blocks = Math.ceil(frames / blockFrames);
      const left = new Float32Array(blocks * blockFrames);
      const right = new Float32Array(blocks * blockFrames);
      const before = graph.snapshot();
      const beforeState = {peak, overs, moved};
      let careful = false;
      for (let from = 0; from < frames; from += blockFrames) {
        if (careful) await prepareAll(stems, atFrame + from, blockFrames);
        const isWhole = renderBlock(
          atFrame + from,
          left.subarray(from, from + blockFrames),
          right.subarray(from, from + blockFrames),
        );
        if (isWhole) {
          count(atFrame + from);
          hear(atFrame + from);
        } else if (careful) {
          throw new DeskError(
            'audio.invalid',
            `A stem gave no samples at frame ${atFrame + from}: check its file, then bounce again.`,
          );
        } else {
          // A stem has forgotten what was fetched: the piece is rendered anew, fetching block by block.
          starvedBlocks++;
          careful = true;
          graph.restore(before);
          ({peak, overs, moved} = beforeState);
          automator.follow(moves[moved - 1]?.mixer ?? passage.mixer, lanes);
          automator.forget();
          heard = [];
          from = -blockFrames;
        }
      }
      for (const [index, frame] of heard.entries()) {
        const [first, last] = [index * blockFrames, (index + 1) * blockFrames];
        passage.onMeters?.(frame, left.subarray(first, last), right.subarray(first, last));
      }
      heard = [];
      return {left, right};
    },
  };
}

/** Where the passage ends before the stems do, its tail is without them. */
function motionAt({toFrame, lengthFrames, tailSeconds}: Passage, atFrame: number): Motion {
  if (toFrame >= lengthFrames || tailSeconds === 0 || atFrame < toFrame) return 'rolling';
  return atFrame - toFrame < blockFrames ? 'stopping' : 'still';
}

function prepareAll(stems: readonly (Stem | undefined)[], atFrame: number, frames: number): Promise<unknown> {
  return handled(Promise.all(stems.map((stem) => stem?.prepare(atFrame, frames))));
}

/** A promise whose failure is looked at later: it must not count as unhandled until then. */
function handled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}

/** Rejects with the signal's reason, so that an abort need not wait for a slow disk. */
function whenAborted(signal: AbortSignal | undefined): {readonly rejected: Promise<never>; forget(): void} {
  let abort = (): void => undefined;
  const rejected = handled(
    new Promise<never>((_, reject) => {
      abort = () => reject(signal?.reason);
    }),
  );
  signal?.addEventListener('abort', abort);
  return {rejected, forget: () => signal?.removeEventListener('abort', abort)};
}
