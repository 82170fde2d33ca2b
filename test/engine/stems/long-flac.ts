import {crc8, crc16} from '../../../src/engine/stems/checksum.ts';
import {readFlacFrameHeader} from '../../../src/engine/stems/flac-frame.ts';
import {fixtureBytes} from './scratch.ts';

const frameSamples = 1152;

/** A FLAC file of any length: the frames of `tone.flac` again and again, numbered anew, with right checksums. */
export async function longFlac(seconds: number): Promise<Uint8Array> {
  const tone = await fixtureBytes('tone.flac');
  const starts = [...tone.keys()].filter((at) => readFlacFrameHeader(tone, at) !== undefined);
  const [first = 0] = starts;
  const count = Math.ceil((seconds * 44_100) / frameSamples);
  const head = Buffer.from(tone.subarray(0, 42));
  head.writeUInt8(0x80, 4);
  head.writeUInt32BE(count * frameSamples, 22);
  head.fill(0, 26, 42);
  const parts: Uint8Array[] = [head];
  for (let number = 0; number < count; number++) {
    // All but the last one, which is shorter.
    const index = number % (starts.length - 1);
    parts.push(renumber(tone.subarray(starts[index] ?? first, starts[index + 1] ?? first), number));
  }
  return Buffer.concat(parts);
}

function renumber(frame: Uint8Array, number: number): Uint8Array {
  const bytes = readFlacFrameHeader(frame, 0)?.bytes ?? 0;
  // The fixture's numbers have one byte each; what stands behind them (block size or rate, if any) is kept.
  const coded = Buffer.from(String.fromCodePoint(number));
  const header = Buffer.concat([frame.subarray(0, 4), coded, frame.subarray(5, bytes - 1), Buffer.alloc(1)]);
  header.writeUInt8(crc8(header, 0, header.length - 1), header.length - 1);
  const whole = Buffer.concat([header, frame.subarray(bytes)]);
  whole.writeUInt16BE(crc16(whole, 0, whole.length - 2), whole.length - 2);
  return whole;
}
