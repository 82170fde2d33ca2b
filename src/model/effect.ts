import type {ParameterRange} from './parameter.ts';
import {noteMs, noteNames} from './tempo.ts';

/** Effects a return can have, with what each can be set to. */
const effectParameters = {
  reverb: {
    decaySeconds: {low: 0.2, high: 12, standard: 1.8, unit: 'seconds', scale: 'log', tick: 1.05, short: 'DECAY'},
    preDelayMs: {low: 0, high: 200, standard: 20, unit: 'ms', scale: 'linear', tick: 2, short: 'PRE'},
    dampingHz: {low: 1000, high: 20_000, standard: 6000, unit: 'Hz', scale: 'log', tick: 2 ** (1 / 12), short: 'DAMP'},
    size: {low: 0, high: 100, standard: 60, unit: 'percent', scale: 'linear', tick: 2, short: 'SIZE'},
  },
  delay: {
    timeMs: {low: 1, high: 2000, standard: 375, unit: 'ms', scale: 'log', tick: 1.02, short: 'TIME'},
    note: {
      low: 0,
      high: noteNames.length - 1,
      standard: 0,
      unit: 'choice',
      scale: 'linear',
      tick: 1,
      short: 'NOTE',
      choices: noteNames,
    },
    feedback: {low: 0, high: 95, standard: 30, unit: 'percent', scale: 'linear', tick: 1, short: 'FEEDB'},
    highCutHz: {low: 500, high: 20_000, standard: 8000, unit: 'Hz', scale: 'log', tick: 2 ** (1 / 12), short: 'HICUT'},
    lowCutHz: {low: 20, high: 2000, standard: 100, unit: 'Hz', scale: 'log', tick: 2 ** (1 / 12), short: 'LOCUT'},
    pingPong: {low: 0, high: 1, standard: 0, unit: 'switch', scale: 'linear', tick: 1, short: 'PING'},
  },
} satisfies Record<string, Record<string, ParameterRange>>;

export type EffectKind = keyof typeof effectParameters;
export const effectKinds: readonly EffectKind[] = ['reverb', 'delay'];

export interface Effect {
  readonly kind: EffectKind;
  /** Values by name, as far as they differ from the defaults. */
  readonly values: Readonly<Record<string, number>>;
  /** Its note is longer than the longest time it can have, which it has instead. */
  readonly isCutShort?: true;
}

/** An effect at its defaults. */
export function newEffect(kind: EffectKind): Effect {
  return {kind, values: {}};
}

/** The names of an effect's parameters, in the order of the table. */
export function effectParameterNames(kind: EffectKind): readonly string[] {
  return Object.keys(effectParameters[kind]);
}

/** The range of one parameter of an effect, if it has it. */
export function effectRange(kind: EffectKind, name: string): ParameterRange | undefined {
  const ranges: Readonly<Record<string, ParameterRange>> = effectParameters[kind];
  return Object.hasOwn(ranges, name) ? ranges[name] : undefined;
}

/** What a parameter of an effect is set to; 0 for a name it does not have. */
export function effectValue({kind, values}: Effect, name: string): number {
  return values[name] ?? effectRange(kind, name)?.standard ?? 0;
}

/**
 * The effect with one parameter changed and clamped; unknown names and NaN change nothing. A delay whose time is set lets go of its note; one whose
 * note is set takes its time at the next `atTempo`.
 */
export function withEffectValue(effect: Effect, name: string, value: number): Effect {
  const range = effectRange(effect.kind, name);
  if (range === undefined || Number.isNaN(value)) return effect;
  const clamped = Math.min(range.high, Math.max(range.low, value)) + 0;
  const next = range.unit === 'switch' || range.unit === 'choice' ? Math.round(clamped) : clamped;
  if (next === effectValue(effect, name)) return effect;
  const {[name]: _, ...others} = effect.values;
  const values = next === range.standard ? others : {...others, [name]: next};
  return name === 'timeMs' ? freed({...effect, values}) : {...effect, values};
}

/** The effect with its time as long as its note is at a tempo, in quarter notes a minute; the same object where that changes nothing. */
export function atTempo(effect: Effect, tempoBpm: number): Effect {
  const wantedMs = noteMs(effectValue(effect, 'note'), tempoBpm);
  const range = effectRange(effect.kind, 'timeMs');
  if (wantedMs === undefined || range === undefined) return effect.isCutShort ? freed(effect) : effect;
  const timeMs = Math.min(range.high, Math.max(range.low, wantedMs));
  const isCutShort = wantedMs > range.high * (1 + 1e-9);
  if (timeMs === effectValue(effect, 'timeMs') && isCutShort === (effect.isCutShort ?? false)) return effect;
  const {timeMs: _, ...others} = effect.values;
  const values = timeMs === range.standard ? others : {...others, timeMs};
  return {kind: effect.kind, values, ...(isCutShort ? {isCutShort} : {})};
}

/** Without a note. */
function freed({kind, values: {note: _, ...values}}: Effect): Effect {
  return {kind, values};
}
