/** Numbers of the Longthrow protocol: the lowest byte first. What lies past the end reads as 0. */

/** 16 bits, 0…65,535. */
export function u16At(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

/** 32 bits, 0…4,294,967,295. */
export function u32At(bytes: Uint8Array, at: number): number {
  return (u16At(bytes, at) | (u16At(bytes, at + 2) << 16)) >>> 0;
}

/** The two bytes of a number; higher bits are lost. */
export function u16Bytes(value: number): readonly number[] {
  return [value & 0xff, (value >>> 8) & 0xff];
}

/** The four bytes of a number; higher bits are lost. */
export function u32Bytes(value: number): readonly number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff];
}

/** Numbers of 16 bits from `at` to the end, which lies at an even distance. */
export function u16List(bytes: Uint8Array, at: number): readonly number[] {
  const list: number[] = [];
  for (let place = at; place + 1 < bytes.length; place += 2) list.push(u16At(bytes, place));
  return list;
}
