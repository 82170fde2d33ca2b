import test from 'ava';
import fc from 'fast-check';
import {type Group, groupNames} from '../../src/model/mixer.ts';
import type {StemFacts} from '../../src/model/stem-facts.ts';
import {instruments} from '../../src/session/instrument-words.ts';
import {arrange, groupColours, joinedWords, placeOf} from '../../src/session/instruments.ts';
import {anyText} from '../any-text.ts';

const facts: StemFacts = {
  path: '/x/a.wav',
  format: 'wav',
  channels: 1,
  sampleRate: 48_000,
  lengthFrames: 48_000,
  bits: 24,
  peakDb: -9,
  clippedRuns: 0,
  digest: '',
};

test('a desk stands in the order of its drum kit first, then bass, guitars, keys, strings, vocals, effects', (t) => {
  const wanted = [
    'Kick In',
    'Kick Out',
    'Snare Top',
    'Tom 1',
    'Tom 2',
    'Tom 10',
    'Hi-Hat',
    'Ride',
    'Overhead L',
    'Overhead R',
    'Drum Room',
    'Shaker',
    'Bass DI',
    'Electric Guitar',
    'Banjo',
    'Piano',
    'Organ',
    'Synth',
    'Pad',
    'Violin',
    'Viola',
    'Cello',
    'Trumpet',
    'Flute',
    'Lead Vocal',
    'Vox',
    'Backing Vocal',
    'Reverb',
    'Vinyl',
    'Mystery',
  ];
  const shuffled = [...wanted].sort(
    (one, other) => ((one.length * 7) % 5) - ((other.length * 7) % 5) || one.localeCompare(other),
  );
  const arranged = arrange(shuffled.map((name) => ({facts, name})));
  t.deepEqual(
    arranged.map((stem) => stem.name).filter((name) => name !== 'Drum Room'),
    wanted.filter((name) => name !== 'Drum Room'),
  );
});

const choices: readonly (readonly [name: string, group: Group, why: string])[] = [
  ['Vocal Reverb', 'effects', 'a strong word wins over a plain one'],
  ['Guitar Room', 'guitars', 'a weak word yields to a plain one'],
  ['Bass Drum', 'drums', 'the longer phrase wins'],
  ['Kick Bass', 'bass', 'the last of equals wins'],
  ['Synth Strings', 'strings', 'a synth yields to what it plays'],
  ['Synth Bass', 'bass', 'a synth yields to what it plays'],
  ['Vocal Pad', 'vocals', 'a pad yields to what it is made of'],
  ['Vocoder Synth', 'vocals', 'a synth yields to what it plays'],
  ['Trompete', 'strings', 'German words are known'],
  ['Cymbale', 'drums', 'French words are known'],
  ['Violonchelo', 'strings', 'Spanish words are known'],
  ['Rullante', 'drums', 'Italian words are known'],
  ['FLÖTE', 'strings', 'case and marks do not count'],
  ['gtr2', 'guitars', 'a number at the end of a word does not hide it'],
  ['Leadgitarrensolo', 'guitars', 'joined words are taken apart'],
  ['Kickstarter', 'other', 'a word at the start of an unknown one is no proof'],
  ['Organic', 'other', 'a word at the start of an unknown one is no proof'],
];

for (const [name, group, why] of choices) {
  test(`"${name}" belongs to ${group}: ${why}`, (t) => t.is(placeOf(name).group, group));
}

test('words joined to one fall apart, others stay', (t) => {
  t.deepEqual(joinedWords('LeadVocals'), ['lead', 'vocals']);
  t.deepEqual(joinedWords('snarebottom'), ['snare', 'bottom']);
  for (const word of ['Kick', 'trombone', 'organic', 'overhead', 'inside', 'tambourine', 'xyz', ''])
    t.is(joinedWords(word), undefined, word);
});

test('every group but other has instruments, and each has a colour that a display can show', (t) => {
  for (const group of groupNames) {
    t.true(
      instruments.some((instrument) => instrument.group === group),
      group,
    );
    t.not(groupColours[group], 'off');
  }
  t.is(new Set(groupNames.slice(0, 7).map((group) => groupColours[group])).size, 7);
});

test('every word of the table is written as it is looked for: small letters, no marks, single spaces', (t) => {
  for (const {words} of instruments) for (const word of words) t.regex(word, /^[a-z0-9]+( [a-z0-9]+)*$/);
});

test('every word of the table is found again in the group it stands for', (t) => {
  const groupsOf = new Map<string, Set<Group>>();
  for (const {group, words} of instruments)
    for (const word of words) groupsOf.set(word, (groupsOf.get(word) ?? new Set()).add(group));
  for (const [word, groups] of groupsOf) {
    t.is(groups.size, 1, `"${word}" stands in ${[...groups].join(' and ')}`);
    t.true(groups.has(placeOf(word).group), word);
  }
});

test('any names are arranged without a throw, none lost, groups in desk order', (t) => {
  fc.assert(
    fc.property(fc.array(anyText({maxLength: 60})), (names) => {
      const arranged = arrange(names.map((name) => ({facts, name})));
      const groups = arranged.map((stem) => groupNames.indexOf(stem.group));
      return (
        arranged.length === names.length &&
        groups.every((group, index) => index === 0 || group >= (groups[index - 1] ?? 0))
      );
    }),
  );
  t.pass();
});
