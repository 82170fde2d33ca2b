import type {JournalEntry} from '../model/journal.ts';
import type {AppendFile} from './append-file.ts';
import type {JournalEnd} from './journal-file.ts';
import {type JournalLine, writtenLine} from './journal-line.ts';

/** Time as the writer needs it. */
export interface WriterClock {
  /** In ms, from any beginning. */
  now(): number;
  /** Calls later; returns the way to call it off. */
  after(delayMs: number, call: () => void): () => void;
}

export interface JournalWriterOptions {
  /** Opens the journal, ready to be continued: at first wherever it ends, after a failure where it ended before. Asked until it succeeds. */
  readonly open: (end: JournalEnd | undefined) => Promise<{readonly file: AppendFile; readonly end: JournalEnd}>;
  /** The number of the last entry that was ever written. */
  readonly lastNumber: number;
  readonly clock: WriterClock;
  /** ms since 1970. */
  readonly wallMs: () => number;
  /** Told when the disk refuses, and (undefined) when it does no longer. */
  readonly troubled: (error: unknown) => void;
}

/** Appends to a journal: in order, each line whole, and on the disk soon. What a disk refuses is kept and tried again. */
export interface JournalWriter {
  /** Takes an entry; answers with its number. */
  append(entry: JournalEntry): number;
  /** Notes that session.json holds all up to this entry. */
  saved(number: number): void;
  /** Of the last entry taken, and of the last that is on the disk. */
  readonly taken: number;
  readonly acknowledged: number;
  /** Bytes that were written since the writer was made. */
  readonly writtenBytes: number;
  /** Resolves when all that was taken so far is on the disk (true), or as soon as the disk refuses it (false). */
  flushed(): Promise<boolean>;
  /** Flushes once more and gives the file back; false if something could not be written. */
  close(): Promise<boolean>;
}

/** Flushes follow each other by so much at the least, so that a disk that is shared with the sound has rest. */
const restMs = 40;
/** A disk that refused is asked again after so long. */
const retryMs = 1000;

export function createJournalWriter(options: JournalWriterOptions): JournalWriter {
  const {clock} = options;
  let lines: JournalLine[] = [];
  let taken = options.lastNumber;
  let acknowledged = options.lastNumber;
  let writtenBytes = 0;
  let file: AppendFile | undefined;
  let ended: JournalEnd | undefined;
  let isFailing = false;
  let running: Promise<boolean> | undefined;
  let flushedMs = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | undefined;
  let closed = false;

  const soon = (): void => {
    if (running !== undefined || cancel !== undefined || closed) return;
    const delay = isFailing ? retryMs : Math.max(0, flushedMs + restMs - clock.now());
    cancel = clock.after(delay, () => {
      cancel = undefined;
      void flush();
    });
  };

  /** One write and one flush of all that waits. Lines stay until they are on the disk: a second try writes them at the same place. */
  const flush = (): Promise<boolean> => {
    running ??= write().then((done) => {
      running = undefined;
      flushedMs = clock.now();
      if (lines.length > 0) soon();
      return done;
    });
    return running;
  };

  const write = async (): Promise<boolean> => {
    const batch = [...lines];
    if (batch.length === 0) return true;
    try {
      if (file === undefined || ended === undefined) ({file, end: ended} = await options.open(ended));
      const next = {...ended};
      const pieces: Uint8Array[] = [];
      for (const line of batch) {
        const {bytes, crc} = writtenLine(line, next.crc);
        pieces.push(bytes);
        next.crc = crc;
        next.bytes += bytes.length;
        if (line.type === 'entry') next.number = line.number;
      }
      await file.write(Buffer.concat(pieces), ended.bytes);
      await file.flush();
      writtenBytes += next.bytes - ended.bytes;
      ended = next;
      lines = lines.slice(batch.length);
      acknowledged = next.number;
      if (isFailing) options.troubled(undefined);
      isFailing = false;
      return true;
    } catch (error) {
      await file?.close().catch(() => undefined);
      file = undefined;
      isFailing = true;
      options.troubled(error ?? new Error('unknown'));
      return false;
    }
  };

  const take = (line: JournalLine): void => {
    lines.push(line);
    soon();
  };

  const flushed = async (): Promise<boolean> => {
    const last = taken;
    while (lines.length > 0 && (acknowledged < last || lines.some(({type}) => type === 'saved'))) {
      if (!(await flush())) return false;
    }
    return true;
  };

  return {
    append(entry) {
      taken++;
      take({type: 'entry', number: taken, writtenMs: options.wallMs(), entry});
      return taken;
    },
    saved: (number) => take({type: 'saved', number}),
    get taken() {
      return taken;
    },
    get acknowledged() {
      return acknowledged;
    },
    get writtenBytes() {
      return writtenBytes;
    },
    flushed,
    async close() {
      cancel?.();
      closed = true;
      const done = await flushed();
      await file?.close().catch(() => undefined);
      return done;
    },
  };
}
