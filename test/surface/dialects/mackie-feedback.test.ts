import test from 'ava';
import fc from 'fast-check';
import type {Cell, Change} from '../../../src/model/picture.ts';
import {createDialect, type Dialect} from '../../../src/surface/dialect.ts';
import {mackieSurface, type SurfaceChoice} from '../../virtual-desk/sample-surface.ts';
import {bytes} from '../../wire/bytes.ts';

function change(output: string, cell: Cell): Change {
  return {output, cell, because: `${output} changed`};
}

function speaker(choice: SurfaceChoice = {}): Dialect {
  return createDialect(mackieSurface(choice));
}

function sent(dialect: Dialect, ...changes: readonly Change[]): readonly (readonly [string, string, Uint8Array])[] {
  return dialect.write(changes).map(({key, lane, bytes: message}) => [key, lane, message] as const);
}

const ring = (style: 'dot' | 'boost-cut' | 'wrap' | 'spread', position: number | undefined, centre = false): Cell => ({
  type: 'ring',
  style,
  position,
  centre,
});

const table: readonly (readonly [string, Cell, string, string])[] = [
  ['fader.3', {type: 'fader', position: 1}, 'state', 'E2 70 7F'],
  ['fader.master', {type: 'fader', position: 0}, 'state', 'E8 00 00'],
  ['fader.1', {type: 'fader', position: 0.5}, 'state', 'E0 00 40'],
  ['fader.1', {type: 'fader', position: 7}, 'state', 'E0 70 7F'],
  ['fader.1', {type: 'fader', position: Number.NaN}, 'state', 'E0 00 00'],
  ['ring.1', ring('boost-cut', 0.5, true), 'state', 'B0 30 56'],
  ['ring.8', ring('wrap', 1), 'state', 'B0 37 2B'],
  ['ring.2', ring('spread', 1), 'state', 'B0 31 36'],
  ['ring.2', ring('spread', 0), 'state', 'B0 31 31'],
  ['ring.2', ring('dot', undefined, true), 'state', 'B0 31 40'],
  ['lamp.play', {type: 'lamp', on: true}, 'state', '90 5E 7F'],
  ['lamp.mute.8', {type: 'lamp', on: false}, 'state', '90 17 00'],
  ['lamp.rude-solo', {type: 'lamp', on: true}, 'state', '90 73 7F'],
  ['lamp.smpte', {type: 'lamp', on: true}, 'state', '90 71 7F'],
  ['lamp.beats', {type: 'lamp', on: true}, 'state', '90 72 7F'],
  ['meter.8', {type: 'meter', step: 12}, 'meter', 'D0 7C'],
  ['meter.1', {type: 'meter', step: 99}, 'meter', 'D0 0C'],
  ['meter.1', {type: 'meter', step: -1}, 'meter', 'D0 00'],
  ['meter.left', {type: 'meter', step: 5}, 'meter', 'D1 05'],
  ['meter.right', {type: 'meter', step: 12}, 'meter', 'D1 1C'],
  ['overload.8', {type: 'overload', on: true}, 'state', 'D0 7E'],
  ['overload.8', {type: 'overload', on: false}, 'state', 'D0 7F'],
];

for (const [output, cell, lane, hex] of table) {
  test(`${output} ${JSON.stringify(cell)} is ${hex}`, (t) => {
    t.deepEqual(sent(speaker(), change(output, cell)), [[output, lane, bytes(hex)]]);
  });
}

test('every message carries its reason', (t) => {
  const [message] = speaker().write([change('lamp.play', {type: 'lamp', on: true})]);
  t.is(message?.because, 'lamp.play changed');
});

test('what the surface does not have, or cannot show so, is left out', (t) => {
  const dialect = speaker();
  t.deepEqual(dialect.write([change('lamp.save', {type: 'lamp', on: true})]), []);
  t.deepEqual(dialect.write([change('fader.1', {type: 'lamp', on: true})]), []);
  t.deepEqual(dialect.write([change('fader.99', {type: 'fader', position: 0})]), []);
});

test("the highest position is the device's own top and never more than 14 bits", (t) => {
  const top = (topValue: number): Uint8Array | undefined =>
    speaker({faders: {topValue}}).write([change('fader.1', {type: 'fader', position: 1})])[0]?.bytes;
  t.deepEqual(top(0x3fff), bytes('E0 7F 7F'));
  t.deepEqual(top(16_368), bytes('E0 70 7F'));
  t.deepEqual(top(15_935), bytes('E0 3F 7C'));
});

test('a position that is sent and read back is within half a step of the motor', (t) => {
  const position = fc.double({min: 0, max: 1, noNaN: true});
  fc.assert(
    fc.property(
      position,
      fc.constantFrom(0x3fff, 16_368, 15_935),
      fc.constantFrom(1, 16),
      (where, topValue, stepValue) => {
        const dialect = speaker({faders: {topValue, stepValue}});
        const [message] = dialect.write([change('fader.1', {type: 'fader', position: where})]);
        const heard = dialect.read(message?.bytes ?? bytes('')).find((event) => event.type === 'fader.moved');
        const back = heard?.type === 'fader.moved' ? heard.position : Number.NaN;
        return Math.abs(back - where) <= (0.5 * stepValue + 1e-6) / topValue + 1e-9;
      },
    ),
    {numRuns: 500},
  );
  t.pass();
});

test('a scribble strip is two rows of seven cells, of which those show that the surface has', (t) => {
  t.deepEqual(sent(speaker(), change('text.2', {type: 'text', top: 'Kick', bottom: '-6.0'})), [
    ['text.2.top', 'text', bytes('F0 00 00 66 14 12 07 4B 69 63 6B 20 20 20 F7')],
    ['text.2.bottom', 'text', bytes('F0 00 00 66 14 12 3F 2D 36 2E 30 20 20 20 F7')],
  ]);
  const long = change('text.1', {type: 'text', top: 'Overheads', bottom: ''});
  t.deepEqual(sent(speaker({cells: 6}), long)[0]?.[2], bytes('F0 00 00 66 14 12 00 4F 76 65 72 68 65 20 F7'));
  t.deepEqual(sent(speaker({cells: 7}), long)[0]?.[2], bytes('F0 00 00 66 14 12 00 4F 76 65 72 68 65 61 F7'));
});

test('names in any script reach the strip as ASCII', (t) => {
  const text = change('text.1', {type: 'text', top: 'Größe', bottom: '−∞'});
  const [top, bottom] = sent(speaker(), text);
  t.deepEqual(top?.[2], bytes('F0 00 00 66 14 12 00 47 72 6F 73 73 65 20 F7'));
  t.deepEqual(bottom?.[2], bytes('F0 00 00 66 14 12 38 2D 69 6E 66 20 20 20 F7'));
});

test('only the row that differs is sent, and both when neither does: then the display is not believed', (t) => {
  const dialect = speaker();
  const keys = (top: string, bottom: string): readonly string[] =>
    dialect.write([change('text.1', {type: 'text', top, bottom})]).map(({key}) => key);
  t.deepEqual(keys('Kick', '-6.0'), ['text.1.top', 'text.1.bottom']);
  t.deepEqual(keys('Kick', '-5.9'), ['text.1.bottom']);
  t.deepEqual(keys('Snare', '-5.9'), ['text.1.top']);
  t.deepEqual(keys('Snare', '-5.9'), ['text.1.top', 'text.1.bottom']);
});

const forgetting: readonly (readonly [string, (dialect: Dialect) => void])[] = [
  ['a new hello', (dialect) => dialect.hello()],
  ['a goodbye', (dialect) => dialect.goodbye()],
  ['a device that announces itself anew', (dialect) => dialect.read(bytes('F0 00 00 66 14 01 F7'))],
];

for (const [what, happens] of forgetting) {
  test(`after ${what}, displays are written whole`, (t) => {
    const dialect = speaker();
    const written = (bottom: string, text: string): readonly string[] =>
      dialect
        .write([
          change('text.1', {type: 'text', top: 'Kick', bottom}),
          change('digits.assignment', {type: 'digits', text, dots: []}),
        ])
        .map(({key}) => key);
    const whole = ['text.1.top', 'text.1.bottom', 'digits.assignment.0', 'digits.assignment.1'];
    t.deepEqual(written('1', 'LV'), whole);
    t.deepEqual(written('2', 'LX'), ['text.1.bottom', 'digits.assignment.0']);
    happens(dialect);
    t.deepEqual(written('3', 'LY'), whole);
  });
}

test('digits are right-aligned, with their dots, the rightmost first', (t) => {
  const shown = sent(speaker(), change('digits.assignment', {type: 'digits', text: 'Pn', dots: [1]}));
  t.deepEqual(shown, [
    ['digits.assignment.0', 'state', bytes('B0 4A 4E')],
    ['digits.assignment.1', 'state', bytes('B0 4B 10')],
  ]);
  const time = sent(speaker(), change('digits.time', {type: 'digits', text: '1.5', dots: []}));
  t.deepEqual(
    time.map(([, , message]) => message[2]),
    [0x35, 0x2e, 0x31, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20],
  );
});

test('a clock that ticks sends only the digits that changed', (t) => {
  const dialect = speaker();
  const keys = (text: string): readonly string[] =>
    dialect.write([change('digits.time', {type: 'digits', text, dots: [2, 4, 6]})]).map(({key}) => key);
  t.is(keys('0010203004').length, 10);
  t.deepEqual(keys('0010203005'), ['digits.time.0']);
  t.deepEqual(keys('0010204000'), ['digits.time.0', 'digits.time.3']);
  t.is(keys('0010204000').length, 10);
});

test('a display with fewer digits shows the right end', (t) => {
  const surface = mackieSurface();
  const time = {id: 'digits.time', type: 'digits', strip: undefined, cells: 3, address: undefined} as const;
  const dialect = createDialect({...surface, outputs: new Map([[time.id, time]])});
  const shown = dialect.write([change('digits.time', {type: 'digits', text: '12345', dots: [2]})]);
  t.deepEqual(
    shown.map(({bytes: message}) => message),
    [bytes('B0 40 35'), bytes('B0 41 34'), bytes('B0 42 73')],
  );
});

test('colours of all strips travel in one message, white where none was set', (t) => {
  const dialect = speaker();
  t.deepEqual(
    sent(
      dialect,
      change('colour.1', {type: 'colour', colour: 'red'}),
      change('colour.3', {type: 'colour', colour: 'blue'}),
    ),
    [['colours', 'state', bytes('F0 00 00 66 14 72 01 07 04 07 07 07 07 07 F7')]],
  );
  t.deepEqual(sent(dialect, change('colour.8', {type: 'colour', colour: 'off'})), [
    ['colours', 'state', bytes('F0 00 00 66 14 72 01 07 04 07 07 07 07 00 F7')],
  ]);
});

test('the reason of a colour message names every strip that changed', (t) => {
  const [message] = speaker().write([
    change('colour.1', {type: 'colour', colour: 'red'}),
    change('colour.2', {type: 'colour', colour: 'cyan'}),
  ]);
  t.is(message?.because, 'colour.1 changed, colour.2 changed');
});

test('colours travel as three bytes a strip where the device wants them so', (t) => {
  const [message] = speaker({palette: 'rgb-bytes'}).write([change('colour.1', {type: 'colour', colour: 'yellow'})]);
  t.deepEqual(message?.bytes, bytes(`F0 00 02 4E 16 14 7F 7F 00${' 7F 7F 7F'.repeat(7)} F7`));
});

test('a surface without colours is sent none', (t) => {
  t.deepEqual(speaker({palette: undefined}).write([change('colour.1', {type: 'colour', colour: 'red'})]), []);
});

test('a meter of fewer lamps still uses the whole scale of the wire', (t) => {
  const meters = {steps: 8, decayMsPerStep: undefined, resendMs: 100, overload: true, master: false};
  const dialect = speaker({meters});
  const levels = [0, 4, 8].map((step) => dialect.write([change('meter.1', {type: 'meter', step})])[0]?.bytes);
  t.deepEqual(levels, [bytes('D0 00'), bytes('D0 06'), bytes('D0 0C')]);
});

test('every message is one MIDI message, with a key of its own', (t) => {
  const surface = mackieSurface();
  const changes = [...surface.outputs.values()].map(({id, type}): Change => {
    const cells: Readonly<Record<typeof type, Cell>> = {
      fader: {type: 'fader', position: 0.3},
      ring: ring('dot', 0.3),
      lamp: {type: 'lamp', on: true},
      pad: {type: 'pad', hue: 'orange', brightness: 1},
      key: {type: 'key', top: 'Kick', bottom: '', colour: 'red', hue: 'off', brightness: 0, level: 1},
      text: {type: 'text', top: 'top', bottom: 'bottom'},
      colour: {type: 'colour', colour: 'green'},
      meter: {type: 'meter', step: 3},
      overload: {type: 'overload', on: true},
      warning: {type: 'warning', severity: 3, rule: 'hot'},
      digits: {type: 'digits', text: '12', dots: []},
    };
    return change(id, cells[type]);
  });
  const messages = createDialect(surface).write(changes);
  t.is(new Set(messages.map(({key}) => key)).size, messages.length);
  for (const {bytes: message} of messages) t.is(message.filter((byte) => byte >= 0x80 && byte !== 0xf7).length, 1);
});

test('a goodbye darkens everything but the motors, and ends with the farewell', (t) => {
  const farewell = bytes('F0 00 00 66 14 0F 7F F7');
  const messages = speaker({farewell: [farewell]}).goodbye();
  t.deepEqual(messages.at(-1), farewell);
  t.true(messages.every(([status = 0]) => (status & 0xf0) !== 0xe0));
  const has = (hex: string): boolean => messages.some((message) => message.join() === bytes(hex).join());
  t.true(has('90 5E 00'));
  t.true(has('B0 37 00'));
  t.true(has('D0 70'));
  t.true(has('D0 7F'));
  t.true(has('D1 10'));
  t.true(has('B0 49 20'));
  t.true(has(`F0 00 00 66 14 12 00${' 20'.repeat(56)} F7`));
  t.true(has(`F0 00 00 66 14 12 38${' 20'.repeat(56)} F7`));
  t.true(has(`F0 00 00 66 14 72${' 07'.repeat(8)} F7`));
});
