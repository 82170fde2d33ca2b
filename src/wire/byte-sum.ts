/** The sum of no bytes. */
export const emptySum = 0x811c_9dc5;

/**
 * A sum of bytes, 0…2³²−1, by which equal ones are known as equal, and different ones as different but for one pair in four milliards; `sum` is that of the bytes
 * before them (FNV-1a of 32 bits, by Fowler, Noll and Vo).
 */
export function byteSum(bytes: Uint8Array, sum = emptySum): number {
  let next = sum;
  for (const byte of bytes) next = Math.imul(next ^ byte, 0x0100_0193);
  return next >>> 0;
}
