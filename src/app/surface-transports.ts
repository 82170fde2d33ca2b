import type {Port, Transport} from '../transport/contract.ts';
import {type DriverTransport, driverTransport} from '../transport/driver.ts';
import type {DriverKind} from '../transport/driver-kinds.ts';
import type {DriverSetup} from '../transport/driver-message.ts';
import {hidTransport} from '../transport/hid.ts';
import {serialTransport} from '../transport/serial.ts';
import {isBoard} from '../transport/serial-ports.ts';
import type {Clock} from './clock.ts';
import {deviceTransport} from './firmware/device-transport.ts';
import {reportLines} from './firmware/report-lines.ts';
import {tellingMissing} from './missing-library.ts';

/** What transports of surfaces must know of the desk. */
export interface SurfaceHost {
  readonly clock: Clock;
  /** Paths of ports that may be opened beside boards, `all` for every port; with `none` among them those that are named and no others. */
  readonly serial: readonly string[];
  readonly progress: () => number;
  readonly live: () => boolean;
  /** Takes a sentence for the user. */
  readonly notice: (text: string) => void;
}

/** Everything that surfaces can be plugged into, each kind in a process of its own: their libraries may crash, and the sound goes on. */
export function surfaceTransports({serial, ...host}: SurfaceHost): readonly Transport[] {
  const notes = driver('midi', undefined, {}, host);
  const reports = driver('hid', hidTransport, {}, host);
  const greeted = deviceTransport(reportLines(reports), {...host, mayOpen: mayGreet});
  const setup = {paths: serial.filter((path) => path !== 'all' && path !== 'none')};
  if (serial.includes('none') && setup.paths.length === 0) return [notes, reports, greeted];
  const lines = driver('serial', () => serialTransport(setup), setup, host);
  return [notes, reports, deviceTransport(lines, {...host, mayOpen: (port) => mayOpen(serial, port)}), greeted];
}

/** Linux tells of serial ports and HID devices without a library (`watcher`): there no process is started until one is opened. */
function driver(
  kind: DriverKind,
  watcher: (() => Transport) | undefined,
  setup: DriverSetup,
  {notice}: Pick<SurfaceHost, 'notice'>,
): DriverTransport {
  const watchPorts = process.platform === 'linux' ? watcher?.().watch : undefined;
  const transport = driverTransport(kind, {setup, ...(watchPorts && {watchPorts})});
  return tellingMissing(transport, watchPorts !== undefined, notice);
}

/** What speaks to nobody in particular may not like to be spoken to: only boards are, where they have an interface of their own making. */
export function mayGreet(port: Port): boolean {
  return isBoard(port) && port.hid?.usages.some(({page}) => page >= ownPages) === true;
}
const ownPages = 0xff00;

/** Opening a port restarts many boards, and may disturb what is no board: only boards are opened unasked, and with `none` not even they. */
export function mayOpen(serial: readonly string[], port: Port): boolean {
  if (serial.includes(port.id)) return true;
  return !serial.includes('none') && (isBoard(port) || serial.includes('all'));
}
