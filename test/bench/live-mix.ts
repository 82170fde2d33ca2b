import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {blockFrames, createGraph} from '../../src/engine/graph.ts';
import {encodeSamples, type SampleEncoding} from '../../src/engine/stems/sample-encoding.ts';
import {waveHeader} from '../../src/engine/stems/wave-writer.ts';
import {masterFields, stripFields} from '../../src/model/meter.ts';
import type {ParameterValues} from '../../src/model/parameter.ts';
import type {Session} from '../../src/model/session.ts';
import {noise} from '../engine/graph/signal.ts';
import {memoryStem} from '../engine/memory-stem.ts';
import {cheapestOf} from './bench.ts';
import {type BigSession, bigSession} from './big-session.ts';

/** A whole number of blocks, so that the loop has no silence at its end. */
const loopSeconds = 16;
export const sampleRate = 48_000;
/** Strip of the sound that never changes but by its fader: alone on the right side, so that a gap is silence there, and a move a step. */
export const steadyStrip = 't64';

/** Every strip has a high-pass, every second two bands, every fourth a compressor; none is gated. */
export const mixWords = 'high-pass on 63, two bands on 32, a compressor on 16, all meters on all, no effects';

function parametersOf(index: number): ParameterValues {
  return {
    'hp.on': 1,
    ...(index % 2 === 0 && {'eq1.on': 1, 'eq1.gainDb': 3, 'eq2.on': 1, 'eq2.gainDb': -3}),
    ...(index % 4 === 0 && {'comp.on': 1, 'comp.thresholdDb': -24}),
  };
}

/** 63 strips of noise on the left side and one of a steady value on the right. */
export async function liveMix(): Promise<BigSession> {
  const {session, remove} = await bigSession(loopSeconds, 'noise');
  const encoding: SampleEncoding = {kind: 'int', bytes: 3, littleEndian: true};
  const frames = loopSeconds * sampleRate;
  const steady = new Float32Array(frames).fill(0.5);
  const header = waveHeader(encoding, 2, sampleRate, frames);
  const samples = encodeSamples(encoding, [steady, steady], frames);
  await writeFile(join(session.folder, 'stems', 'Track 64.wav'), Buffer.concat([header, samples]));
  const strips = session.mixer.strips.map((strip, index) =>
    strip.id === steadyStrip
      ? {...strip, pan: 1, levelDb: 0, parameters: {}}
      : {...strip, pan: -1, parameters: parametersOf(index)},
  );
  return {session: {...session, mixer: {...session.mixer, strips, masterLevelDb: 0}}, remove};
}

/** What the kernel alone takes for such a mix, all samples in memory: share of one core, in percent. */
export async function kernelShare({mixer}: Session): Promise<number> {
  const seconds = 4;
  const frames = Math.floor((seconds * sampleRate) / blockFrames) * blockFrames;
  const recordings = Array.from({length: 8}, (_, index) =>
    memoryStem(noise(frames, 2 * index, 0.3), noise(frames, 2 * index + 1, 0.3)),
  );
  const graph = await createGraph({sampleRate, mixer});
  const stems = mixer.strips.map((_, index) => recordings[index % recordings.length]);
  const left = new Float32Array(blockFrames);
  const right = new Float32Array(blockFrames);
  const meters = new Float32Array(stems.length * stripFields + masterFields);
  const {cpuSeconds} = await cheapestOf(5, () => {
    for (let atFrame = 0; atFrame < frames; atFrame += blockFrames) {
      graph.render(stems, atFrame, 'rolling', left, right, meters);
    }
  });
  return (100 * cpuSeconds) / (frames / sampleRate);
}
