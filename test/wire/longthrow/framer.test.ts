import test from 'ava';
import fc from 'fast-check';
import {toHex} from '../../../src/app/conform/vectors.ts';
import {stuff, unstuff} from '../../../src/wire/longthrow/cobs.ts';
import {frame, newFramer, step} from '../../../src/wire/longthrow/framer.ts';

const table: readonly (readonly [string, string])[] = [
  ['', '01'],
  ['00', '01 01'],
  ['00 00', '01 01 01'],
  ['11', '02 11'],
  ['11 00', '02 11 01'],
  ['11 22 00 33', '03 11 22 02 33'],
];
const run = (length: number) => Uint8Array.from({length}, (_, at) => 1 + (at % 255));

test('stuffing follows the published examples', (t) => {
  for (const [plain, stuffed] of table) {
    const bytes = Uint8Array.from(plain.split(' ').filter(Boolean), (pair) => Number.parseInt(pair, 16));
    t.is(toHex(stuff(bytes)), stuffed);
  }
  t.is(toHex(stuff(run(254)).subarray(0, 3)), 'ff 01 02');
  t.is(stuff(run(254)).length, 255);
  t.is(toHex(stuff(run(255)).subarray(254)), 'fe 02 ff');
});

test('stuffed bytes have no zero, cost one byte in 254, and are unstuffed to the same', (t) => {
  const bytes = fc
    .uint8Array({maxLength: 700})
    .chain((any) => fc.boolean().map((zeros) => (zeros ? any.map((byte) => byte & 1) : any)));
  fc.assert(
    fc.property(bytes, (plain) => {
      const stuffed = stuff(plain);
      return (
        !stuffed.includes(0) &&
        stuffed.length <= plain.length + 1 + Math.floor(plain.length / 254) &&
        `${unstuff(stuffed)}` === `${plain}`
      );
    }),
  );
  t.deepEqual(unstuff(stuff(run(600))), run(600));
});

test('what cannot have been stuffed is refused', (t) => {
  t.is(unstuff(Uint8Array.of(3, 1)), undefined);
  t.is(unstuff(Uint8Array.of(2, 0)), undefined);
  t.is(unstuff(Uint8Array.of(0)), undefined);
  t.is(unstuff(Uint8Array.of()), undefined);
});

test('whatever noise stands before a frame, the frame is heard', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 400}), fc.uint8Array({minLength: 5, maxLength: 64}), (noise, body) => {
      const {frames} = step(newFramer(64), Uint8Array.from([...noise, ...frame(body)]));
      const last = frames.at(-1);
      return last?.type === 'body' && `${last.body}` === `${body}`;
    }),
  );
  t.pass();
});

test('noise without a delimiter never fills the memory, however long and however cut', (t) => {
  let state = newFramer(64);
  for (let round = 0; round < 10_000; round++) {
    state = step(state, Uint8Array.of(0x55, 0xaa, 0x01)).state;
    t.true(state.held.length <= 65);
  }
  const after = step(state, frame(Uint8Array.of(1, 2, 3, 4, 5)));
  t.deepEqual(
    after.frames.map(({type}) => type),
    ['dropped', 'body'],
  );
});

test('bytes may be reused after they were read', (t) => {
  const wire = frame(Uint8Array.of(9, 8, 7, 6, 5));
  const chunk = wire.slice(0, 4);
  const half = step(newFramer(), chunk).state;
  chunk.fill(0xee);
  const [framed] = step(half, wire.subarray(4)).frames;
  t.deepEqual(framed?.type === 'body' && [...framed.body], [9, 8, 7, 6, 5]);
});

test('bytes that complete nothing and change nothing give the same state', (t) => {
  const state = newFramer();
  t.is(step(state, Uint8Array.of(0, 0, 0)).state, state);
  t.is(step(state, new Uint8Array(0)).state, state);
});
