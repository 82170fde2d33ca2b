import type {RuleChange} from '../model/rule-change.ts';
import type {RuleId, Severity} from '../model/warning.ts';
import {ruleIds} from '../model/warning.ts';
import {type LampState, lampOfSeverity} from './lamp-pattern.ts';
import type {Rule} from './rule.ts';
import {levelRules} from './rules-level.ts';
import {mixRules} from './rules-mix.ts';
import {peakRules} from './rules-peak.ts';
import {presenceRules} from './rules-presence.ts';
import {stereoRules} from './rules-stereo.ts';
import {voiceRules} from './rules-voice.ts';

/** Rises when a threshold, a time or a meaning of the table changes. */
export const ruleTableVersion = 2;

const rows = new Map(
  [...peakRules, ...levelRules, ...stereoRules, ...mixRules, ...voiceRules, ...presenceRules].map((row) => [
    row.id,
    row,
  ]),
);

/** The gain table in its order of weight. Levels in dBFS. */
export const ruleTable: readonly Rule[] = ruleIds.flatMap((id) => rows.get(id) ?? []);

/** What is shipped for one group of instruments only. A session's own changes win over these. */
export const shippedChanges: readonly RuleChange[] = [
  // Drums are short: between the strokes the average falls far, however good the recording.
  {rule: 'vu.low', only: 'drums', raise: -24, clear: -21},
];

/** The row of a rule, in the table as it is shipped. */
export function ruleOf(id: RuleId, table: readonly Rule[] = ruleTable): Rule {
  const rule = table.find((row) => row.id === id);
  if (rule === undefined) throw new RangeError(`the gain table has no rule ${id}`);
  return rule;
}

/** The rhythm of a rule's lamp at a severity. */
export function lampOf(id: RuleId, severity: Severity): LampState {
  return rows.get(id)?.lamp ?? lampOfSeverity(severity);
}
