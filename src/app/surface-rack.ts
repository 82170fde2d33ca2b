import {createActor} from 'xstate';
import {linkMachine, type UnitKey} from '../machines/link.ts';
import {rigMachine} from '../machines/rig.ts';
import type {UnitPlace} from '../machines/rig-order.ts';
import {mainSection} from '../model/desk-section.ts';
import type {Layout} from '../model/layout.ts';
import {plainText} from '../model/problem.ts';
import type {Surface} from '../model/surface.ts';
import type {Port, Transport} from '../transport/contract.ts';
import {actorClock, type Clock} from './clock.ts';
import type {UnitStatus} from './desk-status.ts';
import {portActor} from './port-actor.ts';
import {surfaceAt} from './port-surface.ts';
import {createUnit} from './unit.ts';
import type {Unit, UnitHost} from './unit-contract.ts';

/** All surfaces of the desk, found by the names of their ports, opened, and brought back after a replug. */
export interface SurfaceRack {
  /** Those that may be painted now. */
  readonly usable: Iterable<Unit>;
  /** Those that are open, usable or not yet. */
  readonly open: Iterable<Unit>;
  status(): readonly UnitStatus[];
  /** Darkens all surfaces and lets go of their ports. */
  close(): Promise<void>;
}

export interface RackOptions {
  readonly surfaces: readonly Surface[];
  readonly layout: Layout;
  readonly transports: readonly Transport[];
  readonly clock: Clock;
  /** What the units of a section know and ask. */
  readonly hostOf: (section: string) => UnitHost;
  /** The units of each section that has any have so many channel strips together now. */
  readonly onArranged: (strips: ReadonlyMap<string, number>) => void;
}

export function createSurfaceRack(options: RackOptions): SurfaceRack {
  const {surfaces, layout, transports, clock, hostOf, onArranged} = options;
  const layouts = sectionLayouts(layout);
  const ports = new Map<Transport, readonly Port[]>();
  const open = new Map<UnitKey, Unit>();
  const usable = new Map<UnitKey, Unit>();
  const states = new Map<UnitKey, string>();
  let places: ReadonlyMap<UnitKey, UnitPlace> = new Map();
  const placeOf = (key: UnitKey): UnitPlace => places.get(key) ?? {section: mainSection, firstStrip: 0};

  const port = portActor({
    clock,
    findPort: (id) => {
      for (const [transport, list] of ports) {
        const found = list.find((one) => one.id === id);
        if (found !== undefined) return {port: found, transport};
      }
      return undefined;
    },
    unitOpened: (key, surface, dialect, outbox) => {
      const {section, firstStrip} = placeOf(key);
      const host = hostOf(section);
      const unit = createUnit({key, surface, layout: layouts.get(section) ?? layout, dialect, outbox, host});
      unit.setFirstStrip(firstStrip);
      open.set(key, unit);
      return unit;
    },
    unitClosed: (key) => {
      open.delete(key);
      usable.delete(key);
    },
  });
  const rig = createActor(rigMachine.provide({actors: {link: linkMachine.provide({actors: {port}})}}), {
    clock: actorClock(clock),
    input: {sections: layout.sections},
  });
  rig.on('unit.ready', ({unit: key}) => {
    const unit = open.get(key);
    if (unit === undefined) return;
    states.set(key, 'ready');
    usable.set(key, unit);
    unit.forgetShown();
    hostOf(placeOf(key).section).repaintSoon();
  });
  rig.on('unit.lost', ({unit: key, reason}) => {
    states.set(key, reason);
    usable.delete(key);
  });
  rig.on('unit.waiting', (waiting) => {
    const before = waiting.for === 'busy' ? 'busy: ' : waiting.for === 'refused' ? 'refused: ' : 'waiting: ';
    states.set(waiting.unit, before + plainText(waiting.reason));
  });
  rig.on('rig.arranged', (arranged) => {
    places = arranged.places;
    for (const [key, unit] of open) unit.setFirstStrip(placeOf(key).firstStrip);
    onArranged(arranged.strips);
  });
  rig.start();

  const tellRig = (): void => {
    const found = [...ports.values()].flat().flatMap((one) => {
      const surface = surfaceAt(surfaces, one);
      return surface === undefined ? [] : [{port: {id: one.id, name: one.name}, surface}];
    });
    rig.send({type: 'rig.portsChanged', found});
  };
  const endWatches = transports.map((transport) =>
    transport.watch((list) => {
      ports.set(transport, list);
      tellRig();
    }),
  );

  return {
    get usable() {
      return usable.values();
    },
    get open() {
      return open.values();
    },
    status: () =>
      rig.getSnapshot().context.units.map(({key, surface, port: at}) => ({
        name: `${surface.maker} ${surface.name}`.trim(),
        port: plainText(at?.name ?? key),
        state: at === undefined ? 'unplugged' : (states.get(key) ?? 'opening'),
        ...placeOf(key),
        strips: surface.strips,
      })),
    async close() {
      for (const end of endWatches) end();
      rig.stop();
      await Promise.all(transports.map((transport) => transport.close()));
    },
  };
}

/** The layout as each section has it: its own bindings first. */
function sectionLayouts(layout: Layout): ReadonlyMap<string, Layout> {
  return new Map(
    (layout.sections ?? []).map(({id, bindings, shifted}) => [
      id,
      {
        ...layout,
        bindings: new Map([...layout.bindings, ...bindings]),
        shifted: new Map([...layout.shifted, ...shifted]),
      },
    ]),
  );
}
