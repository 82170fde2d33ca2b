import test from 'ava';
import {openAudioFile, readBytes, refuseUnreadable, systemCode} from '../../../src/engine/stems/audio-file.ts';
import {scratchFile} from './scratch.ts';

test('an open file tells its absolute path, its size and when it was changed', async (t) => {
  const path = await scratchFile(t, Buffer.from('0123456789'));
  const opened = await openAudioFile(path);
  if (opened.type === 'refused') return t.fail(opened.reason);
  t.like(opened.file, {path, size: 10});
  t.true(opened.file.modifiedMs > 1e12);
  await opened.file.handle.close();
});

test('bytes are read from any place, fewer only at the end, into what is given', async (t) => {
  const opened = await openAudioFile(await scratchFile(t, Buffer.from('0123456789')));
  if (opened.type === 'refused') return t.fail(opened.reason);
  const {file} = opened;
  const text = async (at: number, length: number): Promise<string> =>
    Buffer.from(await readBytes(file, at, length)).toString();
  t.is(await text(0, 4), '0123');
  t.is(await text(6, 4), '6789');
  t.is(await text(8, 100), '89');
  t.is(await text(50, 100), '');
  const into = new Uint8Array(20);
  const got = await readBytes(file, 2, 3, into);
  t.is(got.buffer, into.buffer);
  t.is(Buffer.from(into).toString('latin1', 0, 4), '234\0');
  await file.handle.close();
});

for (const [code, reason] of [
  ['ENOENT', /no such file/],
  ['ENOTDIR', /no such file/],
  ['EACCES', /no permission/],
  ['EPERM', /no permission/],
  ['ELOOP', /circle/],
  ['EMFILE', /too many files/],
  ['ENFILE', /too many files/],
  ['EIO', /cannot be read: i\/o error/],
] as const) {
  test(`${code} is said in plain words`, (t) => {
    t.regex(refuseUnreadable(Object.assign(new Error('i/o error'), {code})).reason, reason);
  });
}

test("only the system's own codes count as such", (t) => {
  t.is(systemCode(Object.assign(new Error(), {code: 'ENOSPC'})), 'ENOSPC');
  for (const error of [
    undefined,
    null,
    'ENOSPC',
    {},
    {code: 5},
    {code: 'audio.invalid'},
    {code: 'ERR_X'.toLowerCase()},
  ]) {
    t.is(systemCode(error), undefined);
  }
});
