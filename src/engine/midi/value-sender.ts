import type {MidiAddressKey} from '../../model/midi-profile.ts';
import {encodeValue, type HeardValue} from '../../wire/controller-values.ts';
import type {Slot} from './wire-plan.ts';

/**
 * The rule by which values go to a device, without clock or wire: per address only the newest value waits, no value goes out that the device has,
 * and in no `windowMs` more bytes than the wire bears in that time. Who waits longest goes first.
 */
export interface ValueSender {
  /** The device is to have this at an address. */
  want(key: MidiAddressKey, value: number): void;
  /** The device says that it has this; `news` if nobody here has told it so. */
  heard(value: HeardValue, nowMs: number): 'news' | 'known';
  /** What goes out now, and when to ask again; undefined while nothing waits. */
  due(nowMs: number): {readonly messages: readonly Uint8Array[]; readonly wakeAtMs: number | undefined};
  /** Nothing is known of the device: all that is wanted waits. */
  forget(): void;
}

/** The window over which the pace holds, in ms. */
const windowMs = 100;
/** How soon an address may be sent again, in ms: fifty values a second are a smooth ride. */
const spacingMs = 20;
/** What was sent may come back within so many ms, through a cable or from a device that repeats what it hears, and is no news then. */
const echoMs = 1000;

interface Line {
  readonly slot: Slot;
  wanted: number | undefined;
  /** What the device has; undefined while nobody knows. */
  known: number | undefined;
  sentAtMs: number;
  /** Sent lately, oldest first. */
  sent: {readonly value: number; readonly atMs: number}[];
}

/** `bytesPerSecond`: what the wire bears. */
export function createValueSender(slots: readonly Slot[], bytesPerSecond: number): ValueSender {
  const lines = new Map(slots.map((slot) => [slot.key, newLine(slot)]));
  const waiting = new Set<Line>();
  const room = (bytesPerSecond * windowMs) / 1000;
  let gone: {readonly atMs: number; readonly length: number}[] = [];

  const settle = (line: Line): void => {
    if (line.wanted === undefined || line.wanted === line.known) waiting.delete(line);
    else waiting.add(line);
  };
  const send = (line: Line, wanted: number, bytes: Uint8Array, nowMs: number): void => {
    waiting.delete(line);
    line.known = wanted;
    line.sentAtMs = nowMs;
    line.sent = [...line.sent.filter(({atMs}) => atMs > nowMs - echoMs), {value: wanted, atMs: nowMs}];
    gone.push({atMs: nowMs, length: bytes.length});
  };

  return {
    want(key, value) {
      const line = lines.get(key);
      if (line === undefined) return;
      line.wanted = value;
      settle(line);
    },
    heard({key, value, isCoarse}, nowMs) {
      const line = lines.get(key);
      if (line === undefined) return 'known';
      const isSame = (other: number | undefined): boolean =>
        other !== undefined && (isCoarse ? other >> 7 === value >> 7 : other === value);
      line.sent = line.sent.filter(({atMs}) => atMs > nowMs - echoMs);
      const echoed = line.sent.findIndex((sent) => isSame(sent.value));
      if (echoed >= 0) {
        // The lower half of a value that came in two may follow.
        line.sent = line.sent.slice(isCoarse ? echoed : echoed + 1);
        return 'known';
      }
      if (isSame(line.known)) return 'known';
      line.known = value;
      settle(line);
      return 'news';
    },
    due(nowMs) {
      const messages: Uint8Array[] = [];
      gone = gone.filter(({atMs}) => atMs > nowMs - windowMs);
      let filled = gone.reduce((sum, {length}) => sum + length, 0);
      let wakeAtMs = Number.POSITIVE_INFINITY;
      for (const line of [...waiting]) {
        if (line.wanted === undefined) continue;
        const freeAtMs = line.sentAtMs + spacingMs;
        if (freeAtMs > nowMs) {
          wakeAtMs = Math.min(wakeAtMs, freeAtMs);
          continue;
        }
        const bytes = encodeValue(line.slot.address, line.wanted, line.known);
        if (filled > 0 && filled + bytes.length > room) {
          wakeAtMs = Math.min(wakeAtMs, (gone[0]?.atMs ?? nowMs) + windowMs);
          break;
        }
        filled += bytes.length;
        send(line, line.wanted, bytes, nowMs);
        messages.push(bytes);
      }
      return {messages, wakeAtMs: waiting.size > 0 ? wakeAtMs : undefined};
    },
    forget() {
      for (const line of lines.values()) {
        line.known = undefined;
        line.sent = [];
        settle(line);
      }
    },
  };
}

function newLine(slot: Slot): Line {
  return {slot, wanted: undefined, known: undefined, sentAtMs: Number.NEGATIVE_INFINITY, sent: []};
}
