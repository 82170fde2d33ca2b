/**
 * Consistent overhead byte stuffing (Cheshire and Baker, 1999): bytes without any 00, so that 00 can stand between frames.
 *
 *   code  n−1 bytes, none of them 00       the code n is 01…FE: a 00 follows them in the original, but not at the very end
 *   FF    254 bytes, none of them 00       no 00 follows
 */

/** Bytes that stuffing adds at most to so many. */
export function stuffingOf(length: number): number {
  return Math.floor(length / 254) + 1;
}

/** Writes the stuffed bytes into others from `at` on, where there must be room; gives where they end. */
export function stuffInto(target: Uint8Array, at: number, bytes: Uint8Array): number {
  let codeAt = at;
  let next = at + 1;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte !== 0) target[next++] = byte;
    const run = next - codeAt;
    if (byte === 0 || (run === 0xff && index + 1 < bytes.length)) {
      target[codeAt] = run;
      codeAt = next++;
    }
  }
  target[codeAt] = next - codeAt;
  return next;
}

/** The stuffed bytes. */
export function stuff(bytes: Uint8Array): Uint8Array {
  const stuffed = new Uint8Array(bytes.length + stuffingOf(bytes.length));
  return stuffed.subarray(0, stuffInto(stuffed, 0, bytes));
}

/** The original of stuffed bytes; undefined where none can have been stuffed like this. */
export function unstuff(stuffed: Uint8Array): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.max(0, stuffed.length - 1));
  let length = 0;
  for (let at = 0; at < stuffed.length; ) {
    const code = stuffed[at] ?? 0;
    const end = at + code;
    if (code === 0 || end > stuffed.length) return undefined;
    for (at += 1; at < end; at++) {
      const byte = stuffed[at] ?? 0;
      if (byte === 0) return undefined;
      bytes[length++] = byte;
    }
    if (code !== 0xff && at < stuffed.length) bytes[length++] = 0;
  }
  if (stuffed.length === 0) return undefined;
  return length === bytes.length ? bytes : bytes.subarray(0, length);
}
