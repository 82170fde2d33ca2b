import {z} from 'zod';
import {effectKinds} from '../model/effect.ts';
import {parseJson} from '../model/json-text.ts';
import {colourNames, groupNames, masterId, panLawsDb, type StripKind, soloModes} from '../model/mixer.ts';
import {mostReferences} from '../model/monitor.ts';
import {nearestName} from '../model/near-name.ts';
import {type Problem, plainText} from '../model/problem.ts';
import {highestLevelDb, lowestLevelDb} from '../model/taper.ts';
import {highestTempoBpm, lowestTempoBpm} from '../model/tempo.ts';
import {automationKeys, automationSchema} from './automation-settings.ts';
import {checkTarget, meterKeys, meterSchema, targetSchema} from './meter-file.ts';
import {checkChannels, engineKeys, engineSchema, stripChannelSchema} from './midi-target-file.ts';
import {checkRouting} from './routing-checks.ts';
import {checkRules, gainKeys, gainSchema} from './rule-file.ts';
import {placeOf, reasonOf, shown} from './schema-words.ts';
import {migrated, sessionFileVersion, versionOf} from './session-version.ts';
import {checkSnapshots, snapshotKeys, snapshotsSchema, snapshotsText} from './snapshot-file.ts';
import {soundPathSchema} from './sound-path.ts';
import {checkTimeline, timelineKeys, timelineSchemas} from './timeline-file.ts';

/** Name of the file that makes a folder a session. */
export const sessionFileName = 'session.json';
/** Name under which the state before the last save is kept. */
export const backupFileName = 'session.json.bak';
/** Kinds of strips, in the order of a desk. */
const stripKinds = ['stem', 'group', 'return', 'vca'] as const satisfies readonly StripKind[];
/** Most strips a session may have. */
export const mostStrips = 512;
/** Largest session file that is read, in bytes: several times what the most strips need. */
export const largestFileBytes = 8_000_000;

/** What differs from the defaults; names and ranges are checked afterwards. */
const valuesSchema = z.record(z.string(), z.number()).readonly();
const stripReferenceSchema = z.string().max(64);
const muteGroupsSchema = z.array(z.number().int().min(1).max(8)).max(8).readonly();

const stripSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be 1 to 64 small letters, digits and hyphens')
      .refine((id) => id !== masterId, 'is the name of the mix bus'),
    name: z.string().max(200),
    /** A stem if it is not given. */
    kind: z.enum(stripKinds).optional(),
    /** Of stems only. Relative to the session's folder and inside it, or absolute. */
    file: soundPathSchema.optional(),
    /** Length of that file, by which it is found again where it was moved. */
    bytes: z.number().int().min(0).optional(),
    /** Of stems only, where a device is mixed: which of its channels. */
    channel: stripChannelSchema.optional(),
    group: z.enum(groupNames),
    colour: z.enum(colourNames),
    channels: z.union([z.literal(1), z.literal(2)]),
    trimDb: z.number().min(-24).max(24),
    /** null stands for silence, which JSON cannot say as a number. */
    levelDb: z.number().min(lowestLevelDb).max(highestLevelDb).nullable(),
    pan: z.number().min(-1).max(1),
    muted: z.boolean(),
    soloed: z.boolean(),
    soloSafe: z.boolean(),
    polarityInverted: z.boolean(),
    /** The id of a group; the mix bus if it is not given. */
    output: stripReferenceSchema.optional(),
    vcas: z.array(stripReferenceSchema).max(mostStrips).readonly().optional(),
    muteGroups: muteGroupsSchema.optional(),
    parameters: valuesSchema.optional(),
    effect: z
      .strictObject({kind: z.enum(effectKinds), values: valuesSchema.optional()})
      .readonly()
      .optional(),
  })
  .readonly();

/** The schema of `session.json`: levels in dB, pan −1…1, sample rate in Hz. */
const sessionFileSchema = z
  .strictObject({
    $schema: z.string().optional(),
    longthrow: z.literal(sessionFileVersion),
    name: z.string().max(200),
    sampleRate: z.number().int().min(8000).max(384_000),
    engine: engineSchema.optional(),
    strips: z.array(stripSchema).max(mostStrips).readonly(),
    masterLevelDb: z.number().min(lowestLevelDb).max(highestLevelDb).nullable(),
    masterParameters: valuesSchema.optional(),
    panLawDb: z.literal(panLawsDb).optional(),
    soloMode: z.enum(soloModes).optional(),
    activeMuteGroups: muteGroupsSchema.optional(),
    tempoBpm: z.number().min(lowestTempoBpm).max(highestTempoBpm).optional(),
    /** Made once, for good; the journal says the same. */
    id: z
      .string()
      .regex(/^[0-9a-f-]{8,64}$/, 'must be 8 to 64 digits 0 … 9 and a … f')
      .optional(),
    /** The last entry of the journal that is in here. */
    journal: z.number().int().min(0).optional(),
    automation: automationSchema.optional(),
    /** Mixes to come back to. */
    snapshots: snapshotsSchema.optional(),
    ...timelineSchemas,
    meters: meterSchema.optional(),
    /** What the mix is delivered to. */
    target: targetSchema.optional(),
    /** What is different from the gain table as it is shipped. */
    gain: gainSchema.optional(),
    /** Whether nothing may blink. */
    reducedMotion: z.boolean().optional(),
    /** Finished tracks to compare the mix with. */
    references: z.array(soundPathSchema).max(mostReferences).readonly().optional(),
  })
  .readonly();

/** What `session.json` holds. */
export type SessionFile = z.infer<typeof sessionFileSchema>;
/** One strip as `session.json` holds it. */
export type SessionFileStrip = z.infer<typeof stripSchema>;

export type ReadSessionFile =
  | {readonly type: 'read'; readonly file: SessionFile}
  | {readonly type: 'refused'; readonly problems: readonly Problem[]};

/** The contents of a session file, or every reason why it is none; `path` names it in the problems. Never throws. */
export function readSessionFile(text: string, path: string): ReadSessionFile {
  if (text.length > largestFileBytes) return refused({path, reason: `is larger than ${largestFileBytes / 1e6} MB`});
  const json = parseJson(text);
  if (json.type === 'broken') {
    const where = `line ${json.line}, column ${json.column}`;
    return refused({path, reason: `is not JSON at ${where}`, hint: `There, ${plainText(json.reason)}.`});
  }
  const newer = versionOf(json.value) ?? 0;
  if (newer > sessionFileVersion) {
    const reason = `was written by a newer Longthrow (file version ${newer}, this program reads ${sessionFileVersion})`;
    return refused({path, reason, hint: 'Update Longthrow to open it; the file was left as it is.'});
  }
  const checked = sessionFileSchema.safeParse(migrated(json.value));
  const problems = checked.success ? [] : checked.error.issues.flatMap((issue) => problemsOf(issue, path));
  const wrong = checked.success
    ? [
        ...repeatedIds(checked.data, path),
        ...checkRouting(checked.data, path),
        ...checkChannels(checked.data, path),
        ...checkTimeline(checked.data, path),
        ...checkRules(checked.data.gain, path),
        ...checkTarget(checked.data.target, path),
        ...checkSnapshots(checked.data.snapshots, path),
      ]
    : [];
  if (checked.success && wrong.length === 0) return {type: 'read', file: checked.data};
  return {type: 'refused', problems: [...problems, ...wrong]};
}

/** A session file as text: one strip a line, so that versions of it can be compared line by line. */
export function sessionFileText(file: SessionFile): string {
  const {strips, snapshots, ...rest} = file;
  const members = Object.entries(rest).filter(([, value]) => value !== undefined);
  const pair = ([key, value]: readonly [string, unknown]): string => `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  const lines = strips.map((strip) => {
    const values = Object.entries(strip).filter(([, value]) => value !== undefined);
    return `    {${values.map(pair).join(', ')}}`;
  });
  const list = lines.length === 0 ? '  "strips": []' : `  "strips": [\n${lines.join(',\n')}\n  ]`;
  const written = (ofMixer: boolean): readonly string[] =>
    members.filter(([key]) => mixerKeys.has(key) === ofMixer).map((entry) => `  ${pair(entry)}`);
  const kept = snapshots === undefined ? [] : [`  ${snapshotsText(snapshots)}`];
  return `{\n${[...written(false), list, ...written(true), ...kept].join(',\n')}\n}\n`;
}

/** Members that stand after the strips: what the mix bus is set to, what is known of the tape, and what the mix is compared with. */
const mixerKeys: ReadonlySet<string> = new Set([
  'masterLevelDb',
  'masterParameters',
  'panLawDb',
  'soloMode',
  'activeMuteGroups',
  'tempoBpm',
  'journal',
  'automation',
  'markers',
  'loop',
  'meters',
  'target',
  'gain',
  'reducedMotion',
  'references',
]);

function repeatedIds(file: SessionFile, path: string): readonly Problem[] {
  const seen = new Set<string>();
  return file.strips.flatMap((strip, index): readonly Problem[] => {
    if (!seen.has(strip.id)) {
      seen.add(strip.id);
      return [];
    }
    const reason = `"${strip.id}" is already the id of another strip`;
    return [
      {path: `${path}: strips[${index}].id`, reason, hint: 'Give each strip an id of its own.', severity: 'error'},
    ];
  });
}

const fileKeys = Object.keys(sessionFileSchema.unwrap().shape);
const stripKeys = Object.keys(stripSchema.unwrap().shape);
const effectKeys = ['kind', 'values'];

function knownKeys([first, ...rest]: readonly PropertyKey[]): readonly string[] {
  if (first === undefined) return fileKeys;
  if (first === 'markers' || first === 'loop') return timelineKeys[first];
  if (first === 'meters') return meterKeys;
  if (first === 'gain') return gainKeys;
  if (first === 'engine') return engineKeys;
  if (first === 'automation') return automationKeys;
  if (first === 'snapshots') return rest.at(-1) === 'effect' ? effectKeys : snapshotKeys;
  return rest.at(-1) === 'effect' ? effectKeys : stripKeys;
}

function problemsOf(issue: z.core.$ZodIssue, path: string): readonly Problem[] {
  const place = placeOf(issue.path);
  const at = place === '' ? path : `${path}: ${place}`;
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path);
    return issue.keys.map((key) => {
      const nearest = nearestName(key, known);
      const hint = nearest === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
      return {path: at, reason: `"${shown(key)}" is not known here`, hint, severity: 'error'};
    });
  }
  return [{path: at, reason: reasonOf(issue), severity: 'error'}];
}

function refused(problem: Omit<Problem, 'severity'>): ReadSessionFile {
  return {type: 'refused', problems: [{...problem, severity: 'error'}]};
}
