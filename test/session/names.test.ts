import test from 'ava';
import fc from 'fast-check';
import type {Group} from '../../src/model/mixer.ts';
import {placeOf} from '../../src/session/instruments.ts';
import {longestName, readableName, readableNames} from '../../src/session/names.ts';
import {anyText} from '../any-text.ts';

/** File names as people really send them: the readable name, and the group it belongs to. */
const files: readonly (readonly [file: string, name: string, group: Group])[] = [
  ['01-KICK_in_v3 (bounce).wav', 'Kick In', 'drums'],
  ['02 Kick Out.wav', 'Kick Out', 'drums'],
  ['Kick.dup1.wav', 'Kick', 'drums'],
  ['Kick-D112.wav', 'Kick D112', 'drums'],
  ['kickin.wav', 'Kick In', 'drums'],
  ['BD.wav', 'Kick', 'drums'],
  ['Bass Drum.wav', 'Bass Drum', 'drums'],
  ['808 Kick.wav', '808 Kick', 'drums'],
  ['Snare Top-01.aif', 'Snare Top', 'drums'],
  ['SNARE_BTM_02.wav', 'Snare Bottom 2', 'drums'],
  ['snaretop.wav', 'Snare Top', 'drums'],
  ['sn.wav', 'Snare', 'drums'],
  ['Tom2.wav', 'Tom 2', 'drums'],
  ['FloorTom_48k24bit.wav', 'Floor Tom', 'drums'],
  ['HH.wav', 'Hi-Hat', 'drums'],
  ['Hats 44.1kHz.wav', 'Hats', 'drums'],
  ['OH L.wav', 'Overhead L', 'drums'],
  ['OverheadsR.wav', 'Overheads R', 'drums'],
  ['Room Mics Far.wav', 'Room Mics Far', 'drums'],
  ['DrumLoop_95bpm.wav', 'Drum Loop', 'drums'],
  ['Tamb.wav', 'Tambourine', 'drums'],
  ['Shaker 2.wav', 'Shaker 2', 'drums'],
  ['Schlagzeug.wav', 'Schlagzeug', 'drums'],
  ['Batería.wav', 'Batería', 'drums'],
  ['Grosse caisse.wav', 'Grosse Caisse', 'drums'],
  ['01_BASS DI.wav', 'Bass DI', 'bass'],
  ['Bass_Amp-SM57.wav', 'Bass Amp SM57', 'bass'],
  ['Synth Bass 120bpm Am.wav', 'Synth Bass', 'bass'],
  ['Guitare basse.wav', 'Guitare Basse', 'bass'],
  ['Contrabajo.wav', 'Contrabajo', 'bass'],
  ['E-Bass 2024-03-01.wav', 'E Bass', 'bass'],
  ['eGtr_L_v2_FINAL.wav', 'Electric Guitar L', 'guitars'],
  ['AcGtr1L.wav', 'Acoustic Guitar 1 L', 'guitars'],
  ['Gtr Rhythm Dbl.wav', 'Guitar Rhythm Double', 'guitars'],
  ['Electric Guitar (Left).wav', 'Electric Guitar Left', 'guitars'],
  ['12 String Guitar.wav', '12 String Guitar', 'guitars'],
  ['Akustikgitarre links.wav', 'Akustikgitarre Links', 'guitars'],
  ['Schlaggitarre.wav', 'Schlaggitarre', 'guitars'],
  ['Chitarra elettrica.wav', 'Chitarra Elettrica', 'guitars'],
  ['Guitarra española.wav', 'Guitarra Española', 'guitars'],
  ['Piano_St.wav', 'Piano', 'keys'],
  ['Rhodes Stereo.wav', 'Rhodes', 'keys'],
  ['B3 Organ.wav', 'B3 Organ', 'keys'],
  ['Lead Synth.wav', 'Lead Synth', 'keys'],
  ['DX7 Bells.wav', 'DX7 Bells', 'keys'],
  ['Pad (Warm) 20240301.wav', 'Pad Warm', 'keys'],
  ['Klavier.wav', 'Klavier', 'keys'],
  ['Strings_Spicc.wav', 'Strings Spicc', 'strings'],
  ['String Pad.wav', 'String Pad', 'strings'],
  ['Vln1.wav', 'Violin', 'strings'],
  ['Streicher.wav', 'Streicher', 'strings'],
  ['Trumpet 1.wav', 'Trumpet', 'strings'],
  ['Bassoon.wav', 'Bassoon', 'strings'],
  ['Bass Clarinet.wav', 'Bass Clarinet', 'strings'],
  ['Flöte.wav', 'Flöte', 'strings'],
  ['LeadVox_comp_tuned.wav', 'Lead Vox', 'vocals'],
  ['LV.wav', 'Lead Vocal', 'vocals'],
  ['leadvocals.wav', 'Lead Vocals', 'vocals'],
  ['Main Vocal_Final_v12b.wav', 'Main Vocal', 'vocals'],
  ['BGV 3.wav', 'Backing Vocal 3', 'vocals'],
  ['Choir Aahs.wav', 'Choir Aahs', 'vocals'],
  ['Hauptgesang_03.wav', 'Hauptgesang 3', 'vocals'],
  ['Voix principale.wav', 'Voix Principale', 'vocals'],
  ['Coros.wav', 'Coros', 'vocals'],
  ['Morgan Vox take 4.wav', 'Morgan Vox', 'vocals'],
  ['FX_Riser_128BPM_F#m.wav', 'FX Riser', 'effects'],
  ['Vocal Reverb.wav', 'Vocal Reverb', 'effects'],
  ['Vox Delay Throw.wav', 'Vox Delay Throw', 'effects'],
  ['Track 03 - Kick.wav', 'Kick', 'drums'],
  ['Audio_07.flac', 'Audio 07', 'other'],
  ['Click.wav', 'Click', 'other'],
  ['Lead.wav', 'Lead', 'other'],
  ['stems/mixed/Kick.wav', 'Kick', 'drums'],
  ['C:\\Songs\\Vox.wav', 'Vox', 'vocals'],
  ['___.wav', 'Untitled', 'other'],
  ['ギター.wav', 'ギター', 'other'],
];

for (const [file, name, group] of files) {
  test(`"${file}" reads "${name}" and belongs to ${group}`, (t) => {
    t.is(readableName(file), name);
    t.is(placeOf(name).group, group);
  });
}

const folders: readonly (readonly [law: string, files: readonly string[], names: readonly string[]])[] = [
  [
    'what all files share at their start goes, with the numbers after it',
    [
      'MySong_01_Kick_v2.wav',
      'MySong_02_Snare_v2.wav',
      'MySong_03_Tom 1_v2.wav',
      'MySong_04_Tom 2_v2.wav',
      'MySong_05_Audio 07.wav',
    ],
    ['Kick', 'Snare', 'Tom 1', 'Tom 2', 'Audio 07'],
  ],
  ['what all files share at their end goes', ['Kick - The Band.wav', 'Vox - The Band.wav'], ['Kick', 'Vox']],
  [
    'a shared word stays where it is all that names the instrument',
    ['Gtr L.wav', 'Gtr R.wav'],
    ['Guitar L', 'Guitar R'],
  ],
  ['a shared instrument goes where each is named without it', ['Drum Kick.wav', 'Drum Snare.wav'], ['Kick', 'Snare']],
  ['equal names are numbered', ['Kick.wav', 'kick.aif', 'KICK.flac'], ['Kick', 'Kick 2', 'Kick 3']],
  [
    'a made-up number is never one that another file has',
    ['Kick 2.wav', 'Kick.wav', 'kick.aif'],
    ['Kick 2', 'Kick', 'Kick 3'],
  ],
  ['numbers stay where they tell files apart', ['Kick_01.wav', 'Tom_01.wav', 'Tom_02.wav'], ['Kick', 'Tom 1', 'Tom 2']],
  [
    'default names stay as they are',
    ['Audio 1.wav', 'Audio 2.wav', 'Track_03.wav'],
    ['Audio 1', 'Audio 2', 'Track 03'],
  ],
];

for (const [law, given, names] of folders) {
  test(law, (t) => {
    t.deepEqual(readableNames(given), names);
  });
}

test('control characters and right-to-left marks never reach a name', (t) => {
  t.is(readableName('Ki\u0007ck\u202e \u001b[31mIn.wav'), 'Ki Ck 31m In');
});

test('any file names give as many names, each of its own, not empty and within the longest', (t) => {
  const fileName = fc.oneof(
    anyText({maxLength: 400}),
    fc.constantFrom(...files.map(([file]) => file)),
    fc.stringMatching(/^[A-Za-z0-9 _.()#-]{0,40}\.wav$/),
  );
  fc.assert(
    fc.property(fc.array(fileName, {maxLength: 12}), (given) => {
      const names = readableNames(given);
      return (
        names.length === given.length &&
        new Set(names).size === names.length &&
        names.every((name) => name.trim() !== '' && name.length <= longestName + 3 && !/[\u0000-\u001f]/.test(name))
      );
    }),
    {numRuns: 500},
  );
  t.pass();
});

test('a name is found in well under a second even for the longest of file names', (t) => {
  for (const unit of ['a', '1', '_', '-1', 'kick', ' .', '(', '0 '])
    t.is(typeof readableName(unit.repeat(100_000)), 'string');
});
