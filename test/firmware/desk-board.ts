import type {Board} from './machine.ts';

/** What is wired to the desk of eight strips: faders behind a 4051, inputs behind four 74HC165, LEDs behind two MAX7219, two lamps of its own. */
export interface DeskBoard extends Board {
  /** Where the faders stand, 0…1. */
  readonly faders: number[];
  readonly press: (button: number, down: boolean) => void;
  /** The contacts of an encoder: bit 0 is A, bit 1 is B; 3 where both are open. */
  readonly contacts: (encoder: number, state: number) => void;
  /** LEDs that are lit now, bit 0 lowest, of each strip's meter. */
  readonly meters: () => readonly number[];
  /** Lamps that are lit now, eight in each: mute, overload, unit, warnings. */
  readonly lamps: () => readonly number[];
  readonly link: () => boolean;
  readonly alarm: () => boolean;
}

/** A MAX7219: 16 registers. */
function lit(driver: Uint8Array, row: number): number {
  const shut = ((driver[0x0c] ?? 0) & 1) === 0;
  const scanned = row <= ((driver[0x0b] ?? 0) & 7);
  if ((driver[0x0f] ?? 0) & 1) return 0xff;
  return shut || !scanned || driver[0x09] !== 0 ? 0 : (driver[1 + row] ?? 0);
}

/** A desk with all faders down and nothing pressed. */
export function newDeskBoard(): DeskBoard {
  const faders = Array.from({length: 8}, () => 0);
  const near = new Uint8Array(16);
  const far = new Uint8Array(16);
  // Whatever they woke up with.
  near.fill(0xa5);
  far.fill(0x5a);
  let inputs = 0xffffffff;
  let shifted = 0xffffffff;
  let drivers = 0;
  let [select, portB, portD] = [0, 0, 0];

  return {
    faders,
    press: (button, down) => {
      inputs = (down ? inputs & ~(1 << button) : inputs | (1 << button)) >>> 0;
    },
    contacts: (encoder, state) => {
      const at = 16 + 2 * encoder;
      inputs = ((inputs & ~(3 << at)) | (state << at)) >>> 0;
    },
    meters: () => Array.from({length: 8}, (_, strip) => lit(near, strip)),
    lamps: () => Array.from({length: 4}, (_, row) => lit(far, row)),
    link: () => (portB & 1) !== 0,
    alarm: () => (portD & 0x80) !== 0,
    voltage: (channel) => (channel === 0 ? (faders[select] ?? 0) : 0),
    exchange: (byte) => {
      drivers = ((drivers << 8) | byte) >>> 0;
      const answer = shifted & 0xff;
      shifted >>>= 8;
      return answer;
    },
    output: (port, levels) => {
      if (port === 'D') {
        select = (levels >> 4) & 7;
        portD = levels;
      }
      if (port !== 'B') return;
      if ((levels & 2) === 0) shifted = inputs;
      if ((levels & 4) !== 0 && (portB & 4) === 0) {
        near[(drivers >> 8) & 15] = drivers & 0xff;
        far[(drivers >>> 24) & 15] = (drivers >> 16) & 0xff;
      }
      portB = levels;
    },
  };
}
