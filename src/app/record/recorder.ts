import {closeSync, openSync, writeSync} from 'node:fs';
import {extname} from 'node:path';
import {DeskError, describeError, plainText} from '../../model/problem.ts';
import {createInterpreter, type Interpreter} from '../../surface/interpreter.ts';
import type {Port} from '../../transport/contract.ts';
import {entryLine, headerLine, type RecordingEntry, recordingVersion} from './entry.ts';
import type {Tap, TappedBytes} from './tap.ts';

/** Writes down what goes over ports, each time a port is opened into a file of its own. */
export interface Recorder extends Tap {
  /** The files that were begun, in order. */
  readonly files: readonly string[];
  /** What went wrong with a disk, as a sentence; nothing is written there any more. */
  readonly failed: string | undefined;
  /** Ends all recordings. Idempotent. */
  close(): void;
}

export interface RecorderOptions {
  /** Of the first file; further ones get a number before the ending. */
  readonly path: string;
  readonly layout: string;
  /** What the desk mixes now, as a session file has it. */
  readonly session: () => unknown;
  readonly nowMs: () => number;
}

interface Take {
  readonly file: number;
  readonly openedMs: number;
  readonly interpreter: Interpreter;
}

/** A recorder that begins a file when the first port is opened; only ports whose surface is known are recorded. No file is ever written over. */
export function createRecorder({path, layout, session, nowMs}: RecorderOptions): Recorder {
  const takes = new Map<string, Take>();
  const files: string[] = [];
  let failed: string | undefined;

  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      failed ??= `The recording cannot be written: ${describeError(error)}`;
    }
  };
  const end = (port: Port): void => {
    const take = takes.get(port.id);
    takes.delete(port.id);
    if (take !== undefined) attempt(() => closeSync(take.file));
  };
  const write = (take: Take, tapped: TappedBytes): void => {
    writeSync(take.file, `${entryLine(entryOf(take.interpreter, tapped, nowMs() - take.openedMs))}\n`);
  };

  return {
    files,
    get failed() {
      return failed;
    },
    opened(port, surface) {
      if (surface === undefined || failed !== undefined) return;
      end(port);
      attempt(() => {
        const {name, file} = newFile(path, files.length);
        files.push(name);
        const source = `recorded with ${plainText(`${surface.maker} ${surface.name}`).trim()}`;
        const told = surface.told === undefined ? {} : {device: surface.told};
        const of = {version: recordingVersion, surface: surface.id, port: plainText(port.name), layout, source};
        takes.set(port.id, {file, openedMs: nowMs(), interpreter: createInterpreter(surface)});
        writeSync(file, `${headerLine({...of, ...told, session: session()})}\n`);
      });
    },
    passed(bytes) {
      const take = takes.get(bytes.port.id);
      if (take !== undefined && failed === undefined) attempt(() => write(take, bytes));
    },
    closed: end,
    close() {
      for (const {file} of takes.values()) attempt(() => closeSync(file));
      takes.clear();
    },
  };
}

/** Pictures are longer than this, and are told apart by what they show: kept whole, they would fill a disk. */
const longestKept = 512;
const headKept = 16;

/** A line of a recording: what went by, and what it means. */
export function entryOf(
  interpreter: Interpreter,
  {from, bytes, because}: Pick<TappedBytes, 'from' | 'bytes' | 'because'>,
  atMs: number,
): RecordingEntry {
  const shows = from === 'desk' ? interpreter.toDevice(bytes) : [];
  const words =
    from === 'desk' ? shows.map(({about, value}) => `${about} ${value}`.trim()) : interpreter.fromDevice(bytes);
  const isLong = from === 'desk' && bytes.length > longestKept;
  return {
    atMs,
    from,
    bytes: isLong ? bytes.slice(0, headKept) : bytes,
    ...(isLong ? {cut: {length: bytes.length, shows}} : {}),
    means: plainText(words.join('; ')),
    ...(because === undefined ? {} : {because}),
  };
}

/** A new file of that name; of a further recording, with the next number that is free. */
function newFile(path: string, already: number): {readonly name: string; readonly file: number} {
  const ending = extname(path);
  const stem = ending === '' ? path : path.slice(0, -ending.length);
  for (let number = already + 1; ; number++) {
    const name = number === 1 ? path : `${stem}-${number}${ending}`;
    try {
      return {name, file: openSync(name, 'wx')};
    } catch (error) {
      const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isThere || number === 1 || number > already + 100) throw error;
    }
  }
}

/** Rejects a path at which there is something, before anything is opened for it. */
export function refuseExisting(path: string): void {
  try {
    closeSync(openSync(path, 'r'));
  } catch {
    return;
  }
  throw new DeskError(
    'file.unwritable',
    `${path} is there already, and no recording is written over. Give another name.`,
  );
}
