import type {Problem} from '../model/problem.ts';
import type {ReferenceFile} from '../model/session.ts';
import {missingFile} from './found-file.ts';

/** Tracks to compare with, as they were found. */
export interface FoundReferences {
  /** One a path, in order; those that are not there keep their place and are marked. */
  readonly files: readonly ReferenceFile[];
  readonly problems: readonly Problem[];
}

/** Looks for reference tracks at absolute paths, without opening them. Never throws. */
export async function findReferences(paths: readonly string[]): Promise<FoundReferences> {
  const found = await Promise.all(
    paths.map(async (path) => {
      const problem = await missingFile(path, 'the mix cannot be compared with it');
      const file: ReferenceFile = problem === undefined ? {path} : {path, missing: true};
      return {file, problem};
    }),
  );
  return {files: found.map(({file}) => file), problems: found.flatMap(({problem}) => problem ?? [])};
}
