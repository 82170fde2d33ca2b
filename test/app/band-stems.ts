import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {inspectStem} from '../../src/engine/stems/inspect.ts';
import {encodeSamples, type SampleEncoding} from '../../src/engine/stems/sample-encoding.ts';
import {waveHeader} from '../../src/engine/stems/wave-writer.ts';
import {findAudioFiles} from '../../src/session/audio-files.ts';
import {composeSession, writeNewSession} from '../../src/session/new-session.ts';
import {samplesOf} from '../samples.ts';

const sampleRate = 48_000;
const encoding: SampleEncoding = {kind: 'int', bytes: 2, littleEndian: true};

/** A band as it comes out of a recorder: one stem has no name, one is silent, one clips. Level of each in dBFS. */
const band = {
  Kick: -9,
  Snare: 6,
  Hats: -20,
  Bass: -10,
  Electric_Guitar: -6,
  Keys: -14,
  Strings: -34,
  Lead_Vocal: -12,
  Audio_07: -15,
  Effects: Number.NEGATIVE_INFINITY,
} as const;

/** Writes the ten stems as short WAV files, which need no decoding, into a new folder, and returns it. */
export function writeBand(folder: string, seconds: number): string {
  mkdirSync(folder);
  const frames = sampleRate * seconds;
  for (const [index, [name, levelDb]] of Object.entries(band).entries()) {
    const amplitude = 10 ** (levelDb / 20);
    // A whole number of turns fits into 480 frames: one turn is made, the rest is copied.
    const turn = samplesOf(480, (frame) => {
      const sample = amplitude * Math.sin((2 * Math.PI * (index + 1) * frame) / 480);
      return Math.max(-1, Math.min(1, sample));
    });
    const sounds = (frame: number): boolean => name !== 'Snare' || frame % (sampleRate / 2) < sampleRate / 20;
    const tone = samplesOf(frames, (frame) => (sounds(frame) ? (turn[frame % 480] ?? 0) : 0));
    const bytes = [waveHeader(encoding, 1, sampleRate, frames), encodeSamples(encoding, [tone], frames)];
    writeFileSync(join(folder, `${name}.wav`), Buffer.concat(bytes));
  }
  return folder;
}

/** The same with a session in it, as `longthrow new` makes it. */
export async function writeBandSession(folder: string, seconds: number, name: string): Promise<string> {
  const {files} = await findAudioFiles(writeBand(folder, seconds));
  const inspections = await Promise.all(files.map((path) => inspectStem(path, () => undefined)));
  await writeNewSession(folder, composeSession({folder, inspections, name}).file);
  return folder;
}
