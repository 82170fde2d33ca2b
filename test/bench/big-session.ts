import {mkdir, mkdtemp, open, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {encodeSamples, type SampleEncoding} from '../../src/engine/stems/sample-encoding.ts';
import {waveHeader} from '../../src/engine/stems/wave-writer.ts';
import {newStrip} from '../../src/model/mixer.ts';
import type {Session} from '../../src/model/session.ts';
import {loadSession} from '../../src/session/load.ts';
import {sessionFileOf, writeSessionFile} from '../../src/session/save.ts';
import {mixerOf} from '../engine/graph/rig.ts';
import {noise} from '../engine/graph/signal.ts';

const sampleRate = 48_000;
const encoding: SampleEncoding = {kind: 'int', bytes: 3, littleEndian: true};

/** A session of 64 stereo stems (24-bit WAV at its own rate) in a temporary folder. */
export interface BigSession {
  readonly session: Session;
  remove(): Promise<void>;
}

/** `noise` is heard and metered; `sparse` is silence that takes no room on the disk, but is read like any other. */
export async function bigSession(seconds: number, sound: 'noise' | 'sparse'): Promise<BigSession> {
  const folder = await mkdtemp(join(tmpdir(), 'longthrow-bench-'));
  await mkdir(join(folder, 'stems'));
  const frames = seconds * sampleRate;
  const paths = Array.from({length: 64}, (_, index) => join(folder, 'stems', `Track ${index + 1}.wav`));
  for (const [index, path] of paths.entries()) {
    if (sound === 'sparse') await writeSparse(path, frames);
    else await writeNoise(path, frames, index);
  }
  const strips = paths.map((_, index) =>
    newStrip({id: `t${index + 1}`, name: `Track ${index + 1}`, levelDb: -12 - (index % 12), colour: 'green'}),
  );
  const given: Session = {
    folder,
    name: 'Bench',
    sampleRate,
    mixer: mixerOf(strips, -12),
    stems: paths.map((path, index) => ({strip: `t${index + 1}`, path})),
    writable: true,
    problems: [],
  };
  const saved = await writeSessionFile(folder, sessionFileOf(given, given.mixer));
  const loaded = await loadSession(folder);
  if (saved.type === 'failed' || loaded.type === 'refused') throw new Error('the session of the bench is wrong');
  return {session: loaded.session, remove: () => rm(folder, {recursive: true, force: true})};
}

/** Noise that swells and fades at a pace of its own, so that meters move. */
async function writeNoise(path: string, frames: number, index: number): Promise<void> {
  const swell = (samples: Float32Array): Float32Array =>
    samples.map(
      (sample, frame) => sample * (0.5 + 0.45 * Math.sin((2 * Math.PI * frame * (1 + (index % 5))) / frames)),
    );
  const channels = [swell(noise(frames, 2 * index, 0.5)), swell(noise(frames, 2 * index + 1, 0.5))];
  const header = waveHeader(encoding, 2, sampleRate, frames);
  await writeFile(path, Buffer.concat([header, encodeSamples(encoding, channels, frames)]));
}

async function writeSparse(path: string, frames: number): Promise<void> {
  const header = waveHeader(encoding, 2, sampleRate, frames);
  const file = await open(path, 'w');
  await file.write(header);
  await file.truncate(header.length + frames * 2 * encoding.bytes);
  await file.close();
}
