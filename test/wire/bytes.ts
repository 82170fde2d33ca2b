/** Bytes written as people write them: `90 5E 7F`. */
export function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.split(' ').filter(Boolean), (byte) => Number.parseInt(byte, 16));
}

/** Several byte strings as one. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Bytes cut at the given places, in any order; places outside are taken modulo the length. */
export function cut(whole: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const cuts = [...new Set(places.map((place) => place % (whole.length + 1)))].sort((a, b) => a - b);
  return [0, ...cuts].map((start, index) => whole.slice(start, cuts[index] ?? whole.length));
}
