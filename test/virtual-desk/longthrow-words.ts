import type {Message} from '../../src/wire/longthrow/message.ts';
import type {Ring} from '../../src/wire/longthrow/rings.ts';
import type {StripWarning} from '../../src/wire/longthrow/warning-list.ts';

/** Time as a device needs it. */
export interface DeviceClock {
  now(): number;
  after(delayMs: number, call: () => void): () => void;
}

export interface LongthrowDeviceOptions {
  readonly clock: DeviceClock;
  readonly descriptor: Uint8Array;
  /** Takes what the device says, a frame at a time. */
  readonly send: (bytes: Uint8Array) => void;
  readonly serial?: string;
  readonly label?: string;
  readonly bank?: number;
  /** Longest body that it takes, as it says; 64 if absent. */
  readonly mtu?: number;
}

/** A home-made surface that keeps the protocol's word, seen from its own side: hands move it, and what it shows can be looked at. */
export interface LongthrowDevice {
  /** Starts, with everything as at first; announces itself. */
  powerOn(resetCause?: number): void;
  powerOff(): void;
  receive(bytes: Uint8Array): void;
  move(fader: number, position: number): void;
  touch(fader: number, touched: boolean): void;
  press(button: number): void;
  lift(button: number): void;
  turn(encoder: number, steps: number): void;
  /** A RELIABLE message of the device's own accord is not in the protocol; anything else may be said. */
  say(message: Message): void;
  readonly session: number;
  /** When its lease last ran out, or undefined. */
  readonly safeAtMs: number | undefined;
  /** When it last heard a heartbeat. */
  readonly beatAtMs: number | undefined;
  readonly motors: ReadonlyMap<number, number>;
  readonly meters: ReadonlyMap<number, number>;
  readonly lamps: ReadonlyMap<number, number>;
  readonly rings: ReadonlyMap<number, Ring>;
  readonly warnings: ReadonlyMap<number, StripWarning>;
  readonly texts: ReadonlyMap<number, string>;
  /** Each MOTOR that came for a fader under a hand. Must stay empty. */
  readonly violations: readonly number[];
  /** RELIABLE messages that were taken, in order. */
  readonly taken: readonly Message[];
  readonly heardFrames: number;
}
