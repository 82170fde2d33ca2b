import {applyCommand, type MixerCommand} from '../../model/command.ts';
import {laneId, laneWrittenBy} from '../../model/lane.ts';
import {applyMeterCommand, isMeterCommand, newMeterSettings} from '../../model/meter-settings.ts';
import type {MidiProfile, MidiTarget} from '../../model/midi-profile.ts';
import {applyMonitorCommand, isMonitorCommand, newMonitor} from '../../model/monitor.ts';
import {isPlaybackCommand, type PlaybackCommand} from '../../model/playback.ts';
import type {Session} from '../../model/session.ts';
import {newTimeline} from '../../model/timeline.ts';
import {createControllerReader} from '../../wire/controller-values.ts';
import type {MidiMessage} from '../../wire/midi-message.ts';
import {createShownMixer} from '../automation/shown-mixer.ts';
import type {Changed, Engine, EngineStatus} from '../contract.ts';
import {createFreeHead} from './free-head.ts';
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
  const listeners = new Set<(what: Changed) => void>();
  const plan = createWirePlan(profile, target, session.mixer);
  const sender = createValueSender(plan.slots, profile.bytesPerSecond);
  const slotAt = new Map(plan.slots.map((slot) => [slot.key, slot]));
  const reader = createControllerReader(plan.slots.map(({address}) => address));
  const lengthFrames = Math.round(target.seconds * sampleRate);
  const head = createFreeHead(sampleRate, lengthFrames, session.timeline ?? newTimeline, clock.now);
  const shown = createShownMixer();
  let base = session.mixer;
  let mixer = base;
  let monitor = newMonitor;
  let meters = session.meters ?? newMeterSettings;
  let asked: ((command: MixerCommand, control: string) => void) | undefined;
  let endReading: (() => void) | undefined;
  let endSending: (() => void) | undefined;
  /** What one message of the device asks is done before anything is answered. */
  let isHearing = false;
  let closed = false;

  const tell = (what: Changed): void => {
    for (const listener of [...listeners]) listener(what);
  };
  const flush = (): void => {
    endSending?.();
    endSending = undefined;
    if (closed || isHearing || wire.portName === undefined) return;
    const nowMs = clock.now();
    const {messages, wakeAtMs} = sender.due(nowMs);
    if (wakeAtMs !== undefined) endSending = clock.after(Math.max(1, Math.ceil(wakeAtMs - nowMs)), flush);
    for (const bytes of messages) wire.send(bytes);
  };
  const post = (): void => {
    for (const slot of plan.slots) sender.want(slot.key, plan.wanted(slot, mixer));
    flush();
  };
  /** What lanes say where the tape is. */
  const show = (what: 'mixer' | 'lanes' = 'mixer'): void => {
    const next = shown.at(base, head.playback.frame);
    if (next === mixer) return;
    mixer = next;
    post();
    tell(what);
  };
  const read = (): void => {
    endReading?.();
    endReading = undefined;
    if (closed) return;
    const ended = head.ranOut();
    show('lanes');
    if (ended) tell('playback');
    else if (head.playback.state === 'playing') endReading = clock.after(readEveryMs, read);
  };
  const applyPlayback = (command: PlaybackCommand): void => {
    if (!head.command(command)) return;
    tell('playback');
    read();
  };
  const applyMixer = (command: MixerCommand): void => {
    const written = laneWrittenBy(command);
    const isFollowed = written !== undefined && shown.isFollowed(laneId(written.target));
    if (!isFollowed && plan.takes(command, mixer)) base = applyCommand(base, command);
    show();
  };
  const received = (messages: readonly MidiMessage[]): void => {
    isHearing = true;
    const news = reader.hear(messages).filter((value) => sender.heard(value, clock.now()) === 'news');
    for (const {key, value} of news) {
      const slot = slotAt.get(key);
      if (slot === undefined) continue;
      for (const command of plan.asked(slot, mixer, value)) {
        if (asked === undefined) applyMixer(command);
        else asked(command, key);
      }
      // What was not taken is put right on the device.
      sender.want(key, plan.wanted(slot, mixer));
    }
    isHearing = false;
    if (news.length > 0) flush();
  };
  const endListening = wire.listen({
    changed() {
      sender.forget();
      post();
      tell('status');
    },
    received,
  });
  post();

  return {
    get mixer() {
      return mixer;
    },
    get monitor() {
      return monitor;
    },
    get meters() {
      return meters;
    },
    get playback() {
      return head.playback;
    },
    get status(): EngineStatus {
      const {portName, reason, cure} = wire;
      return {
        output: portName === undefined ? 'silent' : 'device',
        deviceName: portName ?? 'none',
        ...{reason, cure, sampleRate},
        ...{lookAheadMs: 0, lateBlocks: 0, starvedBlocks: 0},
      };
    },
    apply(command) {
      if (isPlaybackCommand(command)) applyPlayback(command);
      else if (isMonitorCommand(command)) {
        monitor = applyMonitorCommand(monitor, command, 0);
        tell('monitor');
      } else if (isMeterCommand(command)) {
        meters = applyMeterCommand(meters, command);
        tell('meters');
      } else applyMixer(command);
    },
    follow(lanes) {
      base = shown.follow(lanes, base, head.playback.frame).reduce(applyCommand, base);
      show();
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onAsked(listener) {
      asked = listener;
    },
    setSpeed: head.setSpeed,
    takeMeters: () => [],
    async close() {
      if (closed) return;
      closed = true;
      endReading?.();
      endSending?.();
      endListening();
      wire.close();
    },
  };
}
