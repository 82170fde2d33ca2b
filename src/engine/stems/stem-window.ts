import {DeskError} from '../../model/problem.ts';
import type {Stem} from '../stem.ts';
import {decodeSamples, type SampleEncoding} from './sample-encoding.ts';

/**
 * How many frames are read from disk at a time. Stereo at 24 bits that is 192 kB: long enough that 64 stems need few reads,
 * short enough that three of them stay in memory for each.
 */
export const chunkFrames = 32_768;

/** Chunks kept for one stem, unless a single `prepare` spans more: one plays, one is next, two were just left or wait. 768 kB in stereo at 24 bits. */
const chunksKept = 4;
/** Chunks kept while the reader goes round: two before the wrap and two behind it, and one more, since live sound may be rendered anew from just before the wrap. */
const chunksKeptAround = 5;

/** Where a stem's samples come from. */
export interface SampleSource {
  readonly channels: 1 | 2;
  readonly lengthFrames: number;
  /** How a frame is written, channels side by side. */
  readonly encoding: SampleEncoding;
  /** Fills the array from its start with the bytes of `frames` frames, which all lie within the sound. Rejects with a DeskError. */
  load(atFrame: number, frames: number, into: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Loads that are under way end or reject. */
  close(): Promise<void>;
}

interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  isReady: boolean;
  loading: Promise<void> | undefined;
  /** Calls of `prepare` that wait for it. */
  waiting: number;
  usedAt: number;
}

/**
 * A stem over a source: a few chunks in memory, the next one read ahead while one plays. They stay as they are in the file until they are read: samples
 * are made right where they are heard, once, and not first in memory that is cold again by then.
 */
export function createStemWindow(source: SampleSource): Stem {
  const {channels, lengthFrames, encoding} = source;
  const frameBytes = channels * encoding.bytes;
  const chunks = new Map<number, Chunk>();
  let uses = 0;
  let closed: Promise<void> | undefined;

  /** A chunk's memory: that of the chunk unused for longest, if there are enough, else new. */
  function takeMemory(most: number): Uint8Array<ArrayBuffer> {
    let bytes: Uint8Array<ArrayBuffer> | undefined;
    while (chunks.size >= most) {
      let oldest: number | undefined;
      let oldestUse = Number.POSITIVE_INFINITY;
      for (const [index, chunk] of chunks) {
        if (!chunk.isReady || chunk.waiting > 0 || chunk.usedAt >= oldestUse) continue;
        oldest = index;
        oldestUse = chunk.usedAt;
      }
      if (oldest === undefined) break;
      bytes = chunks.get(oldest)?.bytes;
      chunks.delete(oldest);
    }
    return bytes ?? new Uint8Array(chunkFrames * frameBytes);
  }

  function demand(index: number, most: number): Chunk {
    const present = chunks.get(index);
    if (present !== undefined) {
      present.usedAt = ++uses;
      return present;
    }
    const chunk: Chunk = {bytes: takeMemory(most), isReady: false, loading: undefined, waiting: 0, usedAt: ++uses};
    chunks.set(index, chunk);
    const from = index * chunkFrames;
    chunk.loading = source.load(from, Math.min(chunkFrames, lengthFrames - from), chunk.bytes).then(
      () => {
        chunk.isReady = true;
        chunk.loading = undefined;
      },
      (error: unknown) => {
        chunks.delete(index);
        throw error;
      },
    );
    return chunk;
  }

  async function arrival(chunk: Chunk): Promise<void> {
    chunk.waiting++;
    try {
      await chunk.loading;
    } finally {
      chunk.waiting--;
    }
  }

  return {
    channels,
    lengthFrames,
    async prepare(atFrame, frames, how) {
      if (closed !== undefined) throw new DeskError('engine.failed', 'the stem was closed');
      const end = Math.min(lengthFrames, atFrame + frames);
      const start = Math.max(0, atFrame);
      if (!(end > start)) return;
      const first = Math.floor(start / chunkFrames);
      const last = Math.floor((end - 1) / chunkFrames);
      const most = Math.max(how === 'around' ? chunksKeptAround : chunksKept, last - first + 2);
      const waits: Promise<void>[] = [];
      for (let index = first; index <= last; index++) {
        const chunk = demand(index, most);
        if (!chunk.isReady) waits.push(arrival(chunk));
      }
      if (how !== 'around' && (last + 1) * chunkFrames < lengthFrames && !chunks.has(last + 1)) {
        demand(last + 1, most).loading?.catch(() => {});
      }
      if (waits.length > 0) await Promise.all(waits);
    },
    read(atFrame, left, right) {
      const frames = left.length;
      let whole = true;
      let done = 0;
      while (done < frames) {
        const frame = atFrame + done;
        if (!(frame >= 0 && frame < lengthFrames)) {
          const silent = frame < 0 ? Math.min(frames - done, -frame) : frames - done;
          left.fill(0, done, done + silent);
          right.fill(0, done, done + silent);
          done += silent;
          continue;
        }
        const index = Math.floor(frame / chunkFrames);
        const offset = frame - index * chunkFrames;
        const count = Math.min(frames - done, chunkFrames - offset, lengthFrames - frame);
        const chunk = closed === undefined ? chunks.get(index) : undefined;
        if (chunk?.isReady === true) {
          chunk.usedAt = ++uses;
          const sides = channels === 1 ? [left] : [left, right];
          decodeSamples(encoding, chunk.bytes, count, sides, done, offset * frameBytes);
          if (channels === 1) right.set(left.subarray(done, done + count), done);
        } else {
          left.fill(0, done, done + count);
          right.fill(0, done, done + count);
          whole = false;
        }
        done += count;
      }
      return whole;
    },
    close() {
      closed ??= (async () => {
        await source.close();
        await Promise.allSettled([...chunks.values()].map((chunk) => chunk.loading));
        chunks.clear();
      })();
      return closed;
    },
  };
}
