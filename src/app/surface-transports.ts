import type {Port, Transport} from '../transport/contract.ts';
import {midiTransport} from '../transport/midi.ts';
import {serialTransport} from '../transport/serial.ts';
import {isBoard} from '../transport/serial-ports.ts';
import type {Clock} from './clock.ts';
import {deviceTransport} from './firmware/device-transport.ts';

/** What surfaces on serial lines must know of the desk. */
export interface SerialHost {
  readonly clock: Clock;
  /** Paths of ports that may be opened beside boards, `all` for every port, `none` for not even boards. */
  readonly serial: readonly string[];
  readonly progress: () => number;
  readonly live: () => boolean;
  readonly notice: (text: string) => void;
}

/** Everything that surfaces can be plugged into. */
export function surfaceTransports({serial, ...host}: SerialHost): readonly Transport[] {
  if (serial.includes('none')) return [midiTransport()];
  const lines = serialTransport({paths: serial.filter((path) => path !== 'all')});
  return [midiTransport(), deviceTransport(lines, {...host, mayOpen: (port) => mayOpen(serial, port)})];
}

/** Opening a port restarts many boards, and may disturb what is no board: only boards are opened unasked. */
export function mayOpen(serial: readonly string[], port: Port): boolean {
  return isBoard(port) || serial.includes('all') || serial.includes(port.id);
}
