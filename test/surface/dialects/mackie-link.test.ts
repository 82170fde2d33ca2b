import test from 'ava';
import type {Surface} from '../../../src/model/surface.ts';
import {createDialect, type Dialect, type Heard} from '../../../src/surface/dialect.ts';
import {mackieSurface} from '../../virtual-desk/sample-surface.ts';
import {bytes} from '../../wire/bytes.ts';

const challenge = bytes('F0 00 00 66 10 01 41 42 43 44 45 46 47 57 18 61 05 F7');
const response = bytes('F0 00 00 66 10 02 41 42 43 44 45 46 47 64 5A 5E 57 F7');
const confirmation = bytes('F0 00 00 66 10 03 41 42 43 44 45 46 47 F7');
const refusal = bytes('F0 00 00 66 10 04 41 42 43 44 45 46 47 F7');
const greeting = bytes('F0 00 00 66 10 0A 00 F7');
const asked: Heard = {type: 'link.asked', reply: [response]};
const confirmed: Heard = {type: 'link.confirmed'};
const moved: Heard = {type: 'fader.moved', control: 'fader.1', position: 0};

function speaker(kind: Surface['handshake']['kind'], deviceId = 0x14, rest: Partial<Surface> = {}): Dialect {
  const {faders: _, ...choice} = rest;
  return createDialect(mackieSurface({handshake: {kind, deviceId}, ...choice}));
}

test('a device without a handshake is greeted and not queried', (t) => {
  t.deepEqual(speaker('none', 0x14, {greeting: [greeting]}).hello(), [greeting]);
});

test('a device that answers is queried under its id and greeted', (t) => {
  t.deepEqual(speaker('answer', 0x15, {greeting: [greeting]}).hello(), [bytes('F0 00 00 66 15 00 F7'), greeting]);
});

test('a device of unknown id is queried under every id there is', (t) => {
  for (const unknown of [0, 0x7f]) {
    t.deepEqual(speaker('answer', unknown).hello(), [
      bytes('F0 00 00 66 14 00 F7'),
      bytes('F0 00 00 66 10 00 F7'),
      bytes('F0 00 00 66 15 00 F7'),
      bytes('F0 00 00 66 11 00 F7'),
    ]);
  }
});

test('a device that challenges is answered, and is there only when it has confirmed', (t) => {
  const dialect = speaker('challenge', 0x10);
  t.deepEqual(dialect.hello(), [bytes('F0 00 00 66 10 00 F7')]);
  t.deepEqual(dialect.read(challenge), [asked]);
  t.deepEqual(dialect.read(confirmation), [confirmed]);
});

test('a device that challenges is greeted after it has confirmed, being deaf before', (t) => {
  const dialect = speaker('challenge', 0x10, {greeting: [greeting]});
  t.deepEqual(dialect.hello(), [bytes('F0 00 00 66 10 00 F7')]);
  dialect.read(challenge);
  t.deepEqual(dialect.read(confirmation), [{type: 'link.asked', reply: [greeting]}, confirmed]);
});

test('moves do not confirm a device that challenges', (t) => {
  t.deepEqual(speaker('challenge').read(bytes('E0 00 00')), [moved]);
});

test('a refused handshake is begun anew three times, then told in words, and a later confirmation counts', (t) => {
  const dialect = speaker('challenge', 0x10);
  for (let attempt = 0; attempt < 3; attempt++) {
    const [again] = dialect.read(refusal);
    t.deepEqual(again, {type: 'link.asked', reply: [bytes('F0 00 00 66 10 00 F7')]});
  }
  const [refused] = dialect.read(refusal);
  t.is(refused?.type, 'link.refused');
  t.regex(refused?.type === 'link.refused' ? refused.reason : '', /switch it off and on/);
  t.deepEqual(dialect.read(confirmation), [confirmed]);
});

test('a device that need not confirm is never refused for good', (t) => {
  const dialect = speaker('answer', 0x10);
  const heard = Array.from({length: 6}, () => dialect.read(refusal)).flat();
  t.is(heard.filter(({type}) => type === 'link.asked').length, 3);
  t.false(heard.some(({type}) => type === 'link.refused'));
});

test('whoever challenges is answered, whatever the mapping says', (t) => {
  for (const kind of ['none', 'answer'] as const) t.deepEqual(speaker(kind).read(challenge), [asked, confirmed]);
});

test('anything on a channel is a sign of life, once, and comes before what it says', (t) => {
  const dialect = speaker('answer');
  t.deepEqual(dialect.read(bytes('E0 00 00 00 00')), [confirmed, moved, moved]);
  t.deepEqual(speaker('answer').read(bytes('BF 7E 00')), [confirmed]);
});

test('clock and active sensing are no sign of life', (t) => {
  t.deepEqual(speaker('answer').read(bytes('F8 FE')), []);
});

test('nothing is confirmed of a device that needs no confirmation', (t) => {
  t.deepEqual(speaker('none').read(bytes('E0 00 00')), [moved]);
});

test('a device that announces itself again has lost its power and is confirmed again', (t) => {
  const dialect = speaker('answer');
  dialect.read(challenge);
  t.deepEqual(dialect.read(challenge), [asked, confirmed]);
});

const signs: readonly (readonly [string, string])[] = [
  ['ready', 'F0 00 00 66 14 06 00 F7'],
  ['an announcement without a challenge', 'F0 00 00 66 14 01 F7'],
  ['a version', 'F0 00 00 66 14 14 56 31 2E 30 20 F7'],
  ['a confirmation nobody waited for', 'F0 00 00 66 14 03 F7'],
];

for (const [what, hex] of signs) {
  test(`${what} shows that the device is there`, (t) => {
    t.deepEqual(speaker('answer').read(bytes(hex)), [confirmed]);
  });
}

test('ready counts for a device that challenges, a mere version does not', (t) => {
  t.deepEqual(speaker('challenge').read(bytes('F0 00 00 66 14 06 00 F7')), [confirmed]);
  t.deepEqual(speaker('challenge').read(bytes('F0 00 00 66 14 14 56 31 2E 30 20 F7')), []);
});

test('displays are addressed by the id that the device announced', (t) => {
  const dialect = speaker('answer');
  const text = [{output: 'text.1', cell: {type: 'text', top: 'A', bottom: 'B'}, because: 'test'}] as const;
  t.is(dialect.write(text)[0]?.bytes[4], 0x14);
  dialect.read(challenge);
  t.is(dialect.write(text)[0]?.bytes[4], 0x10);
  t.true(dialect.goodbye().every((message) => message[0] !== 0xf0 || message[4] === 0x10));
  dialect.hello();
  t.is(dialect.write(text)[0]?.bytes[4], 0x14);
});

test('an extender of unknown id is taken for the usual one', (t) => {
  const dialect = speaker('none', 0x7f, {unit: 'extender'});
  const text = [{output: 'text.1', cell: {type: 'text', top: 'A', bottom: 'B'}, because: 'test'}] as const;
  t.is(dialect.write(text)[0]?.bytes[4], 0x15);
});
