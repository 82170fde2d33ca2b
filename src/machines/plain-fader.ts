import {assign, emit, enqueueActions, setup} from 'xstate';
import type {Takeover} from '../model/surface.ts';
import type {Pickup} from '../surface/handling.ts';

/** What a fader without a motor is started with. */
export interface PlainFaderInput {
  /** Where the mixer has what lies under the fader, 0…1 of its travel. */
  readonly target: number;
  /** How the value comes to the fader while it stands elsewhere; `pick-up` if absent. */
  readonly takeover?: Takeover;
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
  readonly takeover: Takeover;
}

/** A fader this near to the value has it: three steps of 128, as wide as a hand can aim. */
export const pickupTolerance = 3 / 128;

const meet = ['move', 'ask', 'follow'] as const;
/** A move that does not meet the value: it may still take it along. */
const lead = ['approach', 'move'] as const;
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
 * The life of a fader without a motor: it has the value from the moment when it meets it where the mixer has it, by coming
 * near or by crossing it, so that nothing ever jumps. Until then a move does nothing, or takes the value along in the way that was chosen.
 * What others change, or a bank, lets go of the value again. The first position after connecting only tells the side, unless values may jump.
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
    /** Takes the value along, short of the fader. */
    approach: enqueueActions(({context, event, enqueue}) => {
      const target = event.type === 'fader.moved' ? ledTarget(context, event.position) : undefined;
      if (target === undefined || target === context.target) return;
      enqueue.assign({target});
      enqueue.emit({type: 'fader.asked', position: target});
    }),
    forget: assign({position: undefined}),
    tellBelow: emit({type: 'pickup.changed', pickup: 'below'}),
    tellAbove: emit({type: 'pickup.changed', pickup: 'above'}),
    tellCaught: emit({type: 'pickup.changed', pickup: 'caught'}),
    tellUnknown: emit({type: 'pickup.changed', pickup: 'unknown'}),
  },
  guards: {
    /** The move ends near the value, or passed over it. */
    meets: ({context: {position, target, takeover}, event}) => {
      if (event.type !== 'fader.moved') return false;
      if (takeover === 'jump') return true;
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
  context: ({input}) => ({target: input.target, position: undefined, takeover: input.takeover ?? 'pick-up'}),
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
        'fader.moved': [{guard: 'meets', target: 'caught', actions: meet}, {actions: lead}],
        'target.moved': [...fromBelow],
        'fader.reassigned': [...fromBelow],
      },
    },
    above: {
      entry: 'tellAbove',
      on: {
        'fader.moved': [{guard: 'meets', target: 'caught', actions: meet}, {actions: lead}],
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

/** Travel of a hand in which a gliding value comes all the way. */
const glideTravel = 0.5;

/** Where a move from a known place takes a value that the fader does not have; undefined where it leaves it alone. */
function ledTarget({position: from, target, takeover}: PlainFaderContext, to: number): number | undefined {
  if (from === undefined || from === to) return undefined;
  switch (takeover) {
    case 'scaled': {
      // What is left of both travels on the side of the move is walked in proportion, so that both end together.
      const [left, leftOfValue] = to > from ? [1 - from, 1 - target] : [from, target];
      return left === 0 ? undefined : within(target + ((to - from) * leftOfValue) / left);
    }
    case 'parallel':
      return within(target + to - from);
    case 'glide':
      return target + (to - target) * Math.min(1, Math.abs(to - from) / glideTravel);
    case 'jump':
    case 'pick-up':
      return undefined;
  }
}

function within(position: number): number {
  return Math.min(1, Math.max(0, position));
}

/** On which side of the value the fader stands once the event's value counts. */
function sideOf({position}: PlainFaderContext, event: PlainFaderEvent): 'below' | 'above' | 'caught' | undefined {
  if (position === undefined || (event.type !== 'target.moved' && event.type !== 'fader.reassigned')) return undefined;
  if (Math.abs(position - event.target) <= pickupTolerance) return 'caught';
  return position < event.target ? 'below' : 'above';
}
