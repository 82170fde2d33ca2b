import {openFlacWriter} from './flac-writer.ts';
import type {SoundFormat} from './sound-format.ts';
import {openWavWriter} from './wav-writer.ts';

/** A stereo sound file that comes to be: unseen beside its target until it is complete and put in its place. */
export interface SoundWriter {
  /** Appends stereo frames; resolves once they are handed to the system. Not to be called again before. Rejects with a DeskError. */
  write(left: Float32Array, right: Float32Array): Promise<void>;
  /** Writes what a header can only say at the end, flushes and closes. Rejects with a DeskError. */
  complete(): Promise<void>;
  /** Puts the complete file in its place at once, whatever was there. Rejects with a DeskError. */
  place(): Promise<void>;
  /** Both in one, for a file that stands alone. */
  finish(): Promise<void>;
  /** Leaves nothing behind; after `place` it does nothing. Never rejects. */
  abandon(): Promise<void>;
}

export interface SoundWriterOptions {
  /** Where the file shall be. */
  readonly target: string;
  readonly sampleRate: number;
  /** Frames that will be written, or the most that may be: a header that was written with more is set right at the end. */
  readonly frames: number;
}

/** Begins a stereo file. Rejects with a DeskError where it cannot be written. */
export function openSoundWriter(format: SoundFormat, options: SoundWriterOptions): Promise<SoundWriter> {
  switch (format) {
    case 'pcm16':
    case 'pcm24':
    case 'float32':
      return openWavWriter({...options, format});
    case 'flac16':
      return openFlacWriter(16, options);
    case 'flac24':
      return openFlacWriter(24, options);
  }
}
