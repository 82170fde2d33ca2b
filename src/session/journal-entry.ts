import {z} from 'zod';
import type {Step} from '../model/history.ts';
import type {JournalEntry} from '../model/journal.ts';
import {type Lane, laneTarget} from '../model/lane.ts';
import type {LaneChange} from '../model/lane-change.ts';
import {newMeterSettings} from '../model/meter-settings.ts';
import {settingsMembers, settingsOf, writtenSettings} from './automation-settings.ts';
import {commandSchema} from './command-schema.ts';
import {meterSchema, metersOf, targetSchema} from './meter-file.ts';
import {snapshotsOf, snapshotsSchema, writtenSnapshots} from './snapshot-file.ts';
import {timelineOf, timelineSchemas, writtenTimeline} from './timeline-file.ts';

const highestFrame = 2 ** 31 - 1;
const name = z.string().max(500);
const laneName = z
  .string()
  .max(120)
  .refine((id) => laneTarget(id) !== undefined, 'names nothing that can be automated');
const frame = z.number().int().min(0).max(highestFrame);
const commands = z.array(commandSchema).readonly();
const pass = z.number().int().min(0);

/** Points: frames each since the one before, so that they take little room. */
const laneSchema = z
  .strictObject({frames: z.array(z.number().int().min(0)), values: z.array(z.number())})
  .refine(({frames, values}) => frames.length === values.length, 'has as many values as frames')
  .refine(({frames}) => frames.every((step, index) => step > 0 || index === 0), 'has frames that rise')
  .refine(({frames}) => frames.reduce((sum, step) => sum + step, 0) <= highestFrame, 'ends before the end of all tapes')
  .transform(({frames, values}): Lane => {
    let at = 0;
    return {
      frames: Int32Array.from(frames, (step) => {
        at += step;
        return at;
      }),
      values: Float64Array.from(values),
    };
  });

const changeSchema = z
  .strictObject({
    lane: laneName,
    fromFrame: frame,
    /** null is the end of all tapes. */
    toFrame: z
      .number()
      .min(0)
      .nullable()
      .transform((to) => to ?? Number.POSITIVE_INFINITY),
    before: laneSchema,
    after: laneSchema,
  })
  .readonly();

const stepSchema = z
  .strictObject({
    name,
    edits: z.array(z.strictObject({forth: commands, back: commands}).readonly()).readonly(),
    lanes: z.array(changeSchema).readonly().optional(),
  })
  .transform(({lanes, ...step}) => (lanes === undefined ? step : {...step, lanes}));

const entrySchema: z.ZodType<JournalEntry> = z.discriminatedUnion('type', [
  z.strictObject({type: z.literal('step'), step: stepSchema}),
  z.strictObject({type: z.literal('undone')}),
  z.strictObject({type: z.literal('redone')}),
  z.strictObject({type: z.literal('moved'), commands}),
  z.strictObject({
    type: z.literal('settings'),
    settings: z.strictObject(settingsMembers).transform(settingsOf),
  }),
  z.strictObject({
    type: z.literal('timeline'),
    timeline: z.strictObject(timelineSchemas).transform((tape) => timelineOf(tape) ?? {markers: [], loop: undefined}),
  }),
  z.strictObject({
    type: z.literal('meters'),
    meters: z
      .strictObject({meters: meterSchema, target: targetSchema.optional()})
      .transform((written) => metersOf(written) ?? newMeterSettings),
  }),
  z.strictObject({
    type: z.literal('snapshot'),
    name,
    /** A list of one, or of none if it was removed. */
    snapshot: snapshotsSchema.transform((list) => snapshotsOf(list)?.[0]),
  }),
  z
    .strictObject({
      type: z.literal('pass.wrote'),
      pass,
      name,
      lane: laneName,
      frames: z.array(frame),
      values: z.array(z.number()),
    })
    .refine(({frames, values}) => frames.length === values.length, 'has as many values as frames'),
  z.strictObject({type: z.literal('pass.ended'), pass}),
]);

/**
 * A journal entry from its parsed text; undefined if it is none that this program knows. A step stays a step even then, one that changes nothing, so that
 * what is taken back after it is what was.
 */
export function entryOf(json: unknown): JournalEntry | undefined {
  const checked = entrySchema.safeParse(json);
  if (checked.success) return checked.data;
  const isStep = typeof json === 'object' && json !== null && 'type' in json && json.type === 'step';
  return isStep ? {type: 'step', step: lostStep} : undefined;
}

/** Stands for a step that cannot be read. */
const lostStep: Step = {name: 'a step that was lost', edits: []};

/** Points of lanes that one entry may hold: half a second of writing. */
const mostPoints = 1_000_000;

/** A step without its lanes, where these are too many for a journal: it is written, by its name; undefined for all other entries. */
export function withoutManyPoints(entry: JournalEntry): JournalEntry | undefined {
  if (entry.type !== 'step') return undefined;
  const {lanes = [], ...step} = entry.step;
  const points = lanes.reduce((sum, {before, after}) => sum + before.frames.length + after.frames.length, 0);
  return points > mostPoints ? {type: 'step', step: {...step, name: `${step.name} (too large to be kept)`}} : undefined;
}

/** What is written of an entry, for `JSON.stringify` (which writes silence and the end of all tapes as null). */
export function writtenEntry(entry: JournalEntry): unknown {
  switch (entry.type) {
    case 'step': {
      const {lanes, ...step} = entry.step;
      return {type: 'step', step: lanes === undefined ? step : {...step, lanes: lanes.map(writtenChange)}};
    }
    case 'settings':
      return {type: 'settings', settings: writtenSettings(entry.settings)};
    case 'timeline':
      return {type: 'timeline', timeline: writtenTimeline(entry.timeline)};
    case 'meters': {
      const {type, lineUpDb, fallDbPerSecond, target} = entry.meters;
      return {type: 'meters', meters: {meters: {type, lineUpDb, fallDbPerSecond}, target}};
    }
    case 'snapshot': {
      const {snapshots = []} = writtenSnapshots(entry.snapshot === undefined ? [] : [entry.snapshot]);
      return {type: 'snapshot', name: entry.name, snapshot: snapshots};
    }
    default:
      return entry;
  }
}

function writtenChange({before, after, ...change}: LaneChange): unknown {
  return {...change, before: writtenLane(before), after: writtenLane(after)};
}

function writtenLane({frames, values}: Lane): unknown {
  return {
    frames: Array.from(frames, (at, index) => at - (index === 0 ? 0 : (frames[index - 1] ?? 0))),
    values: Array.from(values),
  };
}
