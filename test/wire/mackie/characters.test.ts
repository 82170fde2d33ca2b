import test from 'ava';
import fc from 'fast-check';
import {lcdText, segmentCharacter, segmentCode, segmentText} from '../../../src/wire/mackie/characters.ts';
import {anyText} from '../../any-text.ts';

const lcd: readonly (readonly [string, string])[] = [
  ['Kick 1', 'Kick 1'],
  ['Größe', 'Grosse'],
  ['Ænima Œuvre Øre', 'Aenima Oeuvre Ore'],
  ['Éric à Łódź', 'Eric a Lodz'],
  ['Σοφία', 'Sofia'],
  ['Жанна Щука', 'Zhanna Shchuka'],
  ['Ёлка', 'Elka'],
  ['-∞ dB', '-inf dB'],
  ['“Lead” – ‘Dbl’…', '"Lead" - \'Dbl\'...'],
  ['F♯ / B♭', 'F# / Bb'],
  ['½ ﬁ ² ™', '1/2 fi 2 TM'],
  ['日本', '??'],
  ['🎸', '?'],
  ['❤️', '?'],
  ['a\tb\nc\u0000d', 'a b c d'],
  ['a\u00a0b\u200bc', 'a bc'],
  ['\ud800', '?'],
  ['', ''],
];

for (const [text, shown] of lcd) {
  test(`${JSON.stringify(text)} is shown as ${JSON.stringify(shown)}`, (t) => {
    t.is(lcdText(text), shown);
  });
}

test('any text becomes characters that every LCD shows, and these stay as they are', (t) => {
  fc.assert(
    fc.property(anyText({maxLength: 40}), (text) => {
      const shown = lcdText(text);
      return /^[\x20-\x7e]*$/.test(shown) && lcdText(shown) === shown;
    }),
    {numRuns: 2000},
  );
  t.pass();
});

const segments: readonly (readonly [string, boolean, number])[] = [
  ['A', false, 0x01],
  ['Z', false, 0x1a],
  ['P', false, 0x10],
  ['n', true, 0x4e],
  [' ', false, 0x20],
  ['0', false, 0x30],
  ['9', true, 0x79],
  ['@', false, 0x00],
  ['_', false, 0x1f],
  ['?', false, 0x3f],
  ['é', false, 0x05],
  ['', false, 0x20],
];

for (const [character, dot, code] of segments) {
  test(`segments show ${JSON.stringify(character)}${dot ? ' with its dot' : ''} for ${code.toString(16)}`, (t) => {
    t.is(segmentCode(character, dot), code);
  });
}

test('every segment byte is a character and back', (t) => {
  for (let code = 0; code <= 0x7f; code++) {
    const {character, dot} = segmentCharacter(code);
    t.is(segmentCode(character, dot), code);
  }
});

test('any text becomes capitals, figures and signs that segments have a code for', (t) => {
  t.is(segmentText('pn{~|}`é'), "PN(-I)'E");
  fc.assert(fc.property(anyText(), (text) => /^[\x20-\x5f]*$/.test(segmentText(text))));
});
