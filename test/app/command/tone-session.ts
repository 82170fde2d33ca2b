import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {encodeSamples, type SampleEncoding} from '../../../src/engine/stems/sample-encoding.ts';
import {waveHeader} from '../../../src/engine/stems/wave-writer.ts';
import {sine} from '../../engine/graph/signal.ts';

const encoding: SampleEncoding = {kind: 'int', bytes: 2, littleEndian: true};

/** Writes a session of one tone of −12 dBFS into a new folder; `more` stands in its file, too. */
export async function writeToneSession(
  folder: string,
  sampleRate: number,
  frames: number,
  more: object,
): Promise<string> {
  await mkdir(folder);
  const tone = sine(frames, 220, sampleRate, 0.25);
  const bytes = Buffer.concat([waveHeader(encoding, 1, sampleRate, frames), encodeSamples(encoding, [tone], frames)]);
  await writeFile(join(folder, 'Tone.wav'), bytes);
  const strip = {id: 'tone', name: 'Tone', file: 'Tone.wav', group: 'other', colour: 'white', channels: 1, trimDb: 0};
  const still = {levelDb: 0, pan: 0, muted: false, soloed: false, soloSafe: false, polarityInverted: false};
  const file = {longthrow: 1, name: 'Tone', sampleRate, strips: [{...strip, ...still}], masterLevelDb: 0};
  await writeFile(join(folder, 'session.json'), JSON.stringify({...file, ...more}));
  return folder;
}
