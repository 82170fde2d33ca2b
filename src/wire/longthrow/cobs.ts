/**
 * Consistent overhead byte stuffing (Cheshire and Baker, 1999): bytes without any 00, so that 00 can stand between frames.
 *
 *   code  n−1 bytes, none of them 00       the code n is 01…FE: a 00 follows them in the original, but not at the very end
 *   FF    254 bytes, none of them 00       no 00 follows
 */

/** The stuffed bytes. */
export function stuff(bytes: Uint8Array): Uint8Array {
  const stuffed = new Uint8Array(bytes.length + Math.floor(bytes.length / 254) + 1);
  let codeAt = 0;
  let at = 1;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte !== 0) stuffed[at++] = byte;
    const run = at - codeAt;
    if (byte === 0 || (run === 0xff && index + 1 < bytes.length)) {
      stuffed[codeAt] = run;
      codeAt = at++;
    }
  }
  stuffed[codeAt] = at - codeAt;
  return stuffed.subarray(0, at);
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
  return stuffed.length === 0 ? undefined : bytes.subarray(0, length);
}
