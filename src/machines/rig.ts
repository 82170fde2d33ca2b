import {type ActorRefFrom, assign, emit, enqueueActions, setup, stopChild} from 'xstate';
import type {DeskSection} from '../model/desk-section.ts';
import type {Surface} from '../model/surface.ts';
import {type LinkEmitted, linkMachine, type PortFacts, type UnitKey} from './link.ts';
import {type Arrangement, arrange, type FoundUnit, matchPorts} from './rig-order.ts';

/** One unit of the rig. */
export interface RigUnit {
  readonly key: UnitKey;
  readonly surface: Surface;
  /** Undefined while it is unplugged and its place is kept. */
  readonly port: PortFacts | undefined;
  /** Whether it can be written to. */
  readonly ready: boolean;
  readonly link: ActorRefFrom<typeof linkMachine>;
}

/** What happens to the rig. */
export type RigEvent =
  /** All ports now that belong to a surface we know. */
  {readonly type: 'rig.portsChanged'; readonly found: readonly FoundUnit[]} | LinkEmitted;

/** What the rig tells. */
export type RigEmitted =
  /** Usable, and nothing of what it shows is known: paint all. */
  | {readonly type: 'unit.ready'; readonly unit: UnitKey; readonly surface: Surface; readonly firstStrip: number}
  | {readonly type: 'unit.lost'; readonly unit: UnitKey; readonly reason: string}
  | {
      readonly type: 'unit.waiting';
      readonly unit: UnitKey;
      readonly for: 'retry' | 'busy' | 'refused';
      readonly reason: string;
    }
  /** Units came, or gave up their places: where each stands, anew. */
  | ({readonly type: 'rig.arranged'} & Arrangement);

/** What the rig remembers. */
export interface RigContext {
  /** In desk order: as their sections list them, then main units before extenders, each by the name of its port. */
  readonly units: readonly RigUnit[];
  readonly sections: readonly DeskSection[];
}

/** How surfaces stand together, as the layout says. */
export interface RigInput {
  readonly sections?: readonly DeskSection[] | undefined;
}

/**
 * All units of the desk. Each has its own link, found under `link:<unit>` in the system, that lives on across replugs, so
 * that a unit that comes back is in its old place. Strips are counted through the units of a section in desk order.
 * The app provides `link` with a port. Tag: `usable` while at least one unit is ready.
 */
export const rigMachine = setup({
  types: {
    context: {} as RigContext,
    input: {} as RigInput | undefined,
    events: {} as RigEvent,
    emitted: {} as RigEmitted,
    tags: {} as 'usable',
  },
  actors: {link: linkMachine},
  actions: {
    takePorts: assign({
      units: ({context, event, spawn, self}) =>
        event.type !== 'rig.portsChanged'
          ? context.units
          : matchPorts(context.units, event.found, context.sections).map(({key, surface, port, known}): RigUnit => {
              if (known !== undefined) return known.port?.id === port?.id ? known : {...known, port};
              const input = {unit: key, surface, owner: self};
              const link = spawn('link', {id: key, systemId: `link:${key}`, input});
              return {key, surface, port, ready: false, link};
            }),
    }),
    /** Links hear of their ports every time; what they know already changes nothing. */
    tellLinks: enqueueActions(({context, enqueue}) => {
      for (const {link, port} of context.units) {
        enqueue.sendTo(link, port === undefined ? {type: 'port.vanished'} : {type: 'port.appeared', port});
      }
    }),
    markReady: assign({units: ({context, event}) => withReady(context.units, event, true)}),
    markLost: assign({units: ({context, event}) => withReady(context.units, event, false)}),
    dropUnit: enqueueActions(({context, event, enqueue}) => {
      if (event.type !== 'link.expired') return;
      const gone = context.units.find(({key}) => key === event.unit);
      if (gone === undefined) return;
      enqueue(stopChild(gone.link));
      enqueue.assign({units: context.units.filter((unit) => unit !== gone)});
    }),
    tellPlaces: emit(({context}) => ({type: 'rig.arranged', ...arrange(context.units, context.sections)})),
    tellReady: enqueueActions(({context, event, enqueue}) => {
      const unit = event.type === 'link.ready' ? context.units.find(({key}) => key === event.unit) : undefined;
      if (unit === undefined) return;
      const firstStrip = arrange(context.units, context.sections).places.get(unit.key)?.firstStrip ?? 0;
      enqueue.emit({type: 'unit.ready', unit: unit.key, surface: unit.surface, firstStrip});
    }),
    tellLost: enqueueActions(({event, enqueue}) => {
      if (event.type === 'link.lost') enqueue.emit({...event, type: 'unit.lost'});
    }),
    tellWaiting: enqueueActions(({event, enqueue}) => {
      if (event.type === 'link.waiting') enqueue.emit({...event, type: 'unit.waiting'});
    }),
  },
  guards: {
    hasReadyUnit: ({context}) => context.units.some(({ready}) => ready),
    hasNoReadyUnit: ({context}) => !context.units.some(({ready}) => ready),
  },
}).createMachine({
  id: 'rig',
  context: ({input}) => ({units: [], sections: input?.sections ?? []}),
  initial: 'bare',
  on: {
    'rig.portsChanged': {actions: ['takePorts', 'tellPlaces', 'tellLinks']},
    'link.ready': {actions: ['markReady', 'tellReady']},
    'link.lost': {actions: ['markLost', 'tellLost']},
    'link.waiting': {actions: 'tellWaiting'},
    'link.expired': {actions: ['dropUnit', 'tellPlaces']},
  },
  states: {
    bare: {always: {guard: 'hasReadyUnit', target: 'manned'}},
    manned: {tags: 'usable', always: {guard: 'hasNoReadyUnit', target: 'bare'}},
  },
});

function withReady(units: readonly RigUnit[], event: RigEvent, ready: boolean): readonly RigUnit[] {
  if (event.type === 'rig.portsChanged') return units;
  return units.map((unit) => (unit.key === event.unit ? {...unit, ready} : unit));
}
