import type {Group} from '../model/mixer.ts';
import type {RuleId} from '../model/warning.ts';
import type {Rule} from './rule.ts';

/** What a session may change in a row, for all strips, for one instrument group, or for the mix bus. */
export interface RuleOverride {
  readonly rule: RuleId;
  /** Absent: everywhere. */
  readonly only?: Group | 'master';
  readonly values: Partial<
    Pick<Rule, 'on' | 'raise' | 'raiseAfterMs' | 'clear' | 'clearAfterMs' | 'severity' | 'steps'>
  >;
}

/** The table as it holds for a group of strips or for the mix bus; later overrides win over earlier ones. */
export function rulesFor(
  where: Group | 'master',
  table: readonly Rule[],
  overrides: readonly RuleOverride[],
): readonly Rule[] {
  return table.map((rule) => {
    const meant = overrides.filter(({rule: id, only}) => id === rule.id && (only === undefined || only === where));
    return meant.reduce(merge, rule);
  });
}

function merge(rule: Rule, {values}: RuleOverride): Rule {
  return {...rule, ...values};
}
