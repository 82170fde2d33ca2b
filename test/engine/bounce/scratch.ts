import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openAudioFile} from '../../../src/engine/stems/audio-file.ts';
import {readHeader} from '../../../src/engine/stems/header.ts';
import {decodeSound} from '../../../src/engine/stems/sound.ts';

/** A folder of a test's own. */
export async function scratchFolder(): Promise<{readonly path: string; remove(): Promise<void>}> {
  const path = await mkdtemp(join(tmpdir(), 'bounce-'));
  return {path, remove: () => rm(path, {recursive: true, force: true})};
}

export interface ReadSound {
  readonly left: Float32Array;
  readonly right: Float32Array;
  readonly sampleRate: number;
  readonly bits: number | undefined;
  readonly format: string;
}

/** A sound file by the desk's own reader, which checks every frame of a FLAC file. */
export async function readSound(path: string): Promise<ReadSound> {
  const opened = await openAudioFile(path);
  if (opened.type === 'refused') throw new Error(`${path}: ${opened.reason}`);
  try {
    const read = await readHeader(opened.file);
    if (read.type === 'refused') throw new Error(`${path}: ${read.reason}`);
    const {lengthFrames, sampleRate, bits, format} = read.header;
    const sides = [new Float32Array(lengthFrames), new Float32Array(lengthFrames)] as const;
    let at = 0;
    for await (const block of decodeSound(opened.file, read.header)) {
      sides.forEach((side, index) => {
        side.set(block[index] ?? [], at);
      });
      at += block[0]?.length ?? 0;
    }
    return {left: sides[0], right: sides[1], sampleRate, bits, format};
  } finally {
    await opened.file.handle.close();
  }
}
