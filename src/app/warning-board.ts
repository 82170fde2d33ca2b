import {type ActorRefFrom, createActor} from 'xstate';
import type {VerdictChange} from '../gain/verdict.ts';
import {warningMachine} from '../machines/warning.ts';
import type {StripId} from '../model/mixer.ts';
import type {RuleId, Verdict, Warning} from '../model/warning.ts';
import {actorClock, type Clock} from './clock.ts';

/** The warnings that stand now, each with its statechart. */
export interface WarningBoard {
  /** Takes what the rules found at `atMs`. */
  take(changes: readonly VerdictChange[], atMs: number): void;
  /** A person has seen what stands at that strip (`masterId` for bus and output), or everywhere. */
  acknowledge(strip: StripId | 'all'): void;
  /** Most severe first, newest first among equals, acknowledged ones last; the same array until something changed. */
  readonly standing: readonly Warning[];
  end(): void;
}

/** One rule at one strip. */
interface Case {
  readonly strip: StripId;
  readonly actor: ActorRefFrom<typeof warningMachine>;
  /** What its statechart was told last; undefined if that may be over by other means. */
  told: Verdict | undefined;
  /** What there is to say of it now. */
  texts: Pick<Warning, 'severity' | 'short' | 'advice'>;
}

/** A board without warnings; `changed` is told when one is raised, acknowledged or cleared. New numbers in one that stands can wait for the next picture. */
export function createWarningBoard(clock: Clock, changed: () => void): WarningBoard {
  const time = actorClock(clock);
  const cases = new Map<string, Case>();
  const warnings = new Map<string, Warning>();
  /** Undefined until somebody asks after a change. */
  let standing: readonly Warning[] | undefined;

  const keyOf = (rule: RuleId, strip: StripId): string => `${rule} ${strip}`;
  const put = (warning: Warning): void => {
    const key = keyOf(warning.rule, warning.strip);
    warnings.set(key, {...warning, ...cases.get(key)?.texts});
    standing = undefined;
  };
  const caseOf = ({rule, strip, raiseAfterMs, clearAfterMs, latched, ...texts}: VerdictChange): Case => {
    const key = keyOf(rule, strip);
    const known = cases.get(key);
    if (known !== undefined) return known;
    const actor = createActor(warningMachine, {input: {rule, strip, raiseAfterMs, clearAfterMs, latched}, clock: time});
    actor.on('warning.raised', ({warning}) => {
      put(warning);
      changed();
    });
    // A latched warning is cleared by its acknowledgement, and is told to be acknowledged after that.
    const update = (warning: Warning): void => {
      if (warnings.has(key)) put(warning);
    };
    actor.on('warning.restated', ({warning}) => update(warning));
    actor.on('warning.acknowledged', ({warning}) => {
      update(warning);
      changed();
    });
    actor.on('warning.cleared', () => {
      warnings.delete(key);
      standing = undefined;
      changed();
    });
    actor.start();
    const {severity, short, advice} = texts;
    const made: Case = {strip, actor, told: undefined, texts: {severity, short, advice}};
    cases.set(key, made);
    return made;
  };

  return {
    take(changes, atMs) {
      for (const change of changes) {
        const {rule, strip, verdict, severity, short, advice} = change;
        const key = keyOf(rule, strip);
        // A rule that never found anything needs no statechart.
        if (verdict !== 'raise' && !cases.has(key)) continue;
        const one = caseOf(change);
        if (verdict === 'raise' || (verdict === 'hold' && advice !== '')) one.texts = {severity, short, advice};
        // Where only the number is another the statechart need not hear of it.
        if (one.told !== verdict) {
          one.told = verdict;
          one.actor.send({type: 'verdict.changed', verdict, severity, short, advice, atMs});
        }
        const standing = warnings.get(key);
        if (standing !== undefined && saysOther(standing, one.texts)) put(standing);
        if (change.mended !== true) continue;
        one.told = undefined;
        one.actor.send({type: 'warning.remedied'});
      }
    },
    acknowledge(strip) {
      for (const one of cases.values()) {
        if (strip !== 'all' && strip !== one.strip) continue;
        one.told = undefined;
        one.actor.send({type: 'warning.acknowledge'});
      }
    },
    get standing() {
      standing ??= [...warnings.values()].sort(byUrgency);
      return standing;
    },
    end() {
      for (const {actor} of cases.values()) actor.stop();
      cases.clear();
    },
  };
}

function saysOther(one: Case['texts'], other: Case['texts']): boolean {
  return one.advice !== other.advice || one.short !== other.short || one.severity !== other.severity;
}

function byUrgency(one: Warning, other: Warning): number {
  return (
    Number(one.acknowledged) - Number(other.acknowledged) ||
    other.severity - one.severity ||
    other.raisedAtMs - one.raisedAtMs
  );
}
