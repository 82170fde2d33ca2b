import type {MixerCommand} from './command.ts';
import {type Effect, effectParameterNames, effectValue} from './effect.ts';
import {findStrip, type Mixer, masterId, type Strip, type StripId} from './mixer.ts';
import {type ParameterId, type ParameterValues, parameterIds, parameterValue} from './parameter.ts';
import {plainText} from './problem.ts';

/**
 * What of strips a snapshot holds: faders; pan and width; mutes and mute groups; sends; filters and equaliser; gate, compressor, saturation and limiter;
 * trim and polarity; a return's effect. Solo, routing and tempo are no part of a mix to come back to.
 */
export const snapshotParts = ['levels', 'pans', 'mutes', 'sends', 'eq', 'dynamics', 'trims', 'effects'] as const;
export type SnapshotPart = (typeof snapshotParts)[number];

export function isSnapshotPart(text: string): text is SnapshotPart {
  return snapshotParts.some((part) => part === text);
}

/** What a snapshot holds of one strip (or of the mix bus, `masterId`): only what its parts say. Units as in the mixer. */
export interface SnapshotStrip {
  readonly strip: StripId;
  readonly levelDb?: number;
  readonly pan?: number;
  readonly muted?: boolean;
  readonly trimDb?: number;
  readonly polarityInverted?: boolean;
  /** Of the parameters that belong to its parts what differs from the defaults. */
  readonly parameters: ParameterValues;
  readonly effect?: Effect;
}

/** Values of a mix, kept to come back to. */
export interface Snapshot {
  /** No other of the session has it, whatever the case. */
  readonly name: string;
  readonly parts: readonly SnapshotPart[];
  readonly strips: readonly SnapshotStrip[];
  /** Mute groups that were on; absent where mutes or some strips were left out. */
  readonly activeMuteGroups?: readonly number[];
}

/** Longest name in characters. */
const longestSnapshotName = 40;
/** Snapshots of a session at the most. */
export const mostSnapshots = 200;

/** Why a text cannot be the name of a snapshot; undefined if it can. */
export function snapshotNameFault(name: string): string | undefined {
  if (name.trim() === '') return 'must not be empty';
  if (plainText(name) !== name) return 'must not contain control characters, nor begin or end with a space';
  return Array.from(name).length > longestSnapshotName ? `is longer than ${longestSnapshotName} characters` : undefined;
}

/** The snapshot of that name; case does not count. */
export function findSnapshot(snapshots: readonly Snapshot[], name: string): Snapshot | undefined {
  const wanted = name.toLowerCase();
  return snapshots.find((snapshot) => snapshot.name.toLowerCase() === wanted);
}

/** The list with one in the place of that of a name, or at its end; undefined removes it. */
export function withSnapshot(
  snapshots: readonly Snapshot[],
  name: string,
  snapshot: Snapshot | undefined,
): readonly Snapshot[] {
  const there = findSnapshot(snapshots, name);
  if (there === undefined) return snapshot === undefined ? snapshots : [...snapshots, snapshot];
  return snapshots.flatMap((one) => (one === there ? (snapshot ?? []) : one));
}

/** `Snapshot 3`: a name with the smallest number that no snapshot bears. */
export function freshSnapshotName(snapshots: readonly Snapshot[]): string {
  let number = 1;
  while (findSnapshot(snapshots, `Snapshot ${number}`) !== undefined) number++;
  return `Snapshot ${number}`;
}

/** The part that a parameter belongs to. */
export function partOfParameter(parameter: ParameterId): SnapshotPart {
  if (parameter === 'width') return 'pans';
  if (parameter.startsWith('send')) return 'sends';
  return /^(hp|lp|eq\d)\./.test(parameter) ? 'eq' : 'dynamics';
}

/** What of a mixer is stored: which parts, and which strips. */
export interface SnapshotScope {
  readonly parts: readonly SnapshotPart[];
  readonly strips: readonly StripId[] | 'all';
}

/** Everything of every strip. */
export const wholeMixer: SnapshotScope = {parts: snapshotParts, strips: 'all'};

/** The mixer, or parts of it, as they are. Strips that are not there are left out. */
export function takeSnapshot(mixer: Mixer, name: string, {parts: wanted, strips}: SnapshotScope): Snapshot {
  const parts = snapshotParts.filter((part) => wanted.includes(part));
  const all = [...mixer.strips.map((strip) => stripOf(strip, parts)), masterOf(mixer, parts)];
  const kept = strips === 'all' ? all : all.filter(({strip}) => strips.includes(strip));
  const groups = strips === 'all' && parts.includes('mutes') ? {activeMuteGroups: mixer.activeMuteGroups} : {};
  return {name, parts, strips: kept, ...groups};
}

function stripOf(strip: Strip, parts: readonly SnapshotPart[]): SnapshotStrip {
  const has = (part: SnapshotPart): boolean => parts.includes(part);
  const {id, levelDb, pan, muted, trimDb, polarityInverted, effect} = strip;
  return {
    strip: id,
    ...(has('levels') ? {levelDb} : {}),
    ...(has('pans') ? {pan} : {}),
    ...(has('mutes') ? {muted} : {}),
    ...(has('trims') ? {trimDb, polarityInverted} : {}),
    parameters: onlyParts(strip.parameters, parts),
    ...(has('effects') && effect !== undefined ? {effect: {kind: effect.kind, values: effect.values}} : {}),
  };
}

function masterOf({masterLevelDb, masterParameters}: Mixer, parts: readonly SnapshotPart[]): SnapshotStrip {
  const level = parts.includes('levels') ? {levelDb: masterLevelDb} : {};
  return {strip: masterId, ...level, parameters: onlyParts(masterParameters, parts)};
}

function onlyParts(values: ParameterValues, parts: readonly SnapshotPart[]): ParameterValues {
  const kept = parameterIds.filter((id) => values[id] !== undefined && parts.includes(partOfParameter(id)));
  return Object.fromEntries(kept.map((id) => [id, parameterValue(values, id)]));
}

/** The commands that bring a mixer to a snapshot, one a value that differs, and the strips that it has and the mixer has not. */
export function recallCommands(
  snapshot: Snapshot,
  mixer: Mixer,
): {readonly commands: readonly MixerCommand[]; readonly missing: readonly StripId[]} {
  const missing: StripId[] = [];
  const commands: MixerCommand[] = [];
  for (const kept of snapshot.strips) {
    const strip = findStrip(mixer, kept.strip);
    if (kept.strip === masterId) {
      if (kept.levelDb !== undefined && kept.levelDb !== mixer.masterLevelDb)
        commands.push(levelOf(kept, kept.levelDb));
      commands.push(...parameterCommands(kept, mixer.masterParameters, snapshot.parts));
    } else if (strip === undefined) missing.push(kept.strip);
    else commands.push(...stripCommands(kept, strip), ...parameterCommands(kept, strip.parameters, snapshot.parts));
  }
  for (const group of snapshot.activeMuteGroups === undefined ? [] : [1, 2, 3, 4, 5, 6, 7, 8]) {
    const active = snapshot.activeMuteGroups?.includes(group) === true;
    if (active !== mixer.activeMuteGroups.includes(group)) commands.push({type: 'mixer.setMuteGroup', group, active});
  }
  return {commands, missing};
}

function levelOf({strip}: SnapshotStrip, levelDb: number): MixerCommand {
  return {type: 'strip.setLevel', strip, levelDb};
}

function stripCommands(kept: SnapshotStrip, is: Strip): readonly MixerCommand[] {
  const {strip, levelDb, pan, muted, trimDb, polarityInverted, effect} = kept;
  return [
    ...(levelDb === undefined || levelDb === is.levelDb ? [] : [levelOf(kept, levelDb)]),
    ...(pan === undefined || pan === is.pan ? [] : [{type: 'strip.setPan', strip, pan} as const]),
    ...(muted === undefined || muted === is.muted ? [] : [{type: 'strip.setMute', strip, muted} as const]),
    ...(trimDb === undefined || trimDb === is.trimDb ? [] : [{type: 'strip.setTrim', strip, trimDb} as const]),
    ...(polarityInverted === undefined || polarityInverted === is.polarityInverted
      ? []
      : [{type: 'strip.setPolarity', strip, polarityInverted} as const]),
    ...(effect === undefined || is.effect === undefined ? [] : effectCommands(strip, effect, is.effect)),
  ];
}

function parameterCommands(
  {strip, parameters}: SnapshotStrip,
  is: ParameterValues,
  parts: readonly SnapshotPart[],
): readonly MixerCommand[] {
  if (is === parameters) return [];
  return parameterIds.flatMap((parameter) => {
    const value = parameterValue(parameters, parameter);
    const isSame = value === parameterValue(is, parameter) || !parts.includes(partOfParameter(parameter));
    return isSame ? [] : [{type: 'strip.setParameter', strip, parameter, value} as const];
  });
}

/** Another kind of effect comes with values of its own: all are said. A delay that goes by a note has its time from the tempo. */
function effectCommands(strip: StripId, wanted: Effect, is: Effect): readonly MixerCommand[] {
  const isOther = wanted.kind !== is.kind;
  const isByNote = effectValue(wanted, 'note') !== 0;
  const values = effectParameterNames(wanted.kind)
    .filter((name) => !(isByNote && name === 'timeMs'))
    .filter((name) => isOther || effectValue(wanted, name) !== effectValue(is, name))
    .map((name) => ({type: 'strip.setEffectValue', strip, name, value: effectValue(wanted, name)}) as const);
  return isOther ? [{type: 'strip.setEffect', strip, effect: wanted.kind}, ...values] : values;
}
