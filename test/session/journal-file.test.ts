import test from 'ava';
import fc from 'fast-check';
import type {JournalEntry} from '../../src/model/journal.ts';
import {entryOf, writtenEntry} from '../../src/session/journal-entry.ts';
import {journalBytes, readJournal} from '../../src/session/journal-file.ts';
import {type JournalLine, readLine, writtenLine} from '../../src/session/journal-line.ts';
import {anyEntry} from './any-entry.ts';

const head: JournalLine = {type: 'head', session: 'a1b2', from: 4};
const entryLine = (number: number, entry: JournalEntry): JournalLine => ({
  type: 'entry',
  number,
  writtenMs: 1000 * number,
  entry,
});
const moved: JournalEntry = {type: 'moved', commands: [{type: 'strip.setMute', strip: 'kick', muted: true}]};
const linesOf = (count: number): readonly JournalLine[] => [
  head,
  ...Array.from({length: count}, (_, index) => entryLine(5 + index, moved)),
];
const pieces = (bytes: Uint8Array): string[] => Buffer.from(bytes).toString().split('\n').slice(0, -1);
const joined = (lines: readonly string[]): Uint8Array => Buffer.from(lines.map((line) => `${line}\n`).join(''));

test('any entry is read as it was written', (t) => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      const read = entryOf(JSON.parse(JSON.stringify(writtenEntry(entry))));
      t.deepEqual(read, entry);
    }),
    {numRuns: 200},
  );
});

test('a journal is lines of JSON, each with its number, its time and a checksum', (t) => {
  const [first = '', second = ''] = pieces(journalBytes(linesOf(1)).bytes);
  t.regex(first, /^\{"journal":1,"session":"a1b2","from":4,"crc":"[0-9a-f]{8}"\}$/);
  t.regex(second, /^\{"n":5,"ms":5000,"entry":\{"type":"moved","commands":\[.*\]\},"crc":"[0-9a-f]{8}"\}$/);
});

test('a journal says where it ends, so that it can be continued', (t) => {
  const {bytes, end} = journalBytes([...linesOf(3), {type: 'saved', number: 6}]);
  const read = readJournal(bytes);
  t.deepEqual(read.end, end);
  t.is(end.bytes, bytes.length);
  t.is(end.number, 7);
  t.is(read.saved, 6);
  t.is(read.session, 'a1b2');
  t.is(read.from, 4);
  t.deepEqual(
    read.entries.map(({number}) => number),
    [5, 6, 7],
  );
  const more = Buffer.concat([bytes, writtenLine(entryLine(8, moved), end.crc).bytes]);
  t.deepEqual(readJournal(more).entries.at(-1), {number: 8, writtenMs: 8000, entry: moved});
});

test('a journal that is cut anywhere is read up to its last whole line', (t) => {
  const {bytes} = journalBytes(linesOf(4));
  const ends = pieces(bytes).map((_, index, all) => joined(all.slice(0, index + 1)).length);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const read = readJournal(bytes.subarray(0, cut));
    const whole = ends.filter((end) => end <= cut);
    t.is(read.end.bytes, whole.at(-1) ?? 0);
    t.is(read.entries.length, Math.max(0, whole.length - 1));
    t.is(read.tornBytes, cut - (whole.at(-1) ?? 0));
    t.deepEqual(read.damaged, []);
  }
});

test('one changed byte anywhere is found out, and costs the line it is in and no other', (t) => {
  const {bytes} = journalBytes(linesOf(3));
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 0x15;
    const read = readJournal(changed);
    const whole = readJournal(bytes).entries.filter(({number}) => !read.entries.some((one) => one.number === number));
    // A changed checksum makes the next line doubtful too; a lost end of line takes both.
    t.true(whole.length <= 2, `byte ${at} costs ${whole.length} entries`);
    t.true(read.damaged.length > 0 || read.tornBytes > 0, `byte ${at} is found out`);
    for (const {entry} of read.entries) t.deepEqual(entry, moved);
  }
});

test('lines that are gone, twice or in another order are found out', (t) => {
  const lines = pieces(journalBytes(linesOf(4)).bytes);
  const at = (...order: readonly number[]) => readJournal(joined(order.map((index) => lines[index] ?? '')));
  t.deepEqual(
    at(0, 1, 3, 4).entries.map(({number}) => number),
    [5, 8],
    'the line after a lost one cannot be trusted',
  );
  t.deepEqual(at(0, 1, 3, 4).damaged, [3]);
  t.deepEqual(
    at(0, 1, 1, 2).entries.map(({number}) => number),
    [5, 6],
  );
  t.deepEqual(
    at(0, 2, 1, 3, 4).entries.map(({number}) => number),
    [8],
  );
  t.is(at(1, 2, 3).session, undefined, 'without its first line it belongs to nobody');
});

test('an entry of an unknown kind is passed over, and a step of one stays a step', (t) => {
  t.is(entryOf({type: 'lights', on: true}), undefined);
  t.is(entryOf({type: 'moved', commands: [{type: 'strip.explode', strip: 'kick'}]}), undefined);
  t.is(entryOf({type: 'moved', commands: [{type: 'strip.setMute', strip: 'kick', muted: 'yes'}]}), undefined);
  t.is(entryOf({type: 'pass.wrote', pass: 1, name: 'x', lane: 'vox level', frames: [1, 2], values: [1]}), undefined);
  t.is(entryOf({type: 'pass.wrote', pass: 1, name: 'x', lane: 'vox nothing', frames: [], values: []}), undefined);
  t.deepEqual(entryOf({type: 'step', step: {name: 'x', edits: 'many'}}), {
    type: 'step',
    step: {name: 'a step that was lost', edits: []},
  });
  const {bytes} = journalBytes([head, {type: 'entry', number: 5, writtenMs: 0, entry: undefined}, entryLine(6, moved)]);
  t.deepEqual(
    readJournal(bytes).entries.map(({entry}) => entry),
    [undefined, moved],
  );
});

test('lanes in the journal that cannot be are none', (t) => {
  const change = (frames: unknown, values: unknown) => ({
    type: 'step',
    step: {
      name: 'x',
      edits: [],
      lanes: [{lane: 'vox level', fromFrame: 0, toFrame: 9, before: {frames: [], values: []}, after: {frames, values}}],
    },
  });
  const isLost = (frames: unknown, values: unknown): boolean => {
    const entry = entryOf(change(frames, values));
    return entry?.type === 'step' && entry.step.name === 'a step that was lost';
  };
  t.false(isLost([1, 2], [0, 0]));
  t.true(isLost([1, 0], [0, 0]), 'two points at one place');
  t.true(isLost([1], [0, 0]));
  t.true(isLost([1, -1], [0, 0]));
  t.true(isLost([2 ** 31], [0]));
  t.true(isLost([1], ['loud']));
});

test('any bytes are read without an exception', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('{"n":', '1', ',"crc":"00000000"}', '\n', '"entry":{}', '\0', 'é'), {maxLength: 40}),
      (parts) => {
        readJournal(Buffer.from(parts.join('')));
        return readLine(Buffer.from(parts.join('')), 0) === undefined;
      },
    ),
    {numRuns: 200},
  );
  t.pass();
});
