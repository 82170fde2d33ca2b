import {assertEvent, assign, emit, setup} from 'xstate';

/** What the machine must know of the fader; both from the surface's traits. */
export interface MotorFaderInput {
  /** `sensed`: the cap feels the hand. `inferred`: touched while it moves and `settleMs` after. */
  readonly touch: 'sensed' | 'inferred';
  readonly settleMs: number;
  /** Whether the device must be sent back what the hand does. */
  readonly echo: boolean;
}

/** What happens to a motor fader. */
export type MotorFaderEvent =
  /** From the device. `position` 0…1. */
  | {readonly type: 'fader.touched'}
  | {readonly type: 'fader.released'}
  | {readonly type: 'fader.moved'; readonly position: number}
  /** The desk has sent the motor to a position. While one with touch sense travels on, not every step of a ride need be told. */
  | {readonly type: 'fader.driven'; readonly position: number}
  /** `motorTravelMs` have passed since the motor was last sent on a journey; by now it was sent there. */
  | {readonly type: 'motor.rested'; readonly position: number}
  /** Another strip or parameter lies under the fader now: a bank, a layer or flip changed. */
  | {readonly type: 'fader.reassigned'}
  /** The device is gone, and whatever held its fader with it. */
  | {readonly type: 'link.lost'};

/** What a motor fader wishes. */
export type MotorFaderEmitted =
  /** A hand is on it: withhold its motor. */
  | {readonly type: 'fader.heldNow'}
  /** The hand is off: forget what the fader was shown, so that it is sent where the mixer is, always. */
  | {readonly type: 'fader.freed'}
  /** The hand asks for this position. */
  | {readonly type: 'fader.asked'; readonly position: number}
  /** Send the position back at once, lest the servo pulls the fader home. */
  | {readonly type: 'fader.echoed'; readonly position: number}
  /** A touch of what lies under the fader now; each begin has one end. */
  | {readonly type: 'touch.began'}
  | {readonly type: 'touch.ended'};

/** What a motor fader remembers. */
export interface MotorFaderContext extends MotorFaderInput {
  /** Where the motor was last sent; undefined once a hand has been on the fader. */
  readonly drivenTo: number | undefined;
  /** The last position that came in while the motor travelled. */
  readonly reported: number | undefined;
}

/** A position so near to where the motor was sent is the motor's own report: four 10-bit steps. */
const reportTolerance = 0.004;
/** A drive over more than this is a journey, on which the device may tell where it passes. */
const journeyTravel = 0.02;

/** A motor needs so long to travel and to come to rest, in milliseconds. */
export const motorTravelMs = 250;

const beginByMove = ['hold', 'beginTouch', 'ask'] as const;

/**
 * The life of one motor fader: free (the desk drives it), gripped (the hand does). A grip is held, while it moves what
 * lies under the fader, or orphaned, when something else came under it meanwhile: then its moves mean nothing until
 * the hand lets go. Tags: `withheld` while the motor must rest, `touching` while a touch is on.
 */
export const motorFaderMachine = setup({
  types: {
    context: {} as MotorFaderContext,
    input: {} as MotorFaderInput,
    events: {} as MotorFaderEvent,
    emitted: {} as MotorFaderEmitted,
    tags: {} as 'withheld' | 'touching',
  },
  actions: {
    hold: emit({type: 'fader.heldNow'}),
    free: emit({type: 'fader.freed'}),
    beginTouch: emit({type: 'touch.began'}),
    endTouch: emit({type: 'touch.ended'}),
    ask: emit(({event}) => {
      assertEvent(event, 'fader.moved');
      return {type: 'fader.asked', position: event.position};
    }),
    echo: emit(({event}) => {
      assertEvent(event, 'fader.moved');
      return {type: 'fader.echoed', position: event.position};
    }),
    rememberDrive: assign({
      drivenTo: ({context, event}) => ('position' in event ? event.position : context.drivenTo),
      reported: undefined,
    }),
    noteReport: assign({reported: ({event}) => (event.type === 'fader.moved' ? event.position : undefined)}),
    forgetDrive: assign({drivenTo: undefined, reported: undefined}),
  },
  guards: {
    echoes: ({context}) => context.echo,
    isJourney: ({context, event}) => event.type === 'fader.driven' && isJourney(context, event.position),
    isMotorReport: ({context, event}) =>
      event.type === 'fader.moved' && isNear(context.drivenTo, event.position, reportTolerance),
    /** A report from before its last drive says nothing of that. */
    hasStrayed: ({context: {drivenTo, reported}, event}) =>
      event.type === 'motor.rested' &&
      event.position === drivenTo &&
      reported !== undefined &&
      !isNear(drivenTo, reported, reportTolerance),
  },
  delays: {
    settle: ({context}) => context.settleMs,
  },
}).createMachine({
  id: 'motor-fader',
  context: ({input}) => ({...input, drivenTo: undefined, reported: undefined}),
  initial: 'free',
  states: {
    free: {
      initial: 'resting',
      on: {
        'fader.touched': {target: 'gripped.held.sensed', actions: ['hold', 'beginTouch']},
        'fader.driven': [
          {guard: 'isJourney', target: '.travelling', actions: 'rememberDrive'},
          {actions: 'rememberDrive'},
        ],
        'link.lost': {target: '.resting', actions: 'forgetDrive'},
      },
      states: {
        resting: {
          on: {
            'fader.moved': [
              {guard: 'isMotorReport'},
              // The touch sense missed the hand (gloves, a sleeve), or there is none: the move itself is the touch.
              {guard: 'echoes', target: '#motor-fader.gripped.held.inferred', actions: [...beginByMove, 'echo']},
              {target: '#motor-fader.gripped.held.inferred', actions: beginByMove},
            ],
          },
        },
        travelling: {
          // Untouched moves are the motor's. If they did not end where it was sent, it is sent there once more.
          on: {
            'fader.moved': {actions: 'noteReport'},
            'motor.rested': [
              {guard: 'hasStrayed', target: 'resting', actions: ['rememberDrive', 'free']},
              {target: 'resting', actions: 'rememberDrive'},
            ],
          },
        },
      },
    },
    gripped: {
      tags: 'withheld',
      entry: 'forgetDrive',
      states: {
        held: {
          tags: 'touching',
          on: {
            'fader.released': {target: '#motor-fader.free', actions: ['endTouch', 'free']},
            'link.lost': {target: '#motor-fader.free', actions: ['endTouch', 'free']},
          },
          states: {
            sensed: {
              on: {
                'fader.moved': [{guard: 'echoes', actions: ['ask', 'echo']}, {actions: 'ask'}],
                'fader.reassigned': {target: '#motor-fader.gripped.orphaned.sensed', actions: 'endTouch'},
              },
            },
            inferred: {
              after: {settle: {target: '#motor-fader.free', actions: ['endTouch', 'free']}},
              on: {
                'fader.moved': [
                  {guard: 'echoes', target: 'inferred', reenter: true, actions: ['ask', 'echo']},
                  {target: 'inferred', reenter: true, actions: 'ask'},
                ],
                'fader.touched': 'sensed',
                'fader.reassigned': {target: '#motor-fader.gripped.orphaned.settling', actions: 'endTouch'},
              },
            },
          },
          initial: 'sensed',
        },
        orphaned: {
          initial: 'sensed',
          on: {
            'fader.released': {target: '#motor-fader.free', actions: 'free'},
            'link.lost': {target: '#motor-fader.free', actions: 'free'},
            // A new touch without a release in between: the release was lost.
            'fader.touched': {target: '#motor-fader.gripped.held.sensed', actions: 'beginTouch'},
          },
          states: {
            sensed: {},
            settling: {
              after: {settle: {target: '#motor-fader.free', actions: 'free'}},
              on: {'fader.moved': {target: 'settling', reenter: true}},
            },
          },
        },
      },
      initial: 'held',
    },
  },
});

/**
 * Whether the motor is so long on its way to a position, 0…1, that untouched moves meanwhile are its own. With touch sense each way is such a journey;
 * without, short ones leave room for a hand, so that a ride does not make the fader deaf.
 */
export function isJourney({touch, drivenTo}: MotorFaderContext, position: number): boolean {
  return touch === 'sensed' || !isNear(drivenTo, position, journeyTravel);
}

function isNear(one: number | undefined, other: number, tolerance: number): boolean {
  return one !== undefined && Math.abs(one - other) <= tolerance;
}
