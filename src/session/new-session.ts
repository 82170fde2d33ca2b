import {access} from 'node:fs/promises';
import {basename, join, resolve} from 'node:path';
import {masterId, type StripId} from '../model/mixer.ts';
import {type Problem, plainText} from '../model/problem.ts';
import type {StemFacts, StemInspection} from '../model/stem-facts.ts';
import {type Disk, systemDisk} from './durable-file.ts';
import {arrange, type PlacedStem, plainWord} from './instruments.ts';
import {readableNames} from './names.ts';
import {fileName, stripOf as savedStripOf, writeSessionFile} from './save.ts';
import {mostStrips, type SessionFile, type SessionFileStrip, sessionFileName} from './session-file.ts';
import {sessionFileVersion} from './session-version.ts';
import {isStemPath} from './sound-path.ts';
import {standardBuses} from './standard-buses.ts';
import {stemWarnings} from './stem-warnings.ts';

/** A session that is not yet written, and what is to be said of its stems. */
export interface ComposedSession {
  readonly file: SessionFile;
  readonly problems: readonly Problem[];
}

/** Sample rate of a session without a single usable stem. */
const emptySampleRate = 48_000;

/**
 * Makes a session from what was found in a folder of stems: readable names, groups, the order of a desk, colours, all faders
 * at 0 dB, the two halves of a split stereo recording (`OH L`, `OH R`) panned apart. The session's rate is the most common one (the
 * higher of two equally common). Files that were refused, and those of more than two channels, are problems and get no strip.
 */
export function composeSession(given: {
  readonly folder: string;
  readonly inspections: readonly StemInspection[];
  /** Name of the session; the folder's if it is not given. */
  readonly name?: string;
  /** With groups for every instrument that has several stems, a reverb and a delay. */
  readonly buses?: boolean;
}): ComposedSession {
  const folder = resolve(given.folder);
  const usable: StemFacts[] = [];
  const refused: Problem[] = [];
  for (const inspection of given.inspections) {
    if (inspection.type === 'refused') refused.push(inspection.problem);
    else if (channelsOf(inspection.facts) === undefined) refused.push(wrongChannels(inspection.facts));
    else if (!isStemPath(fileName(folder, inspection.facts.path))) refused.push(oddName(inspection.facts));
    else if (usable.length >= mostStrips) refused.push(tooMany(inspection.facts));
    else usable.push(inspection.facts);
  }
  const names = readableNames(usable.map((facts) => basename(facts.path)));
  const stems = arrange(usable.map((facts, index) => ({facts, name: names[index] ?? 'Untitled'})));
  const ids = stripIds(stems.map((stem) => stem.name));
  const buses = given.buses ? standardBuses(stems, new Set([...ids, masterId])) : undefined;
  const file: SessionFile = {
    longthrow: sessionFileVersion,
    name: plainText(given.name ?? basename(folder)).slice(0, 200) || 'Session',
    sampleRate: commonRate(usable),
    strips: [
      ...stems.map((stem, index) => ({
        ...stripOf(stem, ids[index] ?? `strip-${index + 1}`, folder, stems),
        ...routed(buses?.outputOf(stem)),
      })),
      ...(buses?.strips ?? []).map((strip) => savedStripOf(strip, undefined)),
    ],
    masterLevelDb: 0,
  };
  const nothing = {
    path: plainText(folder),
    reason: 'has no stem that can be used',
    hint: 'See the reasons above.',
    severity: 'error',
  } as const;
  return {file, problems: [...refused, ...stemWarnings(stems), ...(stems.length === 0 ? [nothing] : [])]};
}

export type WrittenSession =
  | {readonly type: 'written'; readonly path: string}
  | {readonly type: 'failed'; readonly problem: Problem};

/**
 * Writes a new session into its folder. A session that is there already is left alone unless `replace` is true, and is kept as
 * `session.json.bak` then. Never throws.
 */
export async function writeNewSession(
  folder: string,
  file: SessionFile,
  options: {readonly replace?: boolean; readonly disk?: Disk} = {},
): Promise<WrittenSession> {
  const problem = options.replace === true ? undefined : await standingSession(folder);
  if (problem !== undefined) return {type: 'failed', problem};
  const saved = await writeSessionFile(resolve(folder), file, options.disk ?? systemDisk);
  return saved.type === 'saved' ? {type: 'written', path: join(resolve(folder), sessionFileName)} : saved;
}

/** Why no new session is made in a folder, if one is there already: to be asked before its stems are looked through. Never rejects. */
export async function standingSession(folder: string): Promise<Problem | undefined> {
  const path = join(resolve(folder), sessionFileName);
  if (!(await isThere(path))) return undefined;
  const hint = `"longthrow ${folder}" opens it; with --replace a new one is made and the old one kept as session.json.bak.`;
  return {path, reason: 'is there already', hint, severity: 'error'};
}

/** Ids for names: small letters, digits and hyphens, each its own, never the mix bus's. */
export function stripIds(names: readonly string[]): readonly string[] {
  const taken = new Set<string>([masterId]);
  return names.map((name, index) => {
    const slug = plainWord(name)
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 48)
      .replace(/-+$/, '');
    const base = slug === '' ? `strip-${index + 1}` : slug;
    let id = base;
    for (let number = 2; taken.has(id); number++) id = `${base}-${number}`;
    taken.add(id);
    return id;
  });
}

function routed(output: StripId = masterId): {readonly output?: StripId} {
  return output === masterId ? {} : {output};
}

function stripOf(stem: PlacedStem, id: string, folder: string, all: readonly PlacedStem[]): SessionFileStrip {
  return {
    id,
    name: stem.name,
    file: fileName(folder, stem.facts.path),
    group: stem.group,
    colour: stem.colour,
    channels: channelsOf(stem.facts) ?? 2,
    trimDb: 0,
    levelDb: 0,
    pan: panOf(stem, all),
    muted: false,
    soloed: false,
    soloSafe: false,
    polarityInverted: false,
  };
}

/** A mono stem whose name ends in L or R (Left, Right) goes to its side if the other side is there, mono too. */
function panOf(stem: PlacedStem, all: readonly PlacedStem[]): number {
  const side = /^(.*[ .])(L|R|Left|Right)$/.exec(stem.name);
  if (side === null || stem.facts.channels !== 1) return 0;
  const other = {L: 'R', R: 'L', Left: 'Right', Right: 'Left'}[side[2] ?? ''];
  const partner = all.find((one) => one.name === `${side[1]}${other}` && one.facts.channels === 1);
  if (partner === undefined) return 0;
  return side[2]?.startsWith('L') ? -1 : 1;
}

function channelsOf(facts: StemFacts): 1 | 2 | undefined {
  return facts.channels === 1 || facts.channels === 2 ? facts.channels : undefined;
}

function commonRate(stems: readonly StemFacts[]): number {
  const counts = new Map<number, number>();
  for (const {sampleRate} of stems) counts.set(sampleRate, (counts.get(sampleRate) ?? 0) + 1);
  const [best] = [...counts].sort(([rate, count], [otherRate, otherCount]) => otherCount - count || otherRate - rate);
  return best?.[0] ?? emptySampleRate;
}

function wrongChannels(facts: StemFacts): Problem {
  const reason = `has ${facts.channels} channels and was left out`;
  return {path: plainText(facts.path), reason, hint: 'Export it in mono or stereo.', severity: 'error'};
}

function oddName(facts: StemFacts): Problem {
  const reason = 'has a name that cannot be kept in a session, and was left out';
  return {
    path: plainText(facts.path),
    reason,
    hint: 'Rename it without control characters and backslashes.',
    severity: 'error',
  };
}

function tooMany(facts: StemFacts): Problem {
  const reason = `was left out: a session has ${mostStrips} strips at most`;
  return {
    path: plainText(facts.path),
    reason,
    hint: 'Move what does not belong to the mix out of the folder.',
    severity: 'warning',
  };
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
