import {mkdir, truncate, unlink} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import type {Conformer} from '../../../src/engine/stems/conformer.ts';
import {createStemOpener} from '../../../src/engine/stems/stem-opener.ts';
import {chunkFrames} from '../../../src/engine/stems/stem-window.ts';
import {DeskError} from '../../../src/model/problem.ts';
import {longFlac} from './long-flac.ts';
import {kept, openerFor, openStem, readAll} from './open-stem.ts';
import {fixtureBytes, fixturePath, scratchFile, scratchFolder} from './scratch.ts';
import {noise} from './tone.ts';
import {wave16} from './wave-bytes.ts';

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
  const bytes = Buffer.from(await longFlac(6));
  const at = Math.floor(bytes.length * 0.8);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  const path = await scratchFile(t, bytes);
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

test('a full cache disk is a refusal that says what to do', async (t) => {
  const full: Conformer = {
    start: (job, listener) =>
      listener({type: 'failed', id: job.id, blame: 'cache', reason: 'its disk is full', hint: 'Free some space.'}),
    close: async () => {},
  };
  const opener = createStemOpener({sampleRate: 48_000, cacheFolder: await scratchFolder(t)}, full);
  const opened = await opener.open(fixturePath('tone.flac'));
  t.like(opened, {type: 'refused', problem: {reason: 'its disk is full', hint: 'Free some space.'}});
  await opener.close();
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
