import {readFileSync} from 'node:fs';
import {EEPROMMemoryBackend} from 'avr8js';
import type {Message} from '../../src/wire/longthrow/message.ts';
import {projectFile} from '../project.ts';
import {type DeskBoard, newDeskBoard} from './desk-board.ts';
import {readIntelHex} from './intel-hex.ts';
import {type Machine, newMachine} from './machine.ts';
import {newTestHost, type TestHost} from './test-host.ts';

/** The firmware of an example as it is shipped, for an ATmega328P. */
export function shippedFirmware(name: 'desk-8' | 'motor-fader'): Uint16Array {
  return readIntelHex(readFileSync(projectFile(`firmware-protocol/examples/hex/${name}-mega328p.hex`), 'utf8'));
}

/** The desk of eight strips on the bench, with a host at its line. */
export interface DeskBench {
  readonly board: DeskBoard;
  readonly machine: Machine;
  readonly host: TestHost;
}

const program = shippedFirmware('desk-8');

/** A desk whose session has begun. */
export function newDeskBench(leaseMs = 1000, eeprom?: EEPROMMemoryBackend): DeskBench {
  const board = newDeskBoard();
  const machine = newMachine(program, board, eeprom ?? new EEPROMMemoryBackend(1024));
  const host = newTestHost(machine, leaseMs);
  host.until(isHello, 1000);
  return {board, machine, host};
}

/** The answer to a hello. */
export function isHello(message: Message): boolean {
  return message.type === 'hello' && message.session !== 0;
}

/** Everything lit: meters that clip, all lamps, alarms everywhere. */
export const bright: readonly Message[] = [
  {type: 'meters', first: 0, levels: Array.from({length: 8}, () => 0xff)},
  {type: 'lamps', first: 0, levels: Array.from({length: 24}, () => 0xff)},
  {type: 'warnings', first: 0, warnings: Array.from({length: 9}, () => ({severity: 4, reason: 1}))},
];

/** Whether meters and lamps are as bright as they get, warnings included. */
export function isBright({board}: DeskBench): boolean {
  return [...board.meters(), ...board.lamps()].every((row) => row === 0xff) && board.alarm();
}

/** Whether all meters and lamps are dark; warnings, unknown now, may glimpse. */
export function isSafe({board}: DeskBench): boolean {
  return [...board.meters(), ...board.lamps().slice(0, 3)].every((row) => row === 0);
}
