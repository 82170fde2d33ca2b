import {decodeBody, encodeFrame, type Frame} from '../../wire/longthrow/codec.ts';
import {newFramer, step} from '../../wire/longthrow/framer.ts';
import {classOf, type Message} from '../../wire/longthrow/message.ts';
import type {Deed, Target} from './target.ts';

/** A frame that the device sent whole at a time. */
export interface Heard {
  readonly atMs: number;
  readonly frame: Frame;
}

/** How a frame differs from what its turn would be. */
export interface SayOptions {
  readonly sequence?: number;
  readonly session?: number;
}

/** The kit's end of the line: knows sessions, sequences and acknowledgements, and remembers all. It judges nothing. */
export interface Host {
  readonly target: Target;
  /** All frames since the beginning, in order. */
  readonly heard: readonly Heard[];
  /** All that the device did, bytes too. */
  readonly deeds: readonly Deed[];
  /** Bytes of the device that are no frame, a sentence each. */
  readonly unreadable: readonly string[];
  readonly session: () => number;
  /** What happens by itself; may be changed at any time. */
  readonly habits: Habits;
  /** Sends a message in its turn; a hello request of another session begins everything anew. */
  say(message: Message, options?: SayOptions): Promise<void>;
  raw(bytes: Uint8Array): Promise<void>;
  order(text: string): Promise<void>;
  /** Switches the device off and on; false where that cannot be done. */
  restart(): Promise<boolean>;
  /** Time passes, and what is due by itself is done. */
  run(ms: number): Promise<void>;
  runTo(ms: number): Promise<void>;
}

export interface Habits {
  /** ms between heartbeats, undefined for none. */
  beatEveryMs: number | undefined;
  /** Whether they say that sound plays. */
  live: boolean;
  /** Whether reliable frames of the device are acknowledged. */
  acknowledges: boolean;
  /** Whether a frame is lost: asked for each, of either way. */
  loses: () => boolean;
}

/** How finely time passes while a reliable frame may come, which is acknowledged within this many ms. */
const fineMs = 5;
/** How long after reliable frames time passes finely. */
const reliableMs = 400;
const coarseMs = 50;

/** A host at the other end of a device's line. */
export function newHost(target: Target, given: Partial<Habits> = {}): Host {
  const heard: Heard[] = [];
  const deeds: Deed[] = [];
  const unreadable: string[] = [];
  const habits: Habits = {beatEveryMs: undefined, live: false, acknowledges: true, loses: () => false, ...given};
  const sequences = new Map<string, number>();
  let framer = newFramer();
  let [session, expected, beatAt, fineUntil] = [0, 0, 0, 0];
  let wasUnreadable = false;

  const take = (done: readonly Deed[]): void => {
    for (const deed of done) {
      deeds.push(deed);
      if (deed.type !== 'sent') continue;
      const next = step(framer, deed.bytes);
      framer = next.state;
      for (const framed of next.frames) {
        // A frame that the end of a session cut off is no fault.
        if (framed.type === 'dropped') continue;
        const decoded = decodeBody(framed.body, session);
        if (decoded.state === 'good') {
          // What stood before a hello was cut off with its session.
          if (decoded.frame.message.type === 'hello' && wasUnreadable) unreadable.pop();
          wasUnreadable = false;
          if (!habits.loses()) heard.push({atMs: deed.atMs, frame: decoded.frame});
        } else if (session !== 0) {
          wasUnreadable = true;
          unreadable.push(`at ${Math.round(deed.atMs)} ms it sent what cannot be read: ${JSON.stringify(decoded)}`);
        }
      }
    }
  };
  const send = async (frame: Frame, ofSession: number): Promise<void> => {
    if (!habits.loses()) take(await target.send(encodeFrame(frame, ofSession)));
  };
  const say = async (message: Message, options: SayOptions = {}): Promise<void> => {
    if (message.type === 'hello-request' && (message.nonce & 0xff) !== session) {
      session = message.nonce & 0xff;
      sequences.clear();
      expected = 0;
    }
    const messageClass = classOf(message);
    const next = sequences.get(messageClass) ?? 0;
    const sequence = options.sequence ?? next;
    if (options.sequence === undefined && options.session === undefined) sequences.set(messageClass, (next + 1) & 0xff);
    if (messageClass === 'reliable') fineUntil = target.now() + reliableMs;
    await send({message, sequence}, options.session ?? session);
  };
  const acknowledge = async (from: number): Promise<void> => {
    for (const {frame} of heard.slice(from)) {
      if (classOf(frame.message) !== 'reliable') continue;
      fineUntil = target.now() + reliableMs;
      if (frame.sequence === expected) expected = (expected + 1) & 0xff;
      if (habits.acknowledges) await say({type: 'ack', next: expected, credits: 1, status: 0});
    }
  };
  const beat = async (): Promise<void> => {
    const {beatEveryMs, live} = habits;
    if (beatEveryMs === undefined || session === 0 || target.now() < beatAt) return;
    beatAt = target.now() + beatEveryMs;
    const counts = {heard: 0, crcFaults: 0, overruns: 0, resyncs: 0, descriptor: 0};
    await say({type: 'heartbeat', session, state: live ? 1 : 0, ...counts});
  };
  const runTo = async (toMs: number): Promise<void> => {
    while (target.now() < toMs) {
      await beat();
      const before = heard.length;
      const now = target.now();
      const next = habits.beatEveryMs === undefined ? toMs : Math.max(now + 1, beatAt);
      const stride = now < fineUntil ? fineMs : coarseMs;
      take(await target.advance(Math.min(toMs, next, now + stride)));
      await acknowledge(before);
    }
  };

  return {
    target,
    heard,
    deeds,
    unreadable,
    session: () => session,
    habits,
    say,
    raw: async (bytes) => take(await target.send(bytes)),
    order: async (text) => take(await target.order(text)),
    async restart() {
      if (target.restart === undefined) return false;
      session = 0;
      sequences.clear();
      expected = 0;
      take(await target.restart());
      return true;
    },
    run: (ms) => runTo(target.now() + ms),
    runTo,
  };
}
