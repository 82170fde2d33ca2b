/** TEXT, host to device: 24, RELIABLE:  0 display   1 UTF-8, at most 32 bytes; 0A begins the second line */
export interface Text {
  readonly type: 'text';
  readonly display: number;
  readonly utf8: Uint8Array;
}

/** Most bytes of a text. */
const longestText = 32;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Reads a TEXT; undefined where it is malformed. */
export function readText(payload: Uint8Array): Text | undefined {
  if (payload.length < 1 || payload.length > 1 + longestText) return undefined;
  return {type: 'text', display: payload[0] ?? 0, utf8: payload.slice(1)};
}

/** Writes a TEXT. */
export function writeText({display, utf8}: Text): readonly number[] {
  return [display, ...utf8];
}

/** A text in at most so many bytes: whole characters from its beginning. */
export function utf8Of(text: string, longest: number = longestText): Uint8Array {
  const room = new Uint8Array(longest);
  return room.slice(0, encoder.encodeInto(text, room).written);
}

/** The text of bytes; what is no UTF-8 shows as replacement characters. */
export function textOf(utf8: Uint8Array): string {
  return decoder.decode(utf8);
}
