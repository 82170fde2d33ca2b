import {join} from 'node:path';
import type {History, Step} from '../model/history.ts';
import type {JournalEntry} from '../model/journal.ts';
import {type Disk, putDurably} from './durable-file.ts';
import {type JournalEnd, journalBytes, journalFileName, type NumberedEntry} from './journal-file.ts';
import type {JournalLine} from './journal-line.ts';

/** What a journal is to hold that takes the place of another. */
export interface Renewal {
  readonly session: string;
  /** Entries that belong to the state, in order. */
  readonly entries: readonly NumberedEntry[];
  /** All up to this entry is in session.json and its backup: of that only the steps stay. */
  readonly base: number;
  /** All up to this entry is in session.json. */
  readonly saved: number;
  /** The highest number that any entry ever had; `added` goes on from there. */
  readonly lastNumber: number;
  readonly added: readonly JournalEntry[];
  readonly writtenMs: number;
}

/** A journal that says the same as entries that were read, without what is no longer needed. */
export function renewedJournal(renewal: Renewal): {readonly bytes: Uint8Array; readonly end: JournalEnd} {
  const {session, entries, saved, lastNumber, added, writtenMs} = renewal;
  const old = entries.filter(({number}) => number <= renewal.base);
  const steps = entriesOf(historyOf(old));
  const numbered = steps.map((entry, index): JournalLine => {
    return {type: 'entry', number: renewal.base - steps.length + 1 + index, writtenMs, entry};
  });
  const kept = entries
    .filter(({number}) => number > renewal.base)
    .map(({number, writtenMs: atMs, entry}): JournalLine => ({type: 'entry', number, writtenMs: atMs, entry}));
  const fresh = added.map((entry, index): JournalLine => {
    return {type: 'entry', number: lastNumber + 1 + index, writtenMs, entry};
  });
  const head: JournalLine = {type: 'head', session, from: renewal.base};
  const {bytes, end} = journalBytes([head, ...numbered, ...kept, ...fresh, {type: 'saved', number: saved}]);
  return {bytes, end: {...end, number: Math.max(end.number, lastNumber)}};
}

/** The steps of entries, as they stood after the last. */
function historyOf(entries: readonly NumberedEntry[]): History {
  const past: Step[] = [];
  const future: Step[] = [];
  for (const {entry} of entries) {
    if (entry?.type === 'step') {
      past.push(entry.step);
      future.length = 0;
    } else if (entry?.type === 'undone') future.push(...past.splice(-1));
    else if (entry?.type === 'redone') past.push(...future.splice(-1));
  }
  return {past, future};
}

/** The fewest entries that make a history: all its steps in the order in which they were done, and how many of them were taken back. */
function entriesOf({past, future}: History): readonly JournalEntry[] {
  const done = [...past, ...[...future].reverse()];
  return [
    ...done.map((step): JournalEntry => ({type: 'step', step})),
    ...future.map((): JournalEntry => ({type: 'undone'})),
  ];
}

/**
 * Puts a journal into a session's folder, in one stroke. What was there is first kept under the first free name of its kind, if it is not to be lost; answers
 * with that name. Rejects with the system's error, and leaves the old one then.
 */
export async function placeJournal(
  folder: string,
  bytes: Uint8Array,
  keepsOld: boolean,
  disk: Disk,
): Promise<string | undefined> {
  const path = join(folder, journalFileName);
  const before = keepsOld ? await disk.read(path) : undefined;
  let aside: string | undefined;
  if (before !== undefined && before.length > 0) {
    aside = freeName(await disk.names(folder));
    await putDurably(join(folder, aside), before, 0o666, disk);
  }
  await putDurably(path, bytes, 0o666, disk);
  return aside;
}

function freeName(taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = `journal-aside-${number}.jsonl`;
    if (!taken.includes(name)) return name;
  }
}
