import {fileURLToPath} from 'node:url';
import test from 'ava';
import fc from 'fast-check';
import {loadMappings} from '../../../src/mapping/load.ts';
import type {Cell, Change} from '../../../src/model/picture.ts';
import type {Surface} from '../../../src/model/surface.ts';
import {createDialect, type Dialect, type Heard} from '../../../src/surface/dialect.ts';
import {projectFile} from '../../project.ts';
import {bytes, cut} from '../../wire/bytes.ts';

const {surfaces} = await loadMappings(fileURLToPath(projectFile('mappings')));
const hui = surfaces.find(({id}) => id === 'generic-hui');

function surface(choice: Partial<Surface> = {}): Surface {
  if (hui === undefined) throw new Error('there is no HUI');
  return {...hui, ...choice};
}

const ping = bytes('90 00 00');
const answer = bytes('90 00 7F');

function hex(outgoing: readonly {readonly bytes: Uint8Array}[]): readonly string[] {
  return outgoing.map((one) => [...one.bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' '));
}

function written(dialect: Dialect, ...cells: readonly (readonly [string, Cell])[]): readonly string[] {
  return hex(dialect.write(cells.map(([output, cell]): Change => ({output, cell, because: 'test'}))));
}

test('it is asked at once and every second, and is there as soon as it answers', (t) => {
  const dialect = createDialect(surface());
  t.deepEqual(dialect.hello(), [ping]);
  t.deepEqual(dialect.pulse, {everyMs: 1000, lostAfterMs: 3500, messages: [ping]});
  t.deepEqual(dialect.read(answer), [{type: 'link.confirmed'}]);
  t.deepEqual(dialect.read(answer), [{type: 'link.answered'}]);
  dialect.hello();
  t.deepEqual(dialect.read(answer), [{type: 'link.confirmed'}]);
});

test('a device that was switched on again is asked at once, and confirmed anew', (t) => {
  const dialect = createDialect(surface());
  dialect.hello();
  dialect.read(answer);
  t.deepEqual(dialect.read(bytes('FF')), [{type: 'link.asked', reply: [ping]}]);
  t.deepEqual(dialect.read(answer), [{type: 'link.confirmed'}]);
});

const hands: readonly (readonly [string, string, readonly Heard[]])[] = [
  ['a touch', 'B0 0F 03 2F 40', [{type: 'fader.touched', control: 'fader.4'}]],
  ['a release', 'B0 0F 03 2F 00', [{type: 'fader.released', control: 'fader.4'}]],
  ['the top of a fader', 'B0 07 7F 27 7F', [{type: 'fader.moved', control: 'fader.8', position: 1}]],
  ['a fader that it does not have', 'B0 08 7F 28 7F', []],
  ['the push of an encoder', 'B0 0F 07 2F 45', [{type: 'button.pressed', control: 'push.8'}]],
  [
    'a key',
    'B0 0F 0E 2F 44 2F 04',
    [
      {type: 'button.pressed', control: 'play'},
      {type: 'button.released', control: 'play'},
    ],
  ],
  ['an encoder', 'B0 40 42', [{type: 'encoder.turned', control: 'encoder.1', steps: 2}]],
  ['an encoder of the parameter section', 'B0 48 42', []],
  ['the jog wheel', 'B0 0D 3F', [{type: 'encoder.turned', control: 'jog', steps: -63}]],
];

for (const [what, said, events] of hands) {
  test(`${what} is heard`, (t) => {
    t.deepEqual(createDialect(surface()).read(bytes(said)), events);
  });
}

test('touch is not believed where the mapping says that there is none', (t) => {
  const inferred = surface({faders: {...surface().faders, touch: 'inferred'}});
  t.deepEqual(createDialect(inferred).read(bytes('B0 0F 03 2F 40')), []);
});

test('a ninth fader is the master', (t) => {
  const control = {id: 'fader.master', kind: 'fader', strip: undefined, address: undefined} as const;
  const output = {id: 'fader.master', type: 'fader', strip: undefined, cells: 0, address: undefined} as const;
  const {controls, outputs} = surface();
  const dialect = createDialect(
    surface({
      controls: new Map([...controls, [control.id, control]]),
      outputs: new Map([...outputs, [output.id, output]]),
    }),
  );
  t.deepEqual(dialect.read(bytes('B0 08 00 28 00')), [{type: 'fader.moved', control: 'fader.master', position: 0}]);
  t.deepEqual(written(dialect, ['fader.master', {type: 'fader', position: 1}]), ['b0 08 7f b0 28 7f']);
});

const feedback: readonly (readonly [string, Cell, readonly string[]])[] = [
  ['fader.1', {type: 'fader', position: 1}, ['b0 00 7f b0 20 7f']],
  ['fader.8', {type: 'fader', position: 0.5}, ['b0 07 40 b0 27 00']],
  ['ring.2', {type: 'ring', style: 'dot', position: 0.5, centre: false}, ['b0 11 06']],
  ['ring.2', {type: 'ring', style: 'spread', position: undefined, centre: true}, ['b0 11 70']],
  ['lamp.play', {type: 'lamp', on: true}, ['b0 0c 0e b0 2c 44']],
  ['lamp.mute.3', {type: 'lamp', on: false}, ['b0 0c 02 b0 2c 02']],
  ['lamp.rude-solo', {type: 'lamp', on: true}, ['b0 0c 16 b0 2c 43']],
  ['meter.1.left', {type: 'meter', step: 11}, ['a0 00 0b']],
  ['meter.1.right', {type: 'meter', step: 3}, ['a0 00 13']],
  ['text.1', {type: 'text', top: 'Kick', bottom: ''}, ['f0 00 00 66 05 00 10 00 4b 69 63 6b f7']],
  ['text.8', {type: 'text', top: 'Ü', bottom: ''}, ['f0 00 00 66 05 00 10 07 55 20 20 20 f7']],
  ['digits.assignment', {type: 'digits', text: 'LV', dots: [0, 1]}, ['f0 00 00 66 05 00 10 08 4c 2e 56 2e f7']],
  [
    'digits.time',
    {type: 'digits', text: '10203004', dots: [0, 2, 4]},
    ['f0 00 00 66 05 00 11 04 00 00 13 00 12 00 11 f7'],
  ],
  ['text.none', {type: 'text', top: 'Kick', bottom: ''}, []],
  ['lamp.play', {type: 'overload', on: true}, []],
];

for (const [output, cell, messages] of feedback) {
  test(`${output}: ${JSON.stringify(cell)} is ${messages.join(', ') || 'nothing'}`, (t) => {
    t.deepEqual(written(createDialect(surface()), [output, cell]), messages);
  });
}

test('of the large display only the quarters that changed are written, until it is unknown again', (t) => {
  const dialect = createDialect(surface());
  const text = (top: string, bottom: string): Cell => ({type: 'text', top, bottom});
  t.is(written(dialect, ['text.main', text('Kick Snar', '0.0  -3.0')]).length, 8);
  const [only, ...others] = written(dialect, ['text.main', text('Kick Snar', '0.0  -4.0')]);
  t.is(only, 'f0 00 00 66 05 00 12 04 30 2e 30 20 20 2d 34 2e 30 20 f7');
  t.deepEqual(others, []);
  dialect.hello();
  t.is(written(dialect, ['text.main', text('Kick Snar', '0.0  -5.0')]).length, 8);
  dialect.read(answer);
  t.is(written(dialect, ['text.main', text('Kick Snar', '0.0  -6.0')]).length, 8);
  dialect.read(answer);
  t.is(written(dialect, ['text.main', text('Kick Snar', '0.0  -7.0')]).length, 1, 'an answer as any other');
  dialect.read(bytes('FF'));
  dialect.read(answer);
  t.is(written(dialect, ['text.main', text('Kick Snar', '0.0  -8.0')]).length, 8, 'it was switched on again');
});

test('a clip lights the highest lamp of both sides, whatever levels come, until it was acknowledged', (t) => {
  const dialect = createDialect(surface());
  t.deepEqual(written(dialect, ['meter.2.left', {type: 'meter', step: 5}]), ['a0 01 05']);
  t.deepEqual(written(dialect, ['overload.2', {type: 'overload', on: true}]), ['a0 01 0c', 'a0 01 1c']);
  t.deepEqual(written(dialect, ['meter.2.left', {type: 'meter', step: 7}]), ['a0 01 0c']);
  t.deepEqual(written(dialect, ['overload.2', {type: 'overload', on: false}]), ['a0 01 07', 'a0 01 10']);
  written(dialect, ['overload.2', {type: 'overload', on: true}]);
  dialect.hello();
  t.deepEqual(written(dialect, ['meter.2.left', {type: 'meter', step: 3}]), ['a0 01 03'], 'asked anew it is unknown');
});

test('newer digits replace older ones that still wait, and say as much', (t) => {
  const dialect = createDialect(surface());
  const time = (text: string): Change => ({output: 'digits.time', cell: {type: 'digits', text, dots: []}, because: ''});
  const [one] = dialect.write([time('00000001')]);
  const [other] = dialect.write([time('00000012')]);
  t.is(one?.key, other?.key);
  t.is(one?.bytes.length, other?.bytes.length);
});

test('any bytes, in any chunks, are heard without an error and alike', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 120}), fc.array(fc.nat()), (whole, places) => {
      const [once, chunked] = [createDialect(surface()), createDialect(surface())];
      t.deepEqual(
        cut(whole, places).flatMap((chunk) => chunked.read(chunk)),
        once.read(whole),
      );
    }),
    {numRuns: 50},
  );
});
