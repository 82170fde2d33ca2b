import {and, assign, emit, not, or, type SnapshotFrom, setup, stateIn} from 'xstate';
import type {StripId} from '../model/mixer.ts';
import type {RuleId, Severity, Verdict, Warning} from '../model/warning.ts';

/** Which rule at which strip, and its times. */
export interface WarningInput {
  readonly rule: RuleId;
  readonly strip: StripId;
  /** How long a finding must last before it is a warning, and how long it must be past before it is none. */
  readonly raiseAfterMs: number;
  readonly clearAfterMs: number;
  /** Stays until a person has acknowledged it: something was lost. */
  readonly latched: boolean;
}

/** What happens to a warning. */
export type WarningEvent =
  /** What the rule says from now on; a `raise` again brings new texts. */
  | {
      readonly type: 'verdict.changed';
      readonly verdict: Verdict;
      readonly severity: Severity;
      readonly short: string;
      readonly advice: string;
      readonly atMs: number;
    }
  /** The cause was removed by our own hand: what was found is past at once. */
  | {readonly type: 'warning.remedied'}
  | {readonly type: 'warning.acknowledge'};

/** What a warning tells. */
export type WarningEmitted =
  | {readonly type: 'warning.raised'; readonly warning: Warning}
  /** Its number, texts or severity changed. */
  | {readonly type: 'warning.restated'; readonly warning: Warning}
  | {readonly type: 'warning.acknowledged'; readonly warning: Warning}
  | {readonly type: 'warning.cleared'; readonly rule: RuleId; readonly strip: StripId};

/** What the rule says of its strip. */
export type VerdictEvent = Extract<WarningEvent, {type: 'verdict.changed'}>;

/** What a warning remembers. */
export interface WarningContext extends WarningInput {
  readonly severity: Severity;
  readonly short: string;
  readonly advice: string;
  readonly raisedAtMs: number;
  readonly acknowledged: boolean;
}

/**
 * The life of one rule at one strip, in two halves. `finding` weighs the verdicts: a finding must last before it counts, and
 * must be past for a while before it is gone; `unknown` changes nothing, since what is unknown must never look fine.
 * `display` keeps what is shown calm: on for 400 ms at least, off for 1 s at least, and latched until acknowledged where
 * something was lost. Ask `warningOf` for the warning.
 */
export const warningMachine = setup({
  types: {
    context: {} as WarningContext,
    input: {} as WarningInput,
    events: {} as WarningEvent,
    emitted: {} as WarningEmitted,
    tags: {} as 'raised',
  },
  actions: {
    takeTexts: assign(({context, event}) => (hasNewTexts(context, event) ? textsOf(event) : {})),
    noteTime: assign({
      raisedAtMs: ({context, event}) =>
        event.type === 'verdict.changed' ? event.atMs + context.raiseAfterMs : context.raisedAtMs,
    }),
    acknowledge: assign({acknowledged: true}),
    forgetAcknowledgement: assign({acknowledged: false}),
    tellRaised: emit(({context}) => ({type: 'warning.raised', warning: asWarning(context)})),
    tellRestated: emit(({context}) => ({type: 'warning.restated', warning: asWarning(context)})),
    tellAcknowledged: emit(({context}) => ({type: 'warning.acknowledged', warning: asWarning(context)})),
    tellCleared: emit(({context: {rule, strip}}) => ({type: 'warning.cleared', rule, strip})),
  },
  guards: {
    isRaise: ({event}) => event.type === 'verdict.changed' && event.verdict === 'raise',
    isRaiseAtOnce: ({context, event}) =>
      event.type === 'verdict.changed' && event.verdict === 'raise' && context.raiseAfterMs === 0,
    isClear: ({event}) => event.type === 'verdict.changed' && event.verdict === 'clear',
    isClearAtOnce: ({context, event}) =>
      event.type === 'verdict.changed' && event.verdict === 'clear' && context.clearAfterMs === 0,
    isHold: ({event}) => event.type === 'verdict.changed' && event.verdict === 'hold',
    isLatched: ({context}) => context.latched,
    isAcknowledged: ({context}) => context.acknowledged,
    restates: ({context, event}) => hasNewTexts(context, event),
    isFound: or([stateIn({finding: 'proven'}), stateIn({finding: 'falling'})]),
    isPast: and([stateIn({finding: 'none'}), not(({context}) => context.latched)]),
  },
  delays: {
    raiseAfter: ({context}) => context.raiseAfterMs,
    clearAfter: ({context}) => context.clearAfterMs,
    minimumOn: 400,
    minimumOff: 1000,
  },
}).createMachine({
  id: 'warning',
  context: ({input}) => ({...input, severity: 1, short: '', advice: '', raisedAtMs: 0, acknowledged: false}),
  type: 'parallel',
  states: {
    finding: {
      initial: 'none',
      states: {
        none: {
          on: {
            'verdict.changed': [
              {guard: 'isRaiseAtOnce', target: 'proven', actions: ['takeTexts', 'noteTime']},
              {guard: 'isRaise', target: 'rising', actions: ['takeTexts', 'noteTime']},
            ],
          },
        },
        rising: {
          after: {raiseAfter: 'proven'},
          on: {
            'verdict.changed': [{guard: 'isRaise', actions: 'takeTexts'}, {target: 'none'}],
            'warning.remedied': 'none',
          },
        },
        proven: {
          on: {
            'verdict.changed': [
              {guard: 'isRaise', actions: 'takeTexts'},
              {guard: 'isClearAtOnce', target: 'none'},
              {guard: 'isClear', target: 'falling'},
              {guard: 'isHold', actions: 'takeTexts'},
            ],
            'warning.remedied': 'none',
            // What was lost and acknowledged is past; a clip that goes on is found anew.
            'warning.acknowledge': {guard: 'isLatched', target: 'none'},
          },
        },
        falling: {
          after: {clearAfter: 'none'},
          on: {
            'verdict.changed': [{guard: 'isClear'}, {target: 'proven', actions: 'takeTexts'}],
            'warning.remedied': 'none',
            'warning.acknowledge': {guard: 'isLatched', target: 'none'},
          },
        },
      },
    },
    display: {
      initial: 'off',
      states: {
        off: {always: {guard: 'isFound', target: 'on'}},
        on: {
          tags: 'raised',
          entry: ['forgetAcknowledgement', 'tellRaised'],
          exit: 'tellCleared',
          initial: 'fresh',
          on: {
            'verdict.changed': {guard: 'restates', actions: ['takeTexts', 'tellRestated']},
            'warning.acknowledge': [
              {guard: 'isLatched', target: 'resting', actions: ['acknowledge', 'tellAcknowledged']},
              {guard: 'isAcknowledged'},
              {actions: ['acknowledge', 'tellAcknowledged']},
            ],
          },
          states: {
            fresh: {after: {minimumOn: 'settled'}},
            settled: {always: {guard: 'isPast', target: '#warning.display.resting'}},
          },
        },
        resting: {after: {minimumOff: 'off'}},
      },
    },
  },
});

/** The warning a snapshot of the machine stands for, if one is raised. */
export function warningOf(snapshot: SnapshotFrom<typeof warningMachine>): Warning | undefined {
  return snapshot.hasTag('raised') ? asWarning(snapshot.context) : undefined;
}

function asWarning({rule, strip, severity, short, advice, raisedAtMs, acknowledged}: WarningContext): Warning {
  return {rule, strip, severity, short, advice, raisedAtMs, acknowledged};
}

/** Whether a verdict says something new of a finding; a clear one has nothing to say. */
function hasNewTexts(context: WarningContext, event: WarningEvent): event is VerdictEvent {
  if (event.type !== 'verdict.changed' || event.advice === '') return false;
  if (event.verdict !== 'raise' && event.verdict !== 'hold') return false;
  return event.severity !== context.severity || event.short !== context.short || event.advice !== context.advice;
}

function textsOf({severity, short, advice}: VerdictEvent): Pick<WarningContext, 'severity' | 'short' | 'advice'> {
  return {severity, short, advice};
}
