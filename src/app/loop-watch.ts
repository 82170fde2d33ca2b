import type {Surface} from '../model/surface.ts';
import {encodeMidi} from '../wire/midi-message.ts';
import {initialStream, step} from '../wire/midi-stream.ts';
import type {Clock} from './clock.ts';

/** Notices when a MIDI port's output leads back to its input: then there is no device, and lamps would come back as presses. */
export interface LoopWatch {
  /** Asks at once; what is sent afterwards cannot come back sooner than the question. */
  ask(): void;
  /** Takes note of what goes out. */
  sent(bytes: Uint8Array): void;
  /** Takes what comes in: passes it on, or keeps it for a moment until the question is answered. */
  received(bytes: Uint8Array): void;
  end(): void;
}

/** What a watch does with its port. */
export interface LoopHost {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  send(bytes: Uint8Array): void;
  /** What comes from a true device, in order. */
  pass(bytes: Uint8Array): void;
  /** The question itself came back. */
  looped(): void;
}

/**
 * The universal request for identity (MIDI 1.0, universal SysEx). Devices answer it with another message or not at all; whoever says it is no
 * device.
 */
const question = Uint8Array.of(0xf0, 0x7e, 0x7f, 0x06, 0x01, 0xf7);
const questionKey = keyOf(question);
/** What comes back so long after it was sent is suspicious, … */
const suspiciousMs = 500;
/** … unless something was heard so lately that was never sent: a cable has no words of its own, and a hand on a fader passes where its echo was. */
const ownWordsMs = 250;
/** A question comes back within this time or not at all. */
const answerMs = 100;
/** So many different messages are remembered with the time at which they were sent last: more than a picture is made of. */
const knownMessages = 8192;

/** A message as it is looked up: short ones as one number. */
type Key = number | string;

interface Sent {
  /** When it was sent last. */
  atMs: number;
  /** It came back since. */
  isBack: boolean;
}

/** Whether a surface speaks MIDI, so that its port may be looped. */
export function mayLoop({dialect}: Surface): boolean {
  return dialect === 'mackie' || dialect === 'hui' || dialect === 'plain';
}

/**
 * Watches one connection. A message that comes in just as it was sent is suspicious, unless the device had words of its own lately: the question
 * goes out, and what comes in waits until it was answered, at most 100 ms. A device that says itself what it was told, as faders that arrived, is then known for it.
 */
export function createLoopWatch(host: LoopHost): LoopWatch {
  /** What was sent, the latest last, to within `suspiciousMs`. */
  const known = new Map<Key, Sent>();
  /** Keys and touches that went down without ever having been sent: while one is held, a hand is there. */
  const handsOn = new Set<string>();
  /** Kinds of messages that the device itself repeats. */
  const repeated = new Set<string>();
  /** When something was heard last that had not been sent. */
  let ownWordsAtMs = Number.NEGATIVE_INFINITY;
  const held: Uint8Array[] = [];
  const heldKinds = new Set<string>();
  let stream = initialStream;
  let isOver = false;
  let endWait: (() => void) | undefined;

  const ask = (): void => {
    endWait?.();
    endWait = host.clock.after(answerMs, () => {
      endWait = undefined;
      for (const kind of heldKinds) repeated.add(kind);
      heldKinds.clear();
      for (const bytes of held.splice(0)) if (!isOver) host.pass(bytes);
    });
    host.send(question);
  };
  const note = (whole: Uint8Array, key: Key): void => {
    const [status = 0, number = 0, velocity = 0] = whole;
    if (status >> 4 !== 8 && status >> 4 !== 9) return;
    const control = `${status & 15} ${number}`;
    if (status >> 4 === 9 && velocity > 0 && !known.has(key)) handsOn.add(control);
    else handsOn.delete(control);
  };
  const noteSent = (key: Key, nowMs: number): void => {
    const sent = known.get(key);
    if (sent !== undefined && nowMs - sent.atMs <= suspiciousMs) {
      sent.atMs = nowMs;
      sent.isBack = false;
      return;
    }
    known.delete(key);
    known.set(key, {atMs: nowMs, isBack: false});
  };
  const suspicions = (bytes: Uint8Array): readonly string[] | 'looped' => {
    const next = step(stream, bytes);
    stream = next.state;
    const kinds: string[] = [];
    for (const message of next.messages) {
      const whole = encodeMidi(message);
      const key = keyOf(whole);
      if (key === questionKey) return 'looped';
      const kind = kindOf(whole);
      const nowMs = host.clock.now();
      const sent = known.get(key);
      note(whole, key);
      const isLate = sent === undefined || nowMs - sent.atMs > suspiciousMs;
      if (handsOn.size > 0 || isLate) ownWordsAtMs = nowMs;
      if (isLate || sent.isBack || nowMs - ownWordsAtMs <= ownWordsMs || repeated.has(kind)) continue;
      sent.isBack = true;
      kinds.push(kind);
    }
    return kinds;
  };

  return {
    ask,
    sent(bytes) {
      const nowMs = host.clock.now();
      for (const message of messagesIn(bytes)) noteSent(keyOf(message), nowMs);
      for (const key of known.keys()) {
        if (known.size <= knownMessages) break;
        known.delete(key);
      }
    },
    received(bytes) {
      if (isOver) return;
      const found = suspicions(bytes);
      if (found === 'looped') {
        isOver = true;
        endWait?.();
        host.looped();
        return;
      }
      for (const kind of found) heldKinds.add(kind);
      const isSuspicious = found.length > 0 && endWait === undefined;
      // What is kept stands before an answer that comes at once.
      if (isSuspicious || (heldKinds.size > 0 && endWait !== undefined)) held.push(bytes.slice());
      else host.pass(bytes);
      if (isSuspicious) ask();
    },
    end() {
      isOver = true;
      endWait?.();
    },
  };
}

/** The single messages of what goes out in one piece: two controllers may go together. */
function messagesIn(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes.length <= 3 || bytes[0] === 0xf0) return [bytes];
  return step(initialStream, bytes).messages.map(encodeMidi);
}

function keyOf(bytes: Uint8Array): Key {
  if (bytes.length > 3) return String.fromCharCode(...bytes);
  const [status = 0, first = 0, second = 0] = bytes;
  return (bytes.length << 24) | (status << 16) | (first << 8) | second;
}

/** Messages that differ only in their value are of one kind. */
function kindOf(bytes: Uint8Array): string {
  return bytes[0] === 0xf0 || (bytes[0] ?? 0) >= 0xe0 ? String(bytes[0]) : `${bytes[0]} ${bytes[1]}`;
}
