import type {Dirent} from 'node:fs';
import {readdir, stat} from 'node:fs/promises';
import {basename, dirname, join, relative} from 'node:path';
import {type Problem, plainText} from '../model/problem.ts';
import type {StemFile} from '../model/session.ts';

/** What became of a stem that is not where it was. */
export interface SoughtStem {
  readonly file: StemFile;
  /** Where it was found, or why it was not; undefined if there is nothing of its name. */
  readonly problem: Problem | undefined;
}

/** How deep and how wide a search goes: it must end on a disk full of music, too. */
const deepBelow = 6;
const deepBeside = 2;
const mostEntries = 20_000;

/**
 * Looks for stems that are not where they were: by name and length below the session's folder and beside the old place. Without a known length only a single file
 * of that name below the session's folder will do, for next door is another song with a kick. Of several that would do none is taken: they are told. Files that
 * other strips play are theirs. Never throws.
 */
export async function seekStems(
  missing: readonly StemFile[],
  folder: string,
  present: ReadonlySet<string>,
): Promise<readonly SoughtStem[]> {
  if (missing.length === 0) return [];
  const names = new Set(missing.map(({path}) => basename(path)));
  const below = await filesNamed(names, folder, deepBelow);
  const places = new Set(missing.map(({path}) => dirname(dirname(path))));
  const beside = await Promise.all([...places].map((place) => filesNamed(names, place, deepBeside)));
  return Promise.all(
    missing.map(async (stem) => {
      const place = [...places].indexOf(dirname(dirname(stem.path)));
      const ofName = (paths: readonly string[]): readonly string[] =>
        paths.filter((path) => basename(path) === basename(stem.path) && !present.has(path));
      return found(stem, ofName(below), ofName(beside[place] ?? []), folder);
    }),
  );
}

async function found(
  stem: StemFile,
  below: readonly string[],
  beside: readonly string[],
  folder: string,
): Promise<SoughtStem> {
  const all = [...new Set([...below, ...beside])];
  const lost = stem;
  const tell = (reason: string, hint: string): Problem => ({
    path: plainText(stem.path),
    reason,
    hint,
    severity: 'warning',
  });
  const shown = (path: string): string => {
    const inside = relative(folder, path);
    return plainText(inside.startsWith('..') ? path : inside);
  };
  const lengths = await Promise.all(all.map(async (path) => (await stat(path).catch(() => undefined))?.size));
  const fits = stem.bytes === undefined ? below : all.filter((_, index) => lengths[index] === stem.bytes);
  const [only] = fits;
  if (only !== undefined && fits.length === 1) {
    const bytes = lengths[all.indexOf(only)];
    const file = {strip: stem.strip, path: only, ...(bytes === undefined ? {} : {bytes})};
    const how = stem.bytes === undefined ? 'by its name' : 'by name and length';
    return {
      file,
      problem: tell(`was moved, and found again ${how}: ${shown(only)}`, 'The next save remembers the new place.'),
    };
  }
  if (fits.length > 1) {
    const list = fits.slice(0, 4).map(shown).join(', ');
    const hint = 'Put the right one back, or name it in session.json.';
    return {file: lost, problem: tell(`is missing; several could be it: ${list}. Its strip is silent`, hint)};
  }
  const [other] = all;
  if (other === undefined || stem.bytes === undefined) return {file: lost, problem: undefined};
  const hint = 'If it is the right one nevertheless, name it in session.json.';
  return {
    file: lost,
    problem: tell(`is missing; ${shown(other)} has its name but another length. Its strip is silent`, hint),
  };
}

/** Files of these names below a folder, nearest first. Links to folders are not followed, hidden ones not entered. */
async function filesNamed(names: ReadonlySet<string>, root: string, depth: number): Promise<readonly string[]> {
  const files: string[] = [];
  let folders: readonly string[] = dirname(root) === root ? [] : [root];
  let entries = 0;
  for (let level = 0; level < depth && folders.length > 0; level++) {
    const next: string[] = [];
    for (const folder of folders) {
      const found = await readdir(folder, {withFileTypes: true}).catch((): Dirent[] => []);
      entries += found.length;
      if (entries > mostEntries) return files;
      for (const entry of found) {
        const path = join(folder, entry.name);
        if (entry.isDirectory() && !entry.name.startsWith('.')) next.push(path);
        else if (!entry.isDirectory() && names.has(entry.name)) files.push(path);
      }
    }
    folders = next;
  }
  return files;
}
