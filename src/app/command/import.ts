import {readFile} from 'node:fs/promises';
import {basename, join, resolve} from 'node:path';
import {compileMappings, type Mappings} from '../../mapping/compile.ts';
import type {ImportNote} from '../../mapping/import/finding.ts';
import {type Imported, importFile} from '../../mapping/import/import-file.ts';
import {fileId, portPatterns} from '../../mapping/import/port-pattern.ts';
import type {LayoutFile} from '../../mapping/layout-schema.ts';
import {portNames} from '../../mapping/match-surface.ts';
import {parseMapping} from '../../mapping/parse.ts';
import {DeskError, describeError, type Problem, plainText} from '../../model/problem.ts';
import {exitCode} from '../exit-code.ts';
import {mappingsFolder} from '../folders.ts';
import {deskMappings, type NewMapping, ownMappingPath, refuseMapping, writeMapping} from '../own-mappings.ts';

export interface ImportOptions {
  /** A folder for the files; where the program was started if absent. */
  readonly out?: string;
  /** Put them among the user's own mappings. */
  readonly install?: boolean;
  /** The folder of own mappings, if it is not the usual one. */
  readonly mappings?: string;
  /** The name of the port, if it is another than the product's. */
  readonly port?: string;
  /** The name of the files, if there is one file to import. */
  readonly name?: string;
  readonly replace?: boolean;
  readonly json?: boolean;
}

/** What became of one file. */
interface Outcome {
  readonly path: string;
  readonly imported: Imported;
  readonly written: readonly string[];
  /** What the user should know beside. */
  readonly hints: readonly string[];
}

/**
 * Imports files of other programs into mappings of ours, each for itself; status 5 if one of them was refused, or could not be written.
 * `write` takes what there is to tell of all of them.
 */
export async function importMappings(
  paths: readonly string[],
  options: ImportOptions,
  write: (text: string) => void = (text) => void process.stdout.write(text),
): Promise<number> {
  if (options.name !== undefined && paths.length > 1) {
    throw new DeskError('usage', '--name is for one file; several take the names that stand in them.');
  }
  const [base, mappings] = await Promise.all([baseLayout(), deskMappings(options.mappings)]);
  const outcomes: Outcome[] = [];
  for (const path of paths) outcomes.push(await importOne(path, base, mappings, options, outcomes));
  if (options.json) {
    write(`${JSON.stringify({schemaVersion: 1, files: outcomes.map(asJson)}, null, 2)}\n`);
  } else {
    for (const outcome of outcomes) write(`${outcomeLines(outcome).join('\n')}\n`);
  }
  return outcomes.some(({imported}) => imported.state === 'refused') ? exitCode.fileRefused : exitCode.ok;
}

/** `before`: what became of the files before this one, whose mappings it may not write over. */
async function importOne(
  path: string,
  base: LayoutFile | undefined,
  mappings: Mappings,
  options: ImportOptions,
  before: readonly Outcome[],
): Promise<Outcome> {
  const written: string[] = [];
  const refused = (reason: string): Outcome => ({
    path,
    imported: {state: 'refused', reason, line: undefined, notes: []},
    written,
    hints: [],
  });
  const bytes = await readFile(path).catch((error: unknown) => describeError(error));
  if (typeof bytes === 'string') return refused(`cannot be read: ${bytes}`);
  const imported = importFile(basename(path), bytes, base);
  if (imported.state === 'refused') return {path, imported, written: [], hints: []};
  const id = options.name === undefined ? imported.id : fileId(options.name);
  const port = options.port === undefined ? undefined : portNames(options.port).at(-1);
  const ports = port === undefined ? undefined : portPatterns(port).slice(0, 1);
  const surface = imported.surface && {...imported.surface, ...(ports === undefined ? {} : {ports})};
  const made: readonly NewMapping[] = [
    ...(surface === undefined ? [] : [{kind: 'surfaces', id, file: surface} as const]),
    ...(imported.layout === undefined ? [] : [{kind: 'layouts', id, file: imported.layout} as const]),
  ];
  const targets = made.map((mapping) => ({
    file: mapping.file,
    path: options.install ? ownMappingPath(mapping, options.mappings) : join(options.out ?? '.', fileName(mapping)),
  }));
  for (const target of targets) {
    const earlier = before.find((outcome) => outcome.written.some((file) => resolve(file) === resolve(target.path)));
    if (earlier !== undefined)
      return refused(`${earlier.path} became ${target.path} just now: import this one alone, with a --name of its own`);
  }
  try {
    // Both or none.
    if (options.replace !== true) for (const target of targets) await refuseMapping(target.path);
    for (const target of targets) {
      await writeMapping(target.path, target.file, options.replace === true);
      written.push(target.path);
    }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    return refused(error.message.replace(/\.$/, ''));
  }
  const faults = problemsOf(made);
  return {path, imported, written, hints: [...hints(id, surface?.ports, made, mappings, options), ...faults]};
}

/** A layout stands beside its surface where both lie in one folder. */
function fileName({kind, id}: NewMapping): string {
  return kind === 'surfaces' ? `${id}.json` : `${id}-layout.json`;
}

/** The layout of the program: it stays wherever an imported file says nothing. */
async function baseLayout(): Promise<LayoutFile | undefined> {
  const path = join(mappingsFolder, 'layouts', 'mixer.json');
  const parsed = parseMapping(path, await readFile(path, 'utf8'));
  return parsed.kind === 'layout' ? parsed.file : undefined;
}

/** What our own checks say of the files; never an error. */
function problemsOf(made: readonly NewMapping[]): readonly string[] {
  const texts = made
    .filter(({file}) => !('extends' in file))
    .map(({kind, id, file}) => ({path: `${kind}/${id}.json`, text: JSON.stringify(file)}));
  // Alone, a layout misses the surfaces of others.
  return compileMappings(texts)
    .problems.filter(({severity, path}) => severity === 'error' || path.startsWith('surfaces/'))
    .map(({path, reason}: Problem) => `${path}: ${reason}`);
}

function hints(
  id: string,
  ports: readonly string[] | undefined,
  made: readonly NewMapping[],
  mappings: Mappings,
  options: ImportOptions,
): readonly string[] {
  const wins = mappings.surfaces.some((known) => known.id === id) && made.some(({kind}) => kind === 'surfaces');
  return [
    ...(ports === undefined
      ? []
      : ports.length === 0
        ? ['It has no name to find its port by: give --port with a part of the name that "longthrow surfaces" shows.']
        : [
            `It is taken for any port whose name ${ports.some(isWholeName) ? 'is' : 'begins with'} ${ports.map(nameIn).join(' or ')}; --port gives another name.`,
          ]),
    ...(wins ? [`There is a surface "${id}" already: this one wins once it lies among your own mappings.`] : []),
    ...(options.install
      ? ports === undefined
        ? []
        : ['Plug it in and start "longthrow": it is found. "longthrow monitor" shows what each control does.']
      : [
          'The desk looks for mappings of your own in surfaces/ and layouts/ of its folder: --install puts them there.',
        ]),
    ...(made.some(({kind}) => kind === 'layouts')
      ? [`Its keys or knobs do other than usual: start with --layout ${id}.`]
      : []),
  ];
}

/** Whether a pattern for ports stands for a name from beginning to end. */
function isWholeName(pattern: string): boolean {
  return /(?<!\\)\$$/.test(pattern);
}

/** The name in a pattern for ports. */
function nameIn(pattern: string): string {
  const name = pattern.replace(/^\^/, '').replace(/\\b$|(?<!\\)\$$/, '');
  return `"${name.replace(/\\(.)/g, '$1')}"`;
}

function outcomeLines({path, imported, written, hints: told}: Outcome): readonly string[] {
  const notes = imported.notes.map((note) => noteLine(path, note));
  if (imported.state === 'refused') {
    const line = imported.line === undefined ? '' : `:${imported.line}`;
    const rest = written.length === 0 ? ' Nothing was written.' : '';
    return [...notes, `${path}${line}: ${imported.reason}.${rest}`, ...written.map((file) => `  wrote ${file}`)];
  }
  const {name, format, carried} = imported;
  const left = imported.notes.filter(({outcome}) => outcome === 'left out').length;
  return [
    ...notes,
    `${path}: ${format}, "${plainText(name)}": ${carried} carried over, ${left} left out`,
    ...written.map((file) => `  wrote ${file}`),
    ...told.map((hint) => `  ${hint}`),
  ];
}

/** Where, what, and why, on one line. */
function noteLine(path: string, {line, element, reason, outcome}: ImportNote): string {
  const place = line === undefined ? path : `${path}:${line}`;
  return `${place}: ${outcome}: ${element === '' ? '' : `${plainText(element)} – `}${reason}`;
}

function asJson({path, imported, written, hints: told}: Outcome): object {
  if (imported.state === 'refused') {
    const {reason, line, notes} = imported;
    return {path, state: 'refused', reason, line: line ?? null, notes: notes.map(noteJson), written};
  }
  const {format, name, carried, notes} = imported;
  return {path, state: 'imported', format, name, carried, notes: notes.map(noteJson), written, hints: told};
}

function noteJson({line, ...note}: ImportNote): object {
  return {line: line ?? null, ...note};
}
