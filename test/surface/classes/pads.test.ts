import test from 'ava';
import fc from 'fast-check';
import {compileMappings} from '../../../src/mapping/compile.ts';
import {type Hue, hues} from '../../../src/model/pad.ts';
import type {Cell, OutputId} from '../../../src/model/picture.ts';
import type {Surface} from '../../../src/model/surface.ts';
import type {Warning} from '../../../src/model/warning.ts';
import {describeCell} from '../../../src/surface/cell-text.ts';
import {createDialect} from '../../../src/surface/dialect.ts';
import {diff} from '../../../src/surface/diff.ts';
import {type RenderInput, render} from '../../../src/surface/render.ts';
import {createVirtualDevice} from '../../virtual-desk/virtual-device.ts';
import {mixerOf, plainView} from '../render/small-desk.ts';
import {bytesOf, cellAt, deskInput, drawn, levelOf, runs, states, warned} from './golden.ts';

/** Pads and keys in colours, on a generic controller of plain MIDI. */

const generic = {
  name: 'Pads',
  maker: 'Acme',
  dialect: 'plain',
  ports: ['^Pads$'],
  unit: 'main',
  strips: 4,
  faders: {},
  controls: {'rec.*': {note: 16}, 'mute.*': {note: 20}, cancel: {note: 24}},
  tested: 'no',
};
/** A palette like those of common pads: bright, middle and dim ones, in no order. */
const palette = {
  '0': '000000',
  '3': 'FFFFFF',
  '1': '404040',
  '2': '999999',
  '5': 'FF5400',
  '7': '802A00',
  '11': '3A1A00',
  '9': 'FFA500',
  '10': '805500',
  '13': '402A00',
  '21': '00C890',
  '22': '006048',
  '23': '002E22',
  '41': '0080C8',
  '43': '003048',
  '45': '004C70',
  '46': '60C0FF',
  '47': '305870',
};
const columns = {rows: 4, note: 36, rowStep: 4};

function surfaceWith(pads: object, more: object = {}): Surface {
  const text = JSON.stringify({...generic, ...more, pads});
  const {surfaces, problems} = compileMappings([{path: 'pads.json', text}]);
  const [surface] = surfaces;
  if (surface === undefined) throw new Error(JSON.stringify(problems));
  return surface;
}

const keys = {'rec.*': {note: 16}, 'mute.*': {note: 20, channel: 3}, cancel: {cc: 24}};
const byPalette = surfaceWith({colour: {palette}, keys, columns});
const rgb = {colour: {messages: ['F0 7D 03 {number} {red} {green} {blue} F7']}, keys, columns};
const byRgb = surfaceWith(rgb);

/** Hue by its letter, capital at 100 %, as it is at 60 %, followed by a stroke at 25 %: `V` a flash of vermillion, `v'` its rest. */
function draw(cell: Cell): string {
  if (cell.type !== 'pad' || cell.hue === 'off') return '.';
  const letter = cell.hue.slice(0, 1);
  return cell.brightness === 1 ? letter.toUpperCase() : cell.brightness === 0.6 ? letter : (rest[letter] ?? '?');
}
/** One character each for pads at rest, so that ticks can be counted. */
const rest: Readonly<Record<string, string>> = {v: '1', o: '2', g: '3', b: '4', s: '5', w: '6'};

const levels: readonly (readonly [peakDb: number, drawn: string, meaning: string])[] = [
  [Number.NEGATIVE_INFINITY, '.', 'silent'],
  [-30, '4', 'below the window: blue, dim'],
  [-14, '4', 'below the window: blue, dim'],
  [-9, '3', 'in the window: green, dim'],
  [-5, '2', 'over the window: orange, dim'],
  [-2, '1', 'low headroom: vermillion, dim'],
];
for (const [peakDb, expected, meaning] of levels) {
  test(`a key at ${peakDb} dBFS with nothing to warn of: ${meaning}`, (t) => {
    const given = {surface: byPalette, readingOf: () => levelOf(peakDb)};
    t.is(runs(drawn(60, given, 'pad.rec.1', draw)), `${expected}60`);
  });
}

const speaking: readonly (readonly [what: string, warnings: readonly Warning[], drawn: string, calm: string])[] = [
  ['alarm', states.alarm, 'V5 15 V5 15 V5 15 V5 15 V5 15 V5 15', 'V60'],
  ['warning', states.warning, 'O20 220 O20', 'o60'],
  ['over full scale', [warned({rule: 'over.float', severity: 3})], 'V20 120 V20', 'v60'],
  ['advice: too hot', states.advice, 'O2 23 O2 253', 'o60'],
  ['advice: too low', [warned({rule: 'low'})], 'B2 43 B2 453', 'b60'],
  ['info', states.info, 's60', 's60'],
  ['stale', states.stale, 'W1 639 W1 619', 'w60'],
];
for (const [what, warnings, expected, calm] of speaking) {
  test(`a key that tells of ${what}: ${expected}`, (t) => {
    const given = {surface: byPalette, warnings, readingOf: () => levelOf(-9)};
    t.is(runs(drawn(60, given, 'pad.rec.1', draw)), expected);
    t.is(runs(drawn(60, given, 'pad.cancel', draw)), expected, 'and the key that acknowledges all');
    t.is(runs(drawn(60, given, 'pad.rec.2', draw)), '360', 'the others show their level');
    t.is(runs(drawn(60, {...given, reducedMotion: true}, 'pad.rec.1', draw)), calm, 'where nothing may blink');
  });
}

test('a key with another task is white while its lamp would be lit, and dark without a strip', (t) => {
  const mixer = mixerOf({muted: true}, {});
  const at = (output: string) => draw(cellAt(output, {surface: byPalette, mixer}));
  t.deepEqual(['pad.mute.1', 'pad.mute.2', 'pad.mute.3', 'pad.rec.3'].map(at), ['W', '.', '.', '.']);
});

/** Tints by name and brightness. */
function tint(cell: Cell): string {
  return cell.type === 'pad' && cell.hue.startsWith('strip-')
    ? `${cell.hue.slice('strip-'.length)} ${cell.brightness}`
    : draw(cell);
}
const selects = {controls: {...generic.controls, 'select.*': {note: 40}}};
const tinted = (tints: 'colour' | 'warning'): Surface =>
  surfaceWith({...rgb, tints, keys: {...keys, 'select.*': {note: 40}}}, selects);

for (const tints of ['colour', 'warning'] as const) {
  test(`a key that selects and shows ${tints}: its strip's colour, bright where it is selected, white for a strip without, dark without a strip`, (t) => {
    const mixer = mixerOf({colour: 'red'}, {colour: 'off'});
    const surface = tinted(tints);
    const at = (selected: string | undefined) =>
      [1, 2, 3].map((strip) => tint(cellAt(`pad.select.${strip}`, {surface, mixer, view: {...plainView, selected}})));
    t.deepEqual(at(undefined), ['red 0.25', 'white 0.25', '.']);
    t.deepEqual(at('s1'), ['red 1', 'white 0.25', '.']);
  });

  test(`a key that selects and shows ${tints} while its strip warns`, (t) => {
    const mixer = mixerOf({colour: 'red'});
    const given = {surface: tinted(tints), mixer, warnings: states.alarm};
    const seen = [0, 5].map((lampTick) => tint(cellAt('pad.select.1', {...given, lampTick})));
    t.deepEqual(seen, tints === 'warning' ? ['V', '1'] : ['red 0.25', 'red 0.25']);
  });
}

/** A column from its lowest pad to its top. */
function column(given: Partial<RenderInput>): string {
  const picture = render(deskInput({surface: byPalette, ...given}));
  return [1, 2, 3, 4].map((row) => draw(picture.get(`column.1.${row}`) ?? {type: 'lamp', on: false})).join('');
}

const bars: readonly (readonly [peakDb: number, drawn: string])[] = [
  [Number.NEGATIVE_INFINITY, '....'],
  [-60, 'b...'],
  [-24, 'bb..'],
  [-11, 'bbg.'],
  [-1, 'bbgv'],
];
for (const [peakDb, expected] of bars) {
  test(`a column of four pads at ${peakDb} dBFS: ${expected}`, (t) => {
    t.is(column({readingOf: () => levelOf(peakDb)}), expected);
  });
}

test('the top of a column is the overload lamp: it flashes until the clip is acknowledged', (t) => {
  const given = {warnings: states.alarm, readingOf: () => levelOf(-11)};
  t.deepEqual(
    [0, 4, 5, 9, 10].map((lampTick) => column({...given, lampTick})),
    ['bbgV', 'bbgV', 'bbg1', 'bbg1', 'bbgV'],
  );
  t.is(column({...given, reducedMotion: true, lampTick: 7}), 'bbgV');
});

const bytes: readonly (readonly [hue: Hue, brightness: number, palette: string, rgb: string])[] = [
  ['off', 0, '90 10 00', 'F0 7D 03 10 00 00 00 F7'],
  ['blue', 0.25, '90 10 2B', 'F0 7D 03 10 00 0E 16 F7'],
  ['blue', 0.6, '90 10 2D', 'F0 7D 03 10 00 22 35 F7'],
  ['blue', 1, '90 10 29', 'F0 7D 03 10 00 39 59 F7'],
  ['green', 0.25, '90 10 17', 'F0 7D 03 10 00 14 0E F7'],
  ['green', 1, '90 10 15', 'F0 7D 03 10 00 4F 39 F7'],
  ['orange', 0.25, '90 10 0D', 'F0 7D 03 10 1D 14 00 F7'],
  ['orange', 0.6, '90 10 0A', 'F0 7D 03 10 45 30 00 F7'],
  ['orange', 1, '90 10 09', 'F0 7D 03 10 73 4F 00 F7'],
  ['vermillion', 0.25, '90 10 0B', 'F0 7D 03 10 1B 0C 00 F7'],
  ['vermillion', 1, '90 10 05', 'F0 7D 03 10 6A 2F 00 F7'],
  ['sky', 0.6, '90 10 2F', 'F0 7D 03 10 1A 36 46 F7'],
  ['white', 1, '90 10 03', 'F0 7D 03 10 7F 7F 7F F7'],
];
for (const [hue, brightness, velocity, message] of bytes) {
  test(`${hue} at ${brightness * 100} % is ${velocity} by palette and ${message} by its parts`, (t) => {
    const cell: Cell = {type: 'pad', hue, brightness};
    t.deepEqual(bytesOf(byPalette, 'pad.rec.1', cell), [velocity]);
    t.deepEqual(bytesOf(byRgb, 'pad.rec.1', cell), [message]);
  });
}

test('pads answer at the channel and kind of their address, and columns count up as the mapping says', (t) => {
  const cell: Cell = {type: 'pad', hue: 'white', brightness: 1};
  t.deepEqual(bytesOf(byPalette, 'pad.mute.2', cell), ['92 15 03']);
  t.deepEqual(bytesOf(byPalette, 'pad.cancel', cell), ['B0 18 03']);
  t.deepEqual(bytesOf(byPalette, 'column.1.1', cell), ['90 24 03']);
  t.deepEqual(bytesOf(byPalette, 'column.4.4', cell), ['90 33 03']);
});

test('six bits a part, and a colour in three messages', (t) => {
  const cell: Cell = {type: 'pad', hue: 'orange', brightness: 1};
  const sixBits = surfaceWith({...rgb, colour: {...rgb.colour, full: 63}});
  t.deepEqual(bytesOf(sixBits, 'pad.rec.1', cell), ['F0 7D 03 10 39 27 00 F7']);
  const colour = {messages: ['91 {number} {red}', '92 {number} {green}', '93 {number} {blue}', '90 {number} 7F']};
  const parts = surfaceWith({...rgb, colour});
  t.deepEqual(bytesOf(parts, 'pad.rec.2', cell), ['91 11 73', '92 11 4F', '93 11 00', '90 11 7F']);
});

test('what is lit is never dark on any palette, and dark is dark', (t) => {
  const hex = fc.integer({min: 0, max: 0xffffff}).map((value) => value.toString(16).padStart(6, '0'));
  const lit = fc.tuple(
    fc.constantFrom<Hue>('white', 'blue', 'green', 'orange', 'vermillion', 'sky'),
    fc.constantFrom(0.25, 0.6, 1),
  );
  fc.assert(
    fc.property(fc.array(hex, {minLength: 1, maxLength: 20}), lit, (colours, [hue, brightness]) => {
      const surface = surfaceWith({colour: {palette: ['000000', 'ffffff', ...colours]}, keys});
      const value = (cell: Cell) => Number.parseInt(bytesOf(surface, 'pad.rec.1', cell)[0]?.slice(-2) ?? '', 16);
      const shown = ['000000', 'ffffff', ...colours];
      const isDark = (index: number) =>
        (shown[index]?.match(/../g) ?? []).every((part) => Number.parseInt(part, 16) < 16);
      t.true(isDark(value({type: 'pad', hue: 'off', brightness: 0})));
      t.false(isDark(value({type: 'pad', hue, brightness})));
    }),
    {numRuns: 50},
  );
});

test('on a palette that has them, hues are told apart and never mixed up', (t) => {
  const names = ['white', 'blue', 'green', 'orange', 'vermillion', 'sky'] as const;
  const colours = names.map((name) => hues[name].map((part) => part.toString(16).padStart(2, '0')).join(''));
  const surface = surfaceWith({colour: {palette: ['000000', ...colours]}, keys});
  for (const [index, hue] of names.entries())
    for (const brightness of [0.25, 0.6, 1])
      t.deepEqual(bytesOf(surface, 'pad.rec.1', {type: 'pad', hue, brightness}), [`90 10 0${index + 1}`]);
});

for (const surface of [byPalette, byRgb]) {
  test(`a whole device of pads (${surface.pads?.colours.type}) follows the host's clock, byte by byte, and goes dark with a goodbye`, (t) => {
    const dialect = createDialect(surface);
    const device = createVirtualDevice(surface, () => {});
    device.powerOn();
    const shown = new Map<OutputId, Cell>();
    const flashes: string[] = [];
    let sent = 0;
    for (let lampTick = 0; lampTick < 60; lampTick++) {
      const input = deskInput({surface, warnings: states.alarm, readingOf: () => levelOf(-9), lampTick});
      const changes = diff(shown, render(input), new Set(), describeCell);
      for (const {output, cell} of changes) shown.set(output, cell);
      for (const {bytes: message} of dialect.write(changes)) device.receive(message);
      if (lampTick > 0) sent += changes.length;
      flashes.push(draw(device.shown().get('pad.rec.1') ?? {type: 'lamp', on: false}));
    }
    t.is(runs(flashes.join('')), 'V5 15 V5 15 V5 15 V5 15 V5 15 V5 15');
    t.is(
      sent,
      3 * 11,
      'only what changes is sent: the key, the key for all, and the top of the column, twice in 500 ms',
    );
    t.deepEqual(device.strays, []);
    for (const message of dialect.goodbye()) device.receive(message);
    for (const [id, cell] of device.shown()) t.is(draw(cell), '.', id);
  });
}

const wrong: readonly (readonly [pads: object, problem: string])[] = [
  [{colour: {}}, 'pads.colour: has neither palette nor messages'],
  [{colour: {palette, messages: ['90 00 00']}}, 'pads.colour: has palette and messages at once'],
  [{colour: {palette: {'0': '000000', '200': 'FF0000'}}}, 'pads.colour.palette.200: values are 0 to 127'],
  [
    {colour: {messages: ['F0 {hue} F7']}},
    'pads.colour.messages[0]: "{hue}" is none of {number}, {red}, {green}, {blue}, {value}, {brightness}',
  ],
  [{colour: {messages: ['F0 {red}']}}, 'pads.colour.messages[0]: a message that begins with F0 ends with F7'],
  [{colour: {palette}, keys: {'solo.*': {note: 1}}}, 'pads.keys.solo.*: no button of this surface has this name'],
  [{colour: {palette}, keys: {'rec.*': {note: 125}}}, 'pads.keys.rec.*: rec.4 has no number within 0…127'],
  [{colour: {palette}, columns: {rows: 4, rowStep: 4}}, 'pads.columns: has neither cc nor note'],
  [{colour: {palette}, columns: {rows: 4, note: 120, rowStep: 4}}, 'pads.columns: pads have no number within 0…127'],
];
for (const [pads, problem] of wrong) {
  test(`${problem} is said`, (t) => {
    const text = JSON.stringify({...generic, pads});
    const {problems} = compileMappings([{path: 'x.json', text}]);
    t.deepEqual(
      problems.map(({path, reason}) => `${path.replace('x.json: ', '')}: ${reason}`),
      [problem],
    );
  });
}
