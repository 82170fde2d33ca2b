import {mkdir, rmdir} from 'node:fs/promises';
import {basename, dirname} from 'node:path';
import {type BouncePart, type BounceResult, type BounceText, bounceSet} from '../../engine/bounce.ts';
import type {FollowedLane} from '../../engine/contract.ts';
import {formatDb} from '../../model/decibel.ts';
import {formatClock} from '../../model/playback.ts';
import {DeskError, plainText} from '../../model/problem.ts';
import type {Session} from '../../model/session.ts';
import {type BounceCommandOptions, type BouncePlan, formatOf, planOf} from '../bounce-plan.ts';
import {loudnessFields, type ReportedFile, reportJson, reportText} from '../bounce-report.ts';
import {refuseTaken} from '../bounce-target.ts';
import {untilCancelled} from '../cancellation.ts';
import {exitCode} from '../exit-code.ts';
import {cacheFolder} from '../folders.ts';
import {lanesInForce, openSession, problemLine} from '../open-session.ts';
import {type OpenedStems, openStems} from '../open-stems.ts';

/** Renders a session to a file, or to several; Ctrl-C leaves nothing half-written. */
export async function bounceSession(path: string, options: BounceCommandOptions): Promise<number> {
  // What is wrong with the words themselves is told before anything is opened.
  const format = formatOf(options);
  const from = await openSession(path);
  const {session} = from;
  const lanes = [...lanesInForce(from)].map(([id, lane]): FollowedLane => ({id, lane}));
  const plan = planOf(session, lanes, format, options);
  if (!options.replace) {
    await refuseTaken([...plan.files.map(({target}) => target), ...(plan.reports ? Object.values(plan.reports) : [])]);
  }
  const opened = await openStems(session, cacheFolder(process.env));
  const startedMs = performance.now();
  try {
    return await untilCancelled('Bouncing', async (showProgress, signal, endProgress) => {
      const results = await run(session, plan, opened, options, showProgress, signal);
      endProgress();
      tell(session, plan, results, (performance.now() - startedMs) / 1000, opened, options.json === true);
      return exitCode.ok;
    });
  } finally {
    await opened.close();
  }
}

async function run(
  session: Session,
  plan: BouncePlan,
  {stems, lengthFrames}: OpenedStems,
  options: BounceCommandOptions,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<readonly BounceResult[]> {
  const {sampleRate} = session;
  if (lengthFrames === 0) {
    throw new DeskError(
      'session.invalid',
      `${session.folder}: no stem of this session can be read, so there is nothing to bounce.`,
    );
  }
  const fromFrame = Math.round((options.from ?? 0) * sampleRate);
  const toFrame = Math.min(lengthFrames, Math.round((options.to ?? Number.POSITIVE_INFINITY) * sampleRate));
  if (fromFrame >= toFrame) {
    throw new DeskError(
      'usage',
      `--from lies after the end: the session is ${formatClock(lengthFrames, sampleRate)} long.`,
    );
  }
  // Where the session is cut off, nothing rings on unless it is asked for.
  const tailSeconds = options.tail ?? (options.to === undefined ? 'until-silent' : 0);
  const parts = plan.files.map(
    ({target, mixer, strips, lanes}): BouncePart => ({
      target,
      mixer,
      lanes,
      stems: strips.map((index) => stems[index]),
    }),
  );
  const made = plan.isSet ? await makeFolder(plan.target) : undefined;
  try {
    return await bounceSet({
      parts,
      sampleRate,
      lengthFrames,
      fromFrame,
      toFrame,
      tailSeconds,
      format: plan.format,
      texts: (results) => reportsOf(plan, results, sampleRate),
      onProgress,
      signal,
    });
  } catch (error) {
    if (made !== undefined) await removeFolders(plan.target, made);
    throw error;
  }
}

/** The topmost folder that had to be made, if any. Rejects with a DeskError. */
async function makeFolder(folder: string): Promise<string | undefined> {
  try {
    return await mkdir(folder, {recursive: true});
  } catch (error) {
    throw new DeskError('file.unwritable', `${plainText(folder)} cannot be made: choose another folder.`, error);
  }
}

/** Takes empty folders away again, from the innermost to the one that was made first. */
async function removeFolders(inner: string, outer: string): Promise<void> {
  for (let folder = inner; folder.length >= outer.length; folder = dirname(folder)) {
    if ((await rmdir(folder).catch(() => 'stays')) === 'stays') return;
  }
}

function reportsOf({reports}: BouncePlan, results: readonly BounceResult[], sampleRate: number): readonly BounceText[] {
  if (reports === undefined) return [];
  const files = results.map((result): ReportedFile => ({...result, name: basename(result.target)}));
  return [
    {target: reports.json, text: reportJson(files, sampleRate)},
    {target: reports.text, text: reportText(files, sampleRate)},
  ];
}

function tell(
  session: Session,
  plan: BouncePlan,
  results: readonly BounceResult[],
  seconds: number,
  opened: OpenedStems,
  json: boolean,
): void {
  const {sampleRate} = session;
  const problems = [...session.problems, ...opened.problems()];
  for (const problem of problems) process.stderr.write(`${problemLine(problem)}\n`);
  const rendered = results.reduce((sum, {frames}) => sum + frames, 0) / sampleRate;
  const timesRealTime = Math.round((rendered / seconds) * 10) / 10;
  const {format, muted, reports} = plan;
  if (json) {
    const files = results.map(({target, frames, peakDb, overs, loudness}) => ({
      file: target,
      frames,
      peakDb: Number.isFinite(peakDb) ? peakDb : null,
      overs,
      loudness: loudnessFields(loudness),
    }));
    const [only] = plan.isSet ? [] : files;
    const answer = {
      schemaVersion: 1,
      ...only,
      format,
      sampleRate,
      files,
      muted,
      reports: reports === undefined ? [] : Object.values(reports),
      seconds,
      timesRealTime,
      problems,
    };
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return;
  }
  for (const {target, frames, peakDb, overs, loudness} of results) {
    const held = overs > 0 ? `; ${overs} samples over full scale were held by the ceiling: turn the master down` : '';
    const lufs = `${formatDb(loudness.integratedLufs, '-inf')} LUFS, true peak ${formatDb(loudness.truePeakDb, '-inf')} dBTP`;
    const speed = plan.isSet ? '' : ` (${timesRealTime}x real time)`;
    process.stdout.write(
      `${target}: ${formatClock(frames, sampleRate)}, peak ${formatDb(peakDb, '-inf')} dBFS, ${lufs}${held}${speed}\n`,
    );
  }
  if (muted.length > 0) process.stdout.write(`Muted, and in no file: ${muted.map(plainText).join(', ')}\n`);
  if (plan.isSet) process.stdout.write(`${results.length} files (${timesRealTime}x real time)\n`);
}
