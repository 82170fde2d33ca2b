import {stuffInto, stuffingOf, unstuff} from './cobs.ts';

/**
 * The incremental reader of a byte stream: any bytes, in any chunks, give the same bodies and never an error.
 *
 *   00 | COBS(body) | 00     a delimiter before and after each frame; nothing between two delimiters is no frame
 *
 * What grows past the longest body is dropped up to the next delimiter: noise never fills the memory, and never costs the frame after it.
 */
export interface Framer {
  /** Longest body in bytes that is taken. */
  readonly mtu: number;
  /** What came since the last delimiter. */
  readonly held: Uint8Array;
  readonly oversized: boolean;
}

/** What stood between two delimiters. */
export type Framed =
  | {readonly type: 'body'; readonly body: Uint8Array}
  | {readonly type: 'dropped'; readonly fault: 'oversized' | 'cobs'};

const nothing = new Uint8Array(0);

/** Body lengths that the protocol knows, in bytes; 64 is usual. */
export const mtuLimits = {lowest: 48, usual: 64, highest: 250} as const;

/** The reader before the first byte. */
export function newFramer(mtu: number = mtuLimits.highest): Framer {
  return {mtu, held: nothing, oversized: false};
}

/** The reader after these bytes, and what they completed, in order. The bytes may be reused afterwards. */
export function step(state: Framer, bytes: Uint8Array): {readonly state: Framer; readonly frames: readonly Framed[]} {
  const frames: Framed[] = [];
  // One more than the body: what stuffing adds to up to 254 bytes.
  const longest = state.mtu + 1;
  let {held, oversized} = state;
  let start = 0;
  for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
    const length = held.length + end - start;
    if (oversized || length > longest) frames.push({type: 'dropped', fault: 'oversized'});
    else if (length > 0) frames.push(framedOf(join(held, bytes.subarray(start, end))));
    held = nothing;
    oversized = false;
    start = end + 1;
  }
  if (start < bytes.length && !oversized) {
    oversized = held.length + bytes.length - start > longest;
    held = oversized ? nothing : join(held, bytes.slice(start));
  }
  const same = held === state.held && oversized === state.oversized;
  return {state: same ? state : {mtu: state.mtu, held, oversized}, frames};
}

/** A body as it goes on the line. */
export function frame(body: Uint8Array): Uint8Array {
  const framed = new Uint8Array(body.length + stuffingOf(body.length) + 2);
  const end = stuffInto(framed, 1, body) + 1;
  return end === framed.length ? framed : framed.subarray(0, end);
}

function framedOf(stuffed: Uint8Array): Framed {
  const body = unstuff(stuffed);
  return body === undefined ? {type: 'dropped', fault: 'cobs'} : {type: 'body', body};
}

function join(before: Uint8Array, after: Uint8Array): Uint8Array {
  if (before.length === 0) return after;
  const joined = new Uint8Array(before.length + after.length);
  joined.set(before);
  joined.set(after, before.length);
  return joined;
}
