import {resolve} from 'node:path';
import {inspectStem} from '../../engine/stems/inspect.ts';
import {DeskError, type Problem} from '../../model/problem.ts';
import type {StemInspection} from '../../model/stem-facts.ts';
import {findAudioFiles} from '../../session/audio-files.ts';
import {composeSession, standingSession, writeNewSession} from '../../session/new-session.ts';
import {exitCode} from '../exit-code.ts';
import {problemLine} from '../open-session.ts';
import {createProgress} from '../progress.ts';

export interface NewOptions {
  readonly name?: string;
  readonly buses?: boolean;
  readonly replace?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Looks through a folder of stems and writes a session into it. */
export async function newSession(given: string, options: NewOptions): Promise<number> {
  const folder = resolve(given);
  // Looking through many stems takes a while: nobody should wait to be refused.
  const standing = options.dryRun || options.replace ? undefined : await standingSession(folder);
  if (standing !== undefined) throw new DeskError('file.unwritable', problemLine(standing));
  const found = await findAudioFiles(folder);
  if (found.files.length === 0) {
    const lines = found.problems.map(problemLine);
    throw new DeskError('file.unreadable', lines.join('\n') || `${folder}: there is no audio file in it.`);
  }
  const inspections = await inspectAll(found.files);
  const composed = composeSession({
    folder,
    inspections,
    ...(options.name === undefined ? {} : {name: options.name}),
    buses: options.buses === true,
  });
  const {file} = composed;
  const problems: readonly Problem[] = [...found.problems, ...composed.problems];
  if (file.strips.length === 0)
    throw new DeskError('audio.invalid', `No file of ${folder} can be used:\n${problems.map(problemLine).join('\n')}`);

  const written = options.dryRun ? undefined : await writeNewSession(folder, file, {replace: options.replace === true});
  if (written?.type === 'failed') throw new DeskError('file.unwritable', problemLine(written.problem));
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({schemaVersion: 1, path: written?.path ?? null, session: file, problems}, null, 2)}\n`,
    );
    return exitCode.ok;
  }
  const width = Math.max(...file.strips.map(({name}) => name.length));
  for (const {name, group, channels, file: path} of file.strips) {
    process.stdout.write(
      `${name.padEnd(width)}  ${group.padEnd(8)}  ${channels === 1 ? 'mono  ' : 'stereo'}  ${path ?? ''}\n`,
    );
  }
  for (const problem of problems) process.stderr.write(`${problemLine(problem)}\n`);
  const strips = `${file.strips.length} ${file.strips.length === 1 ? 'strip' : 'strips'} at ${file.sampleRate} Hz`;
  process.stdout.write(
    written === undefined
      ? `${strips}; nothing was written.\n`
      : `${written.path}: ${strips}. Mix it with: longthrow ${given}\n`,
  );
  return exitCode.ok;
}

/** One file after the other: decoding fills a core, and the disk is read in order. */
async function inspectAll(files: readonly string[]): Promise<readonly StemInspection[]> {
  const progress = createProgress('Looking through the stems', process.stderr);
  const inspections: StemInspection[] = [];
  try {
    for (const [index, path] of files.entries()) {
      inspections.push(await inspectStem(path, (share) => progress.show((index + share) / files.length)));
    }
  } finally {
    progress.end();
  }
  return inspections;
}
