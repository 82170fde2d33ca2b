import {readFile, stat} from 'node:fs/promises';
import {basename} from 'node:path';
import {openNewFile} from '../../engine/new-file.ts';
import type {AutomationSettings} from '../../model/automation.ts';
import {emptyLane, type LaneId} from '../../model/lane.ts';
import {changeBetween, type LaneChange, type Lanes} from '../../model/lane-change.ts';
import {DeskError, describeError, type Problem, plainText} from '../../model/problem.ts';
import {lanesAsCsv} from '../../session/exchange/csv-export.ts';
import {lanesOfCsv} from '../../session/exchange/csv-import.ts';
import {
  type ExchangeStage,
  type LaneExport,
  type LaneImport,
  largestImportBytes,
} from '../../session/exchange/exchange.ts';
import {lanesAsMidi, mostMidiPoints} from '../../session/exchange/midi-export.ts';
import {lanesOfMidi} from '../../session/exchange/midi-import.ts';
import {refuseTaken} from '../bounce-target.ts';
import {chosenLanes} from '../chosen-lanes.ts';
import {editSession} from '../edit-session.ts';
import {exitCode} from '../exit-code.ts';
import {openSession, problemLine} from '../open-session.ts';

export interface ExchangeOptions {
  readonly midi?: string;
  readonly csv?: string;
  readonly json?: boolean;
}

export interface ExportOptions extends ExchangeOptions {
  readonly replace?: boolean;
}

export interface ImportOptions extends ExchangeOptions {
  readonly skipUnknown?: boolean;
}

/** Writes lanes of a session to a file of another program, and says what the file does not carry. */
export async function exportAutomation(
  path: string,
  words: readonly string[],
  options: ExportOptions,
): Promise<number> {
  const {kind, file} = chosenFile(options);
  const isPipe = file === '-' && kind === 'csv';
  const {session, lanes: all} = await openSession(path);
  const lanes = chosenOf(all, words, session);
  if (lanes.size === 0) throw new DeskError('session.invalid', `${session.folder}: there is no automation to export.`);
  if (!options.replace && !isPipe) await refuseTaken([file]);
  const made = kind === 'csv' ? csvOf(lanes, session) : midiOf(lanes, session);
  if (isPipe) for (const piece of made.content) process.stdout.write(piece);
  else await writeFile(file, made.content);
  const {points} = made;
  const notes = [...made.notes, ...modesNote(session.automation?.settings)];
  if (options.json && !isPipe) {
    process.stdout.write(`${JSON.stringify({schemaVersion: 1, file, lanes: made.lanes, points, notes}, null, 2)}\n`);
    return exitCode.ok;
  }
  for (const note of notes) process.stderr.write(`${note}\n`);
  if (!isPipe) process.stdout.write(`${file}: ${made.lanes} lanes, ${points} points\n`);
  return exitCode.ok;
}

/** Takes the lanes of a file into a session that is not open, as one step; lanes that the file does not have stay. */
export async function importAutomation(path: string, options: ImportOptions): Promise<number> {
  const {kind, file} = chosenFile(options);
  const bytes = await readBytes(file);
  let read: LaneImport = {type: 'refused', problems: []};
  const {lanes, changed} = await editSession(path, ({session, lanes: before}) => {
    const skip = options.skipUnknown === true;
    read =
      kind === 'csv'
        ? lanesOfCsv(Buffer.from(bytes).toString('utf8'), file, session, skip)
        : lanesOfMidi(bytes, file, session, skip);
    if (read.type === 'refused') throw refusedError(read.problems);
    const changes = [...read.lanes].flatMap(([id, lane]): readonly LaneChange[] => {
      const change = changeBetween(id, before.get(id) ?? emptyLane, lane);
      return change === undefined ? [] : [change];
    });
    return {step: {name: `import ${plainText(basename(file))}`, edits: [], lanes: changes}};
  });
  const imported = importedOf(read);
  const ids = [...imported.lanes.keys()];
  if (options.json) {
    const counts = ids.map((lane) => ({lane, points: lanes.get(lane)?.frames.length ?? 0}));
    const answer = {schemaVersion: 1, changed, file, lanes: counts, problems: imported.warnings};
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return exitCode.ok;
  }
  for (const problem of imported.warnings) process.stderr.write(`${problemLine(problem)}\n`);
  for (const id of ids) process.stdout.write(`${id}: ${lanes.get(id)?.frames.length ?? 0} points\n`);
  process.stdout.write(
    changed ? 'Imported. The desk can take it back.\n' : 'Nothing changes: all of it is there already.\n',
  );
  return exitCode.ok;
}

function importedOf(read: LaneImport): Extract<LaneImport, {type: 'lanes'}> {
  return read.type === 'lanes' ? read : {type: 'lanes', lanes: new Map(), warnings: []};
}

function refusedError(problems: readonly Problem[]): DeskError {
  const lines = [...problems.map(problemLine), 'Nothing was changed.'];
  return new DeskError('file.unreadable', lines.join('\n'));
}

/** Modes are the session's own; a file of other programs has no place for them. */
function modesNote(settings: AutomationSettings | undefined): readonly string[] {
  if (settings === undefined) return [];
  const {stripModes, laneModes, safeStrips, safeLanes} = settings;
  const isUsed = [stripModes, laneModes, safeStrips, safeLanes].some(({size}) => size > 0);
  return isUsed ? ['Modes and protection of strips and lanes are not in the file.'] : [];
}

function chosenFile({midi, csv}: ExchangeOptions): {readonly kind: 'midi' | 'csv'; readonly file: string} {
  if (midi !== undefined && csv === undefined) return {kind: 'midi', file: midi};
  if (csv !== undefined && midi === undefined) return {kind: 'csv', file: csv};
  throw new DeskError('usage', 'Give --midi FILE or --csv FILE.');
}

function chosenOf(lanes: Lanes, words: readonly string[], {mixer}: ExchangeStage): Lanes {
  if (words.length === 0) return lanes;
  const entries = chosenLanes(words, mixer, lanes).map(({id}): readonly [LaneId, ReturnType<Lanes['get']>] => [
    id,
    lanes.get(id),
  ]);
  const empty = entries.find(([, lane]) => lane === undefined);
  if (empty !== undefined) throw new DeskError('usage', `${empty[0]} has no points yet.`);
  return new Map(entries.flatMap(([id, lane]) => (lane === undefined ? [] : [[id, lane] as const])));
}

function csvOf(lanes: Lanes, stage: ExchangeStage): LaneExport<readonly (string | Uint8Array)[]> {
  return lanesAsCsv(lanes, stage);
}

function midiOf(lanes: Lanes, stage: ExchangeStage): LaneExport<readonly (string | Uint8Array)[]> {
  const made = lanesAsMidi(lanes, stage);
  if (made !== undefined) return {...made, content: [made.content]};
  const most = mostMidiPoints.toLocaleString('en');
  throw new DeskError('usage', `There are more than ${most} points: thin the lanes first, or export a few of them.`);
}

async function writeFile(target: string, content: readonly (string | Uint8Array)[]): Promise<void> {
  const file = await openNewFile(target);
  try {
    for (const piece of content) await file.append(Buffer.from(piece));
    await file.complete();
    await file.place();
  } finally {
    await file.abandon();
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const facts = await stat(file);
    if (!facts.isFile()) throw new Error('it is not a file');
    if (facts.size > largestImportBytes) throw new Error(`it is larger than ${largestImportBytes / 1e6} MB`);
    return await readFile(file);
  } catch (error) {
    throw new DeskError('file.unreadable', `${plainText(file)} cannot be read: ${describeError(error)}`, error);
  }
}
