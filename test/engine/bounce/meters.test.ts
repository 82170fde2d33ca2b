import test from 'ava';
import {type Passage, renderPassage} from '../../../src/engine/bounce-render.ts';
import {blockFrames} from '../../../src/engine/graph.ts';
import type {Stem} from '../../../src/engine/stem.ts';
import type {MeterFrame} from '../../../src/model/meter.ts';
import {mixerOf} from '../graph/rig.ts';
import {noise} from '../graph/signal.ts';
import {forgetfulStem, memoryStem} from '../memory-stem.ts';

const frames = 100_000;
const mixer = mixerOf([{levelDb: -3.2}, {channels: 1, trimDb: 2}]);
const stems: readonly Stem[] = [memoryStem(noise(frames, 1), noise(frames, 2)), memoryStem(noise(frames - 30_000, 3))];

async function metersOf(from: readonly Stem[], changes: Partial<Passage> = {}): Promise<readonly MeterFrame[]> {
  const heard: MeterFrame[] = [];
  const passage: Passage = {
    mixer,
    moves: [],
    stems: from,
    sampleRate: 48_000,
    fromFrame: 0,
    toFrame: frames,
    lengthFrames: frames,
    tailSeconds: 0,
    onProgress: () => undefined,
    onMeters: (frame) => heard.push(frame),
    signal: undefined,
    ...changes,
  };
  await renderPassage(passage, () => Promise.resolve());
  return heard;
}

test('the meters of every block are told once, in order, and each with values of its own', async (t) => {
  const heard = await metersOf(stems);
  t.true(heard.length >= Math.ceil(frames / blockFrames));
  t.deepEqual(
    heard.map(({atFrame}) => atFrame),
    heard.map((_, index) => index * blockFrames),
  );
  t.true(heard.every((frame) => frame.frames === blockFrames && frame.rolling));
  t.is(new Set(heard.map(({values}) => values.buffer)).size, heard.length);
});

test('a stem that forgets what was fetched changes nothing of what the meters say', async (t) => {
  const forgetful = stems.map((stem) => forgetfulStem(stem, 20_000));
  t.deepEqual(await metersOf(forgetful), await metersOf(stems));
});

test('where the passage ends before the stems do, the meters say that the tape no longer rolls', async (t) => {
  const heard = await metersOf(stems, {toFrame: 50 * blockFrames, tailSeconds: 0.1});
  t.deepEqual(
    heard.map(({rolling}) => rolling),
    heard.map(({atFrame}) => atFrame < 50 * blockFrames),
  );
});
