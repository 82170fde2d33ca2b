import test, {type ExecutionContext} from 'ava';
import {type Conforming, createConformedSource, createConforming} from '../../../src/engine/stems/conformed-source.ts';
import {decodeSamples, encodeSamples} from '../../../src/engine/stems/sample-encoding.ts';
import {waveHeader} from '../../../src/engine/stems/wave-writer.ts';
import {DeskError, type Problem} from '../../../src/model/problem.ts';
import {scratchFile} from './scratch.ts';
import {noise} from './tone.ts';

const encoding = {kind: 'float', bytes: 4, littleEndian: true} as const;
const format = {channels: 1, sampleRate: 48_000, lengthFrames: 1000, encoding};

function newConforming(): {conforming: Conforming; problems: Problem[]} {
  const problems: Problem[] = [];
  return {conforming: createConforming('/stems/kick.mp3', format, (problem) => problems.push(problem)), problems};
}

/** Whether a promise has settled by now. */
async function settled(promise: Promise<void>): Promise<boolean> {
  const pending = Symbol();
  const first = await Promise.race([promise.catch(() => {}), new Promise((resolve) => setImmediate(resolve, pending))]);
  return first !== pending;
}

test('who waits for frames waits until they are there, and no longer', async (t) => {
  const {conforming} = newConforming();
  const [few, many] = [conforming.reach(100), conforming.reach(500)];
  t.false(await settled(few));
  conforming.hear({type: 'progressed', id: 1, frames: 99});
  t.false(await settled(few));
  conforming.hear({type: 'progressed', id: 1, frames: 100});
  t.true(await settled(few));
  t.false(await settled(many));
  conforming.hear({type: 'finished', id: 1});
  await many;
  await conforming.reach(1000);
  t.is(conforming.problem(), undefined);
});

test('a failure ends all waiting, now and later, and leaves what was there before', async (t) => {
  const {conforming, problems} = newConforming();
  conforming.hear({type: 'progressed', id: 1, frames: 300});
  const waiting = t.throwsAsync(conforming.reach(500), {instanceOf: DeskError, code: 'audio.invalid'});
  conforming.hear({type: 'failed', id: 1, blame: 'source', reason: 'frame 7 damaged', hint: 'Copy it.'});
  const error = await waiting;
  t.is(error?.message, '/stems/kick.mp3: frame 7 damaged');
  await t.throwsAsync(conforming.reach(301), {instanceOf: DeskError});
  await conforming.reach(300);
  const problem: Problem = {path: '/stems/kick.mp3', reason: 'frame 7 damaged', hint: 'Copy it.', severity: 'error'};
  t.deepEqual(problems, [problem]);
  t.deepEqual(conforming.problem(), problem);
});

test('a cache that cannot be written is told apart from a damaged source', async (t) => {
  const {conforming} = newConforming();
  conforming.hear({type: 'failed', id: 1, blame: 'cache', reason: 'its disk is full'});
  await t.throwsAsync(conforming.reach(1), {code: 'file.unwritable'});
});

test('who gives up is let go, the others wait on', async (t) => {
  const {conforming} = newConforming();
  const end = new AbortController();
  const [leaving, staying] = [conforming.reach(500, end.signal), conforming.reach(500)];
  end.abort();
  await t.throwsAsync(leaving, {instanceOf: DeskError});
  t.false(await settled(staying));
  conforming.hear({type: 'finished', id: 1});
  await staying;
});

async function growing(t: ExecutionContext, samples: Float32Array): Promise<string> {
  const header = waveHeader(encoding, 1, 48_000, 1000);
  return scratchFile(t, Buffer.concat([header, encodeSamples(encoding, [samples], samples.length)]));
}

test('a growing file is read as far as it is told to be there', async (t) => {
  const samples = noise(600);
  const {conforming} = newConforming();
  const path = await growing(t, samples);
  const source = await createConformedSource(path, '/stems/kick.mp3', conforming, () => {});
  const bytes = new Uint8Array(600 * encoding.bytes);
  const loading = source.load(0, 600, bytes);
  t.false(await settled(loading));
  conforming.hear({type: 'progressed', id: 1, frames: 600});
  await loading;
  const into = new Float32Array(600);
  decodeSamples(source.encoding, bytes, 600, [into]);
  t.deepEqual(into, samples);
  await source.close();
});

test('closing ends a load that waits', async (t) => {
  const {conforming} = newConforming();
  const path = await growing(t, noise(10));
  const source = await createConformedSource(path, '/stems/kick.mp3', conforming, () => {});
  const loading = t.throwsAsync(source.load(0, 600, new Uint8Array(2400)), {instanceOf: DeskError});
  await source.close();
  await source.close();
  await loading;
});

test('a file that lost its end is a problem of the stem, not of the cache file', async (t) => {
  const {conforming} = newConforming();
  const problems: Problem[] = [];
  const path = await growing(t, noise(10));
  const source = await createConformedSource(path, '/stems/kick.mp3', conforming, (problem) => {
    problems.push(problem);
  });
  conforming.hear({type: 'finished', id: 1});
  await t.throwsAsync(source.load(0, 600, new Uint8Array(2400)), {code: 'file.unreadable'});
  t.is(problems[0]?.path, '/stems/kick.mp3');
  await source.close();
});

test('a growing file that is not there is a DeskError', async (t) => {
  const {conforming} = newConforming();
  const opening = createConformedSource('/nowhere/x.part', '/stems/kick.mp3', conforming, () => {});
  await t.throwsAsync(opening, {instanceOf: DeskError, code: 'file.unreadable'});
});
