import test from 'ava';
import {
  controlPatterns,
  globalButtonNames,
  isStripName,
  kindOf,
  singleStripControl,
} from '../../src/mapping/control-names.ts';

const kinds = [
  ['fader.*', 'fader', true],
  ['fader.8', 'fader', true],
  ['fader.master', 'fader', false],
  ['knob.*', 'knob', true],
  ['encoder.*', 'encoder', true],
  ['push.*', 'button', true],
  ['mute.3', 'button', true],
  ['jog', 'jog', false],
  ['play', 'button', false],
  ['touch', 'button', false],
] as const;

for (const [name, kind, onStrip] of kinds) {
  test(`"${name}" is a ${kind} ${onStrip ? 'on a strip' : 'that stands alone'}`, (t) => {
    t.is(kindOf(name), kind);
    t.is(isStripName(name), onStrip);
  });
}

test('no two controls have one name', (t) => {
  t.is(new Set(controlPatterns).size, controlPatterns.length);
});

test('names are lower-case words with hyphens', (t) => {
  for (const name of globalButtonNames) t.regex(name, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
});

test('one strip is named by a number from 1 to 99', (t) => {
  for (const name of ['mute.1', 'fader.32', 'encoder.99']) t.regex(name, singleStripControl);
  for (const name of [
    'mute.0',
    'mute.01',
    'mute.100',
    'mute.*',
    'mute',
    'play.1',
    'fader.master',
    ' mute.1',
    'mute.1 ',
  ])
    t.notRegex(name, singleStripControl);
});
