import {fileURLToPath} from 'node:url';
import test from 'ava';
import {loadMappings} from '../../src/mapping/load.ts';
import type {Address, Surface} from '../../src/model/surface.ts';
import {projectFile} from '../project.ts';
import {roundTripFaults, tie} from './round-trip.ts';

const {surfaces} = await loadMappings(fileURLToPath(projectFile('mappings')));

/** A mapping with a fault in it: what lives at a place is changed. */
function spoilt(id: string, name: string, change: Partial<Address>): Surface {
  const surface = surfaces.find((one) => one.id === id);
  const [control, output] = [surface?.controls.get(name), surface?.outputs.get(name)];
  if (surface === undefined) throw new Error(`no ${id}`);
  return {
    ...surface,
    controls: new Map([...surface.controls].map(([key, one]) => [key, one === control ? changed(one, change) : one])),
    outputs: new Map([...surface.outputs].map(([key, one]) => [key, one === output ? changed(one, change) : one])),
  };
}

function changed<Placed extends {readonly address: Address | undefined}>(
  one: Placed,
  change: Partial<Address>,
): Placed {
  return {...one, address: one.address && {...one.address, ...change}};
}

const faults: readonly (readonly [id: string, name: string, change: Partial<Address>, told: RegExp])[] = [
  ['korg-nanokontrol2', 'lamp.solo.1', {off: 127}, /^korg-nanokontrol2 lamp\.solo\.1: shows .* for .*"on":false/],
  ['korg-nanokontrol2', 'fader.2', {number: 0}, /^korg-nanokontrol2 fader\.2: is heard as .*fader\.1/],
  ['korg-nanokontrol2', 'play', {number: 42, press: 'trigger'}, /^korg-nanokontrol2 play: /],
  ['xone-k2', 'encoder.1', {on: 1, off: 1}, /^xone-k2 encoder\.1: 1 steps are heard as 0/],
  ['akai-apc40-mk2', 'column.1.1', {number: 1}, /^akai-apc40-mk2 column\.[12]\.1: /],
];

for (const [id, name, change, told] of faults) {
  test(`a fault is found: ${id}, ${name} ${JSON.stringify(change)}`, (t) => {
    const found = roundTripFaults(spoilt(id, name, change));
    t.true(
      found.some((fault) => told.test(fault)),
      found.join('\n'),
    );
  });
}

test('there are mappings', (t) => {
  t.true(surfaces.length > 0);
});

for (const surface of surfaces) {
  test(`${surface.name}: shakes hands`, (t) => {
    const {device, heard} = tie(surface);
    t.is(device.state, 'online');
    t.is(
      heard.some(({type}) => type === 'link.confirmed'),
      surface.handshake.kind !== 'none',
    );
    t.false(heard.some(({type}) => type === 'link.refused'));
  });

  test(`${surface.name}: every control and every output makes its way there and back, and goes dark`, (t) => {
    t.deepEqual(roundTripFaults(surface), []);
  });
}
