import type {Acknowledgement} from '../wire/longthrow/acknowledgement.ts';
import type {Message} from '../wire/longthrow/message.ts';

/** What must arrive once and in order at a home-made surface: the host's half of class RELIABLE, as values. */
export interface ReliableSender {
  /** Sequence number of the next new message. */
  readonly next: number;
  /** How many the device takes before it acknowledges. */
  readonly credits: number;
  /** Under way and not acknowledged, oldest first. */
  readonly sent: readonly Underway[];
  /** Not sent yet. A newer text of a display has taken the place of an older one. */
  readonly waiting: readonly Message[];
}

/** A message that the device has not acknowledged. */
export interface Underway {
  readonly sequence: number;
  readonly message: Message;
  /** How often it was sent. */
  readonly attempts: number;
  /** Pulses of the host since it was sent last. */
  readonly pulses: number;
}

/** A message that was taken, with what became of it. */
export interface Done {
  readonly message: Message;
  readonly status: number;
}

/** A message goes out again after so many pulses without an acknowledgement, and so often at most. */
const pulsesBetween = 2;
const mostAttempts = 10;

/** A sender at the beginning of a session; `credits` 1…4 from the hello. */
export function newReliableSender(credits: number): ReliableSender {
  return {next: 0, credits, sent: [], waiting: []};
}

/** The sender with one more message to send. */
export function queue(sender: ReliableSender, message: Message): ReliableSender {
  const replaced = message.type === 'text' ? sender.waiting.findIndex((other) => isSameDisplay(other, message)) : -1;
  const waiting = replaced < 0 ? [...sender.waiting, message] : sender.waiting.with(replaced, message);
  return {...sender, waiting};
}

/** What may go out now, and the sender that knows it. */
export function release(sender: ReliableSender): {
  readonly sender: ReliableSender;
  readonly out: readonly Underway[];
} {
  const room = Math.max(0, sender.credits - sender.sent.length);
  if (room === 0 || sender.waiting.length === 0) return {sender, out: []};
  const out = sender.waiting
    .slice(0, room)
    .map((message, index): Underway => ({sequence: (sender.next + index) & 0xff, message, attempts: 1, pulses: 0}));
  const next = (sender.next + out.length) & 0xff;
  return {sender: {...sender, next, sent: [...sender.sent, ...out], waiting: sender.waiting.slice(room)}, out};
}

/** The sender after an acknowledgement, and what it says of messages that were under way. One of the past says nothing. */
export function acknowledge(
  sender: ReliableSender,
  {next, credits, status}: Acknowledgement,
): {readonly sender: ReliableSender; readonly done: readonly Done[]} {
  const [oldest] = sender.sent;
  const taken = oldest === undefined ? 0 : (next - oldest.sequence) & 0xff;
  if (taken > sender.sent.length) return {sender, done: []};
  // Its status is that of the last one taken; those before it were taken well enough to go on.
  const done = sender.sent
    .slice(0, taken)
    .map(({message}, index) => ({message, status: index === taken - 1 ? status : 0}));
  const sent = sender.sent.slice(taken);
  return {sender: {...sender, sent, credits: Math.max(1, credits)}, done};
}

/** The sender after a pulse, what goes out again, and whether the device has ignored a message too often. */
export function pulse(sender: ReliableSender): {
  readonly sender: ReliableSender;
  readonly out: readonly Underway[];
  readonly broken: boolean;
} {
  if (sender.sent.length === 0) return {sender, out: [], broken: false};
  const out: Underway[] = [];
  const sent = sender.sent.map((one) => {
    if (one.pulses + 1 < pulsesBetween) return {...one, pulses: one.pulses + 1};
    const again = {...one, attempts: one.attempts + 1, pulses: 0};
    out.push(again);
    return again;
  });
  return {sender: {...sender, sent}, out, broken: sent.some(({attempts}) => attempts > mostAttempts)};
}

function isSameDisplay(one: Message, other: Message): boolean {
  return one.type === 'text' && other.type === 'text' && one.display === other.display;
}
