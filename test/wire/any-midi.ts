import fc from 'fast-check';
import type {MidiMessage} from '../../src/wire/midi-message.ts';

const channel = fc.integer({min: 1, max: 16});
const seven = fc.integer({min: 0, max: 0x7f});
const fourteen = fc.integer({min: 0, max: 0x3fff});

/** SysEx data as it may stand between F0 and F7. */
export const anySysexData = fc.uint8Array({max: 0x7f, maxLength: 300});

/** Every MIDI message there is, with values in range. */
export const anyMidi: fc.Arbitrary<MidiMessage> = fc.oneof(
  fc.record({type: fc.constantFrom('note-on', 'note-off'), channel, note: seven, velocity: seven}),
  fc.record({type: fc.constant('poly-pressure'), channel, note: seven, pressure: seven}),
  fc.record({type: fc.constant('control-change'), channel, controller: seven, value: seven}),
  fc.record({type: fc.constant('program-change'), channel, program: seven}),
  fc.record({type: fc.constant('channel-pressure'), channel, pressure: seven}),
  fc.record({type: fc.constant('pitch-bend'), channel, value: fourteen}),
  fc.record({type: fc.constant('sysex'), data: anySysexData}),
  fc.record({type: fc.constant('quarter-frame'), value: seven}),
  fc.record({type: fc.constant('song-position'), sixteenths: fourteen}),
  fc.record({type: fc.constant('song-select'), song: seven}),
  fc.record({
    type: fc.constantFrom('tune-request', 'clock', 'start', 'continue', 'stop', 'active-sensing', 'reset'),
  }),
);

/** Only the real-time messages, which may stand between any two bytes. */
export const anyRealTime: fc.Arbitrary<MidiMessage> = fc.record({
  type: fc.constantFrom('clock', 'start', 'continue', 'stop', 'active-sensing', 'reset'),
});
