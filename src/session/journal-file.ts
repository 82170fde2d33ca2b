import type {JournalEntry} from '../model/journal.ts';
import {type JournalLine, readLine, statedCrc, writtenLine} from './journal-line.ts';

/** Name of the journal in a session's folder. */
export const journalFileName = 'journal.jsonl';

/** One entry as it stands in a journal. */
export interface NumberedEntry {
  /** Entries are numbered upwards, from 1 on; none is the number of two. */
  readonly number: number;
  /** When it was written, in ms since 1970. */
  readonly writtenMs: number;
  /** Undefined if it is of a kind that this program does not know. */
  readonly entry: JournalEntry | undefined;
}

/** What a journal holds. */
export interface ReadJournal {
  /** The id of the session it belongs to; undefined if its first line is no journal's. */
  readonly session: string | undefined;
  /** It begins after this entry: what was before is in it only as steps. */
  readonly from: number;
  readonly entries: readonly NumberedEntry[];
  /** The last entry that is known to be in session.json; 0 if none is. */
  readonly saved: number;
  /** Where it can be continued: behind the last whole line, with the checksum of that line and the number of the last entry. */
  readonly end: JournalEnd;
  /** Numbers (from 1) of damaged lines that whole ones follow. */
  readonly damaged: readonly number[];
  /** What stands behind the last whole line. */
  readonly tornBytes: number;
}

/** Where a journal ends. */
export interface JournalEnd {
  readonly bytes: number;
  readonly crc: number;
  readonly number: number;
}

const newline = 10;

/** Reads a journal: every line that is whole, and where it is not. Never throws. */
export function readJournal(bytes: Uint8Array): ReadJournal {
  const entries: NumberedEntry[] = [];
  const damaged: number[] = [];
  let session: string | undefined;
  let from = 0;
  let saved = 0;
  let end: JournalEnd = {bytes: 0, crc: 0, number: 0};
  let before: number | undefined = 0;
  let gap: number[] = [];
  let line = 0;
  for (let at = 0; at < bytes.length; ) {
    line++;
    const found = bytes.indexOf(newline, at);
    if (found === -1) break;
    const text = bytes.subarray(at, found);
    at = found + 1;
    const read = before === undefined ? undefined : readLine(text, before);
    before = statedCrc(text);
    if (read === undefined || before === undefined || !follows(read, end.number, line)) {
      gap.push(line);
      continue;
    }
    damaged.push(...gap);
    gap = [];
    end = {bytes: at, crc: before, number: end.number};
    if (read.type === 'head') {
      session = read.session;
      from = read.from;
    } else if (read.type === 'saved') {
      saved = read.number;
    } else {
      end = {...end, number: read.number};
      entries.push({number: read.number, writtenMs: read.writtenMs, entry: read.entry});
    }
  }
  end = {...end, number: Math.max(from, end.number)};
  return {session, from, entries, saved, end, damaged, tornBytes: bytes.length - end.bytes};
}

/** The head stands first and nowhere else; numbers rise. */
function follows(read: JournalLine, last: number, line: number): boolean {
  if (read.type === 'head') return line === 1;
  return read.type === 'saved' || read.number > last;
}

/** A whole journal: its bytes, and where it ends. */
export function journalBytes(lines: readonly JournalLine[]): {readonly bytes: Uint8Array; readonly end: JournalEnd} {
  let crc = 0;
  let number = 0;
  const pieces = lines.map((line) => {
    const written = writtenLine(line, crc);
    crc = written.crc;
    if (line.type === 'head') number = line.from;
    if (line.type === 'entry') number = Math.max(number, line.number);
    return written.bytes;
  });
  const bytes = Buffer.concat(pieces);
  return {bytes, end: {bytes: bytes.length, crc, number}};
}
