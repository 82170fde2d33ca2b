import {DeskError} from '../../model/problem.ts';
import {createPartFile, type PartFile} from './part-file.ts';
import {openSound} from './probe.ts';
import {createResampler, resampledLength} from './resampler.ts';
import {encodeSamples, type SampleEncoding} from './sample-encoding.ts';
import {decodeSound} from './sound.ts';
import type {SoundHeader} from './sound-header.ts';
import {waveHeader, waveHeaderBytes} from './wave-writer.ts';

/** One file to be decoded and brought to the session's rate, into a linear file that can be streamed. */
export interface ConformJob {
  readonly id: number;
  readonly path: string;
  /** Size and time of change of the file as it was when it was asked for. */
  readonly size: number;
  readonly modifiedMs: number;
  /** Hz. */
  readonly sampleRate: number;
  /** Where the result grows, and its name once it is complete. */
  readonly partPath: string;
  readonly finalPath: string;
}

/** What a conformed file is like. */
export interface ConformedFormat {
  readonly channels: number;
  readonly sampleRate: number;
  readonly lengthFrames: number;
  readonly encoding: SampleEncoding;
}

/** The format that keeps every bit of a sound: FLAC's own depth where nothing is calculated, floats elsewhere. */
export function conformedFormat(header: SoundHeader, sampleRate: number): ConformedFormat {
  const {channels, bits} = header;
  const asIs = header.sampleRate === sampleRate;
  const keepsIntegers = asIs && header.body.coding === 'flac' && bits !== undefined && bits <= 24;
  const encoding: SampleEncoding = keepsIntegers
    ? {kind: 'int', bytes: bits <= 16 ? 2 : 3, littleEndian: true}
    : {kind: 'float', bytes: 4, littleEndian: true};
  const lengthFrames = asIs ? header.lengthFrames : resampledLength(header.lengthFrames, header.sampleRate, sampleRate);
  return {channels, sampleRate, lengthFrames, encoding};
}

/**
 * Works on a job a piece at a time and yields the frames that can be read from the part file so far; at the end that is renamed.
 * Ended early (`return`) or failing, it removes the part file. Rejects with a DeskError: `audio.invalid` and `file.unreadable`
 * blame the source, `file.unwritable` the cache.
 */
export async function* conform(job: ConformJob, create = createPartFile): AsyncGenerator<number, void> {
  const opened = await openSound(job.path);
  if (opened.type === 'refused') throw new DeskError('audio.invalid', opened.problem.reason);
  const {file, header} = opened;
  let part: PartFile | undefined;
  try {
    if (file.size !== job.size || file.modifiedMs !== job.modifiedMs) {
      throw new DeskError('audio.invalid', 'it was changed while it was being opened');
    }
    const {channels, sampleRate, lengthFrames, encoding} = conformedFormat(header, job.sampleRate);
    const target = await create(job.partPath);
    part = target;
    await target.write(waveHeader(encoding, channels, sampleRate, lengthFrames), 0);
    const frameBytes = encoding.bytes * channels;
    let done = 0;
    const append = async (block: readonly Float32Array[]): Promise<void> => {
      const frames = block[0]?.length ?? 0;
      if (frames > 0) await target.write(encodeSamples(encoding, block, frames), waveHeaderBytes + done * frameBytes);
      done += frames;
    };
    const resampler =
      header.sampleRate === sampleRate ? undefined : await createResampler(channels, header.sampleRate, sampleRate);
    for await (const block of decodeSound(file, header)) {
      await append(resampler === undefined ? block : resampler.push(block));
      yield done;
    }
    if (resampler !== undefined) await append(resampler.finish());
    yield done;
    await target.complete(job.finalPath);
  } finally {
    await Promise.allSettled([file.handle.close(), part?.discard()]);
  }
}
