import test from 'ava';
import {readChoice, unknownChoice, withChosenSurfaces} from '../../src/app/chosen-surfaces.ts';
import {systemClock} from '../../src/app/clock.ts';
import {mayOpen, surfaceTransports} from '../../src/app/surface-transports.ts';
import type {Port} from '../../src/transport/contract.ts';
import {memoryTransport} from '../../src/transport/memory.ts';
import {mackieSurface, plainSurface} from '../virtual-desk/sample-surface.ts';

const surfaces = [mackieSurface(), plainSurface()];

const written: readonly (readonly [string, ReturnType<typeof readChoice>])[] = [
  ['x-touch-hui=X-Touch', {surface: 'x-touch-hui', port: 'X-Touch'}],
  [' a = b = c ', {surface: 'a', port: 'b = c'}],
  ['a', undefined],
  ['a=', undefined],
  ['=b', undefined],
];

for (const [text, choice] of written) {
  test(`"${text}" ${choice === undefined ? 'is no choice' : `chooses ${choice.surface} for ${choice.port}`}`, (t) => {
    t.deepEqual(readChoice(text), choice);
  });
}

test('a port whose name has the part in it, in any case, is the chosen surface, and no other is', (t) => {
  const transport = memoryTransport();
  const [chosen] = withChosenSurfaces([transport], [{surface: 'sample-plain', port: 'umc'}], surfaces);
  let seen: readonly Port[] = [];
  chosen?.watch((ports) => {
    seen = ports;
  });
  transport.plug('UMC404HD MIDI 1');
  transport.plug('X-Touch');
  t.deepEqual(
    seen.map(({name, surface}) => [name, surface?.id]),
    [
      ['UMC404HD MIDI 1', 'sample-plain'],
      ['X-Touch', undefined],
    ],
  );
});

test('a choice of a surface that is not known is told with the name that was probably meant', (t) => {
  const problem = unknownChoice([{surface: 'sample-plan', port: 'x'}], surfaces);
  t.is(problem?.code, 'usage');
  t.regex(
    problem?.message ?? '',
    /--surface sample-plan=x: no surface has this name \(did you mean "sample-plain"\?\)/,
  );
  t.is(unknownChoice([{surface: 'sample-mackie', port: 'x'}], surfaces), undefined);
});

const board: Port = {
  id: '/dev/ttyACM0',
  name: 'Uno',
  kind: 'serial',
  usb: {vendor: '2341', product: '0043', serial: undefined},
};
const line: Port = {id: '/dev/ttyUSB0', name: 'CH340', kind: 'serial'};

for (const [serial, opened] of [
  [[], [board]],
  [['all'], [board, line]],
  [[line.id], [board, line]],
  [['none'], []],
  [['none', line.id], [line]],
  [[line.id, 'none'], [line]],
  [['none', board.id], [board]],
  [['none', 'all'], []],
] as const) {
  const words = serial.map((port) => `--serial ${port}`).join(' ') || 'nothing said';
  test(`with ${words} ${opened.map(({name}) => name).join(' and ') || 'no serial port'} may be opened`, (t) => {
    t.deepEqual(
      [board, line].filter((port) => mayOpen(serial, port)),
      [...opened],
    );
  });
}

for (const [serial, kinds] of [
  [[], ['midi', 'hid', 'serial', 'hid']],
  [['none'], ['midi', 'hid', 'hid']],
  [
    ['none', line.id],
    ['midi', 'hid', 'serial', 'hid'],
  ],
] as const) {
  test(`boards over raw HID are greeted with --serial ${serial.join(', ') || 'not given'}, too`, async (t) => {
    const host = {clock: systemClock, serial, progress: () => 0, live: () => true, notice: () => {}};
    const transports = surfaceTransports(host);
    t.deepEqual(
      transports.map(({kind}) => kind),
      [...kinds],
    );
    for (const transport of transports) await transport.close();
  });
}
