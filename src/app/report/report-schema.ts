import {ruleIds} from '../../model/warning.ts';
import {reportSchemaVersion} from './report-json.ts';

type Schema = Readonly<Record<string, unknown>>;

const text = {type: 'string'} as const;
const truth = {type: 'boolean'} as const;
const count = {type: 'integer', minimum: 0} as const;
/** Silence and the unknown are null. */
const figure = {type: ['number', 'null']} as const;
const orNull = (schema: Schema): Schema => ({anyOf: [schema, {type: 'null'}]});
const listOf = (items: Schema): Schema => ({type: 'array', items});
const oneOf = (...values: readonly string[]): Schema => ({enum: values});
/** Everything is always there; more may come. */
const object = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});
const figures = <Name extends string>(...names: readonly Name[]): Readonly<Record<string, Schema>> =>
  Object.fromEntries(names.map((name) => [name, figure]));

const levels = {
  ...figures('samplePeakDbfs', 'truePeakDbtp', 'workingPeakDbfs', 'rmsDbfs', 'integratedLufs', 'rangeLu'),
  rangeIsStable: truth,
  ...figures('maxMomentaryLufs', 'maxShortTermLufs'),
};

const history = object({
  stepSeconds: figure,
  peakDbfs: listOf(figure),
  momentaryLufs: listOf(figure),
  shortTermLufs: listOf(figure),
  integratedLufs: listOf(figure),
});

const track = object({
  seconds: figure,
  ...levels,
  ...figures(
    'peakToLoudnessDb',
    'lowestPeakToShortTermDb',
    'medianPeakToShortTermDb',
    'crestDb',
    'floorDbfs',
    'dcDbfs',
  ),
  clippedRuns: count,
  nonFiniteSamples: count,
  ...figures('correlation', 'lowestCorrelation', 'lowestCorrelationAtSeconds', 'monoFoldDb', 'balanceLu', 'widthDb'),
  thirdOctavesDb: listOf(figure),
  lowEndShareDb: figure,
  history,
});

const warning = object({
  rule: oneOf(...ruleIds),
  severity: {enum: [1, 2, 3, 4]},
  short: text,
  advice: text,
  ranges: listOf(object({fromSeconds: {type: 'number'}, toSeconds: {type: 'number'}})),
});

const trim = orNull(object({...figures('fromDb', 'toDb', 'faderDb'), limited: truth}));

const target = object({
  id: text,
  name: text,
  kind: oneOf('norm', 'advice', 'player'),
  ...figures('integratedLufs', 'toleranceLu', 'truePeakCeilingDbtp', 'lossyTruePeakCeilingDbtp', 'maxShortTermLufs'),
  standing: oneOf('primary', 'first-party', 'secondary'),
  source: text,
  readOn: text,
  note: orNull(text),
});

const programme = {
  figures: track,
  warnings: listOf(warning),
  targetComparison: orNull(
    object({
      distanceLu: figure,
      loudness: oneOf('right', 'loud', 'quiet', 'turned-down', 'unknown'),
      peakFits: orNull(truth),
      shortTermFits: orNull(truth),
      ...figures('gainDb', 'truePeakAfterGainDbtp'),
      advice: listOf(text),
    }),
  ),
  referenceComparisons: listOf(
    object({
      ...figures('loudnessDifferenceLu', 'matchGainDb'),
      thirdOctaveDifferencesDb: listOf(figure),
      ...figures('lowEndDifferenceDb', 'widthDifferenceDb', 'rangeDifferenceLu'),
      ...figures('lowestPeakToShortTermDifferenceDb', 'medianPeakToShortTermDifferenceDb'),
      advice: listOf(text),
    }),
  ),
};

const channels = {enum: [1, 2]};

const strip = object({
  id: text,
  name: text,
  kind: oneOf('stem', 'group', 'return'),
  group: text,
  channels,
  muted: truth,
  trimDb: figure,
  recorded: orNull(track),
  pre: object({...levels, history}),
  post: object(levels),
  proposedTrim: trim,
  warnings: listOf(warning),
});

const mix = object({
  ...programme,
  samplesHeldByCeiling: count,
  vocal: orNull(object({strips: listOf(text), ...figures('balanceLu', 'activeSeconds'), advice: orNull(text)})),
});

const file = object({
  path: text,
  name: text,
  as: oneOf('stem', 'mix'),
  format: text,
  channels,
  sampleRateHz: {type: 'number'},
  bits: figure,
  ...programme,
  proposedTrim: trim,
});

const problem = {
  type: 'object',
  properties: {path: text, reason: text, hint: text, severity: oneOf('error', 'warning')},
  required: ['path', 'reason', 'severity'],
};

/** What the JSON of a report looks like, as JSON Schema (2020-12) text. */
export function reportJsonSchema(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'longthrow report --json',
    description: 'Names end in their unit. Silence (minus infinity) and what could not be measured are null.',
    ...object({
      schemaVersion: {const: reportSchemaVersion},
      standard: text,
      ruleTableVersion: count,
      deliveryTargetsVersion: count,
      thirdOctaveCentresHz: listOf({type: 'number'}),
      session: orNull(object({name: text, folder: text, sampleRateHz: {type: 'number'}, strips: listOf(strip), mix})),
      files: listOf(file),
      target: orNull(target),
      references: listOf(object({path: text, name: text, figures: track})),
      problems: listOf(problem),
      ...figures('soundSeconds', 'elapsedSeconds', 'timesRealTime'),
    }),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
