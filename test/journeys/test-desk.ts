import {type SurfaceChoice, withChosenSurfaces} from '../../src/app/chosen-surfaces.ts';
import type {Clock} from '../../src/app/clock.ts';
import {createDesk} from '../../src/app/desk.ts';
import type {Desk, DeskOptions} from '../../src/app/desk-contract.ts';
import {mappingsFolder} from '../../src/app/folders.ts';
import {loadMappings} from '../../src/mapping/load.ts';
import type {MeterSettings} from '../../src/model/meter-settings.ts';
import {type Mixer, newMixer, newStrip} from '../../src/model/mixer.ts';
import type {Surface} from '../../src/model/surface.ts';
import {type Timeline, timelineIn} from '../../src/model/timeline.ts';
import {type MemoryDevice, memoryTransport} from '../../src/transport/memory.ts';
import {VirtualTimers} from '../transport/virtual-timers.ts';
import {createVirtualDevice, type VirtualDevice} from '../virtual-desk/virtual-device.ts';
import {type MemoryEngine, memoryEngine} from './memory-engine.ts';

export const mappings = await loadMappings(mappingsFolder);

/** Every surface that can be plugged in; those without ports are only there to be extended. */
export const surfaces: readonly Surface[] = mappings.surfaces.filter(
  ({ports, hid = []}) => ports.length + hid.length > 0,
);

/** Twenty strips, so that every unit can bank. */
export const twentyStrips: Mixer = newMixer({
  strips: Array.from({length: 20}, (_, index) =>
    newStrip({id: `s${index}`, name: `Strip ${index + 1}`, colour: 'green', levelDb: 0 - index}),
  ),
});

/** A unit as hands and eyes know it, with its cable. */
export interface PluggedUnit {
  readonly device: VirtualDevice;
  readonly cable: MemoryDevice;
}

export interface TestDesk {
  readonly desk: Desk;
  readonly engine: MemoryEngine;
  readonly saves: Mixer[];
  /** What was saved of the tape, as often. */
  readonly timelines: Timeline[];
  /** The chosen meter that was saved, as often. */
  readonly meters: MeterSettings[];
  /** Plugs a virtual device in under that port name, and switches it on. */
  plug(surface: Surface, portName: string): PluggedUnit;
  /** Calls once after that many ms of virtual time. */
  after(delayMs: number, call: () => void): void;
  /** Virtual time goes on. */
  pass(ms: number): Promise<void>;
  /** The same, and a playing tape with it. */
  roll(ms: number): Promise<void>;
}

/** A tape moves in steps of so many ms. */
const rollMs = 5;

/** A whole desk in virtual time, over the memory transport, with an engine whose sound the test tells. */
export function testDesk(
  mixer: Mixer,
  given: Partial<
    Pick<DeskOptions, 'reducedMotion' | 'automation' | 'history' | 'journal' | 'snapshots' | 'layout' | 'surfaces'>
  > & {readonly choices?: readonly SurfaceChoice[]} = {},
): TestDesk {
  const timers = new VirtualTimers();
  const clock: Clock = {now: timers.now, after: timers.after, soon: (call) => void timers.after(0, call)};
  const transport = memoryTransport();
  const engine = memoryEngine(mixer);
  const saves: Mixer[] = [];
  const timelines: Timeline[] = [];
  const meters: MeterSettings[] = [];
  const layout = mappings.layouts.find(({id}) => id === 'mixer');
  if (layout === undefined) throw new Error('the layout "mixer" is missing');
  const desk = createDesk({
    sessionName: 'Test',
    engine,
    surfaces: mappings.surfaces,
    layout,
    transports: withChosenSurfaces([transport], given.choices ?? [], mappings.surfaces),
    hasSound: () => true,
    clock,
    ...given,
    notices: () => [],
    save() {
      const now = desk.status();
      saves.push(now.kept?.mixer ?? now.mixer);
      timelines.push(timelineIn(now.playback));
      meters.push(now.meters);
    },
  });
  return {
    desk,
    engine,
    saves,
    timelines,
    meters,
    plug(surface, portName) {
      const [usb] = surface.hid ?? [];
      const cable = transport.plug(portName, usb && {usb: {...usb, serial: undefined}});
      // Reports keep their borders.
      const device = createVirtualDevice(surface, (bytes) => cable.say(bytes, usb === undefined ? 2 : bytes.length));
      cable.onHeard((bytes) => device.receive(bytes));
      device.powerOn();
      return {device, cable};
    },
    after: (delayMs, call) => void timers.after(delayMs, call),
    pass: (ms) => timers.pass(ms),
    async roll(ms) {
      for (let passed = 0; passed < ms; passed += rollMs) {
        const step = Math.min(rollMs, ms - passed);
        engine.roll((step * engine.status.sampleRate) / 1000);
        await timers.pass(step);
      }
    },
  };
}

/** A port name that the surface's first pattern matches: its groups are opened from the inside out. */
export function portNameOf(surface: Surface): string {
  if (surface.hid !== undefined) return surface.name;
  let name = (surface.ports[0] ?? '').replaceAll('\\b', '');
  for (let before = ''; before !== name; ) {
    before = name;
    const innermost = /\((\?[!:])?([^()]*)\)(\?)?/.exec(name);
    if (innermost === null) break;
    const [whole, kind, inside = '', optional] = innermost;
    const kept = kind === '?!' || optional !== undefined ? '' : (inside.split('|')[0] ?? '');
    name = name.replace(whole, kept);
  }
  return name
    .replace(/\[([^\]])[^\]]*\]/g, '$1')
    .replace(/.\?|\.\*/g, '')
    .replace(/[\^$\\]/g, '');
}
