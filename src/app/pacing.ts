/**
 * The rule by which messages to a surface are paced, without clock or wire. Per key only the newest value waits;
 * lanes go in order; in no window of 100 ms do more bytes go out than the device swallows in that time.
 * Device buffers are small and drivers drop in silence what does not fit: what is sent too fast is lost, not late.
 */
import type {Outgoing} from '../surface/dialect.ts';

type Lane = Outgoing['lane'];

/** What waits, and what went out within the last window. */
export interface Pacing {
  readonly waiting: ReadonlyMap<string, Outgoing>;
  readonly sent: readonly Sent[];
}

interface Sent {
  readonly key: string | undefined;
  readonly atMs: number;
  readonly length: number;
}

export interface PacingStep {
  readonly pacing: Pacing;
  /** To be sent now, in this order. */
  readonly due: readonly Outgoing[];
  /** When to step again; undefined while nothing waits. */
  readonly wakeAtMs: number | undefined;
}

/** The window over which the budget holds, in milliseconds. */
export const windowMs = 100;

/** How soon a key may be sent again, in milliseconds: 50 values a second move a motor smoothly, 10 texts a second can be read. */
const spacingMs: Readonly<Record<Lane, number>> = {state: 20, text: 100, meter: 20, picture: 120};

/** Share of the budget that each lane may fill: what texts and meters leave free lets a fader's answer out at once. */
const share: Readonly<Record<Lane, number>> = {state: 1, text: 0.8, meter: 0.8, picture: 0.8};

const lanes: readonly Lane[] = ['state', 'text', 'meter', 'picture'];

export const idlePacing: Pacing = {waiting: new Map(), sent: []};

/**
 * Takes in what is posted at `nowMs` (which never falls) and says what goes out now. A value keeps the place in the queue that an older one of its
 * key had, so no key waits for ever. A message longer than the budget of a window goes out when the window is empty.
 */
export function stepPacing(
  pacing: Pacing,
  posted: readonly Outgoing[],
  nowMs: number,
  bytesPerSecond: number,
): PacingStep {
  const waiting = new Map(pacing.waiting);
  for (const item of posted) waiting.set(item.key, item);
  const sent = pacing.sent.filter(({atMs}) => atMs > nowMs - windowMs);
  const due: Outgoing[] = [];
  let wakeAtMs = Number.POSITIVE_INFINITY;
  let filled = 0;
  for (const {length} of sent) filled += length;

  for (const lane of lanes) {
    const room = ((bytesPerSecond * windowMs) / 1000) * share[lane];
    for (const item of waiting.values()) {
      if (item.lane !== lane) continue;
      const freeAtMs = freeAt(sent, item);
      if (freeAtMs > nowMs) {
        wakeAtMs = Math.min(wakeAtMs, freeAtMs);
        continue;
      }
      if (filled > 0 && filled + item.bytes.length > room) {
        wakeAtMs = Math.min(wakeAtMs, (sent[0]?.atMs ?? nowMs) + windowMs);
        return {pacing: {waiting, sent}, due, wakeAtMs};
      }
      waiting.delete(item.key);
      due.push(item);
      sent.push({key: item.key, atMs: nowMs, length: item.bytes.length});
      filled += item.bytes.length;
    }
    if (waiting.size === 0) break;
  }
  return {pacing: {waiting, sent}, due, wakeAtMs: waiting.size > 0 ? wakeAtMs : undefined};
}

/** Books bytes that went out past the queue, so that what follows waits for them. */
export function bookPacing(pacing: Pacing, length: number, nowMs: number): Pacing {
  return {...pacing, sent: [...pacing.sent, {key: undefined, atMs: nowMs, length}]};
}

/** When the spacing of the item's key is over. */
function freeAt(sent: readonly Sent[], {key, lane}: Outgoing): number {
  for (let at = sent.length - 1; at >= 0; at--) {
    const earlier = sent[at];
    if (earlier?.key === key) return earlier.atMs + spacingMs[lane];
  }
  return Number.NEGATIVE_INFINITY;
}
