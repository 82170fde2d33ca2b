import {setTimeout as delay} from 'node:timers/promises';
import {systemClock} from '../../src/app/clock.ts';
import {createDesk} from '../../src/app/desk.ts';
import type {Desk} from '../../src/app/desk-contract.ts';
import {mappingsFolder} from '../../src/app/folders.ts';
import type {LiveEngine} from '../../src/engine/live/live-contract.ts';
import {openLiveEngine} from '../../src/engine/live/live-engine.ts';
import {loadMappings} from '../../src/mapping/load.ts';
import type {Automation} from '../../src/model/automation.ts';
import type {Session} from '../../src/model/session.ts';
import {type MemoryDevice, memoryTransport} from '../../src/transport/memory.ts';
import {createVirtualDevice, type VirtualDevice} from '../virtual-desk/virtual-device.ts';

/** A unit with the cable that it hangs on. */
export interface BenchUnit {
  readonly device: VirtualDevice;
  readonly cable: MemoryDevice;
  /** The device hears nothing any more; the cable keeps it. */
  mute(): void;
}

/** The desk as users have it, its engine in a process of its own, but without a sound device, and with virtual units on memory ports. */
export interface WholeDesk {
  readonly desk: Desk;
  readonly engine: LiveEngine;
  readonly units: readonly BenchUnit[];
  close(): Promise<void>;
}

export interface WholeDeskOptions {
  readonly lookAheadMs?: number;
  /** Sits between desk and engine, to look at what passes. */
  readonly wrap?: (engine: LiveEngine) => LiveEngine;
  readonly automation?: Automation;
}

/** Opens it with units plugged in, ready and painted. */
export async function openWholeDesk(
  session: Session,
  unitIds: readonly string[],
  {lookAheadMs = 80, wrap = (same) => same, automation}: WholeDeskOptions = {},
): Promise<WholeDesk> {
  const opened = await openLiveEngine({
    session,
    cacheFolder: session.folder,
    lookAheadMs,
    device: 'none',
    onProblem: ({path, reason}) => process.stderr.write(`${path}: ${reason}\n`),
  });
  const engine = wrap(opened);
  const mappings = await loadMappings(mappingsFolder);
  const layout = mappings.layouts.find(({id}) => id === 'mixer');
  if (layout === undefined) throw new Error('the layout "mixer" is missing');
  const transport = memoryTransport();
  const desk = createDesk({
    sessionName: session.name,
    engine,
    surfaces: mappings.surfaces,
    layout,
    transports: [transport],
    hasSound: () => true,
    clock: systemClock,
    ...(automation === undefined ? {} : {automation}),
    notices: () => [],
    save: () => {},
  });
  const units = unitIds.map((id): BenchUnit => {
    const surface = mappings.surfaces.find((one) => one.id === id);
    if (surface === undefined) throw new Error(`there is no surface ${id}`);
    const cable = transport.plug(id === 'x-touch' ? 'X-Touch' : 'X-Touch-Ext');
    const device = createVirtualDevice(surface, (bytes) => cable.say(bytes));
    const mute = cable.onHeard((bytes) => device.receive(bytes));
    device.powerOn();
    return {device, cable, mute};
  });
  const isReady = (): boolean => desk.status().units.filter(({state}) => state === 'ready').length === units.length;
  for (let turn = 0; turn < 200 && !isReady(); turn++) await delay(50);
  if (!isReady()) throw new Error(`units are not ready: ${desk.status().units.map(({state}) => state)}`);
  await delay(1500);
  return {desk, engine, units, close: () => desk.close()};
}
