import type {Address} from '../../../src/model/surface.ts';
import {learn} from '../../../src/surface/learn/learner.ts';
import {
  type LearnedDevice,
  type Learner,
  type LearnInput,
  newLearner,
} from '../../../src/surface/learn/learner-state.ts';
import {encodeMidi, type MidiMessage} from '../../../src/wire/midi-message.ts';
import {decodeSteps} from '../../../src/wire/relative-encoding.ts';
import {dice} from '../../recordings/make.ts';

type Place = Pick<Address, 'message' | 'channel' | 'number' | 'reverse'>;

/** What a device says when a value stands at an address; one that has no channel of its own speaks on the first. */
export function valueAt({message, channel = 1, number}: Place, value: number): readonly MidiMessage[] {
  const cc = (controller: number, part: number): MidiMessage => ({
    type: 'control-change',
    channel,
    controller,
    value: part,
  });
  switch (message) {
    case 'cc':
      return [cc(number, value)];
    case 'cc14':
      return [cc(number, value >> 7), cc(number + 32, value & 0x7f)];
    case 'nrpn':
      return [cc(99, number >> 7), cc(98, number & 0x7f), cc(6, value >> 7), cc(38, value & 0x7f)];
    case 'rpn':
      return [cc(101, number >> 7), cc(100, number & 0x7f), cc(6, value >> 7), cc(38, value & 0x7f)];
    case 'bend':
      return [{type: 'pitch-bend', channel, value}];
    case 'note':
      return [{type: value > 0 ? 'note-on' : 'note-off', channel, note: number, velocity: value}];
    case 'poly':
      return [{type: 'poly-pressure', channel, note: number, pressure: value}];
    case 'pressure':
      return [{type: 'channel-pressure', channel, pressure: value}];
    case 'program':
      return value > 0 ? [{type: 'program-change', channel, program: number}] : [];
  }
}

/** A learner with a hand that does what it is asked for, as unsteady as hands and devices are. */
export interface Bench {
  readonly learner: Learner;
  /** What was sent since the last call, in hex. */
  takeSent(): readonly string[];
  key(key: Extract<LearnInput, {type: 'key'}>['key']): void;
  digit(digit: number): void;
  /** From the bottom to the top and back; `step` is the device's resolution. */
  ride(address: Place, top: number, step: number, touch?: Place): void;
  /** From stop to stop, 0…1; no rest afterwards. */
  sweep(address: Place, top: number, step: number, stops: readonly number[]): void;
  /** Clicks to the right, a pause, and back. */
  turn(address: Address): void;
  press(address: Address, times: number): void;
  /** A report of a HID device. */
  report(bytes: Uint8Array): void;
  /** Bytes that nobody asked for. */
  say(...messages: readonly MidiMessage[]): void;
  /** Nobody moves for so long. */
  rest(ms?: number): void;
}

/** Controls at `trembling` move by a step now and then, whatever the hand does. */
export function learningBench(
  seed: number,
  trembling: readonly Place[] = [],
  device: LearnedDevice = {kind: 'midi'},
): Bench {
  const throwDice = dice(seed);
  const sent: string[] = [];
  let learner = newLearner(device);
  let nowMs = 1000;

  const tell = (input: LearnInput): void => {
    const {learner: next, send} = learn(learner, input);
    learner = next;
    sent.push(...send.map((bytes) => Buffer.from(bytes).toString('hex')));
  };
  const pass = (ms: number): void => {
    for (const untilMs = nowMs + ms; nowMs < untilMs; ) {
      nowMs = Math.min(untilMs, nowMs + 100);
      tell({type: 'time', atMs: nowMs});
    }
  };
  const say = (...messages: readonly MidiMessage[]): void => {
    for (const message of messages) {
      const bytes = encodeMidi(message);
      const cut = throwDice() < 0.1 ? 1 : bytes.length;
      tell({type: 'bytes', bytes: bytes.slice(0, cut), atMs: nowMs});
      if (cut < bytes.length) tell({type: 'bytes', bytes: bytes.slice(cut), atMs: nowMs});
    }
    nowMs += 4 + throwDice() * 14;
    const shaken = trembling[Math.floor(throwDice() * trembling.length * 8)];
    if (shaken !== undefined) {
      for (const message of valueAt(shaken, 64 + Math.round(throwDice())))
        tell({type: 'bytes', bytes: encodeMidi(message), atMs: nowMs});
    }
  };
  const rest = (ms = 900): void => pass(ms);
  const sweep = (address: Place, top: number, step: number, stops: readonly number[]): void => {
    const moves = 24;
    for (const [index, to] of stops.slice(1).entries()) {
      const from = stops[index] ?? to;
      for (let move = 0; move <= moves; move++) {
        const share = from + ((to - from) * move) / moves;
        const isStop = move === 0 || move === moves;
        const unsteady = isStop ? 0 : (throwDice() - 0.5) * 0.02;
        const told = address.reverse ? 1 - share - unsteady : share + unsteady;
        const raw = Math.min(top, Math.max(0, told * top));
        // A converter's last bit: the top is reached whatever the steps are.
        say(...valueAt(address, isStop && raw === top ? top : Math.round(raw / step) * step));
      }
    }
  };

  return {
    get learner() {
      return learner;
    },
    takeSent: () => sent.splice(0),
    key: (key) => tell({type: 'key', key}),
    digit: (digit) => tell({type: 'digit', digit}),
    report(bytes) {
      tell({type: 'bytes', bytes, atMs: nowMs});
      nowMs += 4 + throwDice() * 14;
    },
    say,
    rest,
    sweep,
    ride(address, top, step, touch) {
      if (touch !== undefined) say(...valueAt(touch, 127));
      sweep(address, top, step, [0, 1, 0]);
      if (touch !== undefined) say(...valueAt(touch, 0));
      rest();
    },
    turn(address) {
      const encoding = {up: address.on, down: address.off};
      const wide = ['bend', 'cc14', 'nrpn', 'rpn'].includes(address.message);
      for (const way of [1, -1]) {
        for (let click = 0; click < 8; click++) {
          const wanted = throwDice() < 0.25 ? 2 * way : way;
          const values = Array.from({length: 128}, (_, value) => value);
          const single = way > 0 ? address.on : address.off;
          const value =
            wanted === way ? single : (values.find((one) => decodeSteps(encoding, one) === wanted) ?? single);
          say(...valueAt(address, wide ? value << 7 : value));
        }
        rest();
      }
    },
    press(address, times) {
      const on = address.message === 'note' ? 60 + Math.round(throwDice() * 67) : address.on;
      for (let time = 0; time < times; time++) {
        const isOff = address.press === 'toggle' && time % 2 === 1;
        say(...valueAt(address, isOff ? address.off : on));
        nowMs += 90;
        if (address.press === undefined) say(...valueAt(address, address.off));
        nowMs += 120;
      }
      rest();
    },
  };
}
