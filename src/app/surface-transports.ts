import type {Port, Transport} from '../transport/contract.ts';
import {type DriverTransport, driverTransport} from '../transport/driver.ts';
import {hidTransport} from '../transport/hid.ts';
import {serialTransport} from '../transport/serial.ts';
import {isBoard} from '../transport/serial-ports.ts';
import type {Clock} from './clock.ts';
import {deviceTransport} from './firmware/device-transport.ts';
import {reportLines} from './firmware/report-lines.ts';

/** What surfaces on serial lines must know of the desk. */
export interface SerialHost {
  readonly clock: Clock;
  /** Paths of ports that may be opened beside boards, `all` for every port, `none` for not even boards. */
  readonly serial: readonly string[];
  readonly progress: () => number;
  readonly live: () => boolean;
  readonly notice: (text: string) => void;
}

/** Everything that surfaces can be plugged into, each kind in a process of its own: their libraries may crash, and the sound goes on. */
export function surfaceTransports({serial, ...host}: SerialHost): readonly Transport[] {
  if (serial.includes('none')) return [driverTransport('midi'), hidDriver()];
  const lines = serialDriver(serial.filter((path) => path !== 'all'));
  const reports = hidDriver();
  return [
    driverTransport('midi'),
    reports,
    deviceTransport(lines, {...host, mayOpen: (port) => mayOpen(serial, port)}),
    deviceTransport(reportLines(reports), {...host, mayOpen: mayGreet}),
  ];
}

/** Linux tells of its HID devices without a library, too. */
function hidDriver(): DriverTransport {
  return driverTransport('hid', process.platform === 'linux' ? {watchPorts: hidTransport().watch} : {});
}

/** What speaks to nobody in particular may not like to be spoken to: only boards are, where they have an interface of their own making. */
function mayGreet(port: Port): boolean {
  return isBoard(port) && port.hid?.usages.some(({page}) => page >= ownPages) === true;
}
const ownPages = 0xff00;

/** Linux tells of its serial ports without a library: there no process is started until one is opened. */
function serialDriver(paths: readonly string[]): DriverTransport {
  const setup = {paths};
  return driverTransport(
    'serial',
    process.platform === 'linux' ? {setup, watchPorts: serialTransport(setup).watch} : {setup},
  );
}

/** Opening a port restarts many boards, and may disturb what is no board: only boards are opened unasked. */
export function mayOpen(serial: readonly string[], port: Port): boolean {
  return isBoard(port) || serial.includes('all') || serial.includes(port.id);
}
