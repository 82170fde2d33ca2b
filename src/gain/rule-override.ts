import type {Group, StripKind} from '../model/mixer.ts';
import type {RuleChange} from '../model/rule-change.ts';
import type {Place, Rule, RuleValues, Threshold} from './rule.ts';

/** Where rules are to hold: at a strip, or at the mix bus. */
export type RulePlace =
  | {readonly type: 'master'}
  | {readonly type: 'strip'; readonly kind: StripKind; readonly group: Group; readonly channels: 1 | 2};

/** A rule as it holds at one place. */
export interface Duty {
  readonly rule: Rule;
  readonly place: Place;
}

/** The rules that are on at a place, as they hold there; later changes win over earlier ones. */
export function dutiesAt(at: RulePlace, table: readonly Rule[], changes: readonly RuleChange[]): readonly Duty[] {
  return table.flatMap((row) => {
    const place = row.places[at.type];
    if (place === undefined || !isMeant(place, at)) return [];
    const rule = ruleAt(row, at, changes);
    return rule.on ? [{rule, place}] : [];
  });
}

/** A row as it holds at a place, on or off. */
export function ruleAt(row: Rule, at: RulePlace, changes: readonly RuleChange[]): Rule {
  const where = at.type === 'master' ? 'master' : at.group;
  const meant = changes.filter(({rule, only}) => rule === row.id && (only === undefined || only === where));
  return meant.reduce(changed, {...row, ...row.places[at.type]?.values});
}

function isMeant(place: Place, at: RulePlace): boolean {
  if (at.type === 'master') return true;
  if (place.kinds === undefined ? at.kind === 'vca' : !place.kinds.includes(at.kind)) return false;
  if (place.groups !== undefined && !place.groups.includes(at.group)) return false;
  return place.stereo === undefined || at.channels === 2;
}

function changed(rule: Rule, change: RuleChange): Rule {
  const raise = change.raise === undefined ? rule.raise : withNumbers(rule.raise, change.raise);
  const values: Partial<RuleValues> = {
    raise,
    clear: change.clear === undefined ? moved(rule.clear, rule.raise, raise) : withNumbers(rule.clear, change.clear),
    ...(change.on === undefined ? {} : {on: change.on}),
    ...(change.raiseAfterMs === undefined ? {} : {raiseAfterMs: change.raiseAfterMs}),
    ...(change.clearAfterMs === undefined ? {} : {clearAfterMs: change.clearAfterMs}),
    ...(change.severity === undefined ? {} : {severity: change.severity, steps: louder(rule, change.severity)}),
  };
  return {...rule, ...values};
}

/** The steps that still speak louder than the row. */
function louder({steps}: Rule, severity: Rule['severity']): Rule['steps'] {
  return steps.filter((step) => step.severity >= severity);
}

/** The numbers of a limit: one, or both ends of a range. */
export function numbersOf(threshold: Threshold): readonly number[] {
  if ('outside' in threshold) return threshold.outside;
  if ('within' in threshold) return threshold.within;
  return Object.values<number>(threshold);
}

/** The limit with other numbers; a single number for a range is taken for both sides of zero. */
function withNumbers(threshold: Threshold, numbers: number | readonly [number, number]): Threshold {
  const pair: readonly [number, number] =
    typeof numbers === 'number' ? [-Math.abs(numbers), Math.abs(numbers)] : numbers;
  const [first] = typeof numbers === 'number' ? [numbers] : numbers;
  if ('outside' in threshold) return {outside: pair};
  if ('within' in threshold) return {within: pair};
  if ('above' in threshold) return {above: first};
  if ('atLeast' in threshold) return {atLeast: first};
  return 'below' in threshold ? {below: first} : {atMost: first};
}

/** A clear limit that keeps its distance from a raise limit that was moved. */
function moved(clear: Threshold, from: Threshold, to: Threshold): Threshold {
  if (from === to) return clear;
  const [before, after, old] = [numbersOf(from), numbersOf(to), numbersOf(clear)];
  const next = old.map((number, index) => number + (after[index] ?? 0) - (before[index] ?? 0));
  const [first = 0, second] = next;
  return withNumbers(clear, second === undefined ? first : [first, second]);
}
