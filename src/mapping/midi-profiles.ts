import {readdir, readFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import type {MidiProfile} from '../model/midi-profile.ts';
import {describeError, type Problem} from '../model/problem.ts';
import {problemAt} from './file-problems.ts';
import {readMidiProfile} from './midi-profile.ts';

/** The folder of profiles within a folder of mappings. */
export const profileFolderName = 'midi-profiles';

export interface MidiProfiles {
  /** By id. */
  readonly profiles: ReadonlyMap<string, MidiProfile>;
  readonly problems: readonly Problem[];
}

/** Loads all profiles of folders of mappings; later ones replace those of the same name. Folders without any are none. Never rejects. */
export async function loadMidiProfiles(...folders: readonly string[]): Promise<MidiProfiles> {
  const profiles = new Map<string, MidiProfile>();
  const problems: Problem[] = [];
  for (const folder of folders) {
    const place = join(folder, profileFolderName);
    const names = await readdir(place).catch((): string[] => []);
    for (const name of names.filter((one) => one.endsWith('.json')).sort()) {
      const path = join(place, name);
      const read = await readProfileFile(path);
      if (read.type === 'broken') problems.push(...read.problems);
      else profiles.set(read.profile.id, read.profile);
    }
  }
  return {profiles, problems};
}

/** Everything wrong with one profile file. */
export async function checkProfileFile(path: string): Promise<readonly Problem[]> {
  const read = await readProfileFile(path);
  return read.type === 'broken' ? read.problems : [];
}

async function readProfileFile(path: string): Promise<ReturnType<typeof readMidiProfile>> {
  try {
    return readMidiProfile(basename(path, '.json'), path, await readFile(path, 'utf8'));
  } catch (error) {
    return {type: 'broken', problems: [problemAt(path, [], `cannot be read: ${describeError(error)}`)]};
  }
}
