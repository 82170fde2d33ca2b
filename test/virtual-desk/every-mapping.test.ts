import {fileURLToPath} from 'node:url';
import test from 'ava';
import {loadMappings} from '../../src/mapping/load.ts';
import {projectFile} from '../project.ts';
import {roundTripFaults, tie} from './round-trip.ts';

const {surfaces} = await loadMappings(fileURLToPath(projectFile('mappings')));

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
