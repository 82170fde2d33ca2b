import test from 'ava';
import {readChoice, unknownChoice, withChosenSurfaces} from '../../src/app/chosen-surfaces.ts';
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
