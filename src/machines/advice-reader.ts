import {assign, type SnapshotFrom, setup} from 'xstate';
import type {ReadAdvice} from '../model/assistance.ts';

/** What happens to the reading of advice. */
export type AdviceReaderEvent =
  /** Asked again of the same strip, it ends. `lastsMs` is how long it takes to read. */
  | {readonly type: 'advice.asked'; readonly advice: ReadAdvice; readonly lastsMs: number}
  /** A hand went on, or nothing is left to read. */
  | {readonly type: 'advice.closed'};

interface AdviceReaderContext {
  readonly advice: ReadAdvice | undefined;
  readonly lastsMs: number;
}

/** A warning's advice spelled over the scribble strips: until it is read, asked for again, or a hand does anything else. */
export const adviceReaderMachine = setup({
  types: {context: {} as AdviceReaderContext, events: {} as AdviceReaderEvent},
  actions: {
    take: assign(({event}) =>
      event.type === 'advice.asked' ? {advice: event.advice, lastsMs: event.lastsMs} : {advice: undefined},
    ),
    forget: assign({advice: undefined}),
  },
  guards: {
    isSameStrip: ({context, event}) => event.type === 'advice.asked' && event.advice.strip === context.advice?.strip,
  },
  delays: {readIn: ({context}) => context.lastsMs},
}).createMachine({
  id: 'advice-reader',
  context: {advice: undefined, lastsMs: 0},
  initial: 'closed',
  states: {
    closed: {entry: 'forget', on: {'advice.asked': {target: 'open', actions: 'take'}}},
    open: {
      after: {readIn: 'closed'},
      on: {
        'advice.asked': [
          {guard: 'isSameStrip', target: 'closed'},
          {target: 'open', reenter: true, actions: 'take'},
        ],
        'advice.closed': 'closed',
      },
    },
  },
});

/** What is being read, if anything. */
export function adviceIn(snapshot: SnapshotFrom<typeof adviceReaderMachine>): ReadAdvice | undefined {
  return snapshot.context.advice;
}
