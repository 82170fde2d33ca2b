import {assign, type SnapshotFrom, setup} from 'xstate';
import type {StripId} from '../model/mixer.ts';
import type {Layer, View} from '../model/view.ts';
import type {ViewIntent} from '../surface/intent.ts';

/** What the view shows a part of. */
export interface ViewInput {
  /** The layout's layers, at least one; the first is shown at the start. */
  readonly layers: readonly Layer[];
  /** Strips of the mixer. */
  readonly strips: number;
  /** Channel strips of all units together: what a bank moves by. */
  readonly bankSize: number;
}

/** What happens to the view. */
export type ViewEvent =
  | ViewIntent
  /** The mixer has another number of strips. */
  | {readonly type: 'mixer.resized'; readonly strips: number}
  /** The units together have another number of channel strips. */
  | {readonly type: 'rig.resized'; readonly bankSize: number};

/** What the view remembers beside its states. */
export interface ViewContext extends ViewInput {
  readonly bankOffset: number;
  readonly layer: Layer;
  readonly selected: StripId | undefined;
}

/** What is shown while a layout has no layer at all. */
const plainLayer: Layer = {id: 'level', short: 'LV', fader: 'level', encoder: 'pan'};

/**
 * Which part of the mixer the surfaces show. Banks stay within the mixer: the last bank is full where there are
 * strips enough. Ask `viewOf` for the view and `isShifted` for shift.
 */
export const viewMachine = setup({
  types: {
    context: {} as ViewContext,
    input: {} as ViewInput,
    events: {} as ViewEvent,
    tags: {} as 'flipped' | 'values' | 'shift',
  },
  actions: {
    bank: assign({
      bankOffset: ({context}, {banks}: {banks: number}) =>
        within(context, context.bankOffset + banks * context.bankSize),
    }),
    channel: assign({
      bankOffset: ({context}, {strips}: {strips: number}) => within(context, context.bankOffset + strips),
    }),
    setLayer: assign({
      layer: ({context, event}) =>
        (event.type === 'view.setLayer' ? context.layers.find(({id}) => id === event.layer) : undefined) ??
        context.layer,
    }),
    select: assign({selected: ({context, event}) => (event.type === 'view.select' ? event.strip : context.selected)}),
    resizeMixer: assign(({context, event}) =>
      event.type === 'mixer.resized' ? resized(context, {strips: event.strips}) : context,
    ),
    resizeRig: assign(({context, event}) =>
      event.type === 'rig.resized' ? resized(context, {bankSize: event.bankSize}) : context,
    ),
  },
  guards: {isHeld: ({event}) => event.type === 'view.shift' && event.held},
}).createMachine({
  id: 'view',
  context: ({input}) => ({...input, bankOffset: 0, layer: input.layers[0] ?? plainLayer, selected: undefined}),
  type: 'parallel',
  on: {
    'view.bankLeft': {actions: {type: 'bank', params: {banks: -1}}},
    'view.bankRight': {actions: {type: 'bank', params: {banks: 1}}},
    'view.channelLeft': {actions: {type: 'channel', params: {strips: -1}}},
    'view.channelRight': {actions: {type: 'channel', params: {strips: 1}}},
    'view.setLayer': {actions: 'setLayer'},
    'view.select': {actions: 'select'},
    'mixer.resized': {actions: 'resizeMixer'},
    'rig.resized': {actions: 'resizeRig'},
  },
  states: {
    flip: {
      initial: 'straight',
      states: {
        straight: {on: {'view.flip': 'flipped'}},
        flipped: {tags: 'flipped', on: {'view.flip': 'straight'}},
      },
    },
    display: {
      initial: 'names',
      states: {
        names: {on: {'view.toggleValues': 'values'}},
        values: {tags: 'values', on: {'view.toggleValues': 'names'}},
      },
    },
    shift: {
      initial: 'released',
      states: {
        released: {on: {'view.shift': {guard: 'isHeld', target: 'held'}}},
        held: {tags: 'shift', on: {'view.shift': [{guard: 'isHeld'}, {target: 'released'}]}},
      },
    },
  },
});

/** The view a snapshot of the machine stands for. */
export function viewOf(snapshot: SnapshotFrom<typeof viewMachine>): View {
  const {bankOffset, layer, selected} = snapshot.context;
  return {bankOffset, layer, selected, flipped: snapshot.hasTag('flipped'), showValues: snapshot.hasTag('values')};
}

/** Whether a shift button is held. */
export function isShifted(snapshot: SnapshotFrom<typeof viewMachine>): boolean {
  return snapshot.hasTag('shift');
}

/** An offset at which no channel strip lies beyond the mixer, unless the mixer is shorter than the units. */
function within({strips, bankSize}: ViewInput, offset: number): number {
  return Math.max(0, Math.min(offset, strips - bankSize));
}

function resized(context: ViewContext, change: Partial<ViewInput>): ViewContext {
  const next = {...context, ...change};
  return {...next, bankOffset: within(next, next.bankOffset)};
}
