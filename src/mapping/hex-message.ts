/** What is wrong with a MIDI message written in hex, in a sentence, or its bytes. */
export type HexMessage =
  | {readonly state: 'good'; readonly bytes: Uint8Array}
  | {readonly state: 'bad'; readonly reason: string};

/**
 * Reads one whole MIDI message from hex bytes with spaces between: a channel message with all its data bytes,
 * or a System Exclusive message from F0 to F7 (MIDI 1.0).
 */
export function readHexMessage(text: string): HexMessage {
  const words = text.trim().split(/\s+/);
  const wrong = words.find((word) => !/^[0-9a-fA-F]{2}$/.test(word));
  if (wrong !== undefined) return {state: 'bad', reason: `"${wrong.slice(0, 20)}" is not a byte of two hex digits`};
  const bytes = Uint8Array.from(words, (word) => Number.parseInt(word, 16));
  const status = bytes[0] ?? 0;
  const data = status === 0xf0 ? bytes.subarray(1, -1) : bytes.subarray(1);
  if (status < 0x80) return {state: 'bad', reason: 'a MIDI message begins with a status byte, 80 or above'};
  if (status === 0xf0 && bytes.at(-1) !== 0xf7)
    return {state: 'bad', reason: 'a message that begins with F0 ends with F7'};
  if (status > 0xf0) return {state: 'bad', reason: 'only channel messages and F0 … F7 can be sent'};
  if (data.some((byte) => byte > 0x7f)) return {state: 'bad', reason: 'data bytes are 00 to 7F'};
  const needed = status >= 0xc0 && status < 0xe0 ? 1 : 2;
  if (status !== 0xf0 && data.length !== needed) {
    return {state: 'bad', reason: `this message has ${needed} data ${needed === 1 ? 'byte' : 'bytes'}`};
  }
  return {state: 'good', bytes};
}
