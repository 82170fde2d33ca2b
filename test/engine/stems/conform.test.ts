import {readdir, readFile, stat, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type ConformJob, conform, conformedFormat} from '../../../src/engine/stems/conform.ts';
import {createPartFile, type PartFile} from '../../../src/engine/stems/part-file.ts';
import {openSound} from '../../../src/engine/stems/probe.ts';
import {waveHeader} from '../../../src/engine/stems/wave-writer.ts';
import {DeskError} from '../../../src/model/problem.ts';
import {fixtureBytes, fixturePath, scratchFile, scratchFolder} from './scratch.ts';
import {errorDb, tone, toneSamples} from './tone.ts';
import {wave16} from './wave-bytes.ts';
import {decodeWhole} from './whole.ts';

async function jobFor(t: ExecutionContext, path: string, sampleRate: number): Promise<ConformJob> {
  const folder = await scratchFolder(t);
  const {size, mtimeMs} = await stat(path);
  const names = {partPath: join(folder, 'a.part'), finalPath: join(folder, 'a.wav')};
  return {id: 1, path, size, modifiedMs: mtimeMs, sampleRate, ...names};
}

async function complete(job: ConformJob): Promise<number[]> {
  const frames: number[] = [];
  for await (const done of conform(job)) frames.push(done);
  return frames;
}

for (const [name, bits, bytes] of [
  ['tone.flac', 16, 2],
  ['tone-24.flac', 24, 3],
] as const) {
  test(`${name} is conformed at its own rate without losing or adding a bit`, async (t) => {
    const job = await jobFor(t, fixturePath(name), 44_100);
    t.is((await complete(job)).at(-1), 11_025);
    const result = await decodeWhole(job.finalPath);
    t.like(result.header, {format: 'wav', sampleRate: 44_100, bits, lengthFrames: 11_025});
    t.deepEqual(result.channels, (await decodeWhole(fixturePath(name))).channels);
    t.is((await stat(job.finalPath)).size, 80 + 11_025 * bytes * result.channels.length);
  });
}

for (const [name, from] of [
  ['tone.flac', 44_100],
  ['tone.mp3', 44_100],
  ['tone.ogg', 44_100],
  ['tone.opus', 48_000],
] as const) {
  for (const to of [44_100, 48_000, 96_000]) {
    if (from === to) continue;
    test(`${name} is conformed from ${from} to ${to} Hz in floats, in time`, async (t) => {
      const job = await jobFor(t, fixturePath(name), to);
      const frames = await complete(job);
      t.deepEqual(
        frames,
        [...frames].sort((a, b) => a - b),
      );
      const {header, channels} = await decodeWhole(job.finalPath);
      t.like(header, {bits: 32, sampleRate: to, lengthFrames: Math.round(to / 4)});
      const error = errorDb(channels[0] ?? new Float32Array(), (frame) => tone(0, frame, to), to / 50, to / 5);
      t.true(error < -30, `${error} dB`);
    });
  }
}

test('a linear file of another rate is converted', async (t) => {
  const path = await scratchFile(t, wave16([toneSamples(0, 32_000, 32_000)], 32_000));
  const job = await jobFor(t, path, 48_000);
  await complete(job);
  const {header, channels} = await decodeWhole(job.finalPath);
  t.like(header, {lengthFrames: 48_000, sampleRate: 48_000, channels: 1});
  t.true(errorDb(channels[0] ?? new Float32Array(), (frame) => tone(0, frame, 48_000), 500, 47_500) < -80);
});

test('a lossy file of the right rate keeps its floats', async (t) => {
  const opened = await openSound(fixturePath('tone.ogg'));
  if (opened.type === 'refused') return t.fail(opened.problem.reason);
  await opened.file.handle.close();
  t.like(conformedFormat(opened.header, 44_100), {lengthFrames: 11_025, encoding: {kind: 'float', bytes: 4}});
});

test('the part file can be read as far as the yields say, and nothing is left of work that is ended early', async (t) => {
  const job = await jobFor(t, await scratchFile(t, wave16([toneSamples(0, 60_000)], 44_100)), 48_000);
  const work = conform(job);
  let done = 0;
  while (done < 20_000) done = (await work.next()).value ?? 0;
  t.true((await stat(job.partPath)).size >= 80 + done * 4);
  await work.return();
  t.deepEqual(await readdir(join(job.partPath, '..')), []);
});

test('damage under way ends in a DeskError with the reason and removes the part file', async (t) => {
  const bytes = Buffer.from(await fixtureBytes('tone.flac'));
  bytes.writeUInt8(bytes.readUInt8(5000) ^ 255, 5000);
  const job = await jobFor(t, await scratchFile(t, bytes), 44_100);
  await t.throwsAsync(complete(job), {instanceOf: DeskError, message: /^frame \d damaged at byte \d+$/});
  t.deepEqual(await readdir(join(job.partPath, '..')), []);
});

test('a file that is not what it was when it was asked for is refused', async (t) => {
  const path = await scratchFile(t, await fixtureBytes('tone.flac'));
  const job = await jobFor(t, path, 44_100);
  await utimes(path, 1, 1);
  await t.throwsAsync(complete(job), {code: 'audio.invalid', message: /changed/});
});

test('a full disk is a DeskError that blames the cache', async (t) => {
  const job = await jobFor(t, fixturePath('tone.flac'), 48_000);
  const full = async (path: string): Promise<PartFile> => {
    const part = await createPartFile(path);
    return {...part, write: async () => Promise.reject(new DeskError('file.unwritable', 'the disk is full'))};
  };
  const work = conform(job, full);
  await t.throwsAsync(work.next(), {code: 'file.unwritable', message: 'the disk is full'});
  t.deepEqual(await readdir(join(job.partPath, '..')), []);
});

test('a part file does not overwrite, and says in plain words why it cannot be written', async (t) => {
  const path = await scratchFile(t, Buffer.from('mine'));
  await t.throwsAsync(createPartFile(path), {code: 'file.unwritable'});
  t.is((await readFile(path)).toString(), 'mine');
  await t.throwsAsync(createPartFile(join(path, 'below')), {code: 'file.unwritable', message: /cannot be written to/});
});

test('a complete part file has its final name and no other, and survives being discarded', async (t) => {
  const folder = await scratchFolder(t);
  const part = await createPartFile(join(folder, 'a.part'));
  await part.write(Buffer.from('lo world'), 3);
  await part.write(Buffer.from('hel'), 0);
  await part.complete(join(folder, 'a.wav'));
  await part.discard();
  t.deepEqual(await readdir(folder), ['a.wav']);
  t.is((await readFile(join(folder, 'a.wav'))).toString(), 'hello world');
});

test('more than 4 GB are written as RF64 that the reader understands', async (t) => {
  const encoding = {kind: 'float', bytes: 4, littleEndian: true} as const;
  const frames = 700_000_000;
  const header = waveHeader(encoding, 2, 48_000, frames);
  t.is(Buffer.from(header).toString('latin1', 0, 4), 'RF64');
  const path = await scratchFile(t, header);
  const {truncate} = await import('node:fs/promises');
  await truncate(path, 80 + frames * 8);
  const opened = await openSound(path);
  if (opened.type === 'refused') return t.fail(opened.problem.reason);
  t.like(opened.header, {lengthFrames: frames, channels: 2, bits: 32});
  await opened.file.handle.close();
});

test('headers of every encoding are read back', async (t) => {
  for (const [kind, bytes] of [
    ['int', 2],
    ['int', 3],
    ['float', 4],
  ] as const) {
    const header = waveHeader({kind, bytes, littleEndian: true}, 1, 96_000, 10);
    const path = await scratchFile(t, Buffer.concat([header, Buffer.alloc(10 * bytes)]));
    t.like((await decodeWhole(path)).header, {bits: bytes * 8, sampleRate: 96_000, lengthFrames: 10});
    await writeFile(path, header);
    t.is((await openSound(path)).type, 'refused');
  }
});
