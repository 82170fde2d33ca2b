import test from 'ava';
import type {ControlEvent} from '../../src/model/control.ts';
import type {Cell, Change} from '../../src/model/picture.ts';
import type {Surface} from '../../src/model/surface.ts';
import {createDialect, type Dialect, type Heard} from '../../src/surface/dialect.ts';
import {bytes} from '../wire/bytes.ts';
import {mackieSurface, plainSurface} from './sample-surface.ts';
import {createVirtualDevice, type VirtualDevice, type VirtualDeviceOptions} from './virtual-device.ts';

/** A device with the least of a host: it reads, answers the handshake at once, and keeps what it heard. */
interface Bench {
  readonly device: VirtualDevice;
  readonly dialect: Dialect;
  readonly heard: Heard[];
  show(...changes: readonly (readonly [string, Cell])[]): void;
}

function bench(surface: Surface, options: VirtualDeviceOptions = {}): Bench {
  const dialect = createDialect(surface);
  const heard: Heard[] = [];
  const device = createVirtualDevice(
    surface,
    (said) => {
      for (const event of dialect.read(said)) {
        heard.push(event);
        if (event.type === 'link.asked') for (const reply of event.reply) device.receive(reply);
      }
    },
    options,
  );
  const show: Bench['show'] = (...cells) => {
    const changes = cells.map(([output, cell]): Change => ({output, cell, because: 'test'}));
    for (const {bytes: message} of dialect.write(changes)) device.receive(message);
  };
  return {device, dialect, heard, show};
}

function running(surface: Surface): Bench {
  const made = bench(surface);
  made.device.powerOn();
  made.heard.length = 0;
  return made;
}

test('a hand is heard as it moved', (t) => {
  const {device, heard} = running(mackieSurface());
  device.touch('fader.2');
  device.move('fader.2', 0.5);
  device.release('fader.2');
  device.press('mute.8');
  device.lift('mute.8');
  device.turn('encoder.3', -2);
  device.turn('jog', 70);
  device.move('pedal', 1);
  t.deepEqual<Heard[], ControlEvent[]>(heard, [
    {type: 'fader.touched', control: 'fader.2'},
    {type: 'fader.moved', control: 'fader.2', position: 8192 / 16_368},
    {type: 'fader.released', control: 'fader.2'},
    {type: 'button.pressed', control: 'mute.8'},
    {type: 'button.released', control: 'mute.8'},
    {type: 'encoder.turned', control: 'encoder.3', steps: -2},
    {type: 'encoder.turned', control: 'jog', steps: 63},
    {type: 'encoder.turned', control: 'jog', steps: 7},
    {type: 'fader.moved', control: 'pedal', position: 1},
  ]);
  t.is(device.standsAt('fader.2'), 8192 / 16_368);
});

test('what was sent is what is shown', (t) => {
  const {device, show} = running(mackieSurface());
  const cells: readonly (readonly [string, Cell])[] = [
    ['fader.1', {type: 'fader', position: 8192 / 16_368}],
    ['fader.master', {type: 'fader', position: 1}],
    ['ring.1', {type: 'ring', style: 'boost-cut', position: 0.5, centre: true}],
    ['ring.2', {type: 'ring', style: 'spread', position: 1, centre: false}],
    ['ring.3', {type: 'ring', style: 'wrap', position: undefined, centre: false}],
    ['lamp.mute.1', {type: 'lamp', on: true}],
    ['lamp.rude-solo', {type: 'lamp', on: false}],
    ['text.1', {type: 'text', top: 'Kick', bottom: '-6.0'}],
    ['text.8', {type: 'text', top: 'Vocals', bottom: ''}],
    ['meter.1', {type: 'meter', step: 9}],
    ['meter.right', {type: 'meter', step: 12}],
    ['overload.1', {type: 'overload', on: true}],
    ['digits.time', {type: 'digits', text: '0010203004', dots: [2, 4, 6]}],
    ['digits.assignment', {type: 'digits', text: 'P', dots: [0]}],
  ];
  show(...cells);
  t.deepEqual(device.shown(), new Map(cells));
  t.is(device.standsAt('fader.1'), 8192 / 16_368);
  show(['colour.1', {type: 'colour', colour: 'magenta'}]);
  t.deepEqual(device.shown().get('colour.1'), {type: 'colour', colour: 'magenta'});
  t.deepEqual(device.strays, []);
});

test('a goodbye leaves nothing lit, and the motors where they are', (t) => {
  const {device, dialect, show} = running(mackieSurface());
  show(
    ['fader.1', {type: 'fader', position: 1}],
    ['lamp.play', {type: 'lamp', on: true}],
    ['text.1', {type: 'text', top: 'Kick', bottom: 'hot'}],
    ['digits.time', {type: 'digits', text: '123', dots: [1]}],
    ['overload.1', {type: 'overload', on: true}],
  );
  for (const message of dialect.goodbye()) device.receive(message);
  const shown = device.shown();
  t.is(device.standsAt('fader.1'), 1);
  for (const {id, type} of device.surface.outputs.values()) {
    if (type === 'fader') continue;
    const cell = shown.get(id);
    t.true(cell !== undefined && isDark(cell), `${id} ${JSON.stringify(cell)}`);
  }
});

function isDark(cell: Cell): boolean {
  switch (cell.type) {
    case 'lamp':
    case 'overload':
      return !cell.on;
    case 'pad':
      return cell.hue === 'off';
    case 'text':
      return cell.top === '' && cell.bottom === '';
    case 'ring':
      return cell.position === undefined && !cell.centre;
    case 'meter':
      return cell.step === 0;
    case 'warning':
      return cell.severity === 0;
    case 'digits':
      return cell.text === '' && cell.dots.length === 0;
    case 'key':
      return cell.top === '' && cell.hue === 'off';
    case 'colour':
      return cell.colour === 'white';
    case 'fader':
      return true;
  }
}

test('a motor that is driven away under the hand is a violation, and does not move', (t) => {
  const {device, show} = running(mackieSurface());
  device.touch('fader.1');
  device.move('fader.1', 0.5);
  show(['fader.1', {type: 'fader', position: device.standsAt('fader.1')}]);
  t.deepEqual(device.violations, []);
  show(['fader.1', {type: 'fader', position: 0.9}]);
  t.is(device.violations.length, 1);
  t.regex(device.violations[0] ?? '', /^fader\.1 was driven to 0\.9\d+ while held at 0\.5/);
  t.is(device.standsAt('fader.1'), 8192 / 16_368);
});

test('a servo that got no echo goes home when the hand lets go, one that needs none stays', (t) => {
  for (const echo of [true, false]) {
    const {device, show} = running(mackieSurface({faders: {echo}}));
    show(['fader.1', {type: 'fader', position: 1}]);
    device.touch('fader.1');
    device.move('fader.1', 0);
    device.release('fader.1');
    t.is(device.standsAt('fader.1'), echo ? 1 : 0);
  }
});

test('a device without touch sense says nothing of fingers', (t) => {
  const {device, heard} = running(mackieSurface({faders: {touch: 'inferred'}}));
  device.touch('fader.1');
  device.release('fader.1');
  t.deepEqual(heard, []);
});

test('a device that challenges is deaf and mute until it is answered rightly', (t) => {
  const surface = mackieSurface({handshake: {kind: 'challenge', deviceId: 0x10}});
  const said: Uint8Array[] = [];
  const device = createVirtualDevice(surface, (message) => said.push(message));
  t.is(device.state, 'off');
  device.powerOn();
  t.is(device.state, 'offline');
  device.receive(bytes('90 5E 7F'));
  device.press('play');
  t.is(device.shown().size, 0);
  t.is(said.length, 1);
  device.receive(bytes('F0 00 00 66 10 02 4C 54 30 30 30 34 32 00 00 00 00 F7'));
  t.is(said.at(-1)?.[5], 0x04);
  t.is(device.state, 'offline');
});

test('every challenge is another, and the dialect answers each', (t) => {
  const {device, dialect, heard} = bench(mackieSurface({handshake: {kind: 'challenge', deviceId: 0x10}}));
  device.powerOn();
  for (let times = 0; times < 4; times++) {
    t.is(device.state, 'online');
    device.powerOff();
    t.is(device.state, 'off');
    device.powerOn();
    for (const message of dialect.hello()) device.receive(message);
  }
  t.false(heard.some(({type}) => type === 'link.refused'));
  t.is(heard.filter(({type}) => type === 'link.confirmed').length, 1 + 4 * 2);
});

test('a device with another id than expected is found and addressed', (t) => {
  const {device, dialect, heard, show} = bench(mackieSurface({handshake: {kind: 'answer', deviceId: 0x7f}}), {
    deviceId: 0x11,
  });
  device.powerOn();
  for (const message of dialect.hello()) device.receive(message);
  t.true(heard.some(({type}) => type === 'link.confirmed'));
  show(['text.1', {type: 'text', top: 'Kick', bottom: ''}]);
  t.deepEqual(device.shown().get('text.1'), {type: 'text', top: 'Kick', bottom: ''});
  t.deepEqual(device.strays, []);
});

test('a device that lost its power shows nothing, and says so when it comes back', (t) => {
  const {device, heard, show} = running(mackieSurface());
  show(['lamp.play', {type: 'lamp', on: true}]);
  device.powerOff();
  show(['lamp.stop', {type: 'lamp', on: true}]);
  device.press('play');
  t.deepEqual(heard, []);
  device.powerOn();
  t.is(device.shown().size, 0);
  t.true(heard.some(({type}) => type === 'link.confirmed'));
});

test('a plain device is heard and shows its lamps', (t) => {
  const {device, heard, show} = running(plainSurface());
  device.move('fader.1', 1);
  device.move('knob.2', 0.5);
  device.press('mute.1');
  device.lift('mute.1');
  device.press('select.8');
  device.turn('encoder.1', -3);
  device.turn('jog', 70);
  t.deepEqual<Heard[], ControlEvent[]>(heard, [
    {type: 'fader.moved', control: 'fader.1', position: 1},
    {type: 'fader.moved', control: 'knob.2', position: 0.5},
    {type: 'button.pressed', control: 'mute.1'},
    {type: 'button.released', control: 'mute.1'},
    {type: 'button.pressed', control: 'select.8'},
    {type: 'encoder.turned', control: 'encoder.1', steps: -3},
    {type: 'encoder.turned', control: 'jog', steps: 63},
    {type: 'encoder.turned', control: 'jog', steps: 7},
  ]);
  show(['lamp.mute.1', {type: 'lamp', on: true}], ['lamp.select.2', {type: 'lamp', on: true}]);
  t.deepEqual(device.shown().get('lamp.mute.1'), {type: 'lamp', on: true});
  t.deepEqual(device.shown().get('lamp.select.2'), {type: 'lamp', on: true});
  t.deepEqual(device.strays, []);
});

test('what went over the wire is counted from a mark', (t) => {
  const {device, show} = running(mackieSurface());
  const mark = device.mark();
  show(['lamp.play', {type: 'lamp', on: true}], ['meter.1', {type: 'meter', step: 1}]);
  device.press('play');
  t.deepEqual(device.since(mark, 'device'), {bytes: 5, messages: 2});
  t.deepEqual(device.since(mark, 'host'), {bytes: 3, messages: 1});
});

test('bytes may come in any pieces', (t) => {
  const {device} = running(mackieSurface());
  for (const byte of bytes('F0 00 00 66 14 12 00 48 69 F7 90 5E 7F')) device.receive(Uint8Array.of(byte));
  t.deepEqual(device.shown().get('text.1'), {type: 'text', top: 'Hi', bottom: ''});
  t.deepEqual(device.shown().get('lamp.play'), {type: 'lamp', on: true});
});

test('a hand cannot move what the device does not have', (t) => {
  const {device} = running(mackieSurface());
  t.throws(() => device.press('save'), {message: 'Sample has no button save'});
  t.throws(() => device.touch('mute.1'), {message: /no fader/});
});

test('what the host says of things that are not there is kept as a stray', (t) => {
  const {device} = running(mackieSurface());
  device.receive(bytes('90 50 7F F0 00 00 66 15 12 00 41 F7'));
  t.deepEqual(device.strays, ['lamp.save', 'lcd-text for device 15']);
});
