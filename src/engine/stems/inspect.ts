import {createHash} from 'node:crypto';
import {dbFromFactor, factorFromDb} from '../../model/decibel.ts';
import {DeskError} from '../../model/problem.ts';
import type {StemFacts, StemInspection} from '../../model/stem-facts.ts';
import type {AudioFile} from './audio-file.ts';
import {openSound} from './probe.ts';
import {decodeSound, refuseFailure} from './sound.ts';
import {problemOf, type SoundHeader} from './sound-header.ts';

/** Samples at or above this count as clipped. */
const clipFactor = factorFromDb(-0.01);
const shortestClipRun = 3;

/**
 * Looks through a whole file: its highest sample, its clips, and a digest of its samples; every checksum in it is verified.
 * A cut or damaged file is refused with its reason. Never rejects. `onProgress` is told the share done, 0…1.
 */
export async function inspectStem(path: string, onProgress?: (share: number) => void): Promise<StemInspection> {
  const opened = await openSound(path);
  if (opened.type === 'refused') return opened;
  const {file, header} = opened;
  try {
    return {type: 'stem', facts: await gatherFacts(file, header, onProgress)};
  } catch (error) {
    return {type: 'refused', problem: problemOf(path, refuseFailure(error))};
  } finally {
    await file.handle.close();
  }
}

async function gatherFacts(
  file: AudioFile,
  header: SoundHeader,
  onProgress: ((share: number) => void) | undefined,
): Promise<StemFacts> {
  const {format, channels, sampleRate, lengthFrames, bits, body} = header;
  const digest = createHash('sha256').update(`${channels} ${sampleRate} `);
  const md5 = body.coding === 'flac' && body.md5 !== undefined && (bits ?? 32) <= 24 ? createHash('md5') : undefined;
  const runs = new Uint32Array(channels);
  let clippedRuns = 0;
  let peak = 0;
  let done = 0;
  for await (const block of decodeSound(file, header)) {
    block.forEach((samples, channel) => {
      let run = runs[channel] ?? 0;
      for (const sample of samples) {
        const size = Math.abs(sample);
        if (size > peak && size < Number.POSITIVE_INFINITY) peak = size;
        run = size >= clipFactor ? run + 1 : 0;
        if (run === shortestClipRun) clippedRuns++;
      }
      runs[channel] = run;
    });
    digest.update(interleave(block));
    md5?.update(integersOf(block, bits ?? 16));
    done += block[0]?.length ?? 0;
    onProgress?.(done / lengthFrames);
  }
  if (md5 !== undefined && body.coding === 'flac' && md5.digest('hex') !== body.md5) {
    throw new DeskError('audio.invalid', 'its samples do not match the checksum in its header');
  }
  const facts = {path: file.path, format, channels, sampleRate, lengthFrames, bits};
  return {...facts, peakDb: dbFromFactor(peak), clippedRuns, digest: digest.digest('hex')};
}

/** The block as little-endian floats; −0 becomes 0, so that equal sounds have equal bytes. */
function interleave(block: readonly Float32Array[]): Uint8Array {
  const frames = block[0]?.length ?? 0;
  const bytes = new Uint8Array(frames * block.length * 4);
  const view = new DataView(bytes.buffer);
  block.forEach((samples, channel) => {
    for (let i = 0; i < frames; i++) view.setFloat32((i * block.length + channel) * 4, (samples[i] ?? 0) + 0, true);
  });
  return bytes;
}

/** The block as FLAC sums it: interleaved little-endian integers in whole bytes, right-aligned. */
function integersOf(block: readonly Float32Array[], bits: number): Uint8Array {
  const size = Math.ceil(bits / 8);
  const step = size * block.length;
  const bytes = new Uint8Array((block[0]?.length ?? 0) * step);
  const fullScale = 2 ** (bits - 1);
  block.forEach((samples, channel) => {
    let p = channel * size;
    for (const sample of samples) {
      const value = Math.round(sample * fullScale);
      for (let index = 0; index < size; index++) bytes[p + index] = value >> (8 * index);
      p += step;
    }
  });
  return bytes;
}
