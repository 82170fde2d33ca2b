import test from 'ava';
import fc from 'fast-check';
import {asciiName, shortName, shortNames} from '../../src/model/short-name.ts';
import {anyText} from '../any-text.ts';

const table: readonly (readonly [name: string, seven: string, six: string])[] = [
  ['Kick', 'Kick', 'Kick'],
  ['Kick In', 'Kick In', 'KickIn'],
  ['Kick Out', 'KickOut', 'KikOut'],
  ['Snare Bottom', 'SnrBot', 'SnrBot'],
  ['Tom 2', 'Tom 2', 'Tom 2'],
  ['Hi-Hat', 'Hi-Hat', 'Hi-Hat'],
  ['Overhead L', 'OHL', 'OHL'],
  ['Lead Vocal', 'LeadVoc', 'LdVoc'],
  ['Backing Vocals 3', 'BkVocs3', 'BkVoc3'],
  ['Electric Guitar', 'ElecGtr', 'ElGtr'],
  ['Electric Guitar 2', 'ElGtr 2', 'ElGtr2'],
  ['Acoustic Guitar Left', 'AcGtrL', 'AcGtrL'],
  ['Tambourine', 'Tamb', 'Tamb'],
  ['Synth Bass', 'SynBass', 'SynBss'],
  ['Hammond Organ', 'HmndOrg', 'HmnOrg'],
  ['808 Kick', '808Kick', '808Kik'],
  ['Audio 07', 'Audio07', 'Aud 07'],
  ['Böse Flöte', 'BoseFlt', 'BsFlt'],
  ['  lead   vocal ', 'LeadVoc', 'LdVoc'],
  ['ギター', '?', '?'],
  ['', '?', '?'],
];

for (const [name, seven, six] of table) {
  test(`"${name}" is "${seven}" in seven cells and "${six}" in six`, (t) => {
    t.is(shortName(name, 7), seven);
    t.is(shortName(name, 6), six);
  });
}

test('letters with marks become the letters they look like', (t) => {
  t.is(asciiName('Große Œuvre à l’été, Łódź, smørrebrød'), 'Grosse Oeuvre a lete, Lodz, smorrebrod');
});

test('names that would read the same are numbered, and no number is another strip’s own name', (t) => {
  t.deepEqual(shortNames(['Lead Vocal', 'Lead Vocals', 'Lead Voc', 'LdVoc2'], 6), [
    'LdVoc',
    'LdVocs',
    'LdVoc3',
    'LdVoc2',
  ]);
  t.deepEqual(shortNames(['Vox', 'Vox', 'Vox'], 7), ['Vox', 'Vox2', 'Vox3']);
});

const anyName = fc.oneof(
  anyText({maxLength: 300}),
  fc.string({unit: 'grapheme', maxLength: 60}),
  fc
    .array(fc.constantFrom('Lead', 'Vocal', 'Guitar', 'Électrique', '2', '12', 'L', 'Double', 'x', '808'))
    .map((words) => words.join(' ')),
);

test('any name fits its cells, in printable ASCII, and is only empty where there is no room', (t) => {
  fc.assert(
    fc.property(anyName, fc.integer({min: -2, max: 60}), (name, cells) => {
      const short = shortName(name, cells);
      return short.length <= Math.max(0, cells) && /^[\x20-\x7e]*$/.test(short) && (short !== '' || cells < 1);
    }),
    {numRuns: 1000},
  );
  t.pass();
});

test('a name of nothing but dashes is cut where the room ends', (t) => {
  t.is(shortName('__', 1), '_');
  t.is(shortName('- - -', 3), '- -');
});

test('a name that is short enough already is left alone', (t) => {
  fc.assert(fc.property(fc.stringMatching(/^[!-~]{1,7}$/), (name) => shortName(name, 7) === name));
  t.pass();
});

test('up to a hundred strips have names of their own in four cells and more', (t) => {
  fc.assert(
    fc.property(fc.array(anyName, {maxLength: 100}), fc.integer({min: 4, max: 12}), (names, cells) => {
      const short = shortNames(names, cells);
      return new Set(short).size === names.length && short.every((name) => name.length <= cells);
    }),
  );
  t.pass();
});

test('a hundred equal names stay apart', (t) => {
  t.is(
    new Set(
      shortNames(
        Array.from({length: 100}, () => 'Lead Vocal Double'),
        6,
      ),
    ).size,
    100,
  );
});

test('nonsense room gives nothing', (t) => {
  t.is(shortName('Kick', Number.NaN), '');
  t.deepEqual(shortNames(['Kick', 'Kick'], 0), ['', '']);
});
