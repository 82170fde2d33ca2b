import {isAbsolute, join, relative, sep} from 'node:path';
import {parseJson} from '../model/json-text.ts';
import {type Mixer, masterId, type Strip} from '../model/mixer.ts';
import {describeError, type Problem} from '../model/problem.ts';
import type {Session} from '../model/session.ts';
import {standardTempoBpm} from '../model/tempo.ts';
import {writtenAutomation} from './automation-settings.ts';
import {type Disk, putDurably, replaceDurably, systemCode, systemDisk} from './durable-file.ts';
import {writtenMeters} from './meter-file.ts';
import {writtenEngine} from './midi-target-file.ts';
import {writtenRules} from './rule-file.ts';
import {
  backupFileName,
  readSessionFile,
  type SessionFile,
  type SessionFileStrip,
  sessionFileName,
  sessionFileText,
} from './session-file.ts';
import {keptFileName, oldestFileVersion, sessionFileVersion, versionOf} from './session-version.ts';
import {writtenSnapshots} from './snapshot-file.ts';
import {writtenTimeline} from './timeline-file.ts';

export type Saved = {readonly type: 'saved'} | {readonly type: 'failed'; readonly problem: Problem};

const lastSave = new Map<string, Promise<unknown>>();

/**
 * Writes the mixer into the session's folder; the state before stays beside it as `session.json.bak`. Either the whole new
 * state is on disk, or the old one still is. Saves of one folder wait for each other, so the last asked for is the one
 * that stays. Never throws: a disk that is full or locked is an answer.
 */
export async function saveSession(session: Session, mixer: Mixer, disk: Disk = systemDisk): Promise<Saved> {
  if (!session.writable) {
    const hint = `Copy the folder ${session.folder} to a place of your own and open the copy.`;
    return failed(session.folder, 'may not be written to: this session is the demo, or read-only', hint);
  }
  return writeSessionFile(session.folder, sessionFileOf(session, mixer), disk);
}

/**
 * Writes `session.json` of a folder safely, after all earlier writes of the same folder. What could not be read again is not
 * written. Never throws.
 */
export async function writeSessionFile(
  folder: string,
  file: SessionFile,
  disk: Disk = systemDisk,
  backs: 'backs up' | 'keeps the backup' = 'backs up',
): Promise<Saved> {
  const write = async (): Promise<Saved> => {
    const path = join(folder, sessionFileName);
    const text = sessionFileText(file);
    const readAgain = readSessionFile(text, path);
    const [wrong] = readAgain.type === 'refused' ? readAgain.problems : [];
    if (wrong !== undefined) {
      return failed(
        wrong.path,
        `was not saved: it ${wrong.reason}`,
        'The file was left as it is; save again when this is mended.',
      );
    }
    try {
      await keepOlderVersion(path, folder, disk);
      const backup = backs === 'backs up' ? join(folder, backupFileName) : undefined;
      await replaceDurably(path, Buffer.from(text), backup, disk);
      return {type: 'saved'};
    } catch (error) {
      return failed(path, `was not saved: ${saveReason(error)}`, saveCure(error));
    }
  };
  const saved = (lastSave.get(folder) ?? Promise.resolve()).then(write);
  lastSave.set(folder, saved);
  const result = await saved;
  if (lastSave.get(folder) === saved) lastSave.delete(folder);
  return result;
}

/** A file of an older version is kept beside the first one of the newest, for programs that read nothing newer. */
async function keepOlderVersion(path: string, folder: string, disk: Disk): Promise<void> {
  const before = await disk.read(path);
  const json = before === undefined ? undefined : parseJson(Buffer.from(before).toString());
  const version = json?.type === 'value' ? versionOf(json.value) : undefined;
  if (before === undefined || version === undefined || version >= sessionFileVersion || version < oldestFileVersion)
    return;
  const kept = join(folder, keptFileName(version));
  if ((await disk.read(kept)) === undefined) await putDurably(kept, before, 0o666, disk);
}

/** What `session.json` is to hold for this mixer. Stems inside the folder are named relative to it, others absolutely. */
export function sessionFileOf(session: Session, mixer: Mixer): SessionFile {
  const files = new Map(session.stems.map((stem) => [stem.strip, stem]));
  const automation = writtenAutomation(session.automation);
  return {
    longthrow: sessionFileVersion,
    ...(session.id === undefined ? {} : {id: session.id}),
    name: session.name,
    sampleRate: session.sampleRate,
    ...writtenEngine(session.midi),
    strips: mixer.strips.flatMap((strip) => {
      const file = files.get(strip.id);
      const channel = session.midi?.channels.get(strip.id);
      const lost = file === undefined && channel === undefined && strip.kind === 'stem';
      const name = file && fileName(session.folder, file.path);
      return lost || strip.id === masterId ? [] : [stripOf(strip, name, file?.bytes, channel)];
    }),
    masterLevelDb: writtenLevel(mixer.masterLevelDb),
    ...(isEmpty(mixer.masterParameters) ? {} : {masterParameters: mixer.masterParameters}),
    ...(mixer.panLawDb === 3 ? {} : {panLawDb: mixer.panLawDb}),
    ...(mixer.soloMode === 'in-place' ? {} : {soloMode: mixer.soloMode}),
    ...(mixer.activeMuteGroups.length === 0 ? {} : {activeMuteGroups: mixer.activeMuteGroups}),
    ...(mixer.tempoBpm === standardTempoBpm ? {} : {tempoBpm: mixer.tempoBpm}),
    ...(session.journal === undefined ? {} : {journal: session.journal}),
    ...(automation === undefined ? {} : {automation}),
    ...writtenSnapshots(session.snapshots),
    ...writtenTimeline(session.timeline),
    ...writtenMeters(session.meters),
    ...writtenRules(session.rules),
    ...(session.reducedMotion === true ? {reducedMotion: true} : {}),
    ...writtenReferences(session),
  };
}

function writtenReferences({folder, references = []}: Session): Pick<SessionFile, 'references'> {
  const kept = references.filter(({passing}) => passing !== true);
  return kept.length === 0 ? {} : {references: kept.map(({path}) => fileName(folder, path))};
}

/** How a stem is named in the session file: with slashes on every system. */
export function fileName(folder: string, path: string): string {
  const inside = relative(folder, path);
  const leaves = inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return leaves ? path : inside.split(sep).join('/');
}

/** A strip as it is written: what every strip has, then what differs from the defaults. */
export function stripOf(strip: Strip, file: string | undefined, bytes?: number, channel?: number): SessionFileStrip {
  const {id, kind, name, group, colour, channels, trimDb, pan, muted, soloed, soloSafe, polarityInverted} = strip;
  const {output, vcas, muteGroups, parameters, effect} = strip;
  const level = writtenLevel(strip.levelDb);
  return {
    id,
    name,
    ...(kind === 'stem' ? {} : {kind}),
    ...(file === undefined || kind !== 'stem' ? {} : {file}),
    ...(bytes === undefined || file === undefined || kind !== 'stem' ? {} : {bytes}),
    ...(channel === undefined || kind !== 'stem' ? {} : {channel}),
    ...{group, colour, channels, trimDb, levelDb: level, pan, muted, soloed, soloSafe, polarityInverted},
    ...(output === masterId ? {} : {output}),
    ...(vcas.length === 0 ? {} : {vcas}),
    ...(muteGroups.length === 0 ? {} : {muteGroups}),
    ...(isEmpty(parameters) ? {} : {parameters}),
    ...(effect === undefined
      ? {}
      : {effect: isEmpty(effect.values) ? {kind: effect.kind} : {kind: effect.kind, values: effect.values}}),
  };
}

function isEmpty(values: object): boolean {
  return Object.keys(values).length === 0;
}

function writtenLevel(levelDb: number): number | null {
  return levelDb === Number.NEGATIVE_INFINITY ? null : levelDb;
}

const causes: Readonly<Record<string, readonly [reason: string, cure: string]>> = {
  EACCES: [
    'the folder may not be written to',
    'Give yourself the right to write there, or copy the session elsewhere.',
  ],
  EPERM: ['the folder may not be written to', 'Give yourself the right to write there, or copy the session elsewhere.'],
  EROFS: ['the disk is read-only', 'Copy the session folder to a disk that can be written to.'],
  ENOSPC: ['the disk is full', 'Make room on the disk and save again; the mix is still here.'],
  EDQUOT: ['your share of the disk is used up', 'Make room on the disk and save again; the mix is still here.'],
  ENOENT: ['the session folder is gone', 'Bring the folder (or its disk) back and save again; the mix is still here.'],
  EIO: ['the disk reports an error', 'Check the disk, and save to another one.'],
};

/** Why a disk refused, as the end of a sentence. */
export function saveReason(error: unknown): string {
  return causes[systemCode(error)]?.[0] ?? describeError(error);
}

/** What to do about it. */
export function saveCure(error: unknown): string {
  return causes[systemCode(error)]?.[1] ?? 'Save again; the state before is still in the file.';
}

function failed(path: string, reason: string, hint: string): Saved {
  return {type: 'failed', problem: {path, reason, hint, severity: 'error'}};
}
