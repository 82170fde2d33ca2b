import {readdir, readFile} from 'node:fs/promises';
import {basename, join, resolve} from 'node:path';
import type {Layout} from '../model/layout.ts';
import {describeError, type Problem} from '../model/problem.ts';
import type {Surface} from '../model/surface.ts';
import {checkLayout} from './check-layout.ts';
import {checkSurface} from './check-surface.ts';
import {expandLayout} from './expand-layout.ts';
import {expandSurface} from './expand-surface.ts';
import {problemAt} from './file-problems.ts';
import {shippedMappings} from './folder.ts';
import {inherit, type WholeSurfaceFile} from './inherit.ts';
import type {LayoutFile} from './layout-schema.ts';
import {type ParsedMapping, parseMapping} from './parse.ts';
import type {SurfaceFile} from './surface-schema.ts';

/** What people should know about a surface beyond what the program needs. */
export interface SurfaceGuide {
  /** What to do on the device itself, step by step. */
  readonly setUp: readonly string[];
  /** Quirks, and what is not sure. */
  readonly notes: readonly string[];
  /** With what it was tried, or that it was not. */
  readonly tested: string;
}

export interface Mappings {
  /** Sorted by id; those without ports are only there to be extended. */
  readonly surfaces: readonly Surface[];
  /** Sorted by id. */
  readonly layouts: readonly Layout[];
  /** By surface id. */
  readonly guides: ReadonlyMap<string, SurfaceGuide>;
  /** What was found wrong; a file with an error is left out, all others are there. */
  readonly problems: readonly Problem[];
}

interface FoundFile {
  readonly id: string;
  readonly path: string;
  readonly parsed: ParsedMapping;
}

/**
 * Loads all mapping files of a folder (`surfaces/*.json`, `layouts/*.json`) and of any further folders, whose files
 * replace those of the same name. A further folder that does not exist is empty. Never rejects: what cannot be
 * read is a problem.
 */
export async function loadMappings(folder: string, ...further: readonly string[]): Promise<Mappings> {
  const problems: Problem[] = [];
  const files = new Map<string, FoundFile>();
  for (const place of [folder, ...further]) {
    for (const file of await readFolder(place, place === folder, problems)) files.set(keyOf(file), file);
  }
  return compile([...files.values()], problems);
}

/**
 * Everything wrong with one mapping file, be it a surface or a layout. It is compared with the mappings of `folders`
 * (parents it extends, controls that surfaces have), by default those that come with the program, and with its neighbours.
 */
export async function checkFile(
  path: string,
  folders: readonly string[] = [shippedMappings],
): Promise<readonly Problem[]> {
  const own = await readMapping(path);
  if (own.parsed.kind === 'broken') return own.parsed.problems;
  const files = new Map<string, FoundFile>();
  for (const folder of [...folders, resolve(path, '..', '..')]) {
    for (const file of await readFolder(folder, false, [])) files.set(keyOf(file), file);
  }
  files.set(keyOf(own), own);
  const {problems} = compile([...files.values()], []);
  return problems.filter((problem) => problem.path === path || problem.path.startsWith(`${path}: `));
}

function compile(files: readonly FoundFile[], found: readonly Problem[]): Mappings {
  const problems = [...found];
  const surfaceFiles = new Map<string, SurfaceFile>();
  const layoutFiles: {readonly id: string; readonly path: string; readonly file: LayoutFile}[] = [];
  for (const {id, path, parsed} of files) {
    if (parsed.kind === 'broken') problems.push(...parsed.problems);
    else if (parsed.kind === 'surface') surfaceFiles.set(id, parsed.file);
    else layoutFiles.push({id, path, file: parsed.file});
  }
  const surfaces: Surface[] = [];
  const guides = new Map<string, SurfaceGuide>();
  for (const {id, path, parsed} of files) {
    if (parsed.kind !== 'surface') continue;
    const inherited = inherit(path, id, parsed.file, surfaceFiles);
    const wrong = inherited.state === 'broken' ? inherited.problems : checkSurface(path, inherited.file);
    problems.push(...wrong);
    if (inherited.state === 'broken' || wrong.length > 0) continue;
    surfaces.push(expandSurface(id, inherited.file));
    guides.set(id, guideOf(inherited.file));
  }
  const layouts: Layout[] = [];
  for (const {id, path, file} of layoutFiles) {
    const wrong = checkLayout(path, file, surfaces);
    problems.push(...wrong);
    if (!wrong.some(({severity}) => severity === 'error')) layouts.push(expandLayout(id, file));
  }
  return {surfaces: surfaces.sort(byName), layouts: layouts.sort(byName), guides, problems};
}

async function readFolder(folder: string, needed: boolean, problems: Problem[]): Promise<readonly FoundFile[]> {
  const files: FoundFile[] = [];
  for (const kind of ['surfaces', 'layouts']) {
    const place = join(folder, kind);
    let names: readonly string[] = [];
    try {
      names = (await readdir(place)).filter((name) => name.endsWith('.json')).sort();
    } catch (error) {
      if (needed) problems.push(problemAt(place, [], `cannot be read: ${describeError(error)}`));
    }
    files.push(...(await Promise.all(names.map((name) => readMapping(join(place, name))))));
  }
  return files;
}

async function readMapping(path: string): Promise<FoundFile> {
  const id = basename(path, '.json');
  try {
    return {id, path, parsed: parseMapping(path, await readFile(path, 'utf8'))};
  } catch (error) {
    return {
      id,
      path,
      parsed: {kind: 'broken', problems: [problemAt(path, [], `cannot be read: ${describeError(error)}`)]},
    };
  }
}

/** A surface and a layout may bear the same name; a broken file replaces nothing, so that what it was meant to replace goes on. */
function keyOf(file: FoundFile): string {
  return file.parsed.kind === 'broken' ? `broken ${file.path}` : `${file.parsed.kind} ${file.id}`;
}

function guideOf(file: WholeSurfaceFile): SurfaceGuide {
  return {setUp: file.setUp ?? [], notes: file.notes ?? [], tested: file.tested};
}

function byName(one: {readonly id: string}, other: {readonly id: string}): number {
  return one.id < other.id ? -1 : 1;
}
