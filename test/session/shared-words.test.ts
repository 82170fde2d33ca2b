import test from 'ava';
import fc from 'fast-check';
import {sharedWords, type Words} from '../../src/session/shared-words.ts';

const same = (words: Words): Words => words;
const split = (names: readonly string[]): readonly Words[] =>
  names.map((name) => name.split(' ').filter((word) => word !== ''));

const table: readonly (readonly [law: string, names: readonly string[], from: 1 | -1, shared: number])[] = [
  ['a song’s name is shared', ['My Song Kick', 'My Song Snare', 'My Song Vox'], 1, 2],
  ['case does not count', ['SONG Kick', 'Song Snare'], 1, 1],
  ['a band’s name at the end is shared', ['Kick The Band', 'Vox The Band'], -1, 2],
  ['nothing is shared by one file alone', ['My Song Kick'], 1, 0],
  ['nothing is shared where one differs', ['Song Kick', 'Song Snare', 'Vox'], 1, 0],
  ['sides alone tell nothing', ['Song Gtr L', 'Song Gtr R'], 1, 1],
  ['microphones alone tell nothing', ['Snare Top', 'Snare Bottom'], 1, 0],
  ['numbers alone tell nothing', ['Song 1', 'Song 2'], 1, 0],
  ['an instrument goes where each names its own', ['Drum Kick', 'Drum Snare'], 1, 1],
  ['an instrument stays where one has no other', ['Drum Kick', 'Drum Weird'], 1, 0],
  ['a default name is enough to be told apart', ['Song Kick', 'Song Audio 07'], 1, 1],
  ['equal names keep what they are', ['Kick', 'Kick'], 1, 0],
];

for (const [law, names, from, shared] of table) {
  test(law, (t) => t.is(sharedWords(split(names), from, same), shared));
}

test('of any names no more words are shared than the shortest has, and never all of a name', (t) => {
  const word = fc.constantFrom('Song', 'Kick', 'L', '1', 'Lead', 'Vox', 'xyz', 'Ünder');
  const names = fc.array(fc.array(word, {maxLength: 5}), {maxLength: 6});
  fc.assert(
    fc.property(names, fc.constantFrom<1 | -1>(1, -1), (lists, from) => {
      const shared = sharedWords(lists, from, same);
      return shared === 0 || lists.every((words) => words.length > shared);
    }),
    {numRuns: 500},
  );
  t.pass();
});
