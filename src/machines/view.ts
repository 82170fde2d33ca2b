import {assign, type SnapshotFrom, setup} from 'xstate';
import type {Layout} from '../model/layout.ts';
import type {StripId} from '../model/mixer.ts';
import {type Layer, showsReduction, type View} from '../model/view.ts';
import type {ViewIntent} from '../surface/intent.ts';
import type {StripRoute} from '../surface/shown-strips.ts';
import {
  banked,
  digitsCycled,
  layered,
  pageBy,
  paged,
  pageTurned,
  resized,
  selecting,
  showing,
  spilling,
  type ViewContext,
  type ViewInput,
} from './view-moves.ts';

/** What happens to the view. */
export type ViewEvent =
  | ViewIntent
  /** The mixer has other strips, or routes them otherwise. */
  | {readonly type: 'mixer.rerouted'; readonly strips: readonly StripRoute[]}
  /** The units together have another number of channel strips. */
  | {readonly type: 'rig.resized'; readonly bankSize: number}
  /** A strip was selected on another section of the desk: it is here, too, but no bank moves. */
  | {readonly type: 'view.selectedElsewhere'; readonly strip: StripId};

/** What is shown while a layout has no layer at all. */
const plainLayer: Layer = {id: 'level', short: 'LV', fader: 'level', encoder: 'pan'};

/**
 * Which part of the mixer the surfaces show: which strips, from where on, and which of their parameters. Ask `viewOf` for the view and
 * `isShifted` for shift.
 */
export const viewMachine = setup({
  types: {
    context: {} as ViewContext,
    input: {} as ViewInput,
    events: {} as ViewEvent,
    tags: {} as 'flipped' | 'values' | 'shift',
  },
  actions: {
    move: assign(({context, event}) => moved(context, event)),
  },
  guards: {isHeld: ({event}) => event.type === 'view.shift' && event.held},
}).createMachine({
  id: 'view',
  context: ({input: {shows = 'all', layer, ...input}}) => ({
    ...input,
    shown: shows,
    spilled: undefined,
    bankOffset: 0,
    offsets: {},
    layer: input.layers.find(({id}) => id === layer) ?? input.layers[0] ?? plainLayer,
    page: undefined,
    pageOffset: 0,
    selected: undefined,
    meters: 'page',
    timeDigits: input.digits?.time[0] ?? 'time',
    assignmentDigits: input.digits?.assignment[0] ?? 'view',
  }),
  type: 'parallel',
  on: {
    'view.bankLeft': {actions: 'move'},
    'view.bankRight': {actions: 'move'},
    'view.channelLeft': {actions: 'move'},
    'view.channelRight': {actions: 'move'},
    'view.show': {actions: 'move'},
    'view.spill': {actions: 'move'},
    'view.select': {actions: 'move'},
    'view.setLayer': {actions: 'move'},
    'view.setPage': {actions: 'move'},
    'view.toggleMeters': {actions: 'move'},
    'view.cycleDigits': {actions: 'move'},
    'view.pageUp': {actions: 'move'},
    'view.pageDown': {actions: 'move'},
    'view.pageLeft': {actions: 'move'},
    'view.pageRight': {actions: 'move'},
    'mixer.rerouted': {actions: 'move'},
    'rig.resized': {actions: 'move'},
    'view.selectedElsewhere': {actions: 'move'},
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

/** What the view needs of a layout. */
export function layersOf({layers, pages, digits}: Layout): Pick<ViewInput, 'layers' | 'pages' | 'digits'> {
  return {layers, pages, digits};
}

/** The view a snapshot of the machine stands for. */
export function viewOf(snapshot: SnapshotFrom<typeof viewMachine>): View {
  const {shown, spilled, bankOffset, bankSize, layer, page, pageOffset, selected, meters} = snapshot.context;
  const {timeDigits, assignmentDigits} = snapshot.context;
  const [flipped, showValues] = [snapshot.hasTag('flipped'), snapshot.hasTag('values')];
  return {
    ...{shown, spilled, bankOffset, bankSize, layer, page, pageOffset, selected, meters, flipped, showValues},
    ...{timeDigits, assignmentDigits},
  };
}

/** Whether a shift button is held. */
export function isShifted(snapshot: SnapshotFrom<typeof viewMachine>): boolean {
  return snapshot.hasTag('shift');
}

/** What is remembered after an event. */
function moved(context: ViewContext, event: ViewEvent): ViewContext {
  switch (event.type) {
    case 'view.bankLeft':
      return banked(context, -context.bankSize);
    case 'view.bankRight':
      return banked(context, context.bankSize);
    case 'view.channelLeft':
      return banked(context, -1);
    case 'view.channelRight':
      return banked(context, 1);
    case 'view.show':
      return showing(context, event.shown);
    case 'view.spill':
      return spilling(context, event.strip);
    case 'view.select':
      return selecting(context, event.strip);
    case 'view.selectedElsewhere':
      return {...context, selected: event.strip};
    case 'view.setLayer':
      return layered(context, event.layer);
    case 'view.setPage':
      return paged(context, event.page);
    case 'view.toggleMeters':
      return {...context, meters: showsReduction(context) ? 'level' : 'reduction'};
    case 'view.cycleDigits':
      return digitsCycled(context, event.display);
    case 'view.pageUp':
      return pageBy(context, -1);
    case 'view.pageDown':
      return pageBy(context, 1);
    case 'view.pageLeft':
      return pageTurned(context, -1);
    case 'view.pageRight':
      return pageTurned(context, 1);
    case 'mixer.rerouted':
      return resized(context, {strips: event.strips});
    case 'rig.resized':
      return resized(context, {bankSize: event.bankSize});
    default:
      return context;
  }
}
