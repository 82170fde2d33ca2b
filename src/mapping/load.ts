import {readdir, readFile} from 'node:fs/promises';
import {basename, dirname, join, resolve} from 'node:path';
import {describeError, type Problem} from '../model/problem.ts';
import {compileMappings, type Mappings, type MappingText} from './compile.ts';
import {problemAt} from './file-problems.ts';
import {shippedMappings} from './folder.ts';
import {checkProfileFile, profileFolderName} from './midi-profiles.ts';

interface Found {
  readonly texts: readonly MappingText[];
  readonly problems: readonly Problem[];
}

const nothing: Found = {texts: [], problems: []};

/**
 * Loads all mapping files of a folder (`surfaces/*.json`, `layouts/*.json`) and of any further folders, whose files
 * replace those of the same name, and are extended by files of their own folder and later ones only. A further folder need not exist. Never rejects: what cannot be read is a problem,
 * and everything else is loaded.
 */
export async function loadMappings(folder: string, ...further: readonly string[]): Promise<Mappings> {
  const found = await Promise.all([folder, ...further].map((place, layer) => readFolder(place, layer, layer === 0)));
  const mappings = compileMappings(found.flatMap(({texts}) => texts));
  return {...mappings, problems: [...found.flatMap(({problems}) => problems), ...mappings.problems]};
}

/**
 * Everything wrong with one mapping file, be it a surface, a layout, or (in a folder of that name) a profile of a device that is mixed over MIDI. It is seen together with the mappings of
 * `folders` (the files it extends, the controls that surfaces have; by default those that come with the program)
 * and with its neighbours, if it lies in a folder of mappings itself.
 */
export async function checkFile(
  path: string,
  folders: readonly string[] = [shippedMappings],
): Promise<readonly Problem[]> {
  if (basename(dirname(resolve(path))) === profileFolderName) return checkProfileFile(path);
  const own = await readMapping(path, folders.length);
  if (own.problems.length > 0) return own.problems;
  const ownFolder = resolve(path, '..', '..');
  const places = [...folders, ownFolder].map((place) => resolve(place));
  const around = await Promise.all(
    places.map((place, layer) =>
      // A folder that is its own, too, is read once.
      place === ownFolder && layer < folders.length ? nothing : readFolder(place, layer, false),
    ),
  );
  const texts = around.flatMap((found) => found.texts).filter((text) => resolve(text.path) !== resolve(path));
  const {problems} = compileMappings([...texts, ...own.texts]);
  return problems.filter((problem) => problem.path === path || problem.path.startsWith(`${path}: `));
}

async function readFolder(folder: string, layer: number, needed: boolean): Promise<Found> {
  const found = await Promise.all(['surfaces', 'layouts'].map((kind) => readFiles(join(folder, kind), layer, needed)));
  return {texts: found.flatMap(({texts}) => texts), problems: found.flatMap(({problems}) => problems)};
}

async function readFiles(folder: string, layer: number, needed: boolean): Promise<Found> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
    const found = await Promise.all(names.map((name) => readMapping(join(folder, name), layer)));
    return {texts: found.flatMap(({texts}) => texts), problems: found.flatMap(({problems}) => problems)};
  } catch (error) {
    return {texts: [], problems: needed ? [problemAt(folder, [], `cannot be read: ${describeError(error)}`)] : []};
  }
}

async function readMapping(path: string, layer: number): Promise<Found> {
  try {
    return {texts: [{path, text: await readFile(path, 'utf8'), layer}], problems: []};
  } catch (error) {
    return {texts: [], problems: [problemAt(path, [], `cannot be read: ${describeError(error)}`)]};
  }
}
