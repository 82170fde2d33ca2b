import {join} from 'node:path';
import test from 'ava';
import {type BounceOptions, bounce} from '../../../src/engine/bounce.ts';
import {createTailGate} from '../../../src/engine/bounce-tail.ts';
import {blockFrames} from '../../../src/engine/graph.ts';
import {newMixer, newStrip} from '../../../src/model/mixer.ts';
import {mixerOf} from '../graph/rig.ts';
import {noise} from '../graph/signal.ts';
import {memoryStem} from '../memory-stem.ts';
import {readSound, scratchFolder} from './scratch.ts';

const folder = await scratchFolder();
test.after.always(() => folder.remove());

const sampleRate = 48_000;
const dry = newMixer({strips: [newStrip({id: 's', name: 'S'})]});
const wet = newMixer({strips: [newStrip({id: 's', name: 'S'}), newStrip({id: 'r', name: 'R', kind: 'return'})]});
const threshold = 10 ** (-90 / 20);

/** Lets pieces through a gate; each is a length and a level, and the frames that come out are told. */
function passed(gate: ReturnType<typeof createTailGate>, pieces: readonly (readonly [number, number])[]): number[] {
  return pieces.map(([length, level]) =>
    gate
      .pass(new Float32Array(length), new Float32Array(length).fill(level))
      .reduce((sum, {left, right}) => sum + (left.length === right.length ? left.length : Number.NaN), 0),
  );
}

test('a tail of fixed length passes whole, silent or not', (t) => {
  const gate = createTailGate({mixer: dry, sampleRate, tailSeconds: 1});
  t.deepEqual(
    passed(gate, [
      [100, 0.5],
      [0, 0],
      [48_000, 0],
    ]),
    [100, 0, 48_000],
  );
  t.false(gate.isOver());
});

test('quiet frames are kept back until louder ones follow, and the last loud frame is the end', (t) => {
  const gate = createTailGate({mixer: wet, sampleRate, tailSeconds: 'until-silent'});
  t.deepEqual(
    passed(gate, [
      [100, threshold * 1.01],
      [1000, threshold * 0.99],
      [500, 0],
      [10, 1],
      [70, 0],
    ]),
    [100, 0, 0, 1510, 0],
  );
  const edge = gate.pass(Float32Array.from([0, 0, -1, 0, 0]), new Float32Array(5));
  t.deepEqual(
    edge.map(({left}) => left.length),
    [70, 3],
  );
});

test('silence is believed after a tenth of a second, or after the longest echo where there is a return', (t) => {
  for (const [mixer, seconds] of [
    [dry, 0.1],
    [wet, 2.5],
  ] as const) {
    const gate = createTailGate({mixer, sampleRate, tailSeconds: 'until-silent'});
    passed(gate, [
      [100, 1],
      [seconds * sampleRate - 1, 0],
    ]);
    t.false(gate.isOver());
    passed(gate, [[1, 0]]);
    t.true(gate.isOver());
    passed(gate, [[1, 1]]);
    t.false(gate.isOver());
  }
});

const frames = 20_000;
const sound = noise(frames, 1, 0.5);

function optionsFor(name: string, changes: Partial<BounceOptions>): BounceOptions {
  const target = join(folder.path, name);
  return {
    mixer: mixerOf([{}]),
    stems: [memoryStem(sound, sound)],
    sampleRate,
    lengthFrames: frames,
    target,
    format: 'float32',
    ...changes,
  };
}

test('a tail of fixed length is in the file, silent where nothing rings', async (t) => {
  const {frames: length} = await bounce(optionsFor('fixed.wav', {tailSeconds: 0.5}));
  t.is(length, frames + 24_000);
  const {left} = await readSound(join(folder.path, 'fixed.wav'));
  t.deepEqual(left.subarray(0, frames), (await bounced('whole.wav', {})).left);
  t.true(left.subarray(frames).every((value) => value === 0));
});

test('until it is silent: a mix that ends with its stems has no tail', async (t) => {
  t.is((await bounce(optionsFor('silent.wav', {tailSeconds: 'until-silent'}))).frames, frames);
});

test('where the range ends before the stems, its tail is without them, and without a click', async (t) => {
  const toFrame = 10_000;
  const {left} = await bounced('cut.wav', {toFrame, tailSeconds: 0.1});
  t.is(left.length, toFrame + 4800);
  t.deepEqual(left.subarray(0, toFrame), (await bounced('whole.wav', {})).left.subarray(0, toFrame));
  t.true(left.subarray(toFrame + 2 * blockFrames).every((value) => value === 0));
  const {left: ringing} = await bounced('ringing.wav', {toFrame, tailSeconds: 'until-silent'});
  t.true(ringing.length >= toFrame && ringing.length <= toFrame + 2 * blockFrames, `${ringing.length}`);
});

async function bounced(name: string, changes: Partial<BounceOptions>) {
  await bounce(optionsFor(name, changes));
  return readSound(join(folder.path, name));
}

test('a range is the very part of the whole, wherever it begins and ends', async (t) => {
  const moves = [{atFrame: 5000, mixer: mixerOf([{levelDb: -20}])}];
  for (const [name, changes] of [
    ['still', {}],
    ['moved', {moves}],
  ] as const) {
    const whole = await bounced(`${name}.wav`, changes);
    for (const [fromFrame, toFrame] of [
      [0, 1],
      [511, 513],
      [5001, 12_345],
      [blockFrames * 9, frames],
      [frames - 1, frames],
    ] as const) {
      const part = await bounced(`${name}-part.wav`, {...changes, fromFrame, toFrame});
      t.deepEqual(part.left, whole.left.subarray(fromFrame, toFrame), `${name} ${fromFrame}…${toFrame}`);
      t.deepEqual(part.right, whole.right.subarray(fromFrame, toFrame));
    }
  }
});

test('peaks and overs are those of the range', async (t) => {
  const loudAtFirst = sound.map((value, frame) => (frame < 5000 ? 4 * value : value / 4));
  const stems = [memoryStem(loudAtFirst, loudAtFirst)];
  const whole = await bounce(optionsFor('loud.wav', {stems}));
  const quiet = await bounce(optionsFor('quiet.wav', {stems, fromFrame: 12_000}));
  t.true(whole.peakDb > 5 && whole.overs > 0);
  t.true(quiet.peakDb < -17 && quiet.overs === 0);
  t.true(quiet.loudness.samplePeakDb < -17);
});
