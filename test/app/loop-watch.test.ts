import test from 'ava';
import fc from 'fast-check';
import {createLoopWatch} from '../../src/app/loop-watch.ts';
import {VirtualTimers} from '../transport/virtual-timers.ts';
import {bytes, cut, joined} from '../wire/bytes.ts';

const question = bytes('F0 7E 7F 06 01 F7');

function bench() {
  const timers = new VirtualTimers();
  const sent: Uint8Array[] = [];
  const passed: {readonly bytes: Uint8Array; readonly atMs: number}[] = [];
  let loops = 0;
  const watch = createLoopWatch({
    clock: timers,
    send: (message) => sent.push(message),
    pass: (heard) => passed.push({bytes: heard, atMs: timers.nowMs}),
    looped: () => {
      loops += 1;
    },
  });
  const heard = (): readonly number[] => [...joined(passed.map((one) => one.bytes))];
  return {timers, sent, passed, watch, heard, loops: () => loops};
}

test('the question that comes back tells the loop, in whatever pieces, and nothing behind it is heard', (t) => {
  for (const places of [[], [1], [2, 4], [1, 2, 3, 4, 5]]) {
    const {watch, sent, heard, loops} = bench();
    watch.ask();
    t.deepEqual(sent, [question]);
    for (const part of cut(joined([question, bytes('90 10 7F')]), places)) watch.received(part);
    watch.received(bytes('90 11 7F'));
    t.is(loops(), 1);
    t.false(heard().includes(0x90));
  }
});

test('an answer to the question is no loop', (t) => {
  const {watch, heard, loops} = bench();
  watch.ask();
  const answer = bytes('F0 7E 00 06 02 00 00 66 01 00 01 00 01 00 00 00 F7');
  watch.received(answer);
  t.deepEqual(heard(), [...answer]);
  t.is(loops(), 0);
});

test('what comes in just as it was sent waits until the question is answered, and is then heard', (t) => {
  const {watch, timers, sent, heard} = bench();
  watch.sent(bytes('90 10 7F'));
  timers.advance(20);
  watch.received(bytes('90 10 7F'));
  watch.received(bytes('90 10 00'));
  t.deepEqual(sent, [question]);
  t.deepEqual(heard(), []);
  timers.advance(99);
  t.deepEqual(heard(), []);
  timers.advance(1);
  t.deepEqual(heard(), [...bytes('90 10 7F 90 10 00')]);
});

test('while a hand holds what was never lit, all it does is heard at once, even just as it was sent', (t) => {
  const {watch, timers, sent, heard} = bench();
  watch.received(bytes('90 68 7F'));
  timers.advance(2000);
  watch.sent(bytes('E0 10 20'));
  timers.advance(20);
  watch.received(bytes('E0 10 20'));
  t.deepEqual(heard(), [...bytes('90 68 7F E0 10 20')]);
  t.deepEqual(sent, []);
  watch.received(bytes('90 68 00'));
  timers.advance(2000);
  watch.sent(bytes('E0 10 21'));
  timers.advance(20);
  watch.received(bytes('E0 10 21'));
  t.deepEqual(sent, [question], 'the hand is gone');
});

test('a key that was never let go does not hide a cable: it is found at its first words', (t) => {
  const {watch, timers, sent, loops} = bench();
  watch.received(bytes('90 3C 64'));
  timers.advance(5001);
  watch.sent(bytes('E0 10 20'));
  timers.advance(20);
  watch.received(bytes('E0 10 20'));
  t.deepEqual(sent, [question]);
  watch.received(question);
  t.is(loops(), 1);
});

test('nor does one that a cable took from its device in mid-touch: for five seconds at most, however much is sent', (t) => {
  const {watch, timers, sent} = bench();
  watch.received(bytes('90 3C 64'));
  let askedAtMs: number | undefined;
  for (let move = 0; move < 160; move++) {
    const message = Uint8Array.of(0xe0, move & 127, 64);
    watch.sent(message);
    timers.advance(20);
    watch.received(message);
    if (sent.length > 0) askedAtMs ??= timers.nowMs;
    timers.advance(13);
  }
  t.is(sent.length, 1);
  t.true(askedAtMs !== undefined && askedAtMs <= 5100, `${askedAtMs}`);
});

test('a hand that moves is trusted on and on, and comes back to where its echo was without a question', (t) => {
  const {watch, timers, sent, heard} = bench();
  watch.received(bytes('90 68 7F'));
  for (let move = 0; move < 40; move++) {
    const [here, back] = [Uint8Array.of(0xe0, 0, move), Uint8Array.of(0xe0, 0, move + 64)];
    for (const message of [here, back]) {
      watch.received(message);
      watch.sent(message);
    }
    timers.advance(400);
    watch.received(here);
    timers.advance(400);
  }
  t.deepEqual(sent, []);
  t.is(heard().length, 3 + 40 * 9);
});

test('a device that repeats what it is told is asked once', (t) => {
  const {watch, timers, sent, heard} = bench();
  for (let round = 0; round < 5; round++) {
    for (let fader = 0; fader < 8; fader++) watch.sent(Uint8Array.of(0xe0 + fader, 0, 10 + round));
    timers.advance(30);
    for (let fader = 0; fader < 8; fader++) watch.received(Uint8Array.of(0xe0 + fader, 0, 10 + round));
    timers.advance(200);
  }
  t.is(sent.length, 1);
  t.is(heard().length, 5 * 8 * 3);
});

test('two controllers in one piece come back as two messages, and are known', (t) => {
  const {watch, sent} = bench();
  watch.sent(bytes('B0 0C 0E B0 2C 44'));
  watch.received(bytes('B0 0C 0E'));
  t.deepEqual(sent, [question]);
});

test('what was sent long ago is no suspicion', (t) => {
  const {watch, timers, sent, heard} = bench();
  watch.sent(bytes('90 10 7F'));
  timers.advance(501);
  watch.received(bytes('90 10 7F'));
  t.deepEqual(sent, []);
  t.is(heard().length, 3);
});

const move = fc.record({
  what: fc.constantFrom('sent', 'received'),
  message: fc.tuple(fc.constantFrom(0x90, 0xb0, 0xe0), fc.nat({max: 3}), fc.nat({max: 3})),
  waitMs: fc.nat({max: 60}),
});

test('of a true hand nothing is lost, nothing changes its order, and nothing waits longer than 100 ms', (t) => {
  fc.assert(
    fc.property(fc.array(move, {maxLength: 60}), (moves) => {
      const {watch, timers, heard, passed, loops} = bench();
      const said: {readonly bytes: readonly number[]; readonly atMs: number}[] = [];
      for (const {what, message, waitMs} of moves) {
        if (what === 'sent') watch.sent(Uint8Array.of(...message));
        else {
          said.push({bytes: message, atMs: timers.nowMs});
          watch.received(Uint8Array.of(...message));
        }
        timers.advance(waitMs);
      }
      timers.advance(100);
      t.deepEqual(
        heard(),
        said.flatMap((one) => one.bytes),
      );
      t.true(passed.every(({atMs}, index) => atMs - (said[index]?.atMs ?? 0) <= 100));
      t.is(loops(), 0);
    }),
    {numRuns: 50},
  );
});

test('after its end it passes nothing on', (t) => {
  const {watch, timers, heard} = bench();
  watch.sent(bytes('90 10 7F'));
  watch.received(bytes('90 10 7F'));
  watch.end();
  timers.advance(200);
  watch.received(bytes('90 11 7F'));
  t.deepEqual(heard(), []);
});
