import {type FileHandle, open, realpath, rename, rm, stat} from 'node:fs/promises';
import {endianness} from 'node:os';
import {basename, dirname, join} from 'node:path';
import {DeskError, plainText} from '../model/problem.ts';
import {quantised24, triangular} from './dither.ts';
import {frameBytes, type WavFormat, wavHeader} from './wav-header.ts';

/** A WAV file that comes to be: unseen beside its target until it is complete. */
export interface WavWriter {
  /** Appends stereo frames; resolves once they are handed to the system. Not to be called again before. Rejects with a DeskError. */
  write(left: Float32Array, right: Float32Array): Promise<void>;
  /** Flushes, and puts the file in its place at once, whatever was there. Rejects with a DeskError. */
  finish(): Promise<void>;
  /** Leaves nothing behind; after `finish` it does nothing. Never rejects. */
  abandon(): Promise<void>;
}

export interface WavWriterOptions {
  /** Where the file shall be. */
  readonly target: string;
  readonly format: WavFormat;
  readonly sampleRate: number;
  /** Frames that will be written in all. */
  readonly frames: number;
}

let opened = 0;

/** Begins a stereo WAV file. Rejects with a DeskError where it cannot be written. */
export async function openWavWriter({target, format, sampleRate, frames}: WavWriterOptions): Promise<WavWriter> {
  const place = await realpath(target).catch(() => target);
  const there = await stat(place).catch(() => undefined);
  if (there && !there.isFile()) {
    const reason = there.isDirectory()
      ? 'it is a folder: name a file in it'
      : 'it is no ordinary file: choose another name';
    throw new DeskError('file.unwritable', `${plainText(target)} cannot be written: ${reason}.`);
  }
  opened += 1;
  const unfinished = join(dirname(place), `.${basename(place)}.${process.pid}-${opened}.part`);
  const told = <Value>(step: Promise<Value>): Promise<Value> =>
    step.catch((error: unknown) => {
      throw new DeskError(
        'file.unwritable',
        `${plainText(target)} cannot be written: ${unwritableReason(error)}.`,
        error,
      );
    });

  const file = await told(open(unfinished, 'wx'));
  let over = false;
  let written = 0;
  const abandon = async (): Promise<void> => {
    if (over) return;
    over = true;
    await file.close().catch(() => undefined);
    await rm(unfinished, {force: true}).catch(() => undefined);
  };
  try {
    await told(writeWhole(file, wavHeader(format, sampleRate, frames)));
  } catch (error) {
    await abandon();
    throw error;
  }
  return {
    async write(left, right) {
      const bytes = format === 'pcm24' ? pcm24Bytes(left, right, written) : float32Bytes(left, right);
      written += left.length;
      await told(writeWhole(file, bytes));
    },
    async finish() {
      await told(file.sync());
      await told(file.close());
      await told(rename(unfinished, place));
      over = true;
      await flushFolder(dirname(place));
    },
    abandon,
  };
}

/** A write may take less than it was given (a disk that is nearly full): what is left is written again. */
async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

/** So that the new name outlives a power cut; where a system knows no flushing of folders, the rename is all there is. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}

function pcm24Bytes(left: Float32Array, right: Float32Array, atFrame: number): Uint8Array {
  const bytes = new Uint8Array(left.length * frameBytes('pcm24'));
  let to = 0;
  for (let frame = 0; frame < left.length; frame++) {
    const index = 2 * (atFrame + frame);
    const leftValue = quantised24(left[frame] ?? 0, triangular(index));
    const rightValue = quantised24(right[frame] ?? 0, triangular(index + 1));
    bytes[to] = leftValue;
    bytes[to + 1] = leftValue >> 8;
    bytes[to + 2] = leftValue >> 16;
    bytes[to + 3] = rightValue;
    bytes[to + 4] = rightValue >> 8;
    bytes[to + 5] = rightValue >> 16;
    to += 6;
  }
  return bytes;
}

function float32Bytes(left: Float32Array, right: Float32Array): Uint8Array {
  const samples = new Float32Array(2 * left.length);
  for (let frame = 0; frame < left.length; frame++) {
    samples[2 * frame] = left[frame] ?? 0;
    samples[2 * frame + 1] = right[frame] ?? 0;
  }
  const bytes = Buffer.from(samples.buffer);
  return endianness() === 'BE' ? bytes.swap32() : bytes;
}

function unwritableReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'its folder does not exist: make it, or choose another place';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not write there: choose a folder of your own';
    case 'EROFS':
      return 'the disk can only be read: choose another one';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full: make room, or choose another one';
    case 'ENAMETOOLONG':
      return 'its name is too long: choose a shorter one';
    default:
      return plainText(error instanceof Error ? error.message : String(error));
  }
}
