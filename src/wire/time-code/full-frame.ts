import {isTimeCode, rateBits, rateOfBits, type TimeCode} from './time-code.ts';

/**
 * MIDI time code, full frame: F0 7F dd 01 01 0rrhhhhh mm ss ff F7, sent where time stands or jumps. dd is the device, 7F all of them.
 * Data here is what stands between F0 and F7.
 */
const allDevices = 0x7f;

/** A code as a full frame for all devices. */
export function fullFrameData({rate, hours, minutes, seconds, frames}: TimeCode): Uint8Array {
  return Uint8Array.of(0x7f, allDevices, 1, 1, (rateBits(rate) << 5) | hours, minutes, seconds, frames);
}

/** The code of a full frame; undefined for every other SysEx, and for codes that cannot be. */
export function readFullFrame(data: Uint8Array): TimeCode | undefined {
  const [universal, , sub, kind, hour = 0, minutes = 0, seconds = 0, frames = 0] = data;
  if (data.length !== 8 || universal !== 0x7f || sub !== 1 || kind !== 1) return undefined;
  const code = {rate: rateOfBits(hour >> 5), hours: hour & 0x1f, minutes, seconds, frames};
  return isTimeCode(code) ? code : undefined;
}
