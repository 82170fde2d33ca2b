import {readdir, stat, truncate, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {conform} from '../../../src/engine/stems/conform.ts';
import type {Conformer} from '../../../src/engine/stems/conformer.ts';
import {createStemOpener} from '../../../src/engine/stems/stem-opener.ts';
import {chunkFrames} from '../../../src/engine/stems/stem-window.ts';
import {inThread, kept, openerFor, openStem, readAll} from './open-stem.ts';
import {fixtureBytes, fixturePath, scratchFile, scratchFolder} from './scratch.ts';
import {errorDb, noise, tone, toneSamples} from './tone.ts';
import {wave16, wave32f} from './wave-bytes.ts';
import {decodeWhole} from './whole.ts';

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
