import {type AudioFile, readBytes} from './audio-file.ts';

/** A file read in order through a buffer that never holds more than was asked for and one chunk. */
export interface ChunkReader {
  /** File position of `bytes[0]`. */
  position(): number;
  /** What is buffered; valid until the next call of `fill` or `skip`. */
  bytes(): Uint8Array;
  /** Reads on until `length` bytes are buffered, or the end is; tells how many are. */
  fill(length: number): Promise<number>;
  /** Forgets the first bytes of the buffer. */
  skip(length: number): void;
}

const chunkBytes = 1 << 17;

/** Reads from `from` up to (not including) `to`. */
export function createChunkReader(file: Pick<AudioFile, 'handle'>, from: number, to: number): ChunkReader {
  let buffer = new Uint8Array(chunkBytes * 2);
  let start = 0;
  let end = 0;
  let next = from;
  return {
    position: () => next - (end - start),
    bytes: () => buffer.subarray(start, end),
    async fill(length) {
      while (end - start < length && next < to) {
        const wanted = Math.min(chunkBytes, to - next);
        if (end + wanted > buffer.length) {
          const room = end - start + wanted > buffer.length ? new Uint8Array((end - start + wanted) * 2) : buffer;
          room.set(buffer.subarray(start, end));
          end -= start;
          start = 0;
          buffer = room;
        }
        const got = (await readBytes(file, next, wanted, buffer.subarray(end, end + wanted))).length;
        if (got === 0) break;
        end += got;
        next += got;
      }
      return end - start;
    },
    skip(length) {
      start = Math.min(end, start + length);
    },
  };
}
