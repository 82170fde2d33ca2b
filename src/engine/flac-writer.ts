import {quantised, triangular} from './dither.ts';
import {createFlacEncoder, streamInfoAt} from './flac-encoder.ts';
import {openNewFile} from './new-file.ts';
import type {SoundWriter, SoundWriterOptions} from './sound-writer.ts';

/** Begins a stereo FLAC file, encoded while it is written: it holds the very integers of a WAV file of the same depth. Rejects with a DeskError. */
export async function openFlacWriter(
  bits: 16 | 24,
  {target, sampleRate, frames: mostFrames}: SoundWriterOptions,
): Promise<SoundWriter> {
  const file = await openNewFile(target);
  const encoder = await createFlacEncoder(bits, sampleRate, mostFrames).catch(async (error: unknown) => {
    await file.abandon();
    throw error;
  });
  let frames = 0;
  const complete = async (): Promise<void> => {
    const {bytes, streamInfo} = encoder.finish();
    encoder.free();
    await file.append(bytes);
    await file.patch(streamInfo, streamInfoAt);
    await file.complete();
  };
  return {
    async write(left, right) {
      const samples = new Int32Array(2 * left.length);
      for (let frame = 0; frame < left.length; frame++) {
        const index = 2 * (frames + frame);
        samples[2 * frame] = quantised(left[frame] ?? 0, triangular(index), bits);
        samples[2 * frame + 1] = quantised(right[frame] ?? 0, triangular(index + 1), bits);
      }
      frames += left.length;
      await file.append(encoder.encode(samples, left.length));
    },
    complete,
    place: () => file.place(),
    async finish() {
      await complete();
      await file.place();
    },
    async abandon() {
      encoder.free();
      await file.abandon();
    },
  };
}
