import {stat} from 'node:fs/promises';
import {basename, extname} from 'node:path';
import {inspectStem} from '../../engine/stems/inspect.ts';
import {checkFile} from '../../mapping/load.ts';
import type {Problem} from '../../model/problem.ts';
import {recoverSession} from '../../session/recover.ts';
import {exitCode} from '../exit-code.ts';
import {problemLine} from '../open-session.ts';

export interface CheckOptions {
  readonly json?: boolean;
}

/** Finds what is wrong with sessions, mappings and audio files; status 3 if anything is. */
export async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  const results: {readonly path: string; readonly problems: readonly Problem[]}[] = [];
  for (const path of paths) results.push({path, problems: await problemsOf(path)});
  const found = results.some(({problems}) => problems.length > 0);
  if (options.json) {
    process.stdout.write(`${JSON.stringify({schemaVersion: 1, ok: !found, files: results}, null, 2)}\n`);
  } else {
    for (const {path, problems} of results) {
      if (problems.length === 0) process.stdout.write(`${path}: well\n`);
      for (const problem of problems) process.stdout.write(`${problemLine(problem)}\n`);
    }
  }
  return found ? exitCode.problemsFound : exitCode.ok;
}

/** What a path is decides how it is looked at: folders and session files, mappings, anything else as audio. */
async function problemsOf(path: string): Promise<readonly Problem[]> {
  const facts = await stat(path).catch(() => undefined);
  if (facts === undefined)
    return [{path, reason: 'is not there', hint: 'Check the spelling of the path.', severity: 'error'}];
  if (facts.isDirectory() || /^session\.json(\.bak)?$/.test(basename(path))) {
    const recovery = await recoverSession(path);
    if (recovery.type === 'refused') return recovery.problems;
    const {session, problems} = recovery.recovered;
    const files = [...session.stems, ...(session.references ?? [])];
    const stems = await Promise.all(files.map(({path: file}) => audioProblems(file)));
    const missing = new Set(session.problems.map((problem) => problem.path));
    return [...session.problems, ...problems, ...stems.flat().filter((problem) => !missing.has(problem.path))];
  }
  return extname(path).toLowerCase() === '.json' ? checkFile(path) : audioProblems(path);
}

async function audioProblems(path: string): Promise<readonly Problem[]> {
  const inspection = await inspectStem(path);
  return inspection.type === 'refused' ? [inspection.problem] : [];
}
