import test from 'ava';
import fc from 'fast-check';
import {isMusicalKey, isNoise, withoutDates} from '../../src/session/noise-words.ts';
import {anyText} from '../any-text.ts';

const noise: readonly string[] = [
  'stem',
  'Bounced',
  'FINAL',
  'v3',
  'V12b',
  'v1.2',
  'take4',
  '120bpm',
  'bpm95',
  '97.5BPM',
  '48k',
  '44.1kHz',
  '24bit',
  '48k24bit',
  '24bit96k',
  '44100',
  'dup1',
];
const music: readonly string[] = [
  'Kick',
  '808',
  '12',
  'SM57',
  'C414',
  'Verse',
  '2',
  'v',
  'Take5ive',
  'Bitcrush',
  '48',
  '',
];

for (const word of noise) {
  test(`"${word}" tells of the export`, (t) => t.true(isNoise(word)));
}

for (const word of music) {
  test(`"${word}" tells of the music`, (t) => t.false(isNoise(word)));
}

test('keys are written with a capital and more than one letter', (t) => {
  for (const key of ['Am', 'C#m', 'F#', 'Bb', 'Ebmin', 'Gmaj', 'Dmajor', 'B♭m']) t.true(isMusicalKey(key), key);
  for (const word of ['A', 'B', 'am', 'Hm', 'Amp', 'Bass', 'Dm7', 'Cmd', '']) t.false(isMusicalKey(word), word);
});

const dates: readonly (readonly [text: string, left: string])[] = [
  ['Kick 2024-03-01', 'Kick'],
  ['2024_12_31 Kick', 'Kick'],
  ['Kick 20240301', 'Kick'],
  ['Kick 01.03.2024', 'Kick'],
  ['Kick 1-3-2024', 'Kick'],
  ['Kick 14h30', 'Kick'],
  ['Kick 1984', 'Kick 1984'],
  ['Kick 2024-13-01', 'Kick 2024-13-01'],
  ['Kick 120240301', 'Kick 120240301'],
  ['808 909 2024', '808 909 2024'],
];

for (const [text, left] of dates) {
  test(`of "${text}" stays "${left}"`, (t) => t.is(withoutDates(text).trim(), left));
}

test('any text is taken, and none grows', (t) => {
  fc.assert(
    fc.property(anyText(), (text) => {
      isNoise(text);
      isMusicalKey(text);
      return withoutDates(text).length <= text.length;
    }),
  );
  t.pass();
});
