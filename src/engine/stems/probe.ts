import type {Problem} from '../../model/problem.ts';
import type {StemFacts} from '../../model/stem-facts.ts';
import {type AudioFile, openAudioFile} from './audio-file.ts';
import {readHeader} from './header.ts';
import {problemOf, type SoundHeader} from './sound-header.ts';

/** What a file's header says of its sound. */
export interface StemFormat extends Pick<StemFacts, 'format' | 'channels' | 'sampleRate' | 'lengthFrames' | 'bits'> {
  readonly type: 'format';
}

/** Looks at a file's header (and its end, where cuts show): a few reads, no decoding. Never rejects. */
export async function probeStem(path: string): Promise<StemFormat | {type: 'refused'; problem: Problem}> {
  const opened = await openSound(path);
  if (opened.type === 'refused') return opened;
  await opened.file.handle.close();
  const {format, channels, sampleRate, lengthFrames, bits} = opened.header;
  return {type: 'format', format, channels, sampleRate, lengthFrames, bits};
}

/** Opens a file and reads its header; whoever calls closes the handle. Never rejects. */
export async function openSound(
  path: string,
): Promise<{type: 'sound'; file: AudioFile; header: SoundHeader} | {type: 'refused'; problem: Problem}> {
  const opened = await openAudioFile(path);
  if (opened.type === 'refused') return {type: 'refused', problem: problemOf(path, opened)};
  const read = await readHeader(opened.file);
  if (read.type === 'header') return {type: 'sound', file: opened.file, header: read.header};
  await opened.file.handle.close();
  return {type: 'refused', problem: problemOf(path, read)};
}
