import {stat} from 'node:fs/promises';
import {basename} from 'node:path';
import {probeStem} from '../../engine/stems/probe.ts';
import type {Facts} from '../../gain/facts.ts';
import {
  type Comparable,
  type ComparisonLimits,
  compareToReference,
  comparisonLimitsOf,
} from '../../gain/reference-compare.ts';
import {compareToTarget} from '../../gain/target-compare.ts';
import {type DeliveryTargetRow, deliveryTargetOf} from '../../model/delivery-target.ts';
import {DeskError, type Problem, plainText} from '../../model/problem.ts';
import type {Session} from '../../model/session.ts';
import {wantedTarget} from '../delivery-choice.ts';
import {lanesInForce, type OpenedSession, openSession, problemLine} from '../open-session.ts';
import {openStems} from '../open-stems.ts';
import type {TrackFigures} from './figures.ts';
import {measureFile} from './file-measure.ts';
import type {FileReport, FilesSubject, Programme, ReferenceTrack, Report, SessionSubject} from './report.ts';
import {measureSession} from './session-measure.ts';
import {proposeTrim} from './trim-proposal.ts';
import {measureVocalBalance, vocalStrips} from './vocal-balance.ts';

/** What is to be reported. */
export interface ReportRequest {
  /** One session (its folder or session.json), or audio files. */
  readonly paths: readonly string[];
  /** What files are taken for; by default finished mixes where they are to be compared with something, else stems. */
  readonly as?: 'stem' | 'mix' | undefined;
  /** Id or name of a delivery target, or `none`; by default the session's own. */
  readonly target?: string | undefined;
  /** Audio files; by default the session's own references. */
  readonly references: readonly string[];
  /** Where decoded stems are kept. */
  readonly cacheFolder: string;
  /** Told the share done, 0…1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** Measures everything that was asked for. Rejects with a DeskError where there is nothing to report, or with the signal's reason. */
export async function makeReport(request: ReportRequest): Promise<Report> {
  const startedMs = performance.now();
  const wanted = request.target === undefined ? undefined : wantedTarget(request.target);
  const isSession = await namesSession(request.paths);
  await refuseUnusable(request.references);
  const from = isSession ? await openSession(request.paths[0] ?? '') : undefined;
  const session = from?.session;
  const target = wanted === 'none' ? undefined : (wanted ?? deliveryTargetOf(session?.meters?.target));
  const isNamed = request.references.length > 0;
  const tracks = isNamed ? request.references : ownReferences(session);
  const jobs = tracks.length + (isSession ? 4 : request.paths.length);
  const problems: Problem[] = [];
  const references: ReferenceTrack[] = [];
  let done = 0;
  /** Progress of a part that weighs so many jobs. */
  const part = (weight: number): ((share: number) => void) => {
    const before = done;
    done += weight;
    return (share) => request.onProgress(Math.min(1, (before + share * weight) / jobs));
  };
  for (const path of tracks) {
    const measured = await measure(path, undefined, {}, part(1), request.signal);
    if (measured.type === 'measured') references.push({path, name: nameOf(path), figures: measured.figures});
    else if (isNamed) throw new DeskError('audio.invalid', problemLine(measured.problem));
    else problems.push({...measured.problem, severity: 'warning'});
  }
  const compare = compareWith(target, references, comparisonLimitsOf(session?.rules ?? []));
  const facts = factsOf(target, references);
  const subject =
    from !== undefined
      ? await reportSession(from, request, facts, compare, part, problems)
      : await reportFiles(request, facts, compare, part, problems);
  const elapsedSeconds = (performance.now() - startedMs) / 1000;
  return {subject, target, references, problems, soundSeconds: soundOf(subject, references), elapsedSeconds};
}

type Compare = (figures: TrackFigures) => Pick<Programme, 'target' | 'references'>;
type Part = (weight: number) => (share: number) => void;

/** Paths of the references of a session that were there; the others are problems of the session. */
function ownReferences(session: Session | undefined): readonly string[] {
  return (session?.references ?? []).filter(({missing}) => missing !== true).map(({path}) => path);
}

function compareWith(
  target: DeliveryTargetRow | undefined,
  references: readonly ReferenceTrack[],
  limits: ComparisonLimits,
): Compare {
  return (figures) => ({
    target: target && compareToTarget({...figures.loudness, truePeakDb: figures.truePeakDb}, target),
    references: references.map((reference) =>
      compareToReference(comparable(figures), comparable(reference.figures), limits),
    ),
  });
}

/** What the gain rules know of target and (first) reference. Nobody listens to the reference, so that it is turned up by nothing. */
function factsOf(target: DeliveryTargetRow | undefined, [first]: readonly ReferenceTrack[]): Facts {
  if (first === undefined) return {target};
  const {loudness, spectrum} = first.figures;
  const lowShareDb = spectrum.lowShare === undefined ? undefined : 10 * Math.log10(spectrum.lowShare);
  return {target, reference: {integratedLufs: loudness.integratedLufs, gainDb: 0, lowShareDb, isHeard: false}};
}

/** Narrower than this is mono to every ear. */
const narrowestDb = -40;

function comparable({loudness, lowestPsrDb, medianPsrDb, image, spectrum}: TrackFigures): Comparable {
  const {integratedLufs, rangeLu, rangeIsStable} = loudness;
  const widthDb = Math.max(narrowestDb, image === undefined ? narrowestDb : (image.widthDb ?? narrowestDb));
  return {integratedLufs, rangeLu, rangeIsStable, lowestPsrDb, medianPsrDb, widthDb, spectrum};
}

async function reportSession(
  from: OpenedSession,
  {cacheFolder, signal}: ReportRequest,
  facts: Facts,
  compare: Compare,
  part: Part,
  problems: Problem[],
): Promise<SessionSubject> {
  const {session} = from;
  const lanes = lanesInForce(from);
  const opened = await openStems(session, cacheFolder);
  try {
    if (opened.lengthFrames === 0) {
      const reasons = opened.problems().map((problem) => `\n${problemLine(problem)}`);
      const reason = 'no stem of this session can be read, so there is nothing to report.';
      throw new DeskError('session.invalid', `${plainText(session.folder)}: ${reason}${reasons.join('')}`);
    }
    const sings = vocalStrips(session.mixer).length > 0;
    const measured = await measureSession({session, lanes, opened, facts, onProgress: part(sings ? 3 : 4), signal});
    const vocal = sings ? await measureVocalBalance({session, lanes, opened, onProgress: part(1), signal}) : undefined;
    problems.push(...session.problems, ...opened.problems());
    const {strips, mix, mixWarnings, overs} = measured;
    const {name, folder, sampleRate} = session;
    const programme = {figures: mix, warnings: mixWarnings, ...compare(mix)};
    return {type: 'session', name, folder, sampleRate, strips, mix: {...programme, overs, vocal}};
  } finally {
    await opened.close();
  }
}

async function reportFiles(
  {paths, as, references, signal}: ReportRequest,
  facts: Facts,
  compare: Compare,
  part: Part,
  problems: Problem[],
): Promise<FilesSubject> {
  const taken = as ?? (facts.target === undefined && references.length === 0 ? 'stem' : 'mix');
  const files: FileReport[] = [];
  for (const path of paths) {
    const measured = await measure(path, taken, facts, part(1), signal);
    if (measured.type === 'refused') {
      problems.push(measured.problem);
      continue;
    }
    const {figures, warnings} = measured;
    const {format, channels, sampleRate, bits} = measured.header;
    files.push({
      ...{path, name: nameOf(path), as: taken, format, sampleRate, bits, figures, warnings, ...compare(figures)},
      channels: channels === 1 ? 1 : 2,
      trim: taken === 'stem' ? proposeTrim(figures.workingPeakDb, 0) : undefined,
    });
  }
  if (files.length === 0) throw new DeskError('audio.invalid', problems.map(problemLine).join('\n'));
  return {type: 'files', files};
}

function measure(
  path: string,
  as: 'stem' | 'mix' | undefined,
  facts: Facts,
  onProgress: (share: number) => void,
  signal: AbortSignal,
) {
  return measureFile({path, name: nameOf(path), as, facts, onProgress, signal});
}

function nameOf(path: string): string {
  return plainText(basename(path)) || path;
}

/** Whether the paths name a session; what is neither a session nor files is refused. */
async function namesSession(paths: readonly string[]): Promise<boolean> {
  if (paths.length === 0) throw new DeskError('usage', 'Name a session or audio files, or ask for --targets.');
  const sessions = await Promise.all(
    paths.map(async (path) => {
      const facts = await stat(path).catch(() => undefined);
      return facts?.isDirectory() === true || /^session\.json(\.bak)?$/.test(basename(path));
    }),
  );
  if (!sessions.includes(true)) return false;
  if (paths.length === 1) return true;
  throw new DeskError('usage', 'One session at a time: name a single session folder, or audio files only.');
}

/** References are looked at before anything is measured: a wrong name should not be told after minutes. */
async function refuseUnusable(paths: readonly string[]): Promise<void> {
  const looked = await Promise.all(paths.map(probeStem));
  const refused = looked.flatMap((one) => (one.type === 'refused' ? [one.problem] : []));
  if (refused.length > 0) throw new DeskError('audio.invalid', refused.map(problemLine).join('\n'));
}

/** Seconds of sound that were measured: each stem and the mix, each file, each reference. */
function soundOf(subject: Report['subject'], references: readonly ReferenceTrack[]): number {
  const measured =
    subject.type === 'session'
      ? [subject.mix.figures, ...subject.strips.flatMap(({recorded}) => recorded ?? [])]
      : subject.files.map(({figures}) => figures);
  return [...measured, ...references.map(({figures}) => figures)].reduce((sum, {seconds}) => sum + seconds, 0);
}
