import {mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import wavefile from 'wavefile';
import {type BounceOptions, bounce} from '../../../src/engine/bounce.ts';
import {blockFrames} from '../../../src/engine/graph.ts';
import type {Stem} from '../../../src/engine/stem.ts';
import {openWavWriter} from '../../../src/engine/wav-writer.ts';
import {masterFields} from '../../../src/model/meter.ts';
import {DeskError} from '../../../src/model/problem.ts';
import {mixerOf, renderAll} from '../graph/rig.ts';
import {noise, sine} from '../graph/signal.ts';
import {forgetfulStem, memoryStem} from '../memory-stem.ts';

const frames = 100_000;
const mixer = mixerOf(
  [{levelDb: -3.2}, {channels: 1, pan: -0.3, trimDb: 2}, {muted: true}, {pan: 0.7, polarityInverted: true}],
  -1,
);
const stems: readonly (Stem | undefined)[] = [
  memoryStem(noise(frames, 1), noise(frames, 2)),
  memoryStem(sine(frames, 440, 48_000)),
  undefined,
  memoryStem(noise(frames - 30_000, 3), noise(frames - 30_000, 4)),
];

const folder = await mkdtemp(join(tmpdir(), 'bounce-'));
test.after.always(() => rm(folder, {recursive: true, force: true}));

function optionsFor(name: string, changes: Partial<BounceOptions> = {}): BounceOptions {
  return {
    mixer,
    stems,
    sampleRate: 48_000,
    lengthFrames: frames,
    target: join(folder, name),
    format: 'pcm24',
    ...changes,
  };
}

/** The samples of a file by a reader that is not ours, as −1…1. */
async function samplesOf(
  path: string,
): Promise<{left: Float64Array; right: Float64Array; rate: unknown; bits: string}> {
  const wav = new wavefile.WaveFile(await readFile(path));
  const scale = wav.bitDepth === '24' ? 2 ** 23 : 1;
  const [left, right] = wav.getSamples(false) as unknown as [Float64Array, Float64Array];
  const {sampleRate} = wav.fmt as {sampleRate: number};
  return {left: left.map((x) => x / scale), right: right.map((x) => x / scale), rate: sampleRate, bits: wav.bitDepth};
}

test('a float bounce holds the very samples the graph renders', async (t) => {
  const result = await bounce(optionsFor('float.wav', {format: 'float32'}));
  const live = await renderAll(mixer, stems, Math.ceil(frames / blockFrames));
  const {left, right, rate, bits} = await samplesOf(join(folder, 'float.wav'));
  t.is(rate, 48_000);
  t.is(bits, '32f');
  t.is(left.length, frames);
  t.deepEqual(Float32Array.from(left), live.left.subarray(0, frames));
  t.deepEqual(Float32Array.from(right), live.right.subarray(0, frames));
  const peak = Math.max(
    ...live.blocks.flatMap(({meters}) => [...meters.subarray(-masterFields + 2, -masterFields + 4)]),
  );
  t.like(result, {frames, peakDb: 20 * Math.log10(peak), starvedBlocks: 0, target: join(folder, 'float.wav')});
});

test('two bounces of the same mix are the same file, byte for byte, in both formats', async (t) => {
  for (const format of ['pcm24', 'float32'] as const) {
    await bounce(optionsFor('one.wav', {format}));
    await bounce(optionsFor('two.wav', {format}));
    t.deepEqual(await readFile(join(folder, 'one.wav')), await readFile(join(folder, 'two.wav')));
  }
});

test('a 24-bit bounce lies within one and a half steps of the graph, and its error is noise of a quarter step²', async (t) => {
  await bounce(optionsFor('pcm.wav'));
  const live = await renderAll(mixer, stems, Math.ceil(frames / blockFrames));
  const {left} = await samplesOf(join(folder, 'pcm.wav'));
  const errors = left.map((value, index) => (value - (live.left[index] ?? 0)) * 2 ** 23);
  t.true(errors.every((error) => Math.abs(error) <= 1.5));
  const mean = errors.reduce((sum, error) => sum + error, 0) / frames;
  const power = errors.reduce((sum, error) => sum + error ** 2, 0) / frames;
  const follow = errors.reduce((sum, error, index) => sum + error * (live.left[index] ?? 0), 0) / frames;
  t.true(Math.abs(mean) < 0.01, `mean ${mean}`);
  t.true(Math.abs(power - 0.25) < 0.01, `power ${power}`);
  t.true(Math.abs(follow) < 0.002, `correlation with the signal ${follow}`);
});

test('what is louder than full scale is held, counted and told', async (t) => {
  const loud = sine(48_000, 1000, 48_000, 0.9);
  const result = await bounce(
    optionsFor('loud.wav', {mixer: mixerOf([{levelDb: 6}]), stems: [memoryStem(loud, loud)], lengthFrames: 48_000}),
  );
  t.true(Math.abs(result.peakDb - (20 * Math.log10(0.9) + 6)) < 0.01);
  t.true(result.overs > 10_000);
  const {left} = await samplesOf(join(folder, 'loud.wav'));
  t.true(left.every((value) => Math.abs(value) <= 1));
  t.is(Math.max(...left), 1 - 2 ** -23);
});

test('progress rises to the whole', async (t) => {
  const told: number[] = [];
  await bounce(optionsFor('progress.wav', {onProgress: (fraction) => told.push(fraction)}));
  t.deepEqual(
    told,
    [...told].sort((one, other) => one - other),
  );
  t.true(told.length >= 3 && (told[0] ?? 1) < 0.5);
  t.is(told.at(-1), 1);
});

test('a stem that forgets is asked again: silence never stands in', async (t) => {
  const forgetful = stems.map((stem) => stem && forgetfulStem(stem, 20_000));
  const result = await bounce(optionsFor('forgetful.wav', {stems: forgetful}));
  t.true(result.starvedBlocks > 0);
  await bounce(optionsFor('sure.wav'));
  t.deepEqual(await readFile(join(folder, 'forgetful.wav')), await readFile(join(folder, 'sure.wav')));
});

test('an abort, a stem that fails and a stem without samples leave nothing behind, and an older file as it was', async (t) => {
  const place = join(folder, 'kept');
  await mkdir(place);
  await writeFile(join(place, 'mix.wav'), 'older');
  const target = join(place, 'mix.wav');
  const control = new AbortController();
  const stop = new Error('stop');
  await t.throwsAsync(bounce(optionsFor('', {target, signal: control.signal, onProgress: () => control.abort(stop)})), {
    is: stop,
  });
  await t.throwsAsync(bounce(optionsFor('', {target, signal: AbortSignal.abort(stop)})), {is: stop});

  const waiting = new AbortController();
  const endless: Stem = {
    ...memoryStem(noise(frames, 1)),
    prepare: () => new Promise(() => setImmediate(() => waiting.abort(stop))),
  };
  await t.throwsAsync(
    bounce(optionsFor('', {target, stems: [endless], mixer: mixerOf([{}]), signal: waiting.signal})),
    {is: stop},
  );

  const gone = new DeskError('file.unreadable', 'The disk went away.');
  const failing: Stem = {
    ...memoryStem(noise(frames, 1)),
    prepare: (at) => (at > 0 ? Promise.reject(gone) : Promise.resolve()),
  };
  await t.throwsAsync(bounce(optionsFor('', {target, stems: [failing], mixer: mixerOf([{}])})), {is: gone});

  const empty: Stem = {...memoryStem(noise(frames, 1)), read: () => false};
  const error = await t.throwsAsync(bounce(optionsFor('', {target, stems: [empty], mixer: mixerOf([{}])})), {
    instanceOf: DeskError,
  });
  t.regex(error?.message ?? '', /no samples at frame 0/);

  t.deepEqual(await readdir(place), ['mix.wav']);
  t.is(await readFile(target, 'utf8'), 'older');
  await bounce(optionsFor('', {target}));
  t.not((await readFile(target)).length, 5);
  t.deepEqual(await readdir(place), ['mix.wav']);
});

test('a place that cannot be written is told with what to do', async (t) => {
  await mkdir(join(folder, 'a-folder'));
  const cases = [
    ['no/such/folder/mix.wav', /its folder does not exist: make it/],
    ['a-folder', /is a folder: name a file in it/],
    [`${'x'.repeat(300)}.wav`, /name is too long/],
  ] as const;
  for (const [name, reason] of cases) {
    const error = await t.throwsAsync(bounce(optionsFor(name)), {instanceOf: DeskError});
    t.is(error?.code, 'file.unwritable');
    t.regex(error?.message ?? '', reason);
  }
  const device = await t.throwsAsync(bounce(optionsFor('', {target: '/dev/null'})), {instanceOf: DeskError});
  t.regex(device?.message ?? '', /no ordinary file/);
});

test('a writer that is abandoned takes its file away, and may be abandoned twice', async (t) => {
  const place = join(folder, 'abandoned');
  await mkdir(place);
  const writer = await openWavWriter({target: join(place, 'mix.wav'), format: 'pcm24', sampleRate: 48_000, frames: 10});
  await writer.write(new Float32Array(10), new Float32Array(10));
  t.is((await readdir(place)).length, 1);
  await writer.abandon();
  await writer.abandon();
  t.deepEqual(await readdir(place), []);
});

test('a bounce onto a link writes the file the link means', async (t) => {
  await writeFile(join(folder, 'meant.wav'), '');
  await symlink(join(folder, 'meant.wav'), join(folder, 'link.wav'));
  await bounce(optionsFor('link.wav'));
  t.true((await readFile(join(folder, 'meant.wav'))).length > 6 * frames);
});
