import {emit, setup} from 'xstate';

/** What is heard of time code. */
export type TimeCodeEvent =
  /** Pieces come, but nobody knows yet where they are. */
  | {readonly type: 'code.begun'}
  /** Enough of them came in a row to say where it is. */
  | {readonly type: 'code.steadied'}
  /** It goes on elsewhere. */
  | {readonly type: 'code.jumped'}
  /** No piece came for longer than any jitter. */
  | {readonly type: 'code.ceased'}
  /** It stands at a place, and says so. */
  | {readonly type: 'code.placed'; readonly seconds: number};

/** What the tape is to do. */
export type TimeCodeEmitted =
  /** Go where the code is, and play. */
  | {readonly type: 'chase.started'}
  | {readonly type: 'chase.stopped'}
  /** Stand there. */
  | {readonly type: 'chase.located'; readonly seconds: number};

/** What following needs to be told. */
export interface TimeCodeInput {
  /** For how long the tape goes on by itself when the code drops out, in ms. */
  readonly freewheelMs: number;
}

/**
 * Following time code. `locking` waits until it is known where the code is; `locked` keeps the tape with it; `freewheel` goes on through a drop-out; `lost` has
 * given up, and stopped the tape. Where the code jumps while it is followed, the tape plays on until it is known where to.
 */
export const timeCodeMachine = setup({
  types: {
    context: {} as TimeCodeInput,
    input: {} as TimeCodeInput,
    events: {} as TimeCodeEvent,
    emitted: {} as TimeCodeEmitted,
    tags: {} as 'following',
  },
  actions: {
    start: emit({type: 'chase.started'}),
    stop: emit({type: 'chase.stopped'}),
    locate: emit(({event}) => ({type: 'chase.located', seconds: event.type === 'code.placed' ? event.seconds : 0})),
  },
  delays: {
    freewheelTime: ({context}) => context.freewheelMs,
  },
}).createMachine({
  id: 'timeCode',
  context: ({input}) => input,
  initial: 'idle',
  on: {'code.placed': {target: '.idle', actions: ['stop', 'locate']}},
  states: {
    idle: {
      on: {
        'code.begun': 'locking',
        'code.steadied': {target: 'locked', actions: 'start'},
        'code.placed': {actions: 'locate'},
      },
    },
    locking: {
      on: {
        'code.steadied': {target: 'locked', actions: 'start'},
        'code.ceased': {target: 'idle', actions: 'stop'},
      },
    },
    locked: {
      tags: 'following',
      on: {
        'code.jumped': 'locking',
        'code.ceased': 'freewheel',
      },
    },
    freewheel: {
      tags: 'following',
      after: {freewheelTime: {target: 'lost', actions: 'stop'}},
      on: {
        'code.steadied': 'locked',
        'code.jumped': 'locking',
      },
    },
    lost: {
      on: {
        'code.begun': 'locking',
        'code.steadied': {target: 'locked', actions: 'start'},
      },
    },
  },
});
