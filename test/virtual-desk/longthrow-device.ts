import {decodeBody, encodeFrame} from '../../src/wire/longthrow/codec.ts';
import {configKeys} from '../../src/wire/longthrow/configuration.ts';
import {storedCheck} from '../../src/wire/longthrow/crc.ts';
import {mtuLimits, newFramer, step} from '../../src/wire/longthrow/framer.ts';
import type {Section} from '../../src/wire/longthrow/keyframe.ts';
import {classOf, type Message} from '../../src/wire/longthrow/message.ts';
import type {Ring} from '../../src/wire/longthrow/rings.ts';
import {textOf, utf8Of} from '../../src/wire/longthrow/text.ts';
import {travelMessages, travelsOf} from '../../src/wire/longthrow/travel.ts';
import type {StripWarning} from '../../src/wire/longthrow/warning-list.ts';
import {showRows} from './longthrow-rows.ts';
import type {LongthrowDevice, LongthrowDeviceOptions} from './longthrow-words.ts';

const faders = 8;
const buttons = 16;
const encoders = 8;
const repeatsMs = [20, 60, 140, 300];
const keyframeMs = 250;
const beatMs = 250;

/** Builds the device; it is off at first. */
export function createLongthrowDevice(options: LongthrowDeviceOptions): LongthrowDevice {
  const {clock, descriptor, send, serial = '0123456789abcdef', label = '', bank = 0, mtu = mtuLimits.usual} = options;
  const positions = new Array<number>(faders).fill(0);
  const down = {touches: new Set<number>(), buttons: new Set<number>()};
  const counters = {touches: new Array<number>(faders).fill(0), buttons: new Array<number>(buttons).fill(0)};
  const turned = new Array<number>(encoders).fill(0);
  const motors = new Map<number, number>();
  const meters = new Map<number, number>();
  const lamps = new Map<number, number>();
  const rings = new Map<number, Ring>();
  const warnings = new Map<number, StripWarning>();
  const texts = new Map<number, string>();
  const violations: number[] = [];
  const taken: Message[] = [];
  const timers = new Set<() => void>();
  let framer = newFramer();
  let session = 0;
  let nonce = 0;
  let sequences = {state: 0, system: 0, ack: 0, reliable: 0};
  let expected = 0;
  let lease = 1000;
  let endLease = (): void => {};
  let boots = 0;
  let powered = false;
  let cause = 1;
  let safeAtMs: number | undefined;
  let beatAtMs: number | undefined;
  let heardFrames = 0;

  const after = (ms: number, call: () => void): (() => void) => {
    const end = clock.after(ms, () => {
      timers.delete(end);
      if (powered) call();
    });
    timers.add(end);
    return end;
  };
  const say = (message: Message): void => {
    if (!powered) return;
    const kind = classOf(message);
    const sequence = sequences[kind];
    sequences = {...sequences, [kind]: (sequence + 1) & 0xff};
    send(encodeFrame({message, sequence}, session));
  };
  const hello = (answered: number): void => {
    const features = 1 | 2 | 16;
    say({
      type: 'hello',
      version: 1,
      nonce: answered,
      session: answered & 0xff,
      serial,
      bootCount: boots,
      resetCause: cause,
      uptimeMs: 0,
      firmware: [1, 0, 0],
      descriptorLength: descriptor.length,
      descriptorCheck: storedCheck(descriptor),
      mtu,
      credits: 1,
      tickUs: 100,
      features,
    });
  };
  const safe = (): void => {
    endLease();
    session = 0;
    nonce = 0;
    for (const shown of [motors, meters, lamps, rings, warnings, texts]) shown.clear();
  };
  const keepLease = (): void => {
    endLease();
    endLease = after(lease, () => {
      safe();
      safeAtMs = clock.now();
      hello(0);
    });
  };
  const sections = (): readonly Section[] => [
    ...travelMessages(
      'faders',
      positions.map((value, index) => ({index, value})),
    ).map((row) => ({...row, type: 'faders' as const})),
    {type: 'touches', first: 0, counters: counters.touches},
    {type: 'buttons', first: 0, counters: counters.buttons},
    {type: 'encoders', first: 0, values: turned},
  ];
  const beginSession = (): void => {
    sequences = {state: 0, system: 0, ack: 0, reliable: 0};
    expected = 0;
    turned.fill(0);
    for (const kind of ['touches', 'buttons'] as const)
      counters[kind].forEach((_, index) => {
        counters[kind][index] = down[kind].has(index) ? 15 : 0;
      });
    safe();
  };
  /** Inputs at once and some times more; nothing outside of a session. */
  const tell = (make: () => Message): void => {
    const mine = session;
    if (mine === 0) return;
    say(make());
    for (const ms of repeatsMs) after(ms, () => session === mine && say(make()));
  };
  const edge = (kind: 'touches' | 'buttons', index: number, isDown: boolean): void => {
    if (down[kind].has(index) === isDown) return;
    if (isDown) down[kind].add(index);
    else down[kind].delete(index);
    counters[kind][index] = ((counters[kind][index] ?? 0) + 1) & 15;
    const first = index & ~1;
    tell(() => ({type: kind, first, counters: counters[kind].slice(first, first + 2)}));
  };
  const ack = (status = 0): void => say({type: 'ack', next: expected, credits: 1, status});
  const obey = (message: Message): void => {
    taken.push(message);
    if (message.type === 'text') texts.set(message.display, textOf(message.utf8));
    if (message.type !== 'config-get') return;
    const value = message.key === configKeys.label ? utf8Of(label, 12) : Uint8Array.of(bank);
    say({type: 'config-value', key: message.key, control: 0, value});
  };
  const take = (message: Message, sequence: number): void => {
    heardFrames += 1;
    if (classOf(message) === 'reliable') {
      const isNext = sequence === expected;
      if (isNext) expected = (expected + 1) & 0xff;
      ack();
      if (isNext) obey(message);
      return;
    }
    switch (message.type) {
      case 'hello-request':
        if (message.nonce !== nonce) {
          beginSession();
          nonce = message.nonce;
          lease = message.leaseMs;
          hello(nonce);
          session = nonce & 0xff;
          keepLease();
          say({type: 'keyframe', sections: sections()});
        } else hello(nonce);
        break;
      case 'descriptor-read':
        say({
          type: 'descriptor-data',
          offset: message.offset,
          bytes: descriptor.slice(message.offset, message.offset + message.length),
        });
        break;
      case 'heartbeat':
        beatAtMs = clock.now();
        keepLease();
        break;
      case 'keyframe-request':
        say({type: 'keyframe', sections: sections()});
        break;
      case 'bye':
        safe();
        safeAtMs = clock.now();
        break;
      case 'motors':
        for (const {index, value} of travelsOf(message)) {
          if (down.touches.has(index)) violations.push(index);
          motors.set(index, value);
          if (!down.touches.has(index)) positions[index] = value;
        }
        break;
      default:
        showRows(message, {meters, lamps, rings, warnings});
    }
  };

  const device: LongthrowDevice = {
    powerOn(resetCause = 1) {
      powered = true;
      boots += 1;
      cause = resetCause;
      framer = newFramer();
      beginSession();
      hello(0);
      const beatAgain = (): void => {
        after(beatMs, beatAgain);
        if (session === 0) return;
        const counts = {crcFaults: 0, overruns: 0, resyncs: 0, descriptor: storedCheck(descriptor) & 0xffff};
        say({type: 'heartbeat', session, state: 0, heard: 0, ...counts});
      };
      const keyframeAgain = (): void => {
        after(keyframeMs, keyframeAgain);
        if (session !== 0) say({type: 'keyframe', sections: sections()});
      };
      beatAgain();
      keyframeAgain();
    },
    powerOff() {
      powered = false;
      safe();
      for (const end of timers) end();
      timers.clear();
    },
    receive(bytes) {
      if (!powered) return;
      const next = step(framer, bytes);
      framer = next.state;
      for (const framed of next.frames) {
        const decoded = framed.type === 'body' ? decodeBody(framed.body, session) : undefined;
        if (decoded?.state === 'good') take(decoded.frame.message, decoded.frame.sequence);
      }
    },
    move(fader, position) {
      positions[fader] = Math.round(position * 0xffff);
      tell(() => ({type: 'faders', first: fader, mask: 1, values: [positions[fader] ?? 0]}));
    },
    touch: (fader, touched) => edge('touches', fader, touched),
    press: (button) => edge('buttons', button, true),
    lift: (button) => edge('buttons', button, false),
    turn(encoder, steps) {
      turned[encoder] = ((turned[encoder] ?? 0) + steps) & 0xffff;
      tell(() => ({type: 'encoders', first: encoder, values: [turned[encoder] ?? 0]}));
    },
    say,
    get session() {
      return session;
    },
    get safeAtMs() {
      return safeAtMs;
    },
    get beatAtMs() {
      return beatAtMs;
    },
    get heardFrames() {
      return heardFrames;
    },
    motors,
    meters,
    lamps,
    rings,
    warnings,
    texts,
    violations,
    taken,
  };
  return device;
}
