import type {MidiMessage} from './midi-message.ts';

/**
 * The incremental reader of a MIDI byte stream: any bytes, in any chunks, give the same messages and never an error.
 *
 *   00–7F  data of the message begun or, by running status, of a further one; dropped where none is begun
 *   80–EF  begins a channel message and sets running status
 *   F0     begins a SysEx, which F7 ends
 *   F1–F6  system common: clears running status; F4 and F5 are undefined and dropped
 *   F8–FF  real time: allowed anywhere, even inside other messages, and disturbs nothing; F9 and FD are dropped
 *
 * A SysEx cut by any other status, or longer than `longestSysex`, is lost as a whole: half a message is not a message.
 */
export interface MidiStream {
  /** Status of the message being read or running, 0 for none. */
  readonly status: number;
  /** First data byte of a message of two, −1 while it is missing. */
  readonly first: number;
  /** What was read of a SysEx, newest part first. */
  readonly sysex: SysexPart | undefined;
}

interface SysexPart {
  readonly before: SysexPart | undefined;
  readonly bytes: Uint8Array;
  /** Bytes of this part and of all before it. */
  readonly length: number;
}

/** Data bytes of the longest SysEx that is kept; surfaces send a few hundred at most. */
export const longestSysex = 65_536;

/** The reader before the first byte. */
export const initialStream: MidiStream = {status: 0, first: -1, sysex: undefined};

/** The reader after these bytes, and the messages they completed, in order. The bytes may be reused afterwards. */
export function step(
  state: MidiStream,
  bytes: Uint8Array,
): {readonly state: MidiStream; readonly messages: readonly MidiMessage[]} {
  const messages: MidiMessage[] = [];
  let {status, first, sysex} = state;
  /** Where the run of SysEx data being read begins in `bytes`. */
  let runStart = 0;

  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) {
      if (status === 0 || status === 0xf0) continue;
      if (first < 0 && hasTwoDataBytes(status)) {
        first = byte;
        continue;
      }
      messages.push(first < 0 ? messageOf(status, byte, 0) : messageOf(status, first, byte));
      first = -1;
      if (status > 0xf0) status = 0;
      continue;
    }
    if (status === 0xf0 && at > runStart) sysex = append(sysex, bytes, runStart, at);
    runStart = at + 1;
    if (byte >= 0xf8) {
      const message = realTime[byte - 0xf8];
      if (message !== undefined) messages.push(message);
      continue;
    }
    if (byte === 0xf7 && status === 0xf0 && (sysex?.length ?? 0) <= longestSysex) {
      messages.push({type: 'sysex', data: join(sysex)});
    }
    if (byte === 0xf6) messages.push({type: 'tune-request'});
    sysex = undefined;
    first = -1;
    status = byte >= 0xf4 ? 0 : byte;
  }
  if (status === 0xf0 && bytes.length > runStart) sysex = append(sysex, bytes, runStart, bytes.length);

  const same = status === state.status && first === state.first && sysex === state.sysex;
  return {state: same ? state : {status, first, sysex}, messages};
}

function hasTwoDataBytes(status: number): boolean {
  if (status >= 0xf0) return status === 0xf2;
  return status < 0xc0 || status >= 0xe0;
}

function messageOf(status: number, first: number, second: number): MidiMessage {
  const channel = (status & 0x0f) + 1;
  switch (status & 0xf0) {
    case 0x80:
      return {type: 'note-off', channel, note: first, velocity: second};
    case 0x90:
      return {type: 'note-on', channel, note: first, velocity: second};
    case 0xa0:
      return {type: 'poly-pressure', channel, note: first, pressure: second};
    case 0xb0:
      return {type: 'control-change', channel, controller: first, value: second};
    case 0xc0:
      return {type: 'program-change', channel, program: first};
    case 0xd0:
      return {type: 'channel-pressure', channel, pressure: first};
    case 0xe0:
      return {type: 'pitch-bend', channel, value: (second << 7) | first};
    default:
      if (status === 0xf1) return {type: 'quarter-frame', value: first};
      if (status === 0xf2) return {type: 'song-position', sixteenths: (second << 7) | first};
      return {type: 'song-select', song: first};
  }
}

const realTime: readonly (MidiMessage | undefined)[] = [
  {type: 'clock'},
  undefined,
  {type: 'start'},
  {type: 'continue'},
  {type: 'stop'},
  undefined,
  {type: 'active-sensing'},
  {type: 'reset'},
];

function append(before: SysexPart | undefined, bytes: Uint8Array, start: number, end: number): SysexPart {
  const length = (before?.length ?? 0) + end - start;
  if (length > longestSysex) return overlong;
  return {before, bytes: bytes.slice(start, end), length};
}

/** Stands for a SysEx that will be dropped, and keeps none of it. */
const overlong: SysexPart = {before: undefined, bytes: new Uint8Array(0), length: longestSysex + 1};

function join(last: SysexPart | undefined): Uint8Array {
  if (last === undefined) return new Uint8Array(0);
  if (last.before === undefined) return last.bytes;
  const data = new Uint8Array(last.length);
  let end = last.length;
  for (let part: SysexPart | undefined = last; part !== undefined; part = part.before) {
    end -= part.bytes.length;
    data.set(part.bytes, end);
  }
  return data;
}
