import {
  type MidiEngine,
  type MidiWire,
  type MidiWireListener,
  openMidiEngine,
} from '../../../src/engine/midi/midi-engine.ts';
import {shippedMappings} from '../../../src/mapping/folder.ts';
import {loadMidiProfiles} from '../../../src/mapping/midi-profiles.ts';
import type {MidiProfile, MidiTarget} from '../../../src/model/midi-profile.ts';
import {type Mixer, newMixer, newStrip} from '../../../src/model/mixer.ts';
import {encodeMidi, type MidiMessage} from '../../../src/wire/midi-message.ts';
import {initialStream, step} from '../../../src/wire/midi-stream.ts';
import {VirtualTimers} from '../../transport/virtual-timers.ts';

export const {profiles, problems: profileProblems} = await loadMidiProfiles(shippedMappings);

export function profileNamed(id: string): MidiProfile {
  const profile = profiles.get(id);
  if (profile === undefined) throw new Error(`there is no profile ${id}`);
  return profile;
}

/** What went over the wire, and when. */
export interface Gone {
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

/** A synthesizer as far as controllers go: what it was told last, 14 bits by the rule that an upper half sets the lower to 0. */
export interface VirtualSynth {
  readonly gone: Gone[];
  /** A controller of a channel as it stands; undefined while nobody set it. */
  controller(channel: number, controller: number): number | undefined;
  /** Upper and lower half together. */
  wide(channel: number, controller: number): number | undefined;
}

export interface MidiRig {
  readonly engine: MidiEngine;
  readonly timers: VirtualTimers;
  readonly synth: VirtualSynth;
  /** The device says this. */
  say(...messages: readonly MidiMessage[]): void;
  /** Told of all bytes that go out. */
  onGone(listener: (bytes: Uint8Array) => void): void;
  unplug(): void;
  plug(): void;
}

/** Strips of the first channels of a device, at 0 dB. */
export function channelStrips(count: number, given: Partial<Mixer> = {}): Mixer {
  const strips = Array.from({length: count}, (_, index) =>
    newStrip({id: `c${index + 1}`, name: `Channel ${index + 1}`, channels: 1}),
  );
  return newMixer({...given, strips: [...strips, ...(given.strips ?? [])]});
}

/** An engine in virtual time, with a device at the end of its wire. */
export function midiRig(
  mixer: Mixer,
  profileId = 'general-midi',
  seconds = 600,
  timers = new VirtualTimers(),
): MidiRig {
  const listeners = new Set<MidiWireListener>();
  const ears: ((bytes: Uint8Array) => void)[] = [];
  const gone: Gone[] = [];
  const controllers = new Map<string, number>();
  let stream = initialStream;
  let isThere = true;
  const wire: MidiWire = {
    get portName() {
      return isThere ? 'Synth' : undefined;
    },
    get reason() {
      return isThere ? undefined : 'the MIDI port "Synth" is not there';
    },
    get cure() {
      return isThere ? undefined : 'plug it in';
    },
    send(bytes) {
      if (!isThere) return;
      gone.push({atMs: timers.nowMs, bytes});
      const read = step(stream, bytes);
      stream = read.state;
      for (const message of read.messages) {
        if (message.type !== 'control-change') continue;
        controllers.set(`${message.channel} ${message.controller}`, message.value);
        if (message.controller < 32) controllers.set(`${message.channel} ${message.controller + 32}`, 0);
      }
      for (const ear of ears) ear(bytes);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {},
  };
  const target: MidiTarget = {
    ...{port: 'Synth', profile: profileId, seconds},
    channels: new Map(mixer.strips.filter(({kind}) => kind === 'stem').map(({id}, index) => [id, index + 1])),
  };
  const engine = openMidiEngine({
    session: {mixer, sampleRate: 48_000},
    target,
    profile: profileNamed(profileId),
    wire,
    clock: {now: timers.now, after: timers.after},
  });
  const turn = (there: boolean): void => {
    isThere = there;
    for (const listener of listeners) listener.changed();
  };
  const controller = (channel: number, number: number): number | undefined => controllers.get(`${channel} ${number}`);
  return {
    engine,
    timers,
    synth: {
      gone,
      controller,
      wide: (channel, number) => {
        const high = controller(channel, number);
        return high === undefined ? undefined : (high << 7) | (controller(channel, number + 32) ?? 0);
      },
    },
    say: (...messages) => {
      for (const listener of listeners) listener.received(messages);
    },
    onGone: (listener) => ears.push(listener),
    unplug: () => turn(false),
    plug: () => turn(true),
  };
}

/** A message as the device says it. */
export function control(channel: number, controller: number, value: number): MidiMessage {
  return {type: 'control-change', channel, controller, value};
}

/** The messages that bytes are. */
export function messagesIn(bytes: Uint8Array): readonly MidiMessage[] {
  return step(initialStream, bytes).messages;
}

/** The bytes that messages are. */
export function bytesOf(messages: readonly MidiMessage[]): Uint8Array {
  return Uint8Array.from(messages.flatMap((message) => [...encodeMidi(message)]));
}
