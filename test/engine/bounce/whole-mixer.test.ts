import {join} from 'node:path';
import test from 'ava';
import {type BounceOptions, type BounceResult, bounce} from '../../../src/engine/bounce.ts';
import {newMixer, newStrip} from '../../../src/model/mixer.ts';
import {noise, sine} from '../graph/signal.ts';
import {memoryStem} from '../memory-stem.ts';
import {type ReadSound, readSound, scratchFolder} from './scratch.ts';

/** Bounces of a mixer with everything in it: processing, sends, effects, the limiter. */
const folder = await scratchFolder();
test.after.always(() => folder.remove());

const sampleRate = 48_000;
const frames = 30_000;

const mixer = newMixer({
  strips: [
    newStrip({
      id: 'a',
      name: 'A',
      output: 'bus',
      parameters: {
        'eq2.on': 1,
        'eq2.gainDb': 6,
        'comp.on': 1,
        'comp.thresholdDb': -30,
        'send1.on': 1,
        'send1.levelDb': 0,
      },
    }),
    newStrip({id: 'b', name: 'B', parameters: {'gate.on': 1, 'send2.on': 1, 'send2.levelDb': -6}}),
    newStrip({id: 'bus', name: 'Bus', kind: 'group', parameters: {'sat.on': 1}}),
    newStrip({id: 'hall', name: 'Hall', kind: 'return', effect: {kind: 'reverb', values: {decaySeconds: 0.6}}}),
    newStrip({id: 'echo', name: 'Echo', kind: 'return', effect: {kind: 'delay', values: {timeMs: 900, feedback: 20}}}),
  ],
  masterParameters: {'limiter.on': 1, 'limiter.ceilingDb': -3},
});
const stems = [
  memoryStem(noise(frames, 1, 0.9), noise(frames, 2, 0.9)),
  memoryStem(sine(frames, 220, sampleRate, 0.8)),
  ...[undefined, undefined, undefined],
];

async function bounced(name: string, changes: Partial<BounceOptions> = {}): Promise<ReadSound & BounceResult> {
  const target = join(folder.path, `${name}.wav`);
  const form = {mixer, stems, sampleRate, lengthFrames: frames, format: 'float32', target} as const;
  return {...(await bounce({...form, ...changes})), ...(await readSound(target))};
}

const peakOf = (samples: Float32Array): number => samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);

test('two bounces are the same to the bit, and a range is the very part of the whole', async (t) => {
  const [one, two] = [await bounced('one', {tailSeconds: 1}), await bounced('two', {tailSeconds: 1})];
  t.deepEqual(one.left, two.left);
  t.deepEqual(one.right, two.right);
  t.true(peakOf(one.left) > 0.3);
  for (const [fromFrame, toFrame] of [
    [7777, 20_001],
    [29_000, frames],
  ] as const) {
    const part = await bounced('part', {fromFrame, toFrame});
    t.deepEqual(part.left, one.left.subarray(fromFrame, toFrame));
  }
});

test('the limiter’s latency is not in the file: what is at a frame of the stems is at that frame of the bounce', async (t) => {
  const click = new Float32Array(frames);
  for (const frame of [0, 1, 511, 12_345, frames - 1]) click[frame] = 0.25;
  for (const on of [0, 1]) {
    const bare = newMixer({strips: [newStrip({id: 'a', name: 'A'})], masterParameters: {'limiter.on': on}});
    const {left} = await bounced(`click-${on}`, {mixer: bare, stems: [memoryStem(click, click)]});
    t.deepEqual(left, click);
  }
});

test('the ceiling holds in the file by its own true-peak report', async (t) => {
  const {loudness} = await bounced('limited', {tailSeconds: 'until-silent'});
  t.true(loudness.truePeakDb <= -3, `${loudness.truePeakDb}`);
  t.true(loudness.truePeakDb > -5);
});

test('a tail lasts until the last echo is silent, and is no longer', async (t) => {
  const {left, right, frames: length} = await bounced('tail', {tailSeconds: 'until-silent'});
  t.is(left.length, length);
  t.true(length > frames + 0.9 * sampleRate, 'the first echo is in it');
  t.true(length < frames + 10 * sampleRate);
  const last = Math.max(Math.abs(left[length - 1] ?? 0), Math.abs(right[length - 1] ?? 0));
  t.true(last >= 10 ** (-90 / 20), `it ends at ${20 * Math.log10(last)} dBFS`);
  const longer = await bounced('longer', {tailSeconds: 10});
  t.deepEqual(longer.left.subarray(0, length), left);
  t.true(peakOf(longer.left.subarray(length)) < 10 ** (-90 / 20));
  t.true(peakOf(longer.right.subarray(length)) < 10 ** (-90 / 20));
});

test('a tail that never ends is cut after ten seconds', async (t) => {
  const strips = mixer.strips.map((strip) =>
    strip.id === 'echo' ? {...strip, effect: {kind: 'delay', values: {timeMs: 2000, feedback: 95}} as const} : strip,
  );
  const {frames: length} = await bounced('endless', {mixer: {...mixer, strips}, tailSeconds: 'until-silent'});
  t.true(length > frames + 7 * sampleRate && length <= frames + 10 * sampleRate, `${length}`);
});
