/**
 * TOUCH, device to host: 11, STATE, and BUTTON, device to host: 12, STATE
 *   0 first, even   1 counters of four bits, two a byte, low nibble first
 *
 * A counter goes up by one at each press and at each release: odd is pressed. Two of them tell how often a button was pressed between, so that
 * a lost frame never loses a press. When a session begins they stand at 0, or at 15 for what is held just then.
 */
export interface EdgeCounters {
  readonly type: 'touches' | 'buttons';
  readonly first: number;
  /** 0…15 each, from `first` on; an even number of them. */
  readonly counters: readonly number[];
}

/** What happened at one button. */
export type Edge = 'pressed' | 'released';

/** Before anything was heard in a session. */
const initialCounter = 0;
const heldBefore = 15;

/** Reads either; undefined where it is malformed. */
export function readEdgeCounters(type: EdgeCounters['type'], payload: Uint8Array): EdgeCounters | undefined {
  const [first = 0] = payload;
  if (payload.length < 2 || (first & 1) !== 0 || first + 2 * (payload.length - 1) > 256) return undefined;
  const counters: number[] = [];
  for (let at = 1; at < payload.length; at++) {
    const pair = payload[at] ?? 0;
    counters.push(pair & 0x0f, pair >> 4);
  }
  return {type, first, counters};
}

/** Writes either. */
export function writeEdgeCounters({first, counters}: EdgeCounters): readonly number[] {
  const pairs = Array.from({length: Math.ceil(counters.length / 2)}, (_, pair) => {
    return ((counters[2 * pair] ?? 0) & 0x0f) | (((counters[2 * pair + 1] ?? 0) & 0x0f) << 4);
  });
  return [first, ...pairs];
}

/**
 * What happened at a button between two of its counters, in order. `before` is undefined at the first look in a session: what was held before it
 * began is then no press.
 */
export function edgesBetween(before: number | undefined, after: number): readonly Edge[] {
  if (before === undefined && after === heldBefore) return [];
  const from = before ?? initialCounter;
  return Array.from({length: (after - from) & 0x0f}, (_, step) => ((from + step) & 1 ? 'released' : 'pressed'));
}

/** Whether a counter says that the button is down. */
export function isDown(counter: number): boolean {
  return (counter & 1) === 1;
}
