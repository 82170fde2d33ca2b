import {type ActorRefFrom, createActor} from 'xstate';
import type {VerdictChange} from '../gain/verdict.ts';
import {warningMachine} from '../machines/warning.ts';
import type {StripId} from '../model/mixer.ts';
import type {RuleId, Warning} from '../model/warning.ts';
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

/** A board without warnings; `changed` is told when one is raised, acknowledged or cleared. New numbers in one that stands can wait for the next picture. */
export function createWarningBoard(clock: Clock, changed: () => void): WarningBoard {
  const time = actorClock(clock);
  const actors = new Map<string, {readonly strip: StripId; readonly actor: ActorRefFrom<typeof warningMachine>}>();
  const warnings = new Map<string, Warning>();
  /** Undefined until somebody asks after a change. */
  let standing: readonly Warning[] | undefined;

  const keyOf = (rule: RuleId, strip: StripId): string => `${rule} ${strip}`;
  const put = (warning: Warning): void => {
    warnings.set(keyOf(warning.rule, warning.strip), warning);
    standing = undefined;
  };
  const actorOf = (change: VerdictChange): ActorRefFrom<typeof warningMachine> => {
    const {rule, strip, raiseAfterMs, clearAfterMs, latched} = change;
    const known = actors.get(keyOf(rule, strip));
    if (known !== undefined) return known.actor;
    const actor = createActor(warningMachine, {input: {rule, strip, raiseAfterMs, clearAfterMs, latched}, clock: time});
    actor.on('warning.raised', ({warning}) => {
      put(warning);
      changed();
    });
    // A latched warning is cleared by its acknowledgement, and is told to be acknowledged after that.
    const update = (warning: Warning): void => {
      if (warnings.has(keyOf(rule, strip))) put(warning);
    };
    actor.on('warning.restated', ({warning}) => update(warning));
    actor.on('warning.acknowledged', ({warning}) => {
      update(warning);
      changed();
    });
    actor.on('warning.cleared', () => {
      warnings.delete(keyOf(rule, strip));
      standing = undefined;
      changed();
    });
    actor.start();
    actors.set(keyOf(rule, strip), {strip, actor});
    return actor;
  };

  return {
    take(changes, atMs) {
      for (const change of changes) {
        const {rule, strip, verdict, severity, short, advice} = change;
        // A rule that never found anything needs no statechart.
        if (verdict !== 'raise' && !actors.has(keyOf(rule, strip))) continue;
        const actor = actorOf(change);
        actor.send({type: 'verdict.changed', verdict, severity, short, advice, atMs});
        if (change.mended === true) actor.send({type: 'warning.remedied'});
      }
    },
    acknowledge(strip) {
      for (const {strip: of, actor} of actors.values()) {
        if (strip === 'all' || strip === of) actor.send({type: 'warning.acknowledge'});
      }
    },
    get standing() {
      standing ??= [...warnings.values()].sort(byUrgency);
      return standing;
    },
    end() {
      for (const {actor} of actors.values()) actor.stop();
      actors.clear();
    },
  };
}

function byUrgency(one: Warning, other: Warning): number {
  return (
    Number(one.acknowledged) - Number(other.acknowledged) ||
    other.severity - one.severity ||
    other.raisedAtMs - one.raisedAtMs
  );
}
