import {assign, emit, setup} from 'xstate';
import {
  end,
  endAndGiveBack,
  endByMode,
  giveBack,
  grip,
  leaveHeld,
  leavePass,
  playWriting,
  punchIn,
} from './lane-moves.ts';
import {
  endsWriting,
  isLastHand,
  isWriting,
  type LaneContext,
  type LaneEmitted,
  type LaneEvent,
  type LaneInput,
  othersThan,
  type PassEnd,
  withHand,
} from './lane-words.ts';

/**
 * Who has a parameter that can be automated: its `lane`, a `hand` (heard, not written), or a `pass`, which writes what is heard. Hands are
 * counted: a pass goes on while any is on, and whichever moved last is heard. Where the tape is, what is written and with which values is not known here.
 */
export const laneMachine = setup({
  types: {
    context: {} as LaneContext,
    input: {} as LaneInput,
    events: {} as LaneEvent,
    emitted: {} as LaneEmitted,
    tags: {} as 'followed' | 'writing' | 'previewed',
  },
  actions: {
    begin: emit({type: 'pass.began'}),
    end: emit((_, {how}: {readonly how: PassEnd}) => ({type: 'pass.ended', how})),
    nothing: () => {},
    putOn: assign({hands: ({context, event}) => withHand(context, event)}),
    takeOff: assign({hands: ({context, event}) => othersThan(context, event)}),
    note: assign(({context, event}) =>
      event.type === 'settings.changed' ? {mode: event.mode, safe: event.safe} : context,
    ),
    roll: assign({playing: true}),
    rest: assign({playing: false}),
  },
  guards: {
    writes: ({context}) => isWriting(context),
    rolls: ({context}) => context.playing && isWriting(context),
    latchRolls: ({context}) => context.playing && isWriting(context, 'latch'),
    writeRolls: ({context}) => context.playing && isWriting(context, 'write'),
    latchStands: ({context}) => !context.playing && isWriting(context, 'latch'),
    latches: ({context}) => isWriting(context, 'latch'),
    writesAlways: ({context}) => isWriting(context, 'write'),
    isTouched: ({context}) => context.hands.length > 0,
    /** No hand is left on; one that was not on does not count. */
    isLast: ({context, event}) => isLastHand(context, event),
    isLastAndStands: ({context, event}) => isLastHand(context, event) && !context.playing && isWriting(context),
    leavesNone: ({context, event}) => othersThan(context, event).length === 0,
    forbidsWriting: ({event}) => event.type === 'settings.changed' && !isWriting(event),
    endsWriting: ({context, event}) => endsWriting(context, event),
    endsWritingUnderHand: ({context, event}) => context.hands.length > 0 && endsWriting(context, event),
    asksLatch: ({event}) => event.type === 'settings.changed' && event.mode === 'latch',
    asksTouch: ({event}) => event.type === 'settings.changed' && event.mode === 'touch',
    asksTouchUnderHand: ({context, event}) =>
      context.hands.length > 0 && event.type === 'settings.changed' && event.mode === 'touch',
  },
}).createMachine({
  id: 'lane',
  context: ({input: {mode, safe, playing}}) => ({mode, safe, playing, hands: []}),
  initial: 'lane',
  on: {
    'settings.changed': {actions: 'note'},
    'hand.touched': {actions: 'putOn'},
    'hand.released': {actions: 'takeOff'},
    'hand.left': {actions: 'takeOff'},
    'hand.lost': {actions: 'takeOff'},
    'tape.played': {actions: 'roll'},
    'tape.stopped': {actions: 'rest'},
  },
  states: {
    lane: {
      tags: 'followed',
      entry: emit({type: 'lane.followed'}),
      exit: emit({type: 'lane.letGo'}),
      on: {
        'hand.touched': grip,
        'tape.played': [playWriting, {actions: 'roll'}],
        'punch.began': punchIn,
        'preview.began': 'hand.previewed',
      },
    },
    hand: {
      initial: 'held',
      states: {
        held: {
          on: {
            'hand.touched': grip,
            'hand.released': leaveHeld,
            'hand.left': leaveHeld,
            'hand.lost': leaveHeld,
            'tape.played': [
              {guard: 'latches', target: '#lane.pass.latched', actions: ['roll', 'begin']},
              playWriting,
              {guard: 'writes', target: '#lane.pass.touched', actions: ['roll', 'begin']},
              {actions: 'roll'},
            ],
            'punch.began': punchIn,
            'preview.began': 'previewed',
          },
        },
        // Set by hand while the tape stood: it stays there until the tape moves.
        loose: {
          on: {
            'hand.touched': grip,
            'tape.played': [playWriting, {target: '#lane.lane', actions: 'roll'}],
            'tape.located': '#lane.lane',
            'settings.changed': [{guard: 'forbidsWriting', target: '#lane.lane', actions: 'note'}, {actions: 'note'}],
            'punch.began': punchIn,
            'preview.began': 'previewed',
            'value.written': '#lane.lane',
          },
        },
        // Will be written from the moment the tape plays.
        primed: {
          on: {
            'hand.lost': [{guard: 'leavesNone', target: '#lane.lane', actions: 'takeOff'}, {actions: 'takeOff'}],
            'tape.played': [
              {guard: 'latches', target: '#lane.pass.latched', actions: ['roll', 'begin']},
              {target: '#lane.pass.running', actions: ['roll', 'begin']},
            ],
            'settings.changed': [
              {guard: 'isTouched', target: 'held', actions: 'note'},
              {guard: 'forbidsWriting', target: '#lane.lane', actions: 'note'},
              {target: 'loose', actions: 'note'},
            ],
            'punch.ended': giveBack,
            'preview.began': 'previewed',
            'value.written': giveBack,
          },
        },
        previewed: {
          tags: 'previewed',
          on: {
            'preview.ended': giveBack,
            'preview.punched': [...punchIn, ...giveBack],
            'value.written': giveBack,
          },
        },
      },
    },
    pass: {
      tags: 'writing',
      initial: 'touched',
      on: {
        'hand.lost': [{guard: 'leavesNone', target: 'lane', actions: ['takeOff', end('lost')]}, {actions: 'takeOff'}],
        'tape.stopped': endAndGiveBack('stopped', 'rest'),
        'tape.located': endAndGiveBack('located'),
        'settings.changed': [...endByMode, {actions: 'note'}],
        'punch.began': '.running',
        'preview.began': {target: 'hand.previewed', actions: end('previewed')},
        'value.written': endAndGiveBack('written'),
      },
      states: {
        // Until the last hand is off.
        touched: {
          on: {
            'hand.released': leavePass('released'),
            'hand.left': leavePass('left'),
            'tape.looped': {actions: [end('looped'), 'begin']},
            'settings.changed': [
              ...endByMode,
              {guard: 'asksLatch', target: 'latched', actions: 'note'},
              {actions: 'note'},
            ],
          },
        },
        // Until the tape stops; but not on and on under a hand that went elsewhere.
        latched: {
          on: {
            'hand.left': leavePass('left'),
            'tape.looped': {actions: [end('looped'), 'begin']},
            'settings.changed': [
              ...endByMode,
              {guard: 'asksTouchUnderHand', target: 'touched', actions: 'note'},
              {guard: 'asksTouch', target: '#lane.lane', actions: ['note', end('mode')]},
              {actions: 'note'},
            ],
          },
        },
        // Until the tape stops or it is punched out, hand or not.
        running: {
          on: {
            'tape.looped': {actions: [end('looped'), 'begin']},
            'punch.ended': endAndGiveBack('punched-out'),
          },
        },
      },
    },
  },
});
