import {access, constants, readFile, realpath} from 'node:fs/promises';
import {basename, dirname, join, resolve} from 'node:path';
import {isDefaultName} from '../model/default-name.ts';
import {type Effect, effectParameterNames, newEffect, withEffectValue} from '../model/effect.ts';
import {masterId, newMixer, newStrip, type Strip} from '../model/mixer.ts';
import {isParameterId, type ParameterValues, withValue} from '../model/parameter.ts';
import {describeError, type Problem, plainText} from '../model/problem.ts';
import type {Session, StemFile} from '../model/session.ts';
import {findAudioFiles} from './audio-files.ts';
import {automationOf} from './automation-settings.ts';
import {demoFolder} from './demo-folder.ts';
import {absentReason, cureOf, look, missingFile} from './found-file.ts';
import {metersOf} from './meter-file.ts';
import {midiTargetOf} from './midi-target-file.ts';
import {seekStems} from './moved-stems.ts';
import {findReferences} from './references.ts';
import {ruleChangesOf} from './rule-file.ts';
import {
  backupFileName,
  largestFileBytes,
  readSessionFile,
  type SessionFile,
  type SessionFileStrip,
  sessionFileName,
} from './session-file.ts';
import {snapshotsOf} from './snapshot-file.ts';
import {timelineOf} from './timeline-file.ts';

export type LoadedSession =
  | {readonly type: 'session'; readonly session: Session}
  | {readonly type: 'refused'; readonly problems: readonly Problem[]};

/**
 * Reads a session from its folder, or from `session.json` (or the kept `session.json.bak`) itself. Stems that are missing
 * are problems of the session, which opens all the same; a session file that is damaged or of a newer version is refused
 * with every reason. Reads only the session file and the folder, never the sound. Never throws.
 */
export async function loadSession(folderOrFile: string): Promise<LoadedSession> {
  const given = resolve(folderOrFile);
  const found = await look(given);
  if (found.type === 'absent') return refused(given, found.reason, found.hint);
  if (found.stats.isDirectory()) return loadFile(given, join(given, sessionFileName));
  if ([sessionFileName, backupFileName].includes(basename(given))) return loadFile(dirname(given), given);
  const hint = `Give the folder that holds the ${sessionFileName}; "longthrow new FOLDER" makes one from a folder of stems.`;
  return refused(given, 'is not a session', hint);
}

/** The session that a session file describes, before anyone has looked whether its stems are there. */
export function sessionOfFile(file: SessionFile, folder: string): Omit<Session, 'writable' | 'problems'> {
  const strips = file.strips.map(stripOf);
  const mixer = newMixer({
    strips,
    masterLevelDb: readLevel(file.masterLevelDb),
    masterParameters: parametersOf(file.masterParameters),
    ...(file.panLawDb === undefined ? {} : {panLawDb: file.panLawDb}),
    ...(file.soloMode === undefined ? {} : {soloMode: file.soloMode}),
    activeMuteGroups: muteGroupsOf(file.activeMuteGroups),
    ...(file.tempoBpm === undefined ? {} : {tempoBpm: file.tempoBpm}),
  });
  const stems = file.strips.flatMap((strip): readonly StemFile[] =>
    strip.file === undefined
      ? []
      : [
          {
            strip: strip.id,
            path: resolve(folder, strip.file),
            ...(strip.bytes === undefined ? {} : {bytes: strip.bytes}),
          },
        ],
  );
  const timeline = timelineOf(file);
  const meters = metersOf(file);
  const midi = midiTargetOf(file);
  const rules = ruleChangesOf(file.gain);
  const automation = automationOf(file.automation);
  const snapshots = snapshotsOf(file.snapshots);
  return {
    folder,
    ...(file.id === undefined ? {} : {id: file.id}),
    ...(file.journal === undefined ? {} : {journal: file.journal}),
    ...(automation === undefined ? {} : {automation}),
    ...(snapshots === undefined ? {} : {snapshots}),
    name: plainText(file.name) || basename(folder),
    sampleRate: file.sampleRate,
    mixer,
    stems,
    ...(timeline === undefined ? {} : {timeline}),
    ...(meters === undefined ? {} : {meters}),
    ...(midi === undefined ? {} : {midi}),
    ...(rules.length === 0 ? {} : {rules}),
    ...(file.reducedMotion === true ? {reducedMotion: true} : {}),
    ...(file.references === undefined
      ? {}
      : {references: file.references.map((reference) => ({path: resolve(folder, reference)}))}),
  };
}

function stripOf(strip: SessionFileStrip): Strip {
  const {id, group, colour, channels, muted, soloed, soloSafe, polarityInverted, kind = 'stem'} = strip;
  const {effect, output = masterId} = strip;
  const read = newStrip({
    ...{id, kind, group, colour, channels, muted, soloed, soloSafe, polarityInverted, output},
    name: plainText(strip.name),
    trimDb: strip.trimDb + 0,
    levelDb: readLevel(strip.levelDb),
    pan: strip.pan + 0,
    vcas: [...new Set(strip.vcas)],
    muteGroups: muteGroupsOf(strip.muteGroups),
    parameters: parametersOf(strip.parameters),
  });
  return effect === undefined ? read : {...read, effect: effectOf(effect)};
}

/** Each value by the rules of the table, so that what equals a default is left out. */
function parametersOf(written: Readonly<Record<string, number>> = {}): ParameterValues {
  return Object.entries(written).reduce<ParameterValues>(
    (values, [name, value]) => (isParameterId(name) ? withValue(values, name, value) : values),
    {},
  );
}

/** In the order of the table: a time that is set lets go of the note, which comes after it. */
function effectOf({kind, values = {}}: NonNullable<SessionFileStrip['effect']>): Effect {
  return effectParameterNames(kind).reduce<Effect>(
    (effect, name) => withEffectValue(effect, name, values[name] ?? Number.NaN),
    newEffect(kind),
  );
}

function muteGroupsOf(written: readonly number[] = []): readonly number[] {
  return [...new Set(written)].sort((one, other) => one - other);
}

async function loadFile(folder: string, path: string): Promise<LoadedSession> {
  const found = await look(path);
  if (found.type === 'absent') return refuseWithoutFile(folder, path, found.reason, found.hint);
  if (!found.stats.isFile()) return refused(path, 'is not a file');
  if (found.stats.size > largestFileBytes) return refused(path, `is larger than ${largestFileBytes / 1e6} MB`);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return refused(path, `cannot be read: ${describeError(error)}`, cureOf(error));
  }
  const read = readSessionFile(text, path);
  if (read.type === 'refused') return {type: 'refused', problems: await withBackupHint(read.problems, folder, path)};
  const session = sessionOfFile(read.file, folder);
  const stems = await findStems(session.stems, folder);
  const references = await findReferences(session.references?.map((reference) => reference.path) ?? []);
  const names = session.mixer.strips
    .filter(({id, kind, name}) => kind === 'stem' && !session.midi?.channels.has(id) && isDefaultName(name))
    .map((strip) => defaultName(path, strip.name));
  const problems = [...stems.flatMap((stem) => stem.problem ?? []), ...references.problems, ...names];
  const writable = await isWritable(folder, path);
  const files = {
    stems: stems.map((stem) => stem.file),
    ...(session.references === undefined ? {} : {references: references.files}),
  };
  return {type: 'session', session: {...session, ...files, writable, problems}};
}

async function refuseWithoutFile(
  folder: string,
  path: string,
  reason: string,
  hint: string | undefined,
): Promise<LoadedSession> {
  if ((await look(folder)).type === 'absent' || reason !== absentReason) return refused(path, reason, hint);
  const audio = (await findAudioFiles(folder)).files.length;
  if (audio === 0) return refused(folder, `holds no ${sessionFileName}`, 'Give the folder of a session.');
  const files = audio === 1 ? 'its audio file' : `its ${audio} audio files`;
  return refused(folder, `holds no ${sessionFileName}`, `"longthrow new ${folder}" makes a session from ${files}.`);
}

async function withBackupHint(problems: readonly Problem[], folder: string, path: string): Promise<readonly Problem[]> {
  const backup = join(folder, backupFileName);
  if (path === backup || (await look(backup)).type === 'absent') return problems;
  const reason = 'holds the state before the last save';
  return [...problems, {path: backup, reason, hint: `"longthrow ${backup}" opens it.`, severity: 'warning'}];
}

/** Looks for stems where they should be, and for those that are not there where they may have been moved to. */
async function findStems(files: readonly StemFile[], folder: string): Promise<readonly FoundStem[]> {
  const looked = await Promise.all(files.map(lookForStem));
  const missing = looked.flatMap(({file}) => (file.missing ? [file] : []));
  const present = new Set(looked.flatMap(({file}) => (file.missing ? [] : [file.path])));
  const sought = new Map((await seekStems(missing, folder, present)).map((one, index) => [missing[index], one]));
  return looked.map((one) => {
    const found = sought.get(one.file);
    const problem = found?.problem ?? one.problem;
    return {file: found?.file ?? one.file, ...(problem === undefined ? {} : {problem})};
  });
}

interface FoundStem {
  readonly file: StemFile;
  readonly problem?: Problem;
}

/** Looks for a stem; a strip without one is silent. */
async function lookForStem(stem: StemFile): Promise<FoundStem> {
  const problem = await missingFile(stem.path, 'its strip is silent');
  return problem === undefined ? {file: stem} : {file: {...stem, missing: true}, problem};
}

function defaultName(path: string, name: string): Problem {
  return {
    path,
    reason: `the strip "${name}" was never given a name`,
    hint: 'Give it one: the scribble strip shows it.',
    severity: 'warning',
  };
}

/** The demo is never written to; else both the folder and the file in it must allow it. */
async function isWritable(folder: string, path: string): Promise<boolean> {
  try {
    if ((await realpath(folder)) === (await realpath(demoFolder).catch(() => undefined))) return false;
    await access(folder, constants.W_OK);
    await access(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function readLevel(levelDb: number | null): number {
  return levelDb === null ? Number.NEGATIVE_INFINITY : levelDb + 0;
}

function refused(path: string, reason: string, hint?: string): LoadedSession {
  const problem = {path: plainText(path), reason, severity: 'error' as const};
  return {type: 'refused', problems: [hint === undefined ? problem : {...problem, hint}]};
}
