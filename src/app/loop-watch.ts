import type {Surface} from '../model/surface.ts';
import {encodeMidi} from '../wire/midi-message.ts';
import {initialStream, step} from '../wire/midi-stream.ts';
import type {Clock} from './clock.ts';
import {createSentMessages} from './sent-messages.ts';

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
/** What comes back so long after it was sent is suspicious, … */
const suspiciousMs = 500;
/** … unless something was heard so lately that was never sent: a cable has no words of its own, and a hand on a fader passes where its echo was. */
const ownWordsMs = 250;
/** A hand that is on may rest for longer between its words. It does not rest for ever: the message that takes it off may have been lost, or a device may send none. */
const handMs = 5000;
/** A question comes back within this time or not at all. */
const answerMs = 100;

/** Whether a surface speaks MIDI, so that its port may be looped. */
export function mayLoop({dialect}: Surface): boolean {
  return dialect === 'mackie' || dialect === 'hui' || dialect === 'plain';
}

/**
 * Watches one connection. A message that comes in just as it was sent is suspicious, unless the device had words of its own lately: the question
 * goes out, and what comes in waits until it was answered, at most 100 ms. A device that says itself what it was told, as faders that arrived, is then known for it.
 */
export function createLoopWatch(host: LoopHost): LoopWatch {
  const sentLately = createSentMessages();
  /** Every note that was ever switched on, with its velocity. */
  const lit = new Set<number>();
  /** Keys and touches that went down without ever having been sent: while one is held, a hand may be there. */
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
  const noteHand = (message: Uint8Array): void => {
    const [status = 0, number = 0] = message;
    if (status >> 4 !== 8 && status >> 4 !== 9) return;
    const control = `${status & 15} ${number}`;
    const on = noteOn(message);
    if (on !== undefined && !lit.has(on)) handsOn.add(control);
    else handsOn.delete(control);
  };
  const suspicions = (bytes: Uint8Array): readonly string[] | 'looped' => {
    const next = step(stream, bytes);
    stream = next.state;
    const kinds: string[] = [];
    for (const message of next.messages) {
      const whole = encodeMidi(message);
      if (Buffer.compare(whole, question) === 0) return 'looped';
      const kind = kindOf(whole);
      const nowMs = host.clock.now();
      const sent = sentLately.lookUp(whole);
      noteHand(whole);
      const isLate = sent === undefined || nowMs - sent.atMs > suspiciousMs;
      if (isLate) ownWordsAtMs = nowMs;
      const trustedMs = handsOn.size > 0 ? handMs : ownWordsMs;
      if (isLate || sent.isBack || nowMs - ownWordsAtMs <= trustedMs || repeated.has(kind)) continue;
      sent.back();
      kinds.push(kind);
    }
    return kinds;
  };

  return {
    ask,
    sent(bytes) {
      const nowMs = host.clock.now();
      for (const message of messagesIn(bytes)) {
        sentLately.note(message, nowMs);
        const on = noteOn(message);
        if (on !== undefined) lit.add(on);
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

/** A note that goes on, with its velocity, as one number; undefined of all other messages. */
function noteOn([status = 0, number = 0, velocity = 0]: Uint8Array): number | undefined {
  return status >> 4 === 9 && velocity > 0 ? (status << 16) | (number << 8) | velocity : undefined;
}

/** Messages that differ only in their value are of one kind. */
function kindOf(bytes: Uint8Array): string {
  return bytes[0] === 0xf0 || (bytes[0] ?? 0) >= 0xe0 ? String(bytes[0]) : `${bytes[0]} ${bytes[1]}`;
}
