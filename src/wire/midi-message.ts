/**
 * MIDI 1.0 messages as values.
 *
 *   8n note velocity    note off             F0 … F7    SysEx
 *   9n note velocity    note on              F1 value   quarter frame (0nnn dddd)
 *   An note pressure    poly pressure        F2 lsb msb song position, in sixteenths
 *   Bn controller value control change       F3 song    song select
 *   Cn program          program change       F6         tune request
 *   Dn pressure         channel pressure     F8 FA FB FC FE FF
 *   En lsb msb          pitch bend                      clock, start, continue, stop, active sensing, reset
 *
 * `n` is the channel less one. Channels here count 1…16 as people do; pitch bend and song position are 0…3FFF, all else 0…7F.
 */
export type MidiMessage =
  | {readonly type: 'note-off'; readonly channel: number; readonly note: number; readonly velocity: number}
  /** Velocity 0 is kept as it came; by the standard it means note off. */
  | {readonly type: 'note-on'; readonly channel: number; readonly note: number; readonly velocity: number}
  | {readonly type: 'poly-pressure'; readonly channel: number; readonly note: number; readonly pressure: number}
  | {readonly type: 'control-change'; readonly channel: number; readonly controller: number; readonly value: number}
  | {readonly type: 'program-change'; readonly channel: number; readonly program: number}
  | {readonly type: 'channel-pressure'; readonly channel: number; readonly pressure: number}
  | {readonly type: 'pitch-bend'; readonly channel: number; readonly value: number}
  /** What stands between F0 and F7. */
  | {readonly type: 'sysex'; readonly data: Uint8Array}
  | {readonly type: 'quarter-frame'; readonly value: number}
  | {readonly type: 'song-position'; readonly sixteenths: number}
  | {readonly type: 'song-select'; readonly song: number}
  | {readonly type: 'tune-request'}
  | {readonly type: 'clock' | 'start' | 'continue' | 'stop' | 'active-sensing' | 'reset'};

/** Status bytes of the messages that are one byte long. */
const singleByteStatus = {
  'tune-request': 0xf6,
  clock: 0xf8,
  start: 0xfa,
  continue: 0xfb,
  stop: 0xfc,
  'active-sensing': 0xfe,
  reset: 0xff,
} as const;

/**
 * The bytes of one whole message. Values out of range are clamped, fractions rounded and NaN is 0, so that no byte
 * which is not MIDI ever leaves, whatever the message holds.
 */
export function encodeMidi(message: MidiMessage): Uint8Array {
  switch (message.type) {
    case 'note-off':
      return channelBytes(0x80, message.channel, seven(message.note), seven(message.velocity));
    case 'note-on':
      return channelBytes(0x90, message.channel, seven(message.note), seven(message.velocity));
    case 'poly-pressure':
      return channelBytes(0xa0, message.channel, seven(message.note), seven(message.pressure));
    case 'control-change':
      return channelBytes(0xb0, message.channel, seven(message.controller), seven(message.value));
    case 'program-change':
      return Uint8Array.of(status(0xc0, message.channel), seven(message.program));
    case 'channel-pressure':
      return Uint8Array.of(status(0xd0, message.channel), seven(message.pressure));
    case 'pitch-bend': {
      const value = within(message.value, 0, 0x3fff);
      return channelBytes(0xe0, message.channel, value & 0x7f, value >> 7);
    }
    case 'sysex':
      return sysexBytes(message.data);
    case 'quarter-frame':
      return Uint8Array.of(0xf1, seven(message.value));
    case 'song-position': {
      const sixteenths = within(message.sixteenths, 0, 0x3fff);
      return Uint8Array.of(0xf2, sixteenths & 0x7f, sixteenths >> 7);
    }
    case 'song-select':
      return Uint8Array.of(0xf3, seven(message.song));
    default:
      return Uint8Array.of(singleByteStatus[message.type]);
  }
}

function sysexBytes(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 2);
  bytes[0] = 0xf0;
  for (let at = 0; at < data.length; at++) bytes[at + 1] = Math.min(data[at] ?? 0, 0x7f);
  bytes[data.length + 1] = 0xf7;
  return bytes;
}

function channelBytes(kind: number, channel: number, first: number, second: number): Uint8Array {
  return Uint8Array.of(status(kind, channel), first, second);
}

function status(kind: number, channel: number): number {
  return kind | (within(channel, 1, 16) - 1);
}

function seven(value: number): number {
  return within(value, 0, 0x7f);
}

function within(value: number, low: number, high: number): number {
  return Number.isNaN(value) ? low : Math.min(high, Math.max(low, Math.round(value)));
}
