import type {Board, Machine} from './machine.ts';

/** A motor fader behind an H-bridge, with a cap that a hand makes slower to charge. */
export interface MotorBoard extends Board {
  /** Where the fader stands, 0…1. */
  readonly place: () => number;
  readonly put: (place: number) => void;
  readonly touch: (touched: boolean) => void;
  /** Something holds it fast. */
  readonly block: (blocked: boolean) => void;
  /** Power of the motor, −1…1, up is positive. */
  readonly power: (machine: Machine) => number;
  /** Lets the motor pull for a millisecond. */
  readonly pull: (machine: Machine) => void;
}

const registers = {tccr0a: 0x44, ocr0a: 0x47, ocr0b: 0x48} as const;
const connected = {up: 0x80, down: 0x20} as const;
/** Full travel takes 150 ms at full power; below a quarter the motor does not overcome friction. */
const travelPerMs = 1 / 150;
const friction = 0.25;
const chargeCycles = {free: 160, touched: 1400} as const;
const chargePin = 1 << 2;
const sensePin = 3;

/** A fader at the bottom that nobody touches. */
export function newMotorBoard(): MotorBoard {
  let [place, touched, blocked, charging] = [0, false, false, false];
  const duty = (machine: Machine, bit: number, register: number) =>
    (machine.peek(registers.tccr0a) & bit) === 0 ? 0 : machine.peek(register) / 255;
  const power = (machine: Machine) =>
    duty(machine, connected.up, registers.ocr0a) - duty(machine, connected.down, registers.ocr0b);
  return {
    place: () => place,
    put: (wanted) => {
      place = wanted;
    },
    touch: (now) => {
      touched = now;
    },
    block: (now) => {
      blocked = now;
    },
    power,
    pull: (machine) => {
      const now = power(machine);
      if (blocked || Math.abs(now) < friction) return;
      place = Math.min(1, Math.max(0, place + now * travelPerMs));
    },
    voltage: () => place,
    output: (port, levels, chip) => {
      if (port !== 'D') return;
      const high = (levels & chargePin) !== 0;
      if (high === charging) return;
      charging = high;
      if (!high) chip.setPin('D', sensePin, false);
      else
        chip.after(
          touched ? chargeCycles.touched : chargeCycles.free,
          () => charging && chip.setPin('D', sensePin, true),
        );
    },
  };
}
