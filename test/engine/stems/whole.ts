import type {ExecutionContext} from 'ava';
import {openSound} from '../../../src/engine/stems/probe.ts';
import {decodeSound} from '../../../src/engine/stems/sound.ts';
import type {SoundHeader} from '../../../src/engine/stems/sound-header.ts';
import {scratchFile} from './scratch.ts';

/** Everything in a file: its header and all its samples. */
export async function decodeWhole(path: string): Promise<{header: SoundHeader; channels: Float32Array[]}> {
  const opened = await openSound(path);
  if (opened.type === 'refused') throw new Error(opened.problem.reason);
  const {file, header} = opened;
  try {
    const channels = Array.from({length: header.channels}, () => new Float32Array(header.lengthFrames));
    let done = 0;
    for await (const block of decodeSound(file, header)) {
      for (const [channel, samples] of block.entries()) channels[channel]?.set(samples, done);
      done += block[0]?.length ?? 0;
    }
    return {header, channels};
  } finally {
    await file.handle.close();
  }
}

/** The same of bytes. */
export async function decodeBytes(
  t: ExecutionContext,
  bytes: Uint8Array,
): Promise<{header: SoundHeader; channels: Float32Array[]}> {
  return decodeWhole(await scratchFile(t, bytes));
}
