import test from 'ava';
import {buttonAt, globalButtons, isLampName, lampAt, noteOf} from '../../../src/wire/mackie/buttons.ts';
import {allButtons, allLamps} from './any-mackie.ts';

/** The table of the protocol, note by note. */
const table: Readonly<Record<string, number>> = {
  ...{'rec.1': 0x00, 'rec.8': 0x07, 'solo.1': 0x08, 'solo.8': 0x0f, 'mute.1': 0x10, 'mute.8': 0x17},
  ...{'select.1': 0x18, 'select.8': 0x1f, 'push.1': 0x20, 'push.8': 0x27},
  ...{'assign-track': 0x28, 'assign-send': 0x29, 'assign-pan': 0x2a, 'assign-plugin': 0x2b, 'assign-eq': 0x2c},
  ...{'assign-instrument': 0x2d, 'bank-left': 0x2e, 'bank-right': 0x2f, 'channel-left': 0x30, 'channel-right': 0x31},
  ...{flip: 0x32, 'global-view': 0x33, 'name-value': 0x34, 'smpte-beats': 0x35},
  ...{f1: 0x36, f2: 0x37, f3: 0x38, f4: 0x39, f5: 0x3a, f6: 0x3b, f7: 0x3c, f8: 0x3d},
  ...{'midi-tracks': 0x3e, inputs: 0x3f, 'audio-tracks': 0x40, 'audio-instruments': 0x41, aux: 0x42, busses: 0x43},
  ...{outputs: 0x44, user: 0x45, shift: 0x46, option: 0x47, control: 0x48, alt: 0x49, read: 0x4a, write: 0x4b},
  ...{trim: 0x4c, touch: 0x4d, latch: 0x4e, group: 0x4f, save: 0x50, undo: 0x51, cancel: 0x52, enter: 0x53},
  ...{marker: 0x54, nudge: 0x55, cycle: 0x56, drop: 0x57, replace: 0x58, click: 0x59, 'solo-global': 0x5a},
  ...{rewind: 0x5b, forward: 0x5c, stop: 0x5d, play: 0x5e, record: 0x5f},
  ...{'cursor-up': 0x60, 'cursor-down': 0x61, 'cursor-left': 0x62, 'cursor-right': 0x63, zoom: 0x64, scrub: 0x65},
  ...{'user-a': 0x66, 'user-b': 0x67},
};

test('every button has the note of the protocol', (t) => {
  for (const [name, note] of Object.entries(table)) t.is<string | undefined, string>(buttonAt(note), name);
  t.is(allButtons.length, 40 + globalButtons.length);
  t.deepEqual(
    globalButtons.filter((name) => table[name] === undefined),
    [],
  );
});

test('every button has a lamp of its own, and four lamps have no button', (t) => {
  t.deepEqual(
    allLamps.filter((lamp) => !allButtons.some((button) => button === lamp)),
    ['smpte', 'beats', 'rude-solo', 'relay-click'],
  );
  t.deepEqual([noteOf('smpte'), noteOf('beats'), noteOf('rude-solo'), noteOf('relay-click')], [0x71, 0x72, 0x73, 0x76]);
});

test('names and notes are one to one', (t) => {
  t.is(new Set(allLamps).size, allLamps.length);
  for (const lamp of allLamps) t.is(lampAt(noteOf(lamp)), lamp);
});

test('touch, unused notes and unknown names are neither button nor lamp', (t) => {
  for (const note of [0x68, 0x70, 0x74, 0x75, 0x77, 0x7f]) t.is(lampAt(note), undefined);
  t.true(isLampName('mute.3'));
  t.false(isLampName('mute.9'));
  t.false(isLampName('toString'));
});
