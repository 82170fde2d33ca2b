import test from 'ava';
import fc from 'fast-check';
import {controlPatterns} from '../../src/mapping/control-names.ts';
import {editDistance, nameHint, nearestName} from '../../src/model/near-name.ts';
import {anyText} from '../any-text.ts';

const distances = [
  ['', '', 0],
  ['fader', '', 5],
  ['fader.*', 'fader.*', 0],
  ['fadr.*', 'fader.*', 1],
  ['mtue.*', 'mute.*', 1],
  ['bankleft', 'bank-left', 1],
  ['kitten', 'sitting', 3],
] as const;

for (const [one, other, distance] of distances) {
  test(`from "${one}" to "${other}" it is ${distance} ${distance === 1 ? 'letter' : 'letters'}`, (t) => {
    t.is(editDistance(one, other), distance);
    t.is(editDistance(other, one), distance);
  });
}

const meant = [
  ['fadr.*', 'fader.*'],
  ['faders.*', 'fader.*'],
  ['FADER.*', 'fader.*'],
  ['sollo.*', 'solo.*'],
  ['pley', 'play'],
  ['bank_left', 'bank-left'],
  ['channelright', 'channel-right'],
  ['curosr-up', 'cursor-up'],
] as const;

for (const [written, name] of meant) {
  test(`"${written}" is understood as "${name}"`, (t) => {
    t.is(nearestName(written, controlPatterns), name);
    t.is(nameHint(written, controlPatterns), `did you mean "${name}"?`);
  });
}

test('a word that is like nothing has no nearest name', (t) => {
  t.is(nearestName('xylophone-of-doom', controlPatterns), undefined);
  t.is(nameHint('xylophone-of-doom', controlPatterns), undefined);
});

test('where few words are valid, all of them are said', (t) => {
  t.is(nameHint('loudness', ['level', 'pan', 'trim']), 'one of level, pan, trim');
  t.is(nameHint('anything', []), undefined);
});

test('a name is its own nearest, whatever stands beside it', (t) => {
  fc.assert(fc.property(fc.constantFrom(...controlPatterns), (name) => nearestName(name, controlPatterns) === name));
  t.pass();
});

test('one wrong letter in a name of six or more is always understood as a name at most as far', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom(...controlPatterns.filter((name) => name.length >= 6)),
      fc.nat(),
      fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
      (name, seed, letter) => {
        const at = seed % name.length;
        const written = name.slice(0, at) + letter + name.slice(at + 1);
        const near = nearestName(written, controlPatterns);
        return near !== undefined && editDistance(written, near) <= 1;
      },
    ),
  );
  t.pass();
});

test('distance is symmetric, and 0 only between equal words', (t) => {
  fc.assert(
    fc.property(fc.string({maxLength: 12}), fc.string({maxLength: 12}), (one, other) => {
      const distance = editDistance(one, other);
      return (
        distance === editDistance(other, one) &&
        (distance === 0) === (one === other) &&
        distance <= Math.max(one.length, other.length)
      );
    }),
  );
  t.pass();
});

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
