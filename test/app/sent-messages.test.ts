import test from 'ava';
import fc from 'fast-check';
import {createSentMessages} from '../../src/app/sent-messages.ts';
import {byteSum} from '../../src/wire/byte-sum.ts';

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

test('what was sent is found with the time at which it was sent last, all else is not', (t) => {
  const sent = createSentMessages();
  sent.note(bytes(0xe0, 1, 2), 10);
  sent.note(bytes(0xe0, 1, 3), 20);
  sent.note(bytes(0xe0, 1, 2), 30);
  t.is(sent.lookUp(bytes(0xe0, 1, 2))?.atMs, 30);
  t.is(sent.lookUp(bytes(0xe0, 1, 3))?.atMs, 20);
  t.is(sent.lookUp(bytes(0xe0, 1, 4)), undefined);
});

test('messages of different lengths are different, whatever their zeros', (t) => {
  const sent = createSentMessages();
  sent.note(bytes(0xc0, 5), 10);
  t.is(sent.lookUp(bytes(0xc0, 5, 0)), undefined);
  t.is(sent.lookUp(bytes(0xc0)), undefined);
});

test('what came back is back until it is sent again', (t) => {
  const sent = createSentMessages();
  sent.note(bytes(0x90, 60, 127), 10);
  sent.lookUp(bytes(0x90, 60, 127))?.back();
  t.true(sent.lookUp(bytes(0x90, 60, 127))?.isBack);
  sent.note(bytes(0x90, 60, 127), 20);
  t.false(sent.lookUp(bytes(0x90, 60, 127))?.isBack);
});

test('what came back tells nothing of what stands in its place later', (t) => {
  const sent = createSentMessages();
  sent.note(bytes(0x90, 60, 127), 0);
  sent.lookUp(bytes(0x90, 60, 127))?.back();
  for (let value = 1; value <= 1024; value++) sent.note(bytes(0xe0, value & 127, value >> 7), value);
  t.false(sent.lookUp(bytes(0xe0, 1024 & 127, 1024 >> 7))?.isBack);
});

test('the last thousand are remembered, older ones are not', (t) => {
  const sent = createSentMessages();
  for (let value = 0; value < 2000; value++) sent.note(bytes(0xe0, value & 127, value >> 7), value);
  t.is(sent.lookUp(bytes(0xe0, 1999 & 127, 1999 >> 7))?.atMs, 1999);
  t.is(sent.lookUp(bytes(0xe0, 1000 & 127, 1000 >> 7))?.atMs, 1000);
  t.is(sent.lookUp(bytes(0xe0, 900 & 127, 900 >> 7)), undefined);
});

test('long messages are told apart by all of their bytes', (t) => {
  fc.assert(
    fc.property(
      fc.uint8Array({minLength: 4, maxLength: 60}),
      fc.nat(59),
      fc.integer({min: 1, max: 255}),
      (message, at, other) => {
        const sent = createSentMessages();
        sent.note(message, 1);
        const changed = message.slice();
        const place = at % message.length;
        changed[place] = (changed[place] ?? 0) ^ other;
        return sent.lookUp(message)?.atMs === 1 && sent.lookUp(changed) === undefined;
      },
    ),
  );
  t.pass();
});

test('the sum that long messages are known by is the published one, and may be taken piece by piece', (t) => {
  const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
  for (const [text, sum] of [
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ] as const)
    t.is(byteSum(ascii(text)), sum, text);
  t.is(byteSum(ascii('bar'), byteSum(ascii('foo'))), 0xbf9cf968);
});
