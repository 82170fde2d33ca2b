import test from 'ava';
import fc from 'fast-check';
import type {ControlEvent} from '../../../src/model/control.ts';
import {createDialect, type Heard} from '../../../src/surface/dialect.ts';
import {mackieSurface, type SurfaceChoice} from '../../virtual-desk/sample-surface.ts';
import {bytes, cut} from '../../wire/bytes.ts';

/** What the hand did, without how the connection stands. */
function hands(hex: string, choice: SurfaceChoice = {}): readonly Heard[] {
  const dialect = createDialect(mackieSurface({handshake: {kind: 'none', deviceId: 0x14}, ...choice}));
  return dialect.read(bytes(hex));
}

const table: readonly (readonly [string, string, readonly ControlEvent[]])[] = [
  ['a finger on a cap', '90 68 7F', [{type: 'fader.touched', control: 'fader.1'}]],
  ['a finger off the master', '90 70 00', [{type: 'fader.released', control: 'fader.master'}]],
  ['a fader at the bottom', 'E0 00 00', [{type: 'fader.moved', control: 'fader.1', position: 0}]],
  ['a fader at half its travel', 'E7 78 3F', [{type: 'fader.moved', control: 'fader.8', position: 8184 / 16_368}]],
  ['the master at the top', 'E8 70 7F', [{type: 'fader.moved', control: 'fader.master', position: 1}]],
  ['a fader above its top', 'E0 7F 7F', [{type: 'fader.moved', control: 'fader.1', position: 1}]],
  [
    'a strip button, pressed and released',
    '90 12 7F 12 00',
    [
      {type: 'button.pressed', control: 'mute.3'},
      {type: 'button.released', control: 'mute.3'},
    ],
  ],
  ['a release by note off', '80 12 40', [{type: 'button.released', control: 'mute.3'}]],
  ['a button of the main unit', '90 2E 7F', [{type: 'button.pressed', control: 'bank-left'}]],
  ['the solo button of the desk', '90 5A 7F', [{type: 'button.pressed', control: 'solo-global'}]],
  ['an encoder pressed', '90 27 7F', [{type: 'button.pressed', control: 'push.8'}]],
  ['a foot switch', '90 66 7F', [{type: 'button.pressed', control: 'user-a'}]],
  ['an encoder turned clockwise', 'B0 10 03', [{type: 'encoder.turned', control: 'encoder.1', steps: 3}]],
  ['an encoder turned back', 'B0 17 47', [{type: 'encoder.turned', control: 'encoder.8', steps: -7}]],
  ['a tick of nothing', 'B0 10 40', [{type: 'encoder.turned', control: 'encoder.1', steps: -1}]],
  ['the jog wheel', 'B0 3C 01', [{type: 'encoder.turned', control: 'jog', steps: 1}]],
  ['the pedal', 'B0 2E 7F', [{type: 'fader.moved', control: 'pedal', position: 1}]],
  ['a button that the surface does not have', '90 50 7F', []],
  ['a meter, which no device sends', 'D0 7C', []],
  ['the clock', 'F8', []],
];

for (const [what, hex, events] of table) {
  test(`${what} is heard`, (t) => {
    t.deepEqual(hands(hex), events);
  });
}

test('a device whose faders top out early reaches the top', (t) => {
  const events = hands('E0 3F 7C', {faders: {topValue: 15_935}});
  t.deepEqual(events, [{type: 'fader.moved', control: 'fader.1', position: 1}]);
});

test('touch is not believed where the mapping says that there is none', (t) => {
  t.deepEqual(hands('90 68 7F', {faders: {touch: 'inferred'}}), []);
});

test('an extender hears only what it has', (t) => {
  const main = mackieSurface();
  const controls = new Map([...main.controls].filter(([, {strip}]) => strip !== undefined));
  const choice: SurfaceChoice = {controls, unit: 'extender'};
  t.deepEqual(hands('E8 00 00 90 2E 7F B0 3C 01', choice), []);
  t.is(hands('E7 00 00 90 17 7F B0 17 01', choice).length, 3);
});

test('any bytes, in any chunks, are read without an error and alike', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 200}), fc.array(fc.nat()), (whole, places) => {
      const surface = mackieSurface();
      const once = createDialect(surface);
      const chunked = createDialect(surface);
      t.deepEqual(
        cut(whole, places).flatMap((chunk) => chunked.read(chunk)),
        once.read(whole),
      );
    }),
    {numRuns: 200},
  );
});

test('every position heard is within the travel', (t) => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 0x3fff}), fc.integer({min: 1, max: 0x3fff}), (value, topValue) => {
      const dialect = createDialect(mackieSurface({faders: {topValue}}));
      const heard = dialect.read(Uint8Array.of(0xe0, value & 0x7f, value >> 7));
      return heard.every((event) => event.type !== 'fader.moved' || (event.position >= 0 && event.position <= 1));
    }),
  );
  t.pass();
});
