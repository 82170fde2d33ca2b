import {z} from 'zod';
import {groupNames} from '../model/mixer.ts';
import {nearestName} from '../model/near-name.ts';
import type {Problem} from '../model/problem.ts';
import {longestWaitMs, type RuleChange, type RuleLimits, ruleLimits} from '../model/rule-change.ts';
import {type RuleId, ruleIds} from '../model/warning.ts';
import {placeOf, reasonOf, shown} from './schema-words.ts';

/** Where rules may be changed: for a group of instruments, or for the mix bus. */
const places = [...groupNames, 'master'] as const;

const limitSchema = z.union([z.number(), z.tuple([z.number(), z.number()]).readonly()]);
const waitSchema = z.number().min(0).max(longestWaitMs);

/** What may be said of one rule. */
const changeSchema = z
  .strictObject({
    only: z.enum(places).optional(),
    on: z.boolean().optional(),
    raise: limitSchema.optional(),
    clear: limitSchema.optional(),
    raiseAfterMs: waitSchema.optional(),
    clearAfterMs: waitSchema.optional(),
    severity: z.literal([1, 2, 3, 4]).optional(),
  })
  .readonly();

type WrittenChange = z.infer<typeof changeSchema>;
const changeKeys = Object.keys(changeSchema.unwrap().shape);

/** Member `gain` of `session.json`: `{"rules": {"hot": {"raise": -4}}}`. A rule has one change or a list of them; what stands there is checked by `checkRules`. */
export const gainSchema = z.strictObject({rules: z.record(z.string(), z.unknown()).optional()}).readonly();
export const gainKeys: readonly string[] = ['rules'];

/** As a session file holds it. */
export type WrittenGain = z.infer<typeof gainSchema>;

/** Everything that is wrong with the changed rules; `path` names the file. */
export function checkRules(gain: WrittenGain | undefined, path: string): readonly Problem[] {
  return entriesOf(gain).flatMap(({rule, place, value}) => {
    const at = `${path}: ${place}`;
    const known = ruleIds.find((id) => id === rule);
    if (known === undefined) return [problem(at, `"${shown(rule)}" is no rule`, nearestHint(rule, ruleIds))];
    const checked = changeSchema.safeParse(value);
    if (!checked.success) return checked.error.issues.flatMap((issue) => problemsOf(issue, at));
    return checkNumbers(known, checked.data, at);
  });
}

/** The changes of a checked file, in order; an empty list if there are none. */
export function ruleChangesOf(gain: WrittenGain | undefined): readonly RuleChange[] {
  return entriesOf(gain).flatMap(({rule, value}): readonly RuleChange[] => {
    const known = ruleIds.find((id) => id === rule);
    const checked = changeSchema.safeParse(value);
    if (known === undefined || !checked.success) return [];
    const {only, on, raise, clear, raiseAfterMs, clearAfterMs, severity} = checked.data;
    return [
      {
        rule: known,
        ...(only === undefined ? {} : {only}),
        ...(on === undefined ? {} : {on}),
        ...(raise === undefined ? {} : {raise}),
        ...(clear === undefined ? {} : {clear}),
        ...(raiseAfterMs === undefined ? {} : {raiseAfterMs}),
        ...(clearAfterMs === undefined ? {} : {clearAfterMs}),
        ...(severity === undefined ? {} : {severity}),
      },
    ];
  });
}

/** What is written of the changes: nothing if there are none. */
export function writtenRules(changes: readonly RuleChange[] = []): {readonly gain?: WrittenGain} {
  const byRule = new Map<RuleId, Omit<RuleChange, 'rule'>[]>();
  for (const {rule, ...change} of changes) byRule.set(rule, [...(byRule.get(rule) ?? []), change]);
  if (byRule.size === 0) return {};
  return {
    gain: {rules: Object.fromEntries([...byRule].map(([rule, list]) => [rule, list.length === 1 ? list[0] : list]))},
  };
}

interface Entry {
  readonly rule: string;
  readonly place: string;
  readonly value: unknown;
}

function entriesOf(gain: WrittenGain | undefined): readonly Entry[] {
  return Object.entries(gain?.rules ?? {}).flatMap(([rule, value]): readonly Entry[] => {
    const place = `gain.rules["${shown(rule)}"]`;
    if (!Array.isArray(value)) return [{rule, place, value}];
    return value.map((each: unknown, index) => ({rule, place: `${place}[${index}]`, value: each}));
  });
}

/** Limits must be of the rule's kind, and numbers that make sense in its unit. */
function checkNumbers(rule: RuleId, change: WrittenChange, at: string): readonly Problem[] {
  const limits = ruleLimits[rule];
  const problems = (['raise', 'clear'] as const).flatMap((key): readonly Problem[] => {
    const given = change[key];
    if (given === undefined) return [];
    const reason = wrongLimit(given, limits);
    return reason === undefined ? [] : [problem(`${at}.${key}`, reason)];
  });
  return problems.length > 0 ? problems : checkOrder(change, at);
}

function wrongLimit(given: number | readonly [number, number], limits: RuleLimits): string | undefined {
  const {low, high, unit, range, fixed} = limits;
  const numbers = typeof given === 'number' ? [given] : given;
  if (fixed === true) return 'cannot be changed: this rule has no limit to choose; "on" switches it off';
  if (range === true && typeof given === 'number') return `must be a range, [low, high], in ${unit}`;
  if (range !== true && typeof given !== 'number') return `must be one number${unit === '' ? '' : ` in ${unit}`}`;
  if (numbers.some((number) => number < low || number > high))
    return `must be ${low} to ${high}${unit === '' ? '' : ` ${unit}`}`;
  const [first = 0, second = first] = numbers;
  return second < first ? 'must have its lower end first' : undefined;
}

/** A warning that clears beyond where it is raised would never be told, or never end. */
function checkOrder({raise, clear}: WrittenChange, at: string): readonly Problem[] {
  if (typeof raise === 'object' && typeof clear === 'object' && (clear[0] < raise[0] || clear[1] > raise[1]))
    return [problem(`${at}.clear`, 'must lie within "raise": a warning clears where it is not raised')];
  return [];
}

function problemsOf(issue: z.core.$ZodIssue, at: string): readonly Problem[] {
  const place = placeOf(issue.path);
  const where = place === '' ? at : `${at}.${place}`;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => problem(at, `"${shown(key)}" is not known here`, nearestHint(key, changeKeys)));
  if (issue.code === 'invalid_union') return [problem(where, 'must be a number, or [low, high]')];
  return [problem(where, reasonOf(issue))];
}

function nearestHint(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
}

function problem(path: string, reason: string, hint?: string): Problem {
  return {path, reason, ...(hint === undefined ? {} : {hint}), severity: 'error'};
}
