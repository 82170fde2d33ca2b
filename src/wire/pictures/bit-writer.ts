/** Writes bits from the highest on, as the scans of JPEG files hold them: a byte FF is followed by 00, and ones fill the last byte. */
export interface BitWriter {
  /** The lowest `count` bits, at most 16. */
  put(bits: number, count: number): void;
  /** All bytes; nothing is written afterwards. */
  finish(): Uint8Array;
}

/** `room`: bytes that will do most times. */
export function newBitWriter(room: number): BitWriter {
  let bytes = new Uint8Array(Math.max(16, room));
  let length = 0;
  let held = 0;
  let count = 0;
  const flush = (): void => {
    while (count >= 8) {
      count -= 8;
      const byte = (held >> count) & 0xff;
      if (length + 2 > bytes.length) {
        const longer = new Uint8Array(2 * bytes.length);
        longer.set(bytes);
        bytes = longer;
      }
      bytes[length++] = byte;
      if (byte === 0xff) bytes[length++] = 0;
    }
    held &= (1 << count) - 1;
  };
  return {
    put(bits, more) {
      held = (held << more) | bits;
      count += more;
      flush();
    },
    finish() {
      if (count > 0) {
        held = (held << (8 - count)) | ((1 << (8 - count)) - 1);
        count = 8;
        flush();
      }
      return bytes.slice(0, length);
    },
  };
}
