import {z} from 'zod';
import {type Effect, effectKinds, effectParameterNames, newEffect, withEffectValue} from '../model/effect.ts';
import {nearestName} from '../model/near-name.ts';
import {isParameterId, type ParameterValues, parameterIds, withValue} from '../model/parameter.ts';
import type {Problem} from '../model/problem.ts';
import {mostSnapshots, type Snapshot, type SnapshotStrip, snapshotNameFault, snapshotParts} from '../model/snapshot.ts';
import {highestLevelDb, lowestLevelDb} from '../model/taper.ts';
import {shown} from './schema-words.ts';

const valuesSchema = z.record(z.string().max(40), z.number()).readonly();

const snapshotStripSchema = z
  .strictObject({
    /** Id of a strip, or that of the mix bus. */
    strip: z.string().min(1).max(64),
    /** null stands for silence, which JSON cannot say as a number. */
    levelDb: z.number().min(lowestLevelDb).max(highestLevelDb).nullable().optional(),
    pan: z.number().min(-1).max(1).optional(),
    muted: z.boolean().optional(),
    trimDb: z.number().min(-24).max(24).optional(),
    polarityInverted: z.boolean().optional(),
    parameters: valuesSchema.optional(),
    effect: z
      .strictObject({kind: z.enum(effectKinds), values: valuesSchema.optional()})
      .readonly()
      .optional(),
  })
  .readonly();

const snapshotSchema = z
  .strictObject({
    name: z.string().max(200),
    parts: z.array(z.enum(snapshotParts)).max(snapshotParts.length).readonly(),
    strips: z.array(snapshotStripSchema).max(1000).readonly(),
    activeMuteGroups: z.array(z.number().int().min(1).max(8)).max(8).readonly().optional(),
  })
  .readonly();

/** Member `snapshots` of `session.json`: mixes to come back to. Names are checked by `checkSnapshots`. */
export const snapshotsSchema = z.array(snapshotSchema).max(mostSnapshots).readonly();

export type WrittenSnapshots = z.infer<typeof snapshotsSchema>;
type WrittenSnapshot = z.infer<typeof snapshotSchema>;
type WrittenStrip = z.infer<typeof snapshotStripSchema>;

/** Names that may stand in a snapshot, and in what it says of a strip. */
export const snapshotKeys: readonly string[] = [
  ...Object.keys(snapshotSchema.unwrap().shape),
  ...Object.keys(snapshotStripSchema.unwrap().shape),
];

/** What a schema cannot see: names that are none or taken, parameters that are not known. */
export function checkSnapshots(snapshots: WrittenSnapshots = [], path: string): readonly Problem[] {
  const wrong = (place: string, reason: string, hint: string): Problem => ({
    path: `${path}: ${place}`,
    reason,
    hint,
    severity: 'error',
  });
  return snapshots.flatMap(({name, strips}, index): readonly Problem[] => {
    const fault = snapshotNameFault(name);
    const first = snapshots.findIndex((other) => other.name.toLowerCase() === name.toLowerCase());
    const names = strips.flatMap(({parameters = {}}, at) =>
      Object.keys(parameters).flatMap((key) => {
        if (isParameterId(key)) return [];
        const nearest = nearestName(key, parameterIds);
        const hint = nearest === undefined ? 'Leave it out.' : `Did you mean "${nearest}"?`;
        return [wrong(`snapshots[${index}].strips[${at}].parameters`, `"${shown(key)}" is no parameter`, hint)];
      }),
    );
    return [
      ...(fault === undefined ? [] : [wrong(`snapshots[${index}].name`, fault, 'Give it another name.')]),
      ...(first === index
        ? []
        : [wrong(`snapshots[${index}].name`, `is that of snapshots[${first}], too`, 'Rename or remove one of them.')]),
      ...names,
    ];
  });
}

/** The snapshots of a checked file; undefined if it has none. */
export function snapshotsOf(written: WrittenSnapshots = []): readonly Snapshot[] | undefined {
  if (written.length === 0) return undefined;
  return written.map(snapshotOf);
}

function snapshotOf({name, parts, strips, activeMuteGroups}: WrittenSnapshot): Snapshot {
  const groups = activeMuteGroups && [...new Set(activeMuteGroups)].sort((one, other) => one - other);
  return {
    name,
    parts: snapshotParts.filter((part) => parts.includes(part)),
    strips: strips.map(stripOf),
    ...(groups === undefined ? {} : {activeMuteGroups: groups}),
  };
}

function stripOf({
  strip,
  levelDb,
  pan,
  muted,
  trimDb,
  polarityInverted,
  parameters,
  effect,
}: WrittenStrip): SnapshotStrip {
  return {
    strip,
    ...(levelDb === undefined ? {} : {levelDb: levelDb === null ? Number.NEGATIVE_INFINITY : levelDb + 0}),
    ...(pan === undefined ? {} : {pan: pan + 0}),
    ...(muted === undefined ? {} : {muted}),
    ...(trimDb === undefined ? {} : {trimDb: trimDb + 0}),
    ...(polarityInverted === undefined ? {} : {polarityInverted}),
    parameters: parametersOf(parameters),
    ...(effect === undefined ? {} : {effect: effectOf(effect)}),
  };
}

function parametersOf(written: Readonly<Record<string, number>> = {}): ParameterValues {
  return Object.entries(written).reduce<ParameterValues>(
    (values, [name, value]) => (isParameterId(name) ? withValue(values, name, value) : values),
    {},
  );
}

function effectOf({kind, values = {}}: NonNullable<WrittenStrip['effect']>): Effect {
  return effectParameterNames(kind).reduce<Effect>(
    (effect, name) => withEffectValue(effect, name, values[name] ?? Number.NaN),
    newEffect(kind),
  );
}

/** Member `snapshots` as it is written; nothing if there are none. */
export function writtenSnapshots(snapshots: readonly Snapshot[] = []): {readonly snapshots?: WrittenSnapshots} {
  return snapshots.length === 0 ? {} : {snapshots: snapshots.map(writtenSnapshot)};
}

function writtenSnapshot(snapshot: Snapshot): WrittenSnapshot {
  return {...snapshot, strips: snapshot.strips.map(writtenStrip)};
}

function writtenStrip({levelDb, parameters, effect, ...rest}: SnapshotStrip): WrittenStrip {
  return {
    ...rest,
    ...(levelDb === undefined ? {} : {levelDb: levelDb === Number.NEGATIVE_INFINITY ? null : levelDb}),
    ...(Object.keys(parameters).length === 0 ? {} : {parameters}),
    ...(effect === undefined ? {} : {effect: {kind: effect.kind, values: inOrder(effect)}}),
  };
}

/** In the order of the table, so that the same effect is always the same text. */
function inOrder({kind, values}: Effect): Readonly<Record<string, number>> {
  return Object.fromEntries(
    effectParameterNames(kind).flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}

/** The member as text, a strip a line. */
export function snapshotsText(snapshots: WrittenSnapshots): string {
  const texts = snapshots.map(({strips, ...head}) => {
    const members = Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    const lines = strips.map((strip) => `      ${JSON.stringify(strip)}`);
    return `    {${[...members, `"strips": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n    `}]`].join(', ')}}`;
  });
  return `"snapshots": [\n${texts.join(',\n')}\n  ]`;
}
