import {dbFromFactor} from '../model/decibel.ts';
import {masterField, masterFields, stripFields} from '../model/meter.ts';
import type {Mixer} from '../model/mixer.ts';
import {DeskError} from '../model/problem.ts';
import {blockFrames, createGraph, type Graph} from './graph.ts';
import type {Stem} from './stem.ts';
import type {WavFormat} from './wav-header.ts';
import {openWavWriter} from './wav-writer.ts';

/** Blocks between two waits for the disk: 32,768 frames, two thirds of a second at 48 kHz. */
const blocksAPiece = 64;

/** A mixer that takes over from the first block edge at or after a frame, ramped as in live sound. */
export interface MixerMove {
  readonly atFrame: number;
  readonly mixer: Mixer;
}

export interface BounceOptions {
  /** The mixer at frame 0. */
  readonly mixer: Mixer;
  /** What it becomes on the way, in rising order of frames; without them it stays as it is. */
  readonly moves?: readonly MixerMove[] | undefined;
  /** In strip order; a strip without a stem is silent. They stay open. */
  readonly stems: readonly (Stem | undefined)[];
  readonly sampleRate: number;
  /** Length of the file. */
  readonly lengthFrames: number;
  /** Path of the file; what was there is replaced when the new one is complete. */
  readonly target: string;
  readonly format: WavFormat;
  /** Told after every piece, 0…1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface BounceResult {
  readonly frames: number;
  /** Highest sample of the mix before the ceiling in dBFS, to the end of the last block: above 0 the ceiling had to hold `overs` samples. */
  readonly peakDb: number;
  readonly overs: number;
  /** Blocks whose samples had to be fetched a second time. They are in the file nevertheless: a bounce never lets silence stand in. */
  readonly starvedBlocks: number;
}

/**
 * Renders a mix to a stereo WAV file by the graph that is also heard, faster than real time: 24 bit with triangular dither, or 32-bit float
 * with the very samples of the graph. Two bounces of the same mix are the same to the bit. The file appears at its path
 * only when it is complete; if it fails or is aborted, nothing is left behind. Rejects with a DeskError (a stem or the target fails), or with the signal's reason.
 */
export async function bounce(options: BounceOptions): Promise<BounceResult> {
  const {stems, lengthFrames, signal} = options;
  signal?.throwIfAborted();
  const graph = await createGraph(options);
  const writer = await openWavWriter({...options, frames: lengthFrames});
  const stopped = whenAborted(signal);
  try {
    const reader = createReader(graph, stems, options.moves ?? []);
    const pieceFrames = blocksAPiece * blockFrames;
    let prepared = prepareAll(stems, 0, pieceFrames);
    let written: Promise<void> = Promise.resolve();
    for (let atFrame = 0; atFrame < lengthFrames; atFrame += pieceFrames) {
      await Promise.race([prepared, stopped.rejected]);
      // While this piece is rendered and written, the disk fetches the next.
      prepared =
        atFrame + pieceFrames < lengthFrames
          ? prepareAll(stems, atFrame + pieceFrames, pieceFrames)
          : Promise.resolve();
      const frames = Math.min(pieceFrames, lengthFrames - atFrame);
      const piece = await reader.render(atFrame, frames);
      await written;
      signal?.throwIfAborted();
      written = handled(writer.write(piece.left, piece.right));
      options.onProgress?.((atFrame + frames) / lengthFrames);
    }
    await written;
    signal?.throwIfAborted();
    await writer.finish();
    return {
      frames: lengthFrames,
      peakDb: dbFromFactor(reader.peak()),
      overs: reader.overs(),
      starvedBlocks: reader.starvedBlocks(),
    };
  } finally {
    stopped.forget();
    await writer.abandon();
  }
}

/** Renders pieces of the mix in order and keeps what the master's meters said. */
function createReader(graph: Graph, stems: readonly (Stem | undefined)[], moves: readonly MixerMove[]) {
  const meters = new Float32Array(stems.length * stripFields + masterFields);
  const master = stems.length * stripFields;
  let peak = 0;
  let overs = 0;
  let starvedBlocks = 0;
  let moved = 0;
  return {
    peak: (): number => peak,
    overs: (): number => overs,
    starvedBlocks: (): number => starvedBlocks,
    async render(atFrame: number, frames: number): Promise<{left: Float32Array; right: Float32Array}> {
      const blocks = Math.ceil(frames / blockFrames);
      const left = new Float32Array(blocks * blockFrames);
      const right = new Float32Array(blocks * blockFrames);
      for (let from = 0; from < frames; from += blockFrames) {
        const toLeft = left.subarray(from, from + blockFrames);
        const toRight = right.subarray(from, from + blockFrames);
        for (let move = moves[moved]; move !== undefined && move.atFrame <= atFrame + from; move = moves[++moved]) {
          graph.set(move.mixer, false);
        }
        const before = graph.snapshot();
        if (graph.render(stems, atFrame + from, 'rolling', toLeft, toRight, meters) > 0) {
          starvedBlocks++;
          graph.restore(before);
          await prepareAll(stems, atFrame + from, blockFrames);
          if (graph.render(stems, atFrame + from, 'rolling', toLeft, toRight, meters) > 0) {
            throw new DeskError(
              'audio.invalid',
              `A stem gave no samples at frame ${atFrame + from}: check its file, then bounce again.`,
            );
          }
        }
        peak = Math.max(
          peak,
          meters[master + masterField.outPeakLeft] ?? 0,
          meters[master + masterField.outPeakRight] ?? 0,
        );
        overs += meters[master + masterField.outOvers] ?? 0;
      }
      return {left: left.subarray(0, frames), right: right.subarray(0, frames)};
    },
  };
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
