import {type RefusedVector, toHex} from '../../src/app/conform/vectors.ts';
import {encodeFrame} from '../../src/wire/longthrow/codec.ts';
import {frameCheck} from '../../src/wire/longthrow/crc.ts';
import {frame} from '../../src/wire/longthrow/framer.ts';

const session = 0xef;
const mtu = 64;
const goodFrame = encodeFrame({message: {type: 'keyframe-request'}, sequence: 3}, session);
const good = toHex(goodFrame);

/** What must be dropped, why, and that what stands behind it is heard. The hand that wrote `heard` was not the codec's. */
export const refusals: readonly RefusedVector[] = [
  on('modem probe', 'noise', text('AT\r\nATI\r\nAT+GCAP\r\n'), []),
  on('modem probe, then a frame', 'noise', `${text('AT\r\n')} ${good}`, ['cobs', 'keyframe-request']),
  on('delimiters alone', 'noise', '00 00 00 00', []),
  on('the end of a frame, then a frame', 'noise', `${toHex(goodFrame.subarray(3))} ${good}`, [
    'cobs',
    'keyframe-request',
  ]),
  on('a run without its end', 'noise', `00 05 11 22 00 ${good}`, ['cobs', 'keyframe-request']),
  on('code FF without its 254 bytes', 'noise', `00 ff 11 22 00 ${good}`, ['cobs', 'keyframe-request']),
  on('two frames with one delimiter between', 'framing', `${good} ${good.slice(3)}`, [
    'keyframe-request',
    'keyframe-request',
  ]),
  on('empty body', 'framing', '00 01 00', ['short']),
  on('four bytes', 'framing', framed([0x70, 0, 1, 2]), ['short']),
  on('65 bytes where 64 are the most', 'oversized', `${framed(Array.from({length: 65}, () => 0x55))} ${good}`, [
    'oversized',
    'keyframe-request',
  ]),
  on('64 bytes are not too many', 'oversized', framed(Array.from({length: 64}, () => 0x55)), ['crc']),
  on('300 bytes without a delimiter, then a frame', 'oversized', `00 ${'55 '.repeat(300)}${good}`, [
    'oversized',
    'keyframe-request',
  ]),
  on('one bit wrong in the payload', 'crc', flip(encoded('lamps'), 5), ['crc']),
  on('one bit wrong in the check', 'crc', flip(encoded('lamps'), 7), ['crc']),
  on('check of high and low byte exchanged', 'crc', framed([0x70, 3, 8, ...[...checkOf([0x70, 3, 8])].reverse()]), [
    'crc',
  ]),
  on(
    'frame of another session',
    'session',
    toHex(encodeFrame({message: {type: 'keyframe-request'}, sequence: 0}, 0x12)),
    ['crc'],
  ),
  on('frame of no session', 'session', toHex(encodeFrame({message: {type: 'keyframe-request'}, sequence: 0}, 0)), [
    'crc',
  ]),
  on(
    'hello request with the seed of the session',
    'session',
    bodied([0x70, 0, 1, 1, 1, 0xef, 0xbe, 0xad, 0xde, 64, 100], session, true),
    ['crc'],
  ),
  on('wire major 0', 'reserved', bodied([0x30, 0, 8]), ['version']),
  on('wire major 2', 'reserved', bodied([0xb0, 0, 8]), ['version']),
  on('reserved bit 0', 'reserved', bodied([0x71, 0, 8]), ['reserved']),
  on('reserved bit 1', 'reserved', bodied([0x72, 0, 8]), ['reserved']),
  on('time stamp outside of STATE', 'reserved', bodied([0x78, 0, 8, 0, 0]), ['reserved']),
  on('more outside of a keyframe', 'reserved', bodied([0x44, 0, 0x22, 0, 1, 9]), ['reserved']),
  on(
    'reserved bit in the state of a heartbeat',
    'reserved',
    bodied([0x70, 0, 5, session, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ['malformed'],
  ),
  on('time stamp that is not there', 'malformed', bodied([0x48, 0, 0x22]), ['malformed']),
  on('lamps with a count of none', 'malformed', bodied([0x40, 0, 0x22, 0, 0]), ['malformed']),
  on('lamps, one fewer than counted', 'malformed', bodied([0x40, 0, 0x22, 0, 3, 1, 1]), ['malformed']),
  on('lamps, one more than counted', 'malformed', bodied([0x40, 0, 0x22, 0, 1, 1, 1]), ['malformed']),
  on('lamps beyond the last number', 'malformed', bodied([0x40, 0, 0x22, 255, 2, 1, 1]), ['malformed']),
  on('motors with an empty mask', 'malformed', bodied([0x40, 0, 0x20, 0, 0]), ['malformed']),
  on('motor beyond the last number', 'malformed', bodied([0x40, 0, 0x20, 249, 0x80, 0, 0]), ['malformed']),
  on('warning of severity 5', 'malformed', bodied([0x40, 0, 0x23, 0, 1, 0x51]), ['malformed']),
  on('ring with a position and not lit', 'malformed', bodied([0x40, 0, 0x26, 0, 1, 1, 0]), ['malformed']),
  on('lamps in class SYSTEM', 'malformed', bodied([0x70, 0, 0x22, 0, 1, 1]), ['malformed']),
  on('text of 33 bytes', 'malformed', bodied([0x50, 0, 0x24, 0, ...Array.from({length: 33}, () => 0x61)]), [
    'malformed',
  ]),
  on('buttons from an odd number', 'malformed', bodied([0x40, 0, 0x12, 1, 0x11]), ['malformed']),
  on('encoder with half an accumulator', 'malformed', bodied([0x40, 0, 0x13, 0, 1]), ['malformed']),
  on('keyframe without a section', 'malformed', bodied([0x40, 0, 0x1f]), ['malformed']),
  on('keyframe with a section past its end', 'malformed', bodied([0x40, 0, 0x1f, 0x12, 3, 0, 0x11]), ['malformed']),
  on('keyframe with meters in it', 'malformed', bodied([0x40, 0, 0x1f, 0x21, 3, 0, 1, 9]), ['malformed']),
  on('hello request whose session would be 0', 'malformed', bodied([0x70, 0, 1, 1, 1, 0, 0xbe, 0xad, 0xde, 64, 100]), [
    'malformed',
  ]),
  on('hello request with an MTU of 47', 'malformed', bodied([0x70, 0, 1, 1, 1, 0xef, 0xbe, 0xad, 0xde, 47, 100]), [
    'malformed',
  ]),
  on('acknowledgement with five credits', 'malformed', bodied([0x60, 0, 0, 0, 5, 0]), ['malformed']),
  on('unknown STATE type', 'unknown', bodied([0x40, 0, 0x2f, 1, 2]), ['unknown']),
  on('unknown RELIABLE type', 'unknown', bodied([0x50, 0, 0x3f]), ['unknown']),
  on('type of a registered profile', 'unknown', bodied([0x40, 0, 0x80]), ['unknown']),
  on('type of a vendor', 'unknown', bodied([0x50, 0, 0xff, 1]), ['unknown']),
];

function on(name: string, group: string, wire: string, heard: readonly string[]): RefusedVector {
  return {name, group, session, mtu, wire, heard};
}

function text(characters: string): string {
  return toHex(new TextEncoder().encode(characters));
}

function framed(body: readonly number[]): string {
  return toHex(frame(Uint8Array.from(body)));
}

function checkOf(bytes: readonly number[], seed = session): Uint8Array {
  const check = frameCheck(Uint8Array.from(bytes), bytes.length, seed);
  return Uint8Array.of(check & 0xff, check >> 8);
}

/** A frame with a right check around these bytes. */
function bodied(bytes: readonly number[], seed = session, always = false): string {
  const isHello = bytes[2] === 1 || bytes[2] === 2;
  return framed([...bytes, ...checkOf(bytes, isHello && !always ? 0 : seed)]);
}

function encoded(type: 'lamps'): Uint8Array {
  return encodeFrame({message: {type, first: 1, levels: [1, 2, 3]}, sequence: 1}, session);
}

function flip(wire: Uint8Array, at: number): string {
  return toHex(wire.map((byte, index) => (index === at ? byte ^ 0x40 : byte)));
}
