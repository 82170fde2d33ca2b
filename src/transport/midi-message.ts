/**
 * Cuts whole messages out of one run of bytes: drivers of macOS and Windows take one message a call.
 *
 *     1sss nnnn  0ddd dddd …   a status byte and what follows it up to the next status byte
 *     1111 0000  …  1111 0111  system exclusive with its end
 *     1111 1rrr                real time, a message of its own wherever it stands between others
 *
 * Data bytes before the first status belong to no message and are left out.
 */
export function wholeMessages(bytes: Uint8Array): readonly Uint8Array[] {
  const messages: Uint8Array[] = [];
  let start: number | undefined;
  const finish = (end: number): void => {
    if (start !== undefined) messages.push(bytes.subarray(start, end));
    start = undefined;
  };
  for (const [at, byte] of bytes.entries()) {
    if (byte === 0xf7) finish(at + 1);
    else if (byte >= 0x80) {
      finish(at);
      start = at;
      if (byte >= 0xf8) finish(at + 1);
    }
  }
  finish(bytes.length);
  return messages;
}
