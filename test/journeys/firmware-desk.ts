import {readFileSync} from 'node:fs';
import type {Clock} from '../../src/app/clock.ts';
import {createDesk} from '../../src/app/desk.ts';
import type {Desk} from '../../src/app/desk-contract.ts';
import type {LineTransport} from '../../src/app/firmware/attendance.ts';
import {deviceTransport} from '../../src/app/firmware/device-transport.ts';
import {reportLines} from '../../src/app/firmware/report-lines.ts';
import {tellingMissing} from '../../src/app/missing-library.ts';
import {unpackReports} from '../../src/model/hid-report.ts';
import type {Mixer} from '../../src/model/mixer.ts';
import type {Transport} from '../../src/transport/contract.ts';
import type {DriverTransport} from '../../src/transport/driver.ts';
import {type MemoryDevice, memoryTransport} from '../../src/transport/memory.ts';
import type {Descriptor} from '../../src/wire/longthrow/descriptor.ts';
import {writeDescriptor} from '../../src/wire/longthrow/descriptor-writer.ts';
import {frame, mtuLimits, newFramer, step} from '../../src/wire/longthrow/framer.ts';
import {readReport, reportMtu, reportSize, writeReports} from '../../src/wire/longthrow/report.ts';
import {projectFile} from '../project.ts';
import {VirtualTimers} from '../transport/virtual-timers.ts';
import {createLongthrowDevice} from '../virtual-desk/longthrow-device.ts';
import type {LongthrowDevice} from '../virtual-desk/longthrow-words.ts';
import {type MemoryEngine, memoryEngine} from './memory-engine.ts';
import {mappings} from './test-desk.ts';

/** The surface of the specification's example: eight strips of everything. */
export const eightStrips: Descriptor = JSON.parse(
  readFileSync(projectFile('firmware-protocol/descriptors/eight-strips.json'), 'utf8'),
);

/** A desk with home-made surfaces on memory lines, in virtual time. */
export interface FirmwareDesk {
  readonly desk: Desk;
  readonly engine: MemoryEngine;
  readonly clock: Clock;
  readonly notices: readonly string[];
  /** Plugs a surface in and switches it on. */
  plug(given?: {serial?: string; label?: string; bank?: number; mtu?: number; descriptor?: Descriptor}): PluggedDevice;
  /** A line with nothing behind it yet. */
  plugCable(): MemoryDevice;
  /** Speeds at which lines were opened, in baud, one after the other: 115,200 is the usual one. */
  readonly speeds: readonly number[];
  pass(ms: number): Promise<void>;
  /** The sound engine stalls, or goes on. */
  stall(stalled: boolean): void;
  /** Share of frames that the line loses, each way, decided by a number 0…1 a frame. */
  lose(share: number, random: () => number): void;
}

export interface PluggedDevice {
  readonly device: LongthrowDevice;
  readonly cable: MemoryDevice;
}

/** `bus`: whether frames go over a line, or in the reports of a HID device; `listenIn` may stand between it and the desk. */
export function firmwareDesk(
  mixer: Mixer,
  bus: 'line' | 'reports' = 'line',
  listenIn: (transport: Transport) => Transport = (transport) => transport,
): FirmwareDesk {
  const timers = new VirtualTimers();
  const clock: Clock = {now: timers.now, after: timers.after, soon: (call) => void timers.after(0, call)};
  const lines = memoryTransport();
  const engine = memoryEngine(mixer);
  const notices: string[] = [];
  const speeds: number[] = [];
  const layout = mappings.layouts.find(({id}) => id === 'mixer');
  if (layout === undefined) throw new Error('the layout "mixer" is missing');
  let blocks = 0;
  let isStalled = false;
  let nonce = 0x1234_5600;
  let loss = {share: 0, random: (): number => 1};
  const transport = deviceTransport(bus === 'line' ? linesOfSpeed(lines, speeds) : reportLines(lines), {
    clock,
    mayOpen: () => true,
    progress: () => {
      if (!isStalled) blocks += 1;
      return blocks;
    },
    live: () => engine.playback.state === 'playing',
    notice: (text) => notices.push(text),
    nextNonce: () => {
      nonce += 0x11;
      return nonce;
    },
  });
  const desk = createDesk({
    sessionName: 'Test',
    engine,
    surfaces: mappings.surfaces,
    layout,
    transports: [listenIn(transport)],
    hasSound: () => true,
    clock,
    notices: () => notices,
    save: () => {},
  });
  const arrives = (): boolean => loss.random() >= loss.share;
  return {
    desk,
    engine,
    clock,
    notices,
    plug({descriptor = eightStrips, ...given} = {}) {
      const cable = lines.plug('Line');
      const send = (bytes: Uint8Array): void => {
        if (!arrives()) return;
        for (const piece of bus === 'line' ? [bytes] : reportsOf(bytes)) cable.say(piece);
      };
      const mtu = bus === 'line' ? mtuLimits.usual : reportMtu;
      const device = createLongthrowDevice({clock, descriptor: writeDescriptor(descriptor), send, mtu, ...given});
      cable.onHeard((bytes) => {
        if (arrives()) device.receive(bus === 'line' ? bytes : framesOf(bytes));
      });
      device.powerOn();
      return {device, cable};
    },
    plugCable: () => lines.plug('Line'),
    speeds,
    pass: (ms) => timers.pass(ms),
    stall(stalled) {
      isStalled = stalled;
    },
    lose(share, random) {
      loss = {share, random};
    },
  };
}

/** Lines as the desk has them from their driver, with what tells of a library that is missing around them. */
function linesOfSpeed(lines: Transport, speeds: number[]): LineTransport {
  const openAt: DriverTransport['openAt'] = (port, baud, listener) => {
    speeds.push(baud);
    return lines.open(port, listener);
  };
  const health = {failures: 0, reason: '', renewals: 0, isHopeless: false, leftAlone: [], processId: undefined};
  const open: Transport['open'] = (port, listener) => openAt(port, 115_200, listener);
  return tellingMissing({...lines, health, open, openAt}, true, () => {});
}

/** What a board on HID says: its frames in reports. */
function reportsOf(framed: Uint8Array): readonly Uint8Array[] {
  return writeReports(step(newFramer(), framed).frames.flatMap((one) => (one.type === 'body' ? [one.body] : [])));
}

/** What it hears: reports without a number, all of one length. */
function framesOf(packed: Uint8Array): Uint8Array {
  const reports = unpackReports(packed).map(({way, bytes}) => {
    if (way !== 'output' || bytes[0] !== 0 || bytes.length !== 1 + reportSize) throw new Error('no report of a board');
    return bytes.subarray(1);
  });
  return Uint8Array.from(reports.flatMap((report) => (readReport(report) ?? []).flatMap((body) => [...frame(body)])));
}
