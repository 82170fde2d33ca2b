import test from 'ava';
import type {JournalEntry} from '../../src/model/journal.ts';
import type {AppendFile} from '../../src/session/append-file.ts';
import {journalBytes, readJournal} from '../../src/session/journal-file.ts';
import {createJournalWriter} from '../../src/session/journal-writer.ts';
import {VirtualTimers} from '../transport/virtual-timers.ts';

const moved: JournalEntry = {type: 'moved', commands: [{type: 'mixer.clearSolo'}]};
const head = journalBytes([{type: 'head', session: 'abc', from: 0}]);

/** A journal in memory, on a disk whose flushes take as long as a test says, and which refuses when it is told to. */
function bench(flushMs = 0) {
  const timers = new VirtualTimers();
  const troubles: (string | undefined)[] = [];
  const flushes: number[] = [];
  const state = {bytes: Buffer.from(head.bytes), refuses: false, opened: 0};
  const file: AppendFile = {
    write: async (bytes, position) => {
      if (state.refuses) throw new Error('full');
      state.bytes = Buffer.concat([state.bytes.subarray(0, position), bytes]);
    },
    flush: () => {
      flushes.push(timers.now());
      return new Promise((resolve) => (flushMs === 0 ? resolve() : timers.after(flushMs, resolve)));
    },
    length: async () => state.bytes.length,
    close: async () => {},
  };
  const writer = createJournalWriter({
    open: async (end) => {
      state.opened++;
      return {file, end: end ?? head.end};
    },
    lastNumber: 0,
    clock: timers,
    wallMs: timers.now,
    troubled: (error) => troubles.push(error instanceof Error ? error.message : undefined),
  });
  return {
    timers,
    writer,
    state,
    troubles,
    flushes,
    numbers: () => readJournal(state.bytes).entries.map(({number}) => number),
  };
}

test('an entry is on the disk at once, and those that come meanwhile soon after, many in one flush', async (t) => {
  const {timers, writer, flushes, numbers} = bench();
  for (let at = 0; at < 1000; at++) {
    writer.append(moved);
    await timers.pass(1);
  }
  await timers.pass(50);
  t.is(numbers().length, 1000);
  t.true(flushes.length < 30, `${flushes.length} flushes in a second`);
  t.is(writer.acknowledged, 1000);
});

for (const flushMs of [1, 20, 100]) {
  test(`on a disk that takes ${flushMs} ms to flush no entry waits longer than 250 ms`, async (t) => {
    const {timers, writer} = bench(flushMs);
    const takenMs: number[] = [];
    let longestMs = 0;
    for (let at = 0; at < 800; at++) {
      if (at % 3 === 0) takenMs[writer.append(moved)] = timers.now();
      await timers.pass(1);
      longestMs = Math.max(longestMs, timers.now() - (takenMs[writer.acknowledged + 1] ?? timers.now()));
    }
    t.true(longestMs <= 250, `${longestMs} ms`);
    t.true(writer.acknowledged > 0);
  });
}

test('what is taken while a flush goes on is written after it, in order', async (t) => {
  const {timers, writer, numbers} = bench(50);
  writer.append(moved);
  await timers.pass(10);
  writer.append(moved);
  writer.append(moved);
  t.is(writer.acknowledged, 0);
  await timers.pass(200);
  t.deepEqual(numbers(), [1, 2, 3]);
  t.is(writer.acknowledged, 3);
});

test('what a disk refuses is told once, tried again every second, and told when it is written', async (t) => {
  const {timers, writer, state, troubles, numbers} = bench();
  state.refuses = true;
  writer.append(moved);
  await timers.pass(5500);
  t.deepEqual(new Set(troubles), new Set(['full']));
  t.true(troubles.length <= 7);
  t.false(await writer.flushed());
  writer.append(moved);
  state.refuses = false;
  await timers.pass(1500);
  t.is(troubles.at(-1), undefined);
  t.deepEqual(numbers(), [1, 2]);
  t.true(await writer.flushed());
});

test('the note of a save stands after the entries that are in it, and closing flushes', async (t) => {
  const {writer, state} = bench();
  writer.append(moved);
  writer.saved(1);
  t.true(await writer.close());
  const read = readJournal(state.bytes);
  t.is(read.saved, 1);
  t.is(read.end.number, 1);
  t.is(read.tornBytes, 0);
});
