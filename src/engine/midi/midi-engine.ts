import type {MixerCommand} from '../../model/command.ts';
import {newMeterSettings} from '../../model/meter-settings.ts';
import type {MidiProfile, MidiTarget} from '../../model/midi-profile.ts';
import type {Mixer} from '../../model/mixer.ts';
import type {Session} from '../../model/session.ts';
import {newTimeline} from '../../model/timeline.ts';
import {type ControllerReader, createControllerReader, type HeardValue} from '../../wire/controller-values.ts';
import type {MidiMessage} from '../../wire/midi-message.ts';
import type {Engine} from '../contract.ts';
import {createFreeHead} from '../free-head.ts';
import {createSoundlessEngine} from '../soundless-engine.ts';
import {createValueSender} from './value-sender.ts';
import {createWirePlan} from './wire-plan.ts';

/** Time as the engine needs it; tests bring their own. */
export interface MidiEngineClock {
  /** Milliseconds that never fall. */
  now(): number;
  /** Calls once after that many milliseconds, and returns the way out. */
  after(delayMs: number, call: () => void): () => void;
}

/** The wire to the device that is mixed. It comes and goes; whoever opened it sees to that. */
export interface MidiWire {
  /** Undefined while it is not there; then `reason` and `cure` say why. */
  readonly portName: string | undefined;
  readonly reason: string | undefined;
  readonly cure: string | undefined;
  /** Hands whole messages over; nothing happens while it is not there. */
  send(bytes: Uint8Array): void;
  /** Told when it came or went, and what the device said; until the returned function is called. */
  listen(listener: MidiWireListener): () => void;
  /** Idempotent. */
  close(): void;
}

export interface MidiWireListener {
  /** It is there, and nothing is known of the device; or it is gone. */
  changed(): void;
  received(messages: readonly MidiMessage[]): void;
}

export interface MidiEngineOptions {
  readonly session: Pick<Session, 'mixer' | 'timeline' | 'meters' | 'sampleRate'>;
  readonly target: MidiTarget;
  readonly profile: MidiProfile;
  readonly wire: MidiWire;
  readonly clock: MidiEngineClock;
}

/** An engine whose strips are channels of a device at the end of a MIDI wire. It hears no sound, and so has no meters. */
export interface MidiEngine extends Engine {
  /** Hands on the device ask for these; whoever listens sees that they are applied. Without a listener they are, at once. */
  onAsked(listener: (command: MixerCommand, control: string) => void): void;
  setSpeed(speed: number): void;
}

/** How often lanes are read while the tape moves, in ms. */
const readEveryMs = 10;

/** Opens the engine; the device is told everything as soon as its wire is there, and again whenever it comes back. */
export function openMidiEngine({session, target, profile, wire, clock}: MidiEngineOptions): MidiEngine {
  const {sampleRate} = session;
  const plan = createWirePlan(profile, target, session.mixer);
  const sender = createValueSender(plan.slots, profile.bytesPerSecond);
  const slotAt = new Map(plan.slots.map((slot) => [slot.key, slot]));
  const newReader = (): ControllerReader => createControllerReader(plan.slots.map(({address}) => address));
  let reader = newReader();
  const lengthFrames = Math.round(target.seconds * sampleRate);
  const head = createFreeHead(sampleRate, lengthFrames, session.timeline ?? newTimeline, clock.now);
  let asked: ((command: MixerCommand, control: string) => void) | undefined;
  let endReading: (() => void) | undefined;
  let endSending: (() => void) | undefined;
  let endSettling: (() => void) | undefined;
  /** What one message of the device asks is done before anything is answered. */
  let isHearing = false;
  let closed = false;

  const flush = (): void => {
    endSending?.();
    endSending = undefined;
    if (closed || isHearing || wire.portName === undefined) return;
    const nowMs = clock.now();
    const {messages, wakeAtMs} = sender.due(nowMs);
    if (wakeAtMs !== undefined) endSending = clock.after(Math.max(1, Math.ceil(wakeAtMs - nowMs)), flush);
    for (const bytes of messages) wire.send(bytes);
  };
  const post = (mixer: Mixer): void => {
    for (const slot of plan.slots) sender.want(slot.key, plan.wanted(slot, mixer));
    flush();
  };
  const engine = createSoundlessEngine({
    ...{mixer: session.mixer, head, meters: session.meters ?? newMeterSettings, references: 0},
    status() {
      const {portName, reason, cure} = wire;
      return {
        output: portName === undefined ? 'silent' : 'device',
        deviceName: portName ?? 'none',
        ...{reason, cure, sampleRate},
        ...{lookAheadMs: 0, lateBlocks: 0, starvedBlocks: 0},
      };
    },
    takes: plan.takes,
    shown: post,
    obeyed: () => read(),
    takeMeters: () => [],
  });
  /** Lanes are read for as long as the tape moves. */
  const read = (): void => {
    endReading?.();
    endReading = undefined;
    if (closed) return;
    engine.look();
    if (engine.playback.state === 'playing') endReading = clock.after(readEveryMs, read);
  };
  const take = (heard: readonly HeardValue[]): void => {
    isHearing = true;
    const news = heard.filter((value) => sender.heard(value, clock.now()) === 'news');
    for (const {key, value} of news) {
      const slot = slotAt.get(key);
      if (slot === undefined) continue;
      for (const command of plan.asked(slot, engine.mixer, value)) {
        if (asked === undefined) engine.apply(command);
        else asked(command, key);
      }
      // What was not taken is put right on the device.
      sender.want(key, plan.wanted(slot, engine.mixer));
    }
    isHearing = false;
    if (news.length > 0) flush();
  };
  /** A half of a value that stays alone is a value in the end. */
  const settle = (): void => {
    endSettling?.();
    endSettling = undefined;
    if (closed) return;
    const nowMs = clock.now();
    const {values, wakeAtMs} = reader.due(nowMs);
    if (wakeAtMs !== undefined) endSettling = clock.after(Math.max(1, Math.ceil(wakeAtMs - nowMs)), settle);
    take(values);
  };
  const received = (messages: readonly MidiMessage[]): void => {
    take(reader.hear(messages, clock.now()));
    settle();
  };
  const endListening = wire.listen({
    changed() {
      // It may be another device, with customs of its own.
      reader = newReader();
      sender.forget();
      post(engine.mixer);
      engine.tell('status');
    },
    received,
  });
  post(engine.mixer);

  const own: Pick<MidiEngine, 'onAsked' | 'setSpeed' | 'close'> = {
    onAsked(listener) {
      asked = listener;
    },
    setSpeed: head.setSpeed,
    async close() {
      if (closed) return;
      closed = true;
      endReading?.();
      endSending?.();
      endSettling?.();
      endListening();
      wire.close();
    },
  };
  return Object.assign(engine, own);
}
