import {mkdir, readdir, stat, truncate, unlink, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import type {Stem} from '../../../src/engine/stem.ts';
import {conform} from '../../../src/engine/stems/conform.ts';
import {type Conformer, createConformer} from '../../../src/engine/stems/conformer.ts';
import {createStemOpener, type StemOpener} from '../../../src/engine/stems/stem-opener.ts';
import {chunkFrames} from '../../../src/engine/stems/stem-window.ts';
import {DeskError} from '../../../src/model/problem.ts';
import {fixtureBytes, fixturePath, scratchFile, scratchFolder} from './scratch.ts';
import {errorDb, noise, tone, toneSamples} from './tone.ts';
import {wave16, wave32f} from './wave-bytes.ts';
import {decodeWhole} from './whole.ts';

/** Decodes in this thread: starting one costs more than all the decoding here. */
function inThread(): Conformer {
  return createConformer(() => {
    throw new Error('no threads');
  });
}

async function openerFor(t: ExecutionContext, sampleRate: number, folder?: string): Promise<StemOpener> {
  const opener = createStemOpener({sampleRate, cacheFolder: folder ?? (await scratchFolder(t))}, inThread());
  t.teardown(() => opener.close());
  return opener;
}

async function openStem(t: ExecutionContext, opener: StemOpener, path: string): Promise<Stem> {
  const opened = await opener.open(path);
  if (opened.type === 'refused') throw new Error(opened.problem.reason);
  t.teardown(() => opened.stem.close());
  return opened.stem;
}

async function readAll(stem: Stem): Promise<Float32Array[]> {
  const sides = [new Float32Array(stem.lengthFrames), new Float32Array(stem.lengthFrames)];
  for (let frame = 0; frame < stem.lengthFrames; frame += 512) {
    const frames = Math.min(512, stem.lengthFrames - frame);
    await stem.prepare(frame, frames);
    const [left = new Float32Array(), right = new Float32Array()] = sides.map((side) =>
      side.subarray(frame, frame + frames),
    );
    if (!stem.read(frame, left, right)) throw new Error(`not there at ${frame}`);
  }
  return sides;
}

/** Until the cache holds so many finished files. */
async function kept(folder: string, count: number): Promise<string[]> {
  for (;;) {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.wav'));
    if (names.length >= count) return names;
    await wait(10);
  }
}

for (const name of ['tone.flac', 'tone-24.flac', 'tone.mp3', 'tone.ogg']) {
  test(`${name} sounds as a stem just as it is decoded`, async (t) => {
    const stem = await openStem(t, await openerFor(t, 44_100), fixturePath(name));
    const {channels} = await decodeWhole(fixturePath(name));
    const [left, right] = await readAll(stem);
    t.deepEqual(left, channels[0]);
    t.deepEqual(right, channels[channels.length - 1]);
  });
}

test('a linear file of the right rate is streamed as it is, and nothing is written', async (t) => {
  const folder = join(await scratchFolder(t), 'cache');
  const samples = [noise(100_000), noise(100_000, 5)];
  const stem = await openStem(t, await openerFor(t, 48_000, folder), await scratchFile(t, wave32f(samples)));
  t.is(stem.channels, 2);
  t.deepEqual(await readAll(stem), samples);
  await t.throwsAsync(stat(folder), {code: 'ENOENT'});
});

test('random seeks in a conformed stem give what a whole decode gives', async (t) => {
  const length = chunkFrames * 3 + 777;
  const path = await scratchFile(t, wave16([noise(length), noise(length, 9)], 44_100));
  const folder = await scratchFolder(t);
  const stem = await openStem(t, await openerFor(t, 48_000, folder), path);
  const whole = await readAll(stem);
  const [left, right] = [new Float32Array(600), new Float32Array(600)];
  await fc.assert(
    fc.asyncProperty(fc.integer({min: -1000, max: stem.lengthFrames + 1000}), async (frame) => {
      await stem.prepare(frame, 600);
      return (
        stem.read(frame, left, right) &&
        left.every((sample, i) => sample === (whole[0]?.[frame + i] ?? 0)) &&
        right.every((sample, i) => sample === (whole[1]?.[frame + i] ?? 0))
      );
    }),
    {numRuns: 60},
  );
  t.pass();
});

test('a stem of another rate stands in time and at its level', async (t) => {
  const path = await scratchFile(t, wave32f([toneSamples(0, 44_100), toneSamples(1, 44_100)], 44_100));
  const stem = await openStem(t, await openerFor(t, 48_000), path);
  t.is(stem.lengthFrames, 48_000);
  for (const [side, samples] of (await readAll(stem)).entries()) {
    t.true(errorDb(samples, (frame) => tone(side, frame, 48_000), 1000, 47_000) < -100);
  }
});

/** A conformer that works only when it is told to. */
function byHand(): {conformer: Conformer; advance: () => Promise<boolean>} {
  let step: () => Promise<boolean> = async () => false;
  return {
    advance: () => step(),
    conformer: {
      start(job, listener) {
        const work = conform(job);
        step = async () => {
          const {value, done} = await work.next();
          if (done === true) listener({type: 'finished', id: job.id});
          else listener({type: 'progressed', id: job.id, frames: value});
          return done !== true;
        };
      },
      close: async () => {},
    },
  };
}

test('a stem is open before it is wholly decoded, and prepare waits for what is not', async (t) => {
  const path = await scratchFile(t, wave16([noise(44_100 * 5)], 44_100));
  const {conformer, advance} = byHand();
  const opener = createStemOpener({sampleRate: 48_000, cacheFolder: await scratchFolder(t)}, conformer);
  const opening = openStem(t, opener, path);
  let isOpen = false;
  void opening.then(() => {
    isOpen = true;
  });
  let steps = 0;
  while (!isOpen) {
    if (await advance()) steps++;
    await new Promise(setImmediate);
  }
  const stem = await opening;
  t.true(steps < 10, `${steps} pieces were decoded`);
  const [left, right] = [new Float32Array(512), new Float32Array(512)];
  await stem.prepare(0, 48_000);
  t.true(stem.read(47_000, left, right));
  const last = stem.lengthFrames - 512;
  let isThere = false;
  const preparing = stem.prepare(last, 512).then(() => {
    isThere = true;
  });
  await new Promise(setImmediate);
  t.false(isThere);
  t.false(stem.read(last, left, right));
  while (await advance());
  await preparing;
  t.true(stem.read(last, left, right));
  t.true(left.some((sample) => sample !== 0));
  await opener.close();
});

test('the thread of its own is used by default', async (t) => {
  const opener = createStemOpener({sampleRate: 48_000, cacheFolder: await scratchFolder(t)});
  t.is((await readAll(await openStem(t, opener, fixturePath('tone.opus'))))[0]?.length, 12_000);
  t.is((await readAll(await openStem(t, opener, fixturePath('tone.flac'))))[0]?.length, 12_000);
  await opener.close();
});

test('the next start takes what was decoded before', async (t) => {
  const folder = await scratchFolder(t);
  const path = await scratchFile(t, await fixtureBytes('tone.flac'));
  const first = createStemOpener({sampleRate: 48_000, cacheFolder: folder}, inThread());
  const before = await readAll(await openStem(t, first, path));
  const [name = ''] = await kept(folder, 1);
  await first.close();
  await utimes(join(folder, name), 1, 1);
  const second = await openerFor(t, 48_000, folder);
  t.deepEqual(await readAll(await openStem(t, second, path)), before);
  t.deepEqual(await readdir(folder), [name]);
  t.true((await stat(join(folder, name))).mtimeMs > 1e6, 'its use was noted');
});

test('a changed source, or a damaged cache file, is decoded anew', async (t) => {
  const folder = await scratchFolder(t);
  const path = await scratchFile(t, await fixtureBytes('tone.flac'));
  const opener = await openerFor(t, 48_000, folder);
  await openStem(t, opener, path);
  const [name = ''] = await kept(folder, 1);
  await truncate(join(folder, name), 500);
  t.is((await readAll(await openStem(t, opener, path)))[0]?.length, 12_000);
  await writeFile(path, await fixtureBytes('tone.ogg'));
  const stem = await openStem(t, opener, path);
  t.deepEqual((await readAll(stem))[0]?.length, 12_000);
  t.is((await kept(folder, 2)).length, 2);
});

test('two strips may play the same file, decoded once', async (t) => {
  const folder = await scratchFolder(t);
  const opener = await openerFor(t, 48_000, folder);
  const [one, two] = await Promise.all([1, 2].map(() => openStem(t, opener, fixturePath('tone.flac'))));
  if (one === undefined || two === undefined) return t.fail();
  t.deepEqual(await readAll(one), await readAll(two));
  await one.close();
  t.is((await readAll(two))[0]?.length, 12_000);
  t.is((await kept(folder, 1)).length, 1);
});

test('files that cannot be used are refused with their path and reason', async (t) => {
  const opener = await openerFor(t, 48_000);
  const flac = await fixtureBytes('tone.flac');
  for (const [bytes, reason] of [
    [Buffer.from('nothing'), /not an audio file/],
    [flac.subarray(0, flac.length - 10), /cut or damaged/],
    [wave16([noise(100)]).subarray(0, 200), /early/],
  ] as const) {
    const path = await scratchFile(t, bytes);
    const opened = await opener.open(path);
    t.is(opened.type === 'refused' && opened.problem.path, path);
    t.regex(opened.type === 'refused' ? opened.problem.reason : 'read', reason);
  }
  t.deepEqual(opener.problems(), []);
});

test('damage in the first seconds is a refusal and no further problem', async (t) => {
  const bytes = Buffer.from(await fixtureBytes('tone.flac'));
  bytes.writeUInt8(bytes.readUInt8(5000) ^ 255, 5000);
  const opener = await openerFor(t, 44_100);
  const opened = await opener.open(await scratchFile(t, bytes));
  t.regex(opened.type === 'refused' ? opened.problem.reason : 'read', /^frame \d damaged at byte/);
  t.deepEqual(opener.problems(), []);
});

test('damage further on is silence from there, a rejected prepare, and one problem', async (t) => {
  const flac = await fixtureBytes('tone-bare.mp3');
  // An MP3 of frames of one kind can be put together at will.
  const frames = Buffer.concat(Array.from({length: 60}, () => flac));
  const at = frames.length - 1000;
  const start = frames.indexOf(Buffer.from([0xff, 0xfb]), at);
  frames.fill(0, start, start + 4);
  const information = Buffer.from((await fixtureBytes('tone.mp3')).subarray(0, 417));
  information.writeUInt32BE(60 * 11, 36 + 8);
  information.writeUInt32BE(frames.length + information.length, 36 + 12);
  const path = await scratchFile(t, Buffer.concat([information, frames]));
  const opener = await openerFor(t, 44_100);
  const stem = await openStem(t, opener, path);
  await t.throwsAsync(stem.prepare(stem.lengthFrames - 600, 512), {instanceOf: DeskError, message: /damaged at byte/});
  const [left, right] = [new Float32Array(512).fill(1), new Float32Array(512).fill(1)];
  t.false(stem.read(stem.lengthFrames - 600, left, right));
  t.true(left.every((sample) => sample === 0));
  await stem.prepare(0, 512);
  t.true(stem.read(0, left, right));
  t.is(opener.problems().length, 1);
  t.like(opener.problems()[0], {path, severity: 'error'});
});

test('a file that shrinks while it plays is silence and one problem, never a throw from read', async (t) => {
  const path = await scratchFile(t, wave16([noise(chunkFrames * 8)]));
  const opener = await openerFor(t, 48_000);
  const stem = await openStem(t, opener, path);
  await stem.prepare(0, 512);
  await truncate(path, 1000);
  for (let attempt = 0; attempt < 2; attempt++) {
    await t.throwsAsync(stem.prepare(chunkFrames * 6, 512), {instanceOf: DeskError, message: /shortened/});
  }
  const [left, right] = [new Float32Array(512).fill(1), new Float32Array(512).fill(1)];
  t.false(stem.read(chunkFrames * 6, left, right));
  t.true(left.every((sample) => sample === 0));
  t.is(opener.problems().length, 1);
  await unlink(path);
});

test('a cache folder that cannot be written costs a warning, not the sound', async (t) => {
  const blocked = join(await scratchFile(t, Buffer.from('a file')), 'cache');
  const opener = await openerFor(t, 48_000, blocked);
  const stem = await openStem(t, opener, fixturePath('tone.flac'));
  t.is((await readAll(stem))[0]?.length, 12_000);
  t.like(opener.problems(), [{path: blocked, severity: 'warning'}]);
});

test('a closed opener opens nothing more, and its stems wait for nothing', async (t) => {
  const path = await scratchFile(t, wave16([noise(44_100 * 15)], 44_100));
  const opener = await openerFor(t, 48_000);
  const stem = await openStem(t, opener, path);
  const waiting = t.throwsAsync(stem.prepare(stem.lengthFrames - 10, 10), {instanceOf: DeskError});
  await opener.close();
  await opener.close();
  await waiting;
  t.is((await opener.open(path)).type, 'refused');
  t.deepEqual(opener.problems(), []);
});

test('a stem that is closed while it waits lets go', async (t) => {
  const path = await scratchFile(t, wave16([noise(44_100 * 15)], 44_100));
  const stem = await openStem(t, await openerFor(t, 48_000), path);
  const waiting = t.throwsAsync(stem.prepare(stem.lengthFrames - 10, 10), {instanceOf: DeskError});
  await stem.close();
  await waiting;
});

test('a folder in place of a cache file is no reason to fail', async (t) => {
  const folder = await scratchFolder(t);
  const path = await scratchFile(t, await fixtureBytes('tone.flac'));
  const first = await openerFor(t, 48_000, folder);
  await openStem(t, first, path);
  const [name = ''] = await kept(folder, 1);
  await unlink(join(folder, name));
  await mkdir(join(folder, name));
  const stem = await openStem(t, await openerFor(t, 48_000, folder), path);
  t.is(stem.lengthFrames, 12_000);
});
