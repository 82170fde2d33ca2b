import {isTimeCode, rateBits, rateOfBits, type TimeCode} from './time-code.ts';

/**
 * MIDI machine control: F0 7F dd 06 … F7, one command after the other. dd is the device, 7F all of them. Data here is what stands between F0 and F7.
 *
 *   01 stop   02 play   03 deferred play   04 fast forward   05 rewind   06 record strobe   07 record exit   08 record pause   09 pause
 *   44 06 01 0rrhhhhh mm ss ff sf          locate; sf hundredths of a frame
 *   00…3F                                  single bytes
 *   40…77 nn …                             these say how many bytes of data they carry
 *   78…7F                                  handshake, single bytes: 7C wait, 7F resume
 *
 * Source: MIDI Machine Control 1.0.
 */
const singles = {
  1: 'stop',
  2: 'play',
  3: 'deferred-play',
  4: 'fast-forward',
  5: 'rewind',
  6: 'record-strobe',
  7: 'record-exit',
  8: 'record-pause',
  9: 'pause',
} as const;

export type MachineCommand =
  | {readonly type: (typeof singles)[keyof typeof singles]}
  | {
      readonly type: 'locate';
      readonly code: TimeCode;
      /** 0…99. */
      readonly hundredths: number;
    };

const firstCounted = 0x40;
const lastCounted = 0x77;
const locate = 0x44;
const target = 1;
const allDevices = 0x7f;

/** A command for a device, or for all. */
export function machineControlData(command: MachineCommand, device = allDevices): Uint8Array {
  if (command.type === 'locate') {
    const {rate, hours, minutes, seconds, frames} = command.code;
    const hour = (rateBits(rate) << 5) | hours;
    return Uint8Array.of(0x7f, device, 6, locate, 6, target, hour, minutes, seconds, frames, command.hundredths);
  }
  const byte = Object.entries(singles).find(([, name]) => name === command.type)?.[0];
  return Uint8Array.of(0x7f, device, 6, Number(byte));
}

/** The commands of a SysEx for us (`device`) or all; none if it is something else. Unknown ones are passed over; what is cut short ends it. */
export function readMachineControl(data: Uint8Array, device = allDevices): readonly MachineCommand[] {
  const [universal, to, sub] = data;
  const isOurs = to === allDevices || device === allDevices || to === device;
  if (universal !== 0x7f || sub !== 6 || !isOurs) return [];
  const commands: MachineCommand[] = [];
  for (let at = 3; at < data.length; ) {
    const byte = data[at] ?? 0;
    if (byte < firstCounted || byte > lastCounted) {
      const type = Object.entries(singles).find(([key]) => Number(key) === byte)?.[1];
      if (type !== undefined) commands.push({type});
      at += 1;
      continue;
    }
    const length = data[at + 1] ?? 0;
    const end = at + 2 + length;
    if (end > data.length) break;
    const command = byte === locate ? readLocate(data.subarray(at + 2, end)) : undefined;
    if (command !== undefined) commands.push(command);
    at = end;
  }
  return commands;
}

function readLocate(data: Uint8Array): MachineCommand | undefined {
  const [kind, hour = 0, minutes = 0, seconds = 0, frames = 0, hundredths = 0] = data;
  if (kind !== target || data.length < 5) return undefined;
  // The upper bits of the frames are flags, not part of the number.
  const code = {rate: rateOfBits(hour >> 5), hours: hour & 0x1f, minutes, seconds, frames: frames & 0x1f};
  return isTimeCode(code) ? {type: 'locate', code, hundredths: Math.min(99, hundredths)} : undefined;
}
