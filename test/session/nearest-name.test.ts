import test from 'ava';
import fc from 'fast-check';
import {nearestName} from '../../src/session/nearest-name.ts';
import {anyText} from '../any-text.ts';

const known = ['levelDb', 'trimDb', 'pan', 'muted', 'soloed', 'soloSafe'];

for (const [written, near] of [
  ['leveldb', 'levelDb'],
  ['level', 'levelDb'],
  ['trim', 'trimDb'],
  ['tr', undefined],
  ['trimDB', 'trimDb'],
  ['pann', 'pan'],
  ['mute', 'muted'],
  ['soloSave', 'soloSafe'],
  ['volume', undefined],
  ['', undefined],
] as const) {
  test(`"${written}" was meant as ${near ?? 'nothing that is known'}`, (t) => {
    t.is(nearestName(written, known), near);
  });
}

test('a name is nearest to itself, whatever its case', (t) => {
  fc.assert(fc.property(fc.constantFrom(...known), (name) => nearestName(name.toUpperCase(), known) === name));
  t.pass();
});

test('any text has a near name or none, and a very long one none', (t) => {
  fc.assert(
    fc.property(anyText(), (text) => {
      const near = nearestName(text, known);
      return near === undefined || known.includes(near);
    }),
  );
  t.is(nearestName('x'.repeat(1_000_000), known), undefined);
});
