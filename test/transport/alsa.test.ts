import {chmodSync, mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {alsaSequencer, cardStamp, watchCards} from '../../src/transport/alsa.ts';

const folder = mkdtempSync(join(tmpdir(), 'cards-'));
test.after.always(() => rmSync(folder, {recursive: true}));

test('a sequencer that opens is nothing to complain of', async (t) => {
  const path = join(folder, 'seq');
  writeFileSync(path, '');
  t.is(await alsaSequencer(path), undefined);
});

test('an absent sequencer is cured by its module', async (t) => {
  const found = await alsaSequencer(join(folder, 'absent'));
  t.regex(found?.cure ?? '', /modprobe snd-seq/);
});

test('a forbidden sequencer is cured by the group', async (t) => {
  const path = join(folder, 'locked');
  writeFileSync(path, '');
  chmodSync(path, 0);
  const found = await alsaSequencer(path);
  if (process.getuid?.() === 0) t.is(found, undefined);
  else t.regex(found?.cure ?? '', /usermod -aG audio/);
});

test('a sequencer that fails otherwise is told with its code', async (t) => {
  const found = await alsaSequencer(folder);
  t.regex(found?.reason ?? '', /EISDIR/);
});

test('the stamp of a card is its device node, by the client number it always gets', (t) => {
  writeFileSync(join(folder, 'midiC2D0'), '');
  const stamp = cardStamp('X:X MIDI 1 24:0', folder);
  t.is(stamp, String(statSync(join(folder, 'midiC2D0')).ino));
  t.is(cardStamp('X:X MIDI 1 27:0', folder), stamp);
  t.is(cardStamp('Y:Y 28:0', folder), '');
  t.is(cardStamp('Midi Through:Port-0 14:0', folder), '');
  t.is(cardStamp('Program:out 128:0', folder), '');
  t.is(cardStamp('no numbers', folder), '');
});

test('a folder that cannot be watched is silent', (t) => {
  t.notThrows(watchCards(() => {}, join(folder, 'absent')));
});

test('a new node is noticed', async (t) => {
  let stop = (): void => {};
  await new Promise<void>((resolve) => {
    stop = watchCards(resolve, folder);
    writeFileSync(join(folder, 'midiC1D0'), '');
  });
  stop();
  t.pass();
});
