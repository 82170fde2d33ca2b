/**
 * Everything a strip can be set to beside its fader, as one table: what a V-Pot page shows, what a session keeps, what a lane
 * automates. A strip keeps only what differs from the default. Switches are 0 and 1.
 */
export interface ParameterRange {
  readonly low: number;
  readonly high: number;
  readonly standard: number;
  readonly unit: 'dB' | 'Hz' | 'ms' | 'seconds' | 'ratio' | 'q' | 'percent' | 'side' | 'switch' | 'choice';
  /** How a knob moves through the range: evenly, or evenly in octaves. */
  readonly scale: 'linear' | 'log';
  /** One tick of an encoder: in the unit on a linear scale, a factor on a log scale. */
  readonly tick: number;
  /** At most six ASCII characters for a scribble strip. */
  readonly short: string;
  /** Names of a choice's values, from `low` on. */
  readonly choices?: readonly string[];
}

/** The range of a switch, 0 or 1; off as a rule. */
export const onOff = (short: string): ParameterRange => ({
  low: 0,
  high: 1,
  standard: 0,
  unit: 'switch',
  scale: 'linear',
  tick: 1,
  short,
});
const hertz = (standard: number, short: string): ParameterRange => ({
  low: 20,
  high: 20_000,
  standard,
  unit: 'Hz',
  scale: 'log',
  tick: 2 ** (1 / 12),
  short,
});
const decibels = (low: number, high: number, standard: number, short: string): ParameterRange => ({
  low,
  high,
  standard,
  unit: 'dB',
  scale: 'linear',
  tick: 0.5,
  short,
});
const milliseconds = (low: number, high: number, standard: number, short: string): ParameterRange => ({
  low,
  high,
  standard,
  unit: 'ms',
  scale: 'log',
  tick: 1.1,
  short,
});
const choice = (choices: readonly string[], standard: number, short: string): ParameterRange => ({
  low: 0,
  high: choices.length - 1,
  standard,
  unit: 'choice',
  scale: 'linear',
  tick: 1,
  short,
  choices,
});

const band = <Number extends 1 | 2 | 3 | 4>(number: Number, shape: number, frequencyHz: number) =>
  ({
    [`eq${number}.on`]: onOff(`EQ${number}`),
    [`eq${number}.shape`]: choice(['bell', 'low shelf', 'high shelf'], shape, `EQ${number} S`),
    [`eq${number}.hz`]: hertz(frequencyHz, `EQ${number} F`),
    [`eq${number}.gainDb`]: decibels(-18, 18, 0, `EQ${number} G`),
    [`eq${number}.q`]: {low: 0.1, high: 16, standard: 0.71, unit: 'q', scale: 'log', tick: 1.1, short: `EQ${number} Q`},
  }) as Record<`eq${Number}.${'on' | 'shape' | 'hz' | 'gainDb' | 'q'}`, ParameterRange>;

const send = <Number extends 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8>(number: Number) =>
  ({
    [`send${number}.on`]: onOff(`S${number}`),
    [`send${number}.levelDb`]: decibels(-90, 10, -90, `SND ${number}`),
    [`send${number}.pan`]: {
      low: -1,
      high: 1,
      standard: 0,
      unit: 'side',
      scale: 'linear',
      tick: 0.02,
      short: `S${number} P`,
    },
    [`send${number}.pre`]: onOff(`S${number} PR`),
  }) as Record<`send${Number}.${'on' | 'levelDb' | 'pan' | 'pre'}`, ParameterRange>;

/** The table. `levelDb` at its lowest (−90) is silence. */
export const parameters = {
  'hp.on': onOff('HPF'),
  'hp.hz': {...hertz(80, 'HP F'), high: 2000},
  'hp.slope': choice(['12 dB', '24 dB'], 0, 'HP S'),
  'lp.on': onOff('LPF'),
  'lp.hz': {...hertz(16_000, 'LP F'), low: 200},
  'lp.slope': choice(['12 dB', '24 dB'], 0, 'LP S'),
  ...band(1, 1, 100),
  ...band(2, 0, 400),
  ...band(3, 0, 2500),
  ...band(4, 2, 8000),
  'gate.on': onOff('GATE'),
  'gate.thresholdDb': decibels(-80, 0, -50, 'GT THR'),
  'gate.ratio': {low: 1, high: 20, standard: 10, unit: 'ratio', scale: 'log', tick: 1.1, short: 'GT RAT'},
  'gate.rangeDb': decibels(-80, 0, -40, 'GT RNG'),
  'gate.attackMs': milliseconds(0.05, 100, 1, 'GT ATT'),
  'gate.holdMs': milliseconds(1, 1000, 50, 'GT HLD'),
  'gate.releaseMs': milliseconds(5, 2000, 150, 'GT REL'),
  'comp.on': onOff('COMP'),
  'comp.thresholdDb': decibels(-60, 0, -18, 'C THR'),
  'comp.ratio': {low: 1, high: 20, standard: 3, unit: 'ratio', scale: 'log', tick: 1.1, short: 'C RAT'},
  'comp.kneeDb': decibels(0, 24, 6, 'C KNEE'),
  'comp.attackMs': milliseconds(0.1, 200, 10, 'C ATT'),
  'comp.releaseMs': milliseconds(5, 2000, 120, 'C REL'),
  'comp.makeUpDb': decibels(0, 24, 0, 'C GAIN'),
  'comp.sidechainHz': {...hertz(20, 'C SC'), high: 1000},
  'sat.on': onOff('SAT'),
  'sat.driveDb': decibels(0, 24, 0, 'DRIVE'),
  'sat.mix': {low: 0, high: 100, standard: 100, unit: 'percent', scale: 'linear', tick: 2, short: 'S MIX'},
  'limiter.on': onOff('LIMIT'),
  'limiter.ceilingDb': decibels(-12, 0, -1, 'CEIL'),
  'limiter.releaseMs': milliseconds(10, 1000, 100, 'L REL'),
  width: {low: 0, high: 200, standard: 100, unit: 'percent', scale: 'linear', tick: 2, short: 'WIDTH'},
  ...send(1),
  ...send(2),
  ...send(3),
  ...send(4),
  ...send(5),
  ...send(6),
  ...send(7),
  ...send(8),
} satisfies Record<string, ParameterRange>;

export type ParameterId = keyof typeof parameters;

/** What differs from the defaults. */
export type ParameterValues = Readonly<Partial<Record<ParameterId, number>>>;

/** All ids, in the order of the table. */
export const parameterIds = Object.keys(parameters) as readonly ParameterId[];

export function isParameterId(text: string): text is ParameterId {
  return Object.hasOwn(parameters, text);
}

/** The range of a parameter. */
export function rangeOf(parameter: ParameterId): ParameterRange {
  return parameters[parameter];
}

/** What a parameter is set to. */
export function parameterValue(values: ParameterValues, parameter: ParameterId): number {
  return values[parameter] ?? parameters[parameter].standard;
}

/** The values with one changed: clamped into its range, choices and switches rounded; NaN, and what is equal already, gives the same object. */
export function withValue(values: ParameterValues, parameter: ParameterId, value: number): ParameterValues {
  if (Number.isNaN(value)) return values;
  const {low, high, standard, unit} = rangeOf(parameter);
  const clamped = Math.min(high, Math.max(low, value)) + 0;
  const next = unit === 'switch' || unit === 'choice' ? Math.round(clamped) : clamped;
  if (next === parameterValue(values, parameter)) return values;
  const {[parameter]: _, ...others} = values;
  return next === standard ? others : {...others, [parameter]: next};
}

/** The values within their ranges: the same object where they are already, as all are that commands made. What is no number is the default. */
export function withinRanges(values: ParameterValues): ParameterValues {
  const ids = (Object.keys(values) as ParameterId[]).filter(isParameterId);
  const isWithin = (id: ParameterId): boolean => {
    const value = parameterValue(values, id);
    return value >= parameters[id].low && value <= parameters[id].high;
  };
  if (ids.every(isWithin)) return values;
  return ids.reduce<ParameterValues>((clean, id) => withValue(clean, id, parameterValue(values, id)), {});
}

/** Where a knob stands for a value, 0…1, evenly on the range's scale. */
export function positionInRange({low, high, scale}: ParameterRange, value: number): number {
  const share = scale === 'log' ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.min(1, Math.max(0, share));
}

/** The value at a knob's position 0…1: the inverse of `positionInRange`. */
export function valueInRange({low, high, scale}: ParameterRange, position: number): number {
  const at = Math.min(1, Math.max(0, position));
  return scale === 'log' ? low * (high / low) ** at : low + at * (high - low);
}

/** The value after so many encoder ticks. */
export function valueAfterTicksIn({low, high, scale, tick}: ParameterRange, value: number, ticks: number): number {
  const next = scale === 'log' ? value * tick ** ticks : (Math.round(value / tick) + ticks) * tick;
  return Math.min(high, Math.max(low, next)) + 0;
}

/** Where a knob stands for a parameter's value, 0…1. */
export function positionOfValue(parameter: ParameterId, value: number): number {
  return positionInRange(rangeOf(parameter), value);
}

/** A parameter's value at a knob's position 0…1. */
export function valueAtPosition(parameter: ParameterId, position: number): number {
  return valueInRange(rangeOf(parameter), position);
}

/** A parameter's value after so many encoder ticks. */
export function valueAfterTicks(parameter: ParameterId, value: number, ticks: number): number {
  return valueAfterTicksIn(rangeOf(parameter), value, ticks);
}
