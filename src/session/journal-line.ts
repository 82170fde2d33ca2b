import {crc32} from 'node:zlib';
import type {JournalEntry} from '../model/journal.ts';
import {entryOf, writtenEntry} from './journal-entry.ts';

/**
 * A line of the journal: a JSON object, whose last member is a checksum.
 *
 *     {"journal":1,"session":"0a1b…","from":0,"crc":"5f3c0d11"}                the first line: version, whose journal, and the entry it begins after
 *     {"n":1,"ms":1767225600000,"entry":{"type":"moved",…},"crc":"09ab77e0"}   an entry, its number, and when it was written
 *     {"saved":1,"crc":"c2d11f5a"}                                             session.json holds all up to this entry
 *
 * An entry is undefined if it is whole, but of a kind that this program does not know. The checksum is CRC-32 of all bytes of the line before `,"crc"`, begun with the checksum of the line before: so a line that was lost is found out, too.
 */
export type JournalLine =
  | {readonly type: 'head'; readonly session: string; readonly from: number}
  | {
      readonly type: 'entry';
      readonly number: number;
      readonly writtenMs: number;
      readonly entry: JournalEntry | undefined;
    }
  | {readonly type: 'saved'; readonly number: number};

/** The version of journals that this program writes, and the only one it reads. */
const journalVersion = 1;
const endPattern = /,"crc":"([0-9a-f]{8})"\}$/;
/** Bytes of `,"crc":"00000000"}`. */
const endLength = 18;

/** A line with its checksum and its end, and that checksum for the next line. */
export function writtenLine(line: JournalLine, before: number): {readonly bytes: Buffer; readonly crc: number} {
  const body = JSON.stringify(bodyOf(line)).slice(0, -1);
  const crc = crc32(body, before);
  return {bytes: Buffer.from(`${body},"crc":"${crc.toString(16).padStart(8, '0')}"}\n`), crc};
}

function bodyOf(line: JournalLine): unknown {
  switch (line.type) {
    case 'head':
      return {journal: journalVersion, session: line.session, from: line.from};
    case 'entry':
      return {n: line.number, ms: line.writtenMs, entry: line.entry === undefined ? null : writtenEntry(line.entry)};
    case 'saved':
      return {saved: line.number};
  }
}

/** The checksum that a line says it has; undefined if it says none. */
export function statedCrc(line: Uint8Array): number | undefined {
  const stated = endPattern.exec(Buffer.from(line.subarray(-endLength)).toString('latin1'))?.[1];
  return stated === undefined ? undefined : Number.parseInt(stated, 16);
}

/** A line without its end, as it was written after one with that checksum; undefined if it was not written so. */
export function readLine(line: Uint8Array, before: number): JournalLine | undefined {
  const body = line.subarray(0, line.length - endLength);
  if (line.length <= endLength || statedCrc(line) !== crc32(body, before)) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(line).toString('utf8'));
  } catch {
    return undefined;
  }
  return lineOf(json);
}

function lineOf(json: unknown): JournalLine | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  if ('n' in json && 'ms' in json && 'entry' in json) {
    const {n: number, ms: writtenMs} = json;
    const entry = entryOf(json.entry);
    if (!isCount(number) || typeof writtenMs !== 'number') return undefined;
    return {type: 'entry', number, writtenMs, entry};
  }
  if ('saved' in json) return isCount(json.saved) ? {type: 'saved', number: json.saved} : undefined;
  if ('journal' in json && 'session' in json && 'from' in json) {
    const {journal, session, from} = json;
    return journal === journalVersion && typeof session === 'string' && isCount(from)
      ? {type: 'head', session, from}
      : undefined;
  }
  return undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
