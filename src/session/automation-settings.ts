import {z} from 'zod';
import {type AutomationSettings, automationModes, newAutomationSettings} from '../model/automation.ts';
import {laneTarget} from '../model/lane.ts';
import type {SessionAutomation} from '../model/session.ts';
import {automationFileNumber} from './automation-file.ts';

const modeSchema = z.enum(automationModes);
const stripSchema = z.string().min(1).max(64);
const laneSchema = z
  .string()
  .max(120)
  .refine((id) => laneTarget(id) !== undefined, 'names nothing that can be automated');
const mostEntries = 100_000;

/** How lanes are used, as files hold it; what is absent is as usual. */
export const settingsMembers = {
  /** Of the whole desk. */
  mode: modeSchema.optional(),
  /** By strips' ids, and by lanes' names. */
  stripModes: z.record(stripSchema, modeSchema).readonly().optional(),
  laneModes: z.record(laneSchema, modeSchema).readonly().optional(),
  safeStrips: z.array(stripSchema).max(mostEntries).readonly().optional(),
  safeLanes: z.array(laneSchema).max(mostEntries).readonly().optional(),
  glideMs: z.number().min(0).max(10_000).optional(),
};

/** Member `automation` of `session.json`: where the lanes are, and how they are used. */
export const automationSchema = z
  .strictObject({
    /** The lanes' file, in the session's folder; no lanes if absent. */
    file: z
      .string()
      .refine((name) => automationFileNumber(name) !== undefined, 'must be the name of an automation file')
      .optional(),
    /** The last entry of the journal that is in the file, where that is not the one of the session. */
    journal: z.number().int().min(0).optional(),
    ...settingsMembers,
  })
  .readonly();

/** Names that may stand in it. */
export const automationKeys: readonly string[] = Object.keys(automationSchema.unwrap().shape);

/** How lanes are used, as files hold it. */
export interface WrittenSettings {
  readonly mode?: AutomationSettings['mode'] | undefined;
  readonly stripModes?: Readonly<Record<string, AutomationSettings['mode']>> | undefined;
  readonly laneModes?: Readonly<Record<string, AutomationSettings['mode']>> | undefined;
  readonly safeStrips?: readonly string[] | undefined;
  readonly safeLanes?: readonly string[] | undefined;
  readonly glideMs?: number | undefined;
}

/** The settings of checked text. */
export function settingsOf(written: WrittenSettings): AutomationSettings {
  return {
    mode: written.mode ?? newAutomationSettings.mode,
    stripModes: new Map(Object.entries(written.stripModes ?? {})),
    laneModes: new Map(Object.entries(written.laneModes ?? {})),
    safeStrips: new Set(written.safeStrips),
    safeLanes: new Set(written.safeLanes),
    glideMs: written.glideMs ?? newAutomationSettings.glideMs,
  };
}

/** What is written of settings: what differs from the usual. */
export function writtenSettings(settings: AutomationSettings): WrittenSettings {
  const {mode, stripModes, laneModes, safeStrips, safeLanes, glideMs} = settings;
  return {
    ...(mode === newAutomationSettings.mode ? {} : {mode}),
    ...(stripModes.size === 0 ? {} : {stripModes: Object.fromEntries(stripModes)}),
    ...(laneModes.size === 0 ? {} : {laneModes: Object.fromEntries(laneModes)}),
    ...(safeStrips.size === 0 ? {} : {safeStrips: [...safeStrips]}),
    ...(safeLanes.size === 0 ? {} : {safeLanes: [...safeLanes]}),
    ...(glideMs === newAutomationSettings.glideMs ? {} : {glideMs}),
  };
}

/** What a checked session file says of automation; undefined if it says nothing. */
export function automationOf(written: z.infer<typeof automationSchema> | undefined): SessionAutomation | undefined {
  if (written === undefined) return undefined;
  const {file, journal} = written;
  return {
    settings: settingsOf(written),
    ...(file === undefined ? {} : {file}),
    ...(journal === undefined ? {} : {journal}),
  };
}

/** Member `automation` as it is written; undefined if everything is as usual. */
export function writtenAutomation(
  automation: SessionAutomation | undefined,
): z.infer<typeof automationSchema> | undefined {
  if (automation === undefined) return undefined;
  const {file, journal, settings} = automation;
  const written = {
    ...(file === undefined ? {} : {file}),
    ...(file === undefined || journal === undefined ? {} : {journal}),
    ...writtenSettings(settings),
  };
  return Object.keys(written).length === 0 ? undefined : written;
}
