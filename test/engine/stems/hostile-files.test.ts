import {execFileSync} from 'node:child_process';
import {chmod, mkdir, open, symlink, truncate, unlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {refuseUnreadable} from '../../../src/engine/stems/audio-file.ts';
import {inspectStem} from '../../../src/engine/stems/inspect.ts';
import {probeStem} from '../../../src/engine/stems/probe.ts';
import {fixtureBytes, scratchFile, scratchFolder} from './scratch.ts';
import {noise, toneSamples} from './tone.ts';
import {aiffFile, commonContent, formChunk, wave16} from './wave-bytes.ts';

async function reasonFor(path: string): Promise<string> {
  const probed = await probeStem(path);
  const inspected = await inspectStem(path);
  if (probed.type !== 'refused' || inspected.type !== 'refused') return 'read';
  return probed.problem.reason === inspected.problem.reason ? probed.problem.reason : 'two reasons';
}

test('what is not a readable regular file is refused with its reason and never waited for', async (t) => {
  const folder = await scratchFolder(t);
  const at = (name: string): string => join(folder, name);
  await mkdir(at('folder'));
  execFileSync('mkfifo', [at('pipe')]);
  await symlink(at('loop-b'), at('loop-a'));
  await symlink(at('loop-a'), at('loop-b'));
  await symlink(at('nowhere'), at('dangling'));
  await symlink('/dev/zero', at('device'));
  await writeFile(at('empty'), '');
  t.is(await reasonFor(at('folder')), 'it is a folder, not an audio file');
  t.is(await reasonFor(at('pipe')), 'it is a pipe or a device, not an audio file');
  t.is(await reasonFor(at('device')), 'it is a pipe or a device, not an audio file');
  t.is(await reasonFor(at('loop-a')), 'its symbolic links lead in a circle');
  t.is(await reasonFor(at('dangling')), 'there is no such file');
  t.is(await reasonFor(at('missing')), 'there is no such file');
  t.is(await reasonFor(at('empty')), 'it is empty');
  t.is(await reasonFor(join(at('empty'), 'below')), 'there is no such file');
  t.regex(await reasonFor(`${folder}/nul\0byte`), /cannot be read/);
});

test('a file without permission is refused with that reason', async (t) => {
  t.regex(refuseUnreadable(Object.assign(new Error('x'), {code: 'EACCES'})).reason, /no permission/);
  const path = await scratchFile(t, wave16([noise(10)]));
  await chmod(path, 0);
  const probed = await probeStem(path);
  t.true(process.getuid?.() === 0 || (probed.type === 'refused' && /no permission/.test(probed.problem.reason)));
});

test('a link to a good file is followed', async (t) => {
  const path = await scratchFile(t, wave16([noise(10)]));
  await symlink(path, `${path}-link`);
  t.like(await probeStem(`${path}-link`), {type: 'format', lengthFrames: 10});
});

test('text, pictures and rubbish are not audio files', async (t) => {
  for (const content of [
    'hello',
    'RIFF',
    'RIFF1234AVI LIST',
    'ID3',
    '\u00ff\u00fb\u0090\u0000',
    '<html></html>'.repeat(1000),
  ]) {
    t.regex(await reasonFor(await scratchFile(t, Buffer.from(content, 'latin1'))), /not an audio file/);
  }
});

const starts = [
  'RIFF\0\0\0\0WAVEfmt ',
  'RF64\0\0\0\0WAVEds64',
  'FORM\0\0\0\0AIFFCOMM',
  'FORM\0\0\0\0AIFCSSND',
  'fLaC\u0080\0\0\u0022',
  'OggS\0\u0002',
  'ID3\u0004\0\0\0\0\0\0',
  '\u00ff\u00fb\u0090\0',
  '',
];

test('any bytes as a file are answered, whatever they begin with', async (t) => {
  const path = await scratchFile(t, new Uint8Array());
  const start = fc.constantFrom(...starts.map((text) => Buffer.from(text, 'latin1')));
  await fc.assert(
    fc.asyncProperty(start, fc.uint8Array({minLength: 1, maxLength: 3000, size: 'max'}), async (head, rest) => {
      await writeFile(path, Buffer.concat([head, rest]));
      const [probed, inspected] = [await probeStem(path), await inspectStem(path)];
      if (probed.type === 'format') return probed.lengthFrames > 0 && probed.lengthFrames <= 3100 * 1152;
      return inspected.type === 'refused' && probed.problem.reason.length > 5;
    }),
    {numRuns: 150},
  );
  t.pass();
});

async function samples(): Promise<ReadonlyMap<string, Uint8Array>> {
  const data = Buffer.alloc(8 + 500);
  const aiff = aiffFile([formChunk('COMM', commonContent({frames: 250})), formChunk('SSND', data)]);
  const entries: [string, Uint8Array][] = [
    ['tone.wav', wave16([toneSamples(0, 300), toneSamples(1, 300)])],
    ['tone.aiff', aiff],
  ];
  for (const name of [
    'tone.flac',
    'tone-24.flac',
    'tone-unknown-length.flac',
    'tone.mp3',
    'tone-bare.mp3',
    'tone.ogg',
    'tone.opus',
  ]) {
    entries.push([name, await fixtureBytes(name)]);
  }
  return new Map(entries);
}

test('every cut file is refused', async (t) => {
  for (const [name, bytes] of await samples()) {
    // Without an information frame nothing in an MP3, and without a length nothing in a FLAC, tells of frames that are wholly gone.
    const step =
      name.startsWith('tone-bare') || name.startsWith('tone-unknown') ? 0 : Math.max(1, Math.floor(bytes.length / 23));
    const path = await scratchFile(t, bytes, name);
    const lengths = step === 0 ? [bytes.length - 1, bytes.length - 200, 30] : [];
    for (let length = bytes.length - 1; step > 0 && length > 0; length -= step) lengths.push(length);
    for (const length of lengths) {
      await truncate(path, length);
      const inspected = await inspectStem(path);
      t.is(inspected.type, 'refused', `${name} cut at ${length} of ${bytes.length}`);
    }
  }
});

test('a file with wrong bytes is refused, or read to its promised end', async (t) => {
  const files = [...(await samples()).entries()];
  const path = await scratchFile(t, new Uint8Array());
  const wrong = fc.array(fc.tuple(fc.nat(), fc.nat(255)), {minLength: 1, maxLength: 4});
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), fc.boolean(), wrong, async ([, bytes], inHeader, changes) => {
      const changed = bytes.slice();
      for (const [at, value] of changes) changed[at % (inHeader ? Math.min(128, bytes.length) : bytes.length)] = value;
      await writeFile(path, changed);
      const [probed, inspected] = [await probeStem(path), await inspectStem(path)];
      if (inspected.type === 'refused') return inspected.problem.reason.length > 5;
      return probed.type === 'format' && probed.lengthFrames === inspected.facts.lengthFrames;
    }),
    {numRuns: 120},
  );
  t.pass();
});

test('headers that promise gigabytes cost no memory', async (t) => {
  const before = process.memoryUsage().rss;
  const wave = Buffer.from(wave16([noise(100)]));
  wave.writeUInt32LE(0xfffffff0, 40);
  const flac = Buffer.from(await fixtureBytes('tone.flac'));
  flac.fill(0xff, 21, 26);
  for (const bytes of [wave, flac]) t.is((await inspectStem(await scratchFile(t, bytes))).type, 'refused');
  t.true(process.memoryUsage().rss - before < 64e6);
});

test('a file that shrinks while it is looked through is refused', async (t) => {
  const path = await scratchFile(t, wave16([noise(200_000)]));
  let shrunk = false;
  const inspected = await inspectStem(path, () => {
    if (shrunk) return;
    shrunk = true;
    void truncate(path, 1000);
  });
  t.true(
    inspected.type === 'refused' ? /early/.test(inspected.problem.reason) : inspected.facts.lengthFrames === 200_000,
  );
});

test('no file stays open', async (t) => {
  const path = await scratchFile(t, Buffer.from('nothing'));
  const probe = await open(path);
  const free = probe.fd;
  await probe.close();
  for (let round = 0; round < 20; round++) await reasonFor(path);
  const again = await open(path);
  t.true(again.fd <= free + 4);
  await again.close();
  await unlink(path);
});
