import {fileURLToPath} from 'node:url';
import {isDeepStrictEqual} from 'node:util';
import test from 'ava';
import {loadMappings} from '../../src/mapping/load.ts';
import type {Cell, Change, RingStyle} from '../../src/model/picture.ts';
import type {Control, Output, Surface} from '../../src/model/surface.ts';
import {createDialect, type Heard} from '../../src/surface/dialect.ts';
import {padMessages} from '../../src/surface/plain/pads.ts';
import {projectFile} from '../project.ts';
import {createVirtualDevice} from './virtual-device.ts';

const {surfaces} = await loadMappings(fileURLToPath(projectFile('mappings')));

/** Something else than dark for an output. */
function lit({id, type, cells, lines, ring}: Output, steps: number): Cell {
  switch (type) {
    case 'fader':
      return {type, position: 1};
    case 'ring':
      return {type, style: drawable(ring), position: 1, centre: false};
    case 'lamp':
    case 'overload':
      return {type, on: true};
    case 'pad':
      return {type, hue: 'orange', brightness: 1};
    case 'text':
      return {type, top: id.slice(-cells), bottom: lines === 1 ? '' : 'value'};
    case 'key':
      return {
        type,
        top: 'Kick',
        bottom: '-6.0',
        colour: 'cyan',
        hue: 'orange',
        brightness: 1,
        level: showsLevel(id) ? 12 : undefined,
      };
    case 'colour':
      return {type, colour: 'cyan'};
    case 'meter':
      return {type, step: Math.min(8, steps)};
    case 'warning':
      return {type, severity: 3, rule: 'hot'};
    case 'digits':
      return {type, text: '8'.repeat(cells), dots: [0]};
  }
}

/** A way of drawing that a ring has. */
function drawable(ring: Output['ring']): RingStyle {
  return (['dot', 'boost-cut', 'wrap', 'spread'] as const).find((style) => ring?.styles[style] !== undefined) ?? 'dot';
}

/** Whether two cells look the same: of colours a device may have too few to tell all apart. */
function looksLike(surface: Surface, output: string, one: Cell | undefined, other: Cell): boolean {
  if (one === undefined) return false;
  const address = surface.outputs.get(output)?.address;
  if (one.type !== 'pad' || other.type !== 'pad' || surface.pads === undefined || address === undefined)
    return isDeepStrictEqual(one, other);
  const {colours} = surface.pads;
  return isDeepStrictEqual(padMessages(colours, address, one), padMessages(colours, address, other));
}

/** Whether a drawn key stands for a whole strip. */
function showsLevel(id: string): boolean {
  return /^key\.(select|wheel|selected)\b/.test(id);
}

/** What each kind of control says when a hand is at it. */
function handOn(device: ReturnType<typeof createVirtualDevice>, {id, kind}: Control): readonly string[] {
  switch (kind) {
    case 'fader':
    case 'knob':
      device.move(id, 1);
      return [`fader.moved ${id}`];
    case 'encoder':
    case 'jog':
      device.turn(id, 1);
      return [`encoder.turned ${id}`];
    case 'spring':
      device.deflect(id, 1);
      return [`spring.moved ${id}`];
    case 'button':
      device.press(id);
      device.lift(id);
      return [`button.pressed ${id}`, `button.released ${id}`];
  }
}

function connected(surface: Surface) {
  const dialect = createDialect(surface);
  const heard: Heard[] = [];
  const device = createVirtualDevice(surface, (said) => {
    for (const event of dialect.read(said)) {
      heard.push(event);
      if (event.type === 'link.asked') for (const reply of event.reply) device.receive(reply);
    }
  });
  device.powerOn();
  for (const message of dialect.hello()) device.receive(message);
  return {device, dialect, heard};
}

test('there are mappings', (t) => {
  t.true(surfaces.length > 0);
});

for (const surface of surfaces) {
  test(`${surface.name}: shakes hands`, (t) => {
    const {device, heard} = connected(surface);
    t.is(device.state, 'online');
    t.is(
      heard.some(({type}) => type === 'link.confirmed'),
      surface.handshake.kind !== 'none',
    );
    t.false(heard.some(({type}) => type === 'link.refused'));
  });

  test(`${surface.name}: every control is heard under its name`, (t) => {
    const {device, heard} = connected(surface);
    for (const control of surface.controls.values()) {
      heard.length = 0;
      const expected = handOn(device, control);
      // A value in two messages is told at the first of them, too, until the device has shown that it sends a second one.
      const said = heard.map((event) => ('control' in event ? `${event.type} ${event.control}` : event.type));
      t.deepEqual(
        said.filter((one, index) => one !== said[index - 1]),
        expected,
      );
    }
  });

  test(`${surface.name}: every output shows what it is told, and darkens at the end`, (t) => {
    const {device, dialect} = connected(surface);
    const outputs = [...surface.outputs.values()];
    const changes = outputs.map(
      (output): Change => ({output: output.id, cell: lit(output, surface.meters?.steps ?? 8), because: 'test'}),
    );
    for (const {bytes} of dialect.write(changes)) device.receive(bytes);
    for (const {output, cell} of changes) t.true(looksLike(surface, output, device.shown().get(output), cell), output);
    for (const bytes of dialect.goodbye()) device.receive(bytes);
    for (const {output, cell} of changes) {
      if (cell.type !== 'fader') t.false(looksLike(surface, output, device.shown().get(output), cell), output);
    }
    t.deepEqual(device.strays, []);
  });
}
