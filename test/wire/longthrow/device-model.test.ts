import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import fc from 'fast-check';
import {compileMappings} from '../../../src/mapping/compile.ts';
import {controlPatterns, covers} from '../../../src/mapping/control-names.ts';
import type {Descriptor} from '../../../src/wire/longthrow/descriptor.ts';
import {readDescriptor} from '../../../src/wire/longthrow/descriptor-reader.ts';
import {writeDescriptor} from '../../../src/wire/longthrow/descriptor-writer.ts';
import {functionNumber, keyFunction} from '../../../src/wire/longthrow/device-function.ts';
import {deviceModel} from '../../../src/wire/longthrow/device-model.ts';
import {projectFile} from '../../project.ts';

const eight: Descriptor = JSON.parse(
  readFileSync(projectFile('firmware-protocol/descriptors/eight-strips.json'), 'utf8'),
);
const model = deviceModel(eight, '0123456789abcdef');

test('every control and output of the eight strips stands on the desk, and knows its number', (t) => {
  const {surface} = model;
  t.is(surface.strips, 8);
  t.is(surface.name, 'Eight strips');
  const stripControls = ['fader', 'encoder', 'mute'].flatMap((name) => eightOf(name));
  const keys = ['bank-left', 'bank-right', 'flip', 'shift', 'solo-global', 'stop', 'play', 'record'];
  t.deepEqual([...surface.controls.keys()].sort(), [...stripControls, ...keys].sort());
  const stripOutputs = ['fader', 'ring', 'meter', 'text', 'lamp.mute', 'overload'].flatMap((name) => eightOf(name));
  t.deepEqual([...surface.outputs.keys()].sort(), [...stripOutputs, ...keys.map((key) => `lamp.${key}`)].sort());
  t.deepEqual([...model.outputs.keys()].sort(), [...surface.outputs.keys()].sort());
  t.is(model.faders.get(7), 'fader.8');
  t.is(model.buttons.get(14), 'play');
  t.is(model.encoders.get(0), 'encoder.1');
  t.deepEqual(model.outputs.get('overload.3'), {message: 'lamps', index: 10, lines: 0});
  t.deepEqual(model.outputs.get('text.2'), {message: 'text', index: 1, lines: 2});
  t.deepEqual(model.outputs.get('fader.2'), {message: 'motors', index: 1, lines: 0});
  t.is(model.warnings.get(8), 'mix');
  t.is(model.warnings.get(3), 3);
});

test('its traits are what the descriptor says', (t) => {
  const {faders, meters, pace, unit, dialect} = model.surface;
  t.like(faders, {motor: true, touch: 'sensed', echo: false, topValue: 65_535, stepValue: 64});
  t.deepEqual(meters, {steps: 8, decayMsPerStep: undefined, resendMs: 1000, overload: true, master: false});
  t.like({pace, unit, dialect}, {pace: {bytesPerSecond: 6912}, unit: 'main', dialect: 'longthrow'});
});

test('its controls have names that layouts know, so that the shipped layouts work with it', (t) => {
  for (const id of model.surface.controls.keys())
    t.true(
      controlPatterns.some((pattern) => covers(pattern, id)),
      id,
    );
  const folder = projectFile('mappings/layouts/');
  const texts = readdirSync(folder).map((path) => ({path, text: readFileSync(new URL(path, folder), 'utf8')}));
  const {layouts} = compileMappings(texts);
  t.true(layouts.length > 0);
  for (const layout of layouts)
    t.true(
      [...layout.bindings.keys()].some((pattern) =>
        [...model.surface.controls.keys()].some((id) => covers(pattern, id)),
      ),
      layout.id,
    );
});

test('a master fader, a jog wheel, meters of the mix, knobs, colours, a scale and digits find their places', (t) => {
  const {surface, outputs} = deviceModel(
    {
      strips: 2,
      unit: 'extender',
      records: [
        {
          type: 'faders',
          first: 0,
          count: 1,
          place: 'unit',
          motor: false,
          touch: false,
          echo: false,
          knobs: false,
          settleMs: 0,
          steps: 128,
        },
        {
          type: 'faders',
          first: 1,
          count: 2,
          place: 0,
          motor: false,
          touch: false,
          echo: false,
          knobs: true,
          settleMs: 500,
          steps: 1024,
        },
        {type: 'encoders', first: 0, count: 1, place: 'unit'},
        {type: 'meters', first: 0, count: 2, place: 'unit', steps: 12, safe: 0},
        {type: 'strip-lamps', first: 0, count: 2, strip: 0, function: 0x11, kind: 'colour', safe: 0},
        {type: 'strip-lamps', first: 2, count: 2, strip: 0, function: functionNumber('rec'), kind: 'colour', safe: 0},
        {type: 'unit-lamps', first: 4, kind: 'brightness', safe: 0, functions: [functionNumber('rude-solo'), 0, 0x30]},
        {type: 'digits', first: 0, shows: 'time', cells: 10},
        {
          type: 'scale',
          marks: [
            {position: 0, tenthsDb: undefined},
            {position: 30_000, tenthsDb: -200},
            {position: 65_535, tenthsDb: 60},
          ],
        },
        {type: 'name', text: 'A\u202enasty\u0007name'},
      ],
    },
    'x',
  );
  t.deepEqual([...surface.controls.keys()], ['fader.master', 'knob.1', 'knob.2', 'jog']);
  t.deepEqual(
    [...outputs.keys()],
    ['meter.left', 'meter.right', 'colour.1', 'colour.2', 'pad.rec.1', 'pad.rec.2', 'lamp.rude-solo', 'digits.time'],
  );
  t.deepEqual(
    surface.faders.taper.map(({levelDb}) => levelDb),
    [Number.NEGATIVE_INFINITY, -20, 6],
  );
  t.is(surface.faders.touch, 'inferred');
  t.is(surface.faders.settleMs, 500);
  t.true(surface.meters?.master);
  t.is(surface.palette, 'rgb-bytes');
  t.is(surface.name, 'A nasty name');
});

test('the 64 keys have the numbers 40 to 7F', (t) => {
  const names = Array.from({length: 64}, (_, key) => keyFunction(0x40 + key));
  t.is(new Set(names).size, 64);
  t.false(names.includes(undefined));
  const text = readFileSync(projectFile('firmware-protocol/README.md'), 'utf8').split('<!-- functions -->')[1] ?? '';
  const written = [...(text.split('Lamps without')[0] ?? '').matchAll(/[a-z][a-z0-9]*(?:-[a-z]+)*/g)].map(
    ([name]) => name,
  );
  t.deepEqual(written, names);
});

test('any bytes are read as a descriptor, none throw, and what is good makes a surface', (t) => {
  const bytes = writeDescriptor(eight);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({min: 0, max: 255})), {maxLength: 4}),
      fc.nat(bytes.length),
      (changes, length) => {
        const spoilt = bytes.slice(0, length);
        for (const [at, byte] of changes) if (at < length) spoilt[at] = byte;
        const read = readDescriptor(spoilt);
        if (read.state === 'bad') return read.faults.length > 0;
        const made = deviceModel(read.descriptor, 'x');
        return made.surface.outputs.size === made.outputs.size && made.surface.pace.bytesPerSecond > 0;
      },
    ),
    {numRuns: 500},
  );
  t.pass();
});

function eightOf(name: string): readonly string[] {
  return Array.from({length: 8}, (_, strip) => `${name}.${strip + 1}`);
}
