import {assign, emit, setup} from 'xstate';
import type {Pickup} from '../surface/handling.ts';

/** What a fader without a motor is started with. */
export interface PlainFaderInput {
  /** Where the mixer has what lies under the fader, 0…1 of its travel. */
  readonly target: number;
}

/** What happens to a fader without a motor. */
export type PlainFaderEvent =
  /** From the device. `position` 0…1. */
  | {readonly type: 'fader.moved'; readonly position: number}
  /** The mixer's value as a position, whenever it changed or something else came under the fader. */
  | {readonly type: 'target.moved'; readonly target: number}
  /** Another strip or parameter lies under the fader, and stands there. */
  | {readonly type: 'fader.reassigned'; readonly target: number}
  /** The device is gone; where its fader stands will be unknown. */
  | {readonly type: 'link.lost'};

/** What a fader without a motor wishes and tells. */
export type PlainFaderEmitted =
  /** The hand asks for this position. */
  | {readonly type: 'fader.asked'; readonly position: number}
  /** The side changed, or the value was caught or lost. */
  | {readonly type: 'pickup.changed'; readonly pickup: Pickup};

/** What a fader without a motor remembers. */
export interface PlainFaderContext {
  readonly target: number;
  /** Where the fader stands; undefined until it has moved once. */
  readonly position: number | undefined;
}

/** A fader this near to the value has it: three steps of 128, as wide as a hand can aim. */
export const pickupTolerance = 3 / 128;

const meet = ['move', 'ask', 'follow'] as const;
const fromBelow = [
  {guard: 'targetIsNear', target: 'caught', actions: 'aim'},
  {guard: 'targetIsBelow', target: 'above', actions: 'aim'},
  {actions: 'aim'},
] as const;
const fromAbove = [
  {guard: 'targetIsNear', target: 'caught', actions: 'aim'},
  {guard: 'targetIsAbove', target: 'below', actions: 'aim'},
  {actions: 'aim'},
] as const;
const fromCaught = [
  {guard: 'targetIsAbove', target: 'below', actions: 'aim'},
  {guard: 'targetIsBelow', target: 'above', actions: 'aim'},
  {actions: 'aim'},
] as const;

/**
 * The life of a fader without a motor: it moves nothing until it meets the value where the mixer has it, by coming
 * near or by crossing it, so that nothing ever jumps. What others change, or a bank, lets go of the value again.
 */
export const plainFaderMachine = setup({
  types: {
    context: {} as PlainFaderContext,
    input: {} as PlainFaderInput,
    events: {} as PlainFaderEvent,
    emitted: {} as PlainFaderEmitted,
  },
  actions: {
    ask: emit(({context}) => ({type: 'fader.asked', position: context.position ?? context.target})),
    /** Once asked, the mixer is where the fader is. */
    follow: assign({target: ({context}) => context.position ?? context.target}),
    move: assign({
      position: ({context, event}) => (event.type === 'fader.moved' ? event.position : context.position),
    }),
    aim: assign({
      target: ({context, event}) =>
        event.type === 'target.moved' || event.type === 'fader.reassigned' ? event.target : context.target,
    }),
    forget: assign({position: undefined}),
    tellBelow: emit({type: 'pickup.changed', pickup: 'below'}),
    tellAbove: emit({type: 'pickup.changed', pickup: 'above'}),
    tellCaught: emit({type: 'pickup.changed', pickup: 'caught'}),
    tellUnknown: emit({type: 'pickup.changed', pickup: 'unknown'}),
  },
  guards: {
    /** The move ends near the value, or passed over it. */
    meets: ({context: {position, target}, event}) => {
      if (event.type !== 'fader.moved') return false;
      const before = (position ?? event.position) - target;
      const after = event.position - target;
      return Math.abs(after) <= pickupTolerance || before * after < 0;
    },
    comesFromBelow: ({context, event}) => event.type === 'fader.moved' && event.position < context.target,
    targetIsNear: ({context, event}) => sideOf(context, event) === 'caught',
    targetIsAbove: ({context, event}) => sideOf(context, event) === 'below',
    targetIsBelow: ({context, event}) => sideOf(context, event) === 'above',
  },
}).createMachine({
  id: 'plain-fader',
  context: ({input}) => ({target: input.target, position: undefined}),
  initial: 'unknown',
  on: {'link.lost': {target: '.unknown', actions: 'forget'}},
  states: {
    unknown: {
      entry: 'tellUnknown',
      on: {
        'link.lost': {},
        'fader.moved': [
          {guard: 'meets', target: 'caught', actions: meet},
          {guard: 'comesFromBelow', target: 'below', actions: 'move'},
          {target: 'above', actions: 'move'},
        ],
        'target.moved': {actions: 'aim'},
        'fader.reassigned': {actions: 'aim'},
      },
    },
    below: {
      entry: 'tellBelow',
      on: {
        'fader.moved': [{guard: 'meets', target: 'caught', actions: meet}, {actions: 'move'}],
        'target.moved': [...fromBelow],
        'fader.reassigned': [...fromBelow],
      },
    },
    above: {
      entry: 'tellAbove',
      on: {
        'fader.moved': [{guard: 'meets', target: 'caught', actions: meet}, {actions: 'move'}],
        'target.moved': [...fromAbove],
        'fader.reassigned': [...fromAbove],
      },
    },
    caught: {
      entry: 'tellCaught',
      on: {
        'fader.moved': {actions: meet},
        'target.moved': [...fromCaught],
        'fader.reassigned': [...fromCaught],
      },
    },
  },
});

/** On which side of the value the fader stands once the event's value counts. */
function sideOf({position}: PlainFaderContext, event: PlainFaderEvent): 'below' | 'above' | 'caught' | undefined {
  if (position === undefined || (event.type !== 'target.moved' && event.type !== 'fader.reassigned')) return undefined;
  if (Math.abs(position - event.target) <= pickupTolerance) return 'caught';
  return position < event.target ? 'below' : 'above';
}
