import test from 'ava';
import fc from 'fast-check';
import {shippedMappings} from '../../src/mapping/folder.ts';
import {portPatterns} from '../../src/mapping/import/port-pattern.ts';
import {loadMappings} from '../../src/mapping/load.ts';
import {matchSurface, portNames} from '../../src/mapping/match-surface.ts';

const {surfaces} = await loadMappings(shippedMappings);

/** Names as systems really say them: ALSA through RtMidi, CoreMIDI, Windows. */
const ports: readonly (readonly [string, string | undefined])[] = [
  ['X-Touch:X-Touch MIDI 1 24:0', 'x-touch'],
  ['X-Touch:X-Touch MIDI 1 20:0', 'x-touch'],
  ['X-Touch:X-Touch MIDI 1', 'x-touch'],
  ['X-Touch:X-Touch X-TOUCH_INT 24:0', 'x-touch'],
  ['X-Touch X-TOUCH_INT', 'x-touch'],
  ['X-Touch INT', 'x-touch'],
  ['X-Touch', 'x-touch'],
  ['X-Touch 1', 'x-touch'],
  ['2- X-Touch', 'x-touch'],
  ['2- X-Touch 3', 'x-touch'],
  ['X-TOUCH INT', 'x-touch'],
  ['X-Touch:X-Touch MIDI 2 24:1', undefined],
  ['X-Touch:X-Touch X-TOUCH_EXT 24:1', undefined],
  ['X-Touch EXT', undefined],
  ['MIDIIN2 (X-Touch)', undefined],
  ['X-Touch-Ext', 'x-touch-extender'],
  ['X-Touch-Ext:X-Touch-Ext MIDI 1 28:0', 'x-touch-extender'],
  ['X-Touch-Ext X-TOUCH_INT', 'x-touch-extender'],
  ['X-Touch-Ext X-TOUCH_EXT', undefined],
  ['X-Touch Extender INT', 'x-touch-extender'],
  ['X-Touch One:X-Touch One MIDI 1 24:0', 'x-touch-one'],
  ['X-Touch One', 'x-touch-one'],
  ['X-TOUCH COMPACT:X-TOUCH COMPACT MIDI 1 16:0', 'x-touch-compact'],
  ['X-TOUCH COMPACT', 'x-touch-compact'],
  ['APC40 mkII:APC40 mkII MIDI 1 20:0', 'akai-apc40-mk2'],
  ['MIDI Mix:MIDI Mix MIDI 1 24:0', 'akai-midimix'],
  ['MIDI Mix', 'akai-midimix'],
  ['Midi Fighter Twister:Midi Fighter Twister MIDI 1 24:0', 'midi-fighter-twister'],
  ['XONE:K2:XONE:K2 MIDI 1 24:0', 'xone-k2'],
  ['XONE:K2', 'xone-k2'],
  ['Arturia BeatStep:Arturia BeatStep MIDI 1 24:0', 'arturia-beatstep'],
  ['Launchpad X:Launchpad X LPX MIDI In 24:1', 'launchpad-x'],
  ['Launchpad X:Launchpad X LPX DAW In 24:0', undefined],
  ['PreSonus FP8:PreSonus FP8 MIDI 1 24:0', 'faderport-8'],
  ['PreSonus FP16', 'faderport-16'],
  ['PreSonus FP2', 'faderport-2'],
  ['FaderPort:FaderPort MIDI 1 24:0', 'faderport-2008'],
  ['X-TOUCH MINI:X-TOUCH MINI MIDI 1 20:0', 'x-touch-mini'],
  ['BCF2000:BCF2000 MIDI 1 32:0', 'bcf2000'],
  ['BCF2000 Port 1', 'bcf2000'],
  ['BCF2000', 'bcf2000'],
  ['BCF2000 [01]', 'bcf2000'],
  ['BCF2000:BCF2000 MIDI 2 32:1', undefined],
  ['BCR2000:BCR2000 MIDI 1 36:0', 'bcr2000-preset-1'],
  ['MCU Pro USB v3.1', 'mackie-control-pro'],
  ['MCU Pro USB v3.1:MCU Pro USB v3.1 MIDI 1 20:0', 'mackie-control-pro'],
  ['MCU Pro USB v3.1:MCU Pro USB v3.1 MIDI 2 20:1', 'mackie-extender'],
  ['MIDIIN2 (MCU Pro USB v3.1)', 'mackie-extender'],
  ['Mackie Control', 'mackie-control'],
  ['Mackie Control XT', 'mackie-extender'],
  ['Logic Control', 'logic-control'],
  ['Logic Control XT', 'logic-control-xt'],
  ['iCON P1-M V1.07  Port 1', 'icon-p1-m'],
  ['iCON P1-M V1.10 ', 'icon-p1-m'],
  ['iCON P1-M V1.07 Port 4', undefined],
  ['MIDIIN4 (iCON P1-M V1.10 )', undefined],
  ['iCON V1-M V1.12', 'icon-v1-m'],
  ['iCON V1-X1', 'icon-extender'],
  ['iCON P1-X', 'icon-extender'],
  ['iCON QCON Pro V1 04:iCON QCON Pro V1 04 MIDI 1 28:0', 'icon-qcon-pro'],
  ['a2j:iCON QCON Pro V1 04 [28] (capture): iCON QCON Pro V1 04 MIDI 1', 'icon-qcon-pro'],
  ['iCON QCON Pro G2 V1.13', 'icon-qcon-pro'],
  ['iCON QCON EX G2 V1.13', 'icon-qcon-ex'],
  ['Platform M+ V2.10', 'icon-platform-m'],
  ['Platform X+1 V2.10', 'icon-platform-x'],
  ['nanoKONTROL2:nanoKONTROL2 MIDI 1 20:0', 'korg-nanokontrol2'],
  ['nanoKONTROL2:nanoKONTROL2 _ CTRL 20:0', 'korg-nanokontrol2'],
  ['nanoKONTROL2:nanoKONTROL2 nanoKONTROL2 _ CTR 24:0', 'korg-nanokontrol2'],
  ['nanoKONTROL2 SLIDER/KNOB', 'korg-nanokontrol2'],
  ['nanoKONTROL2 CTRL', 'korg-nanokontrol2'],
  ['nanoKONTROL Studio', undefined],
  ['My MCU', 'generic-mackie'],
  ['Virtual Mackie Thing', 'generic-mackie'],
  ['Midi Through:Midi Through Port-0 14:0', undefined],
  ['Launch Control XL:Launch Control XL Launch Contro 20:0', 'launch-control-xl'],
  ['', undefined],
];

for (const [name, id] of ports) {
  test(`the port "${name}" is ${id ?? 'no known surface'}`, (t) => {
    t.is(matchSurface(surfaces, name)?.id, id);
  });
}

test('of two surfaces that know a port, the one that knows more of its name is taken', (t) => {
  const [one] = surfaces;
  if (one === undefined) return t.fail();
  const vague = {...one, id: 'vague', ports: ['touch']};
  const exact = {...one, id: 'exact', ports: ['^touch one$']};
  t.is(matchSurface([vague, exact], 'Touch One')?.id, 'exact');
  t.is(matchSurface([exact, vague], 'Touch One')?.id, 'exact');
  t.is(matchSurface([exact, vague], 'Touch Two')?.id, 'vague');
});

test('what a system adds to a name is taken off', (t) => {
  t.deepEqual(portNames('X-Touch:X-Touch MIDI 1 24:0'), ['X-Touch MIDI 1']);
  t.deepEqual(portNames('2- X-Touch 3'), ['2- X-Touch 3', 'X-Touch 3', 'X-Touch']);
  t.deepEqual(portNames('  iCON   P1-M '), ['iCON P1-M']);
});

const [anySurface] = surfaces;

/** Whether a surface with these ports is what a port is taken for. */
function isFound(patterns: readonly string[], port: string): boolean {
  if (anySurface === undefined) return false;
  return matchSurface([{...anySurface, id: 'made', ports: patterns}], port)?.id === 'made';
}

const products: readonly (readonly [name: string, patterns: readonly string[], found: string, other: string])[] = [
  ['K2', ['^K2$'], 'XONE:K2 20:0', 'K20'],
  ['X', ['^X$'], 'x', 'X-Touch'],
  ['f1', ['^f1$'], 'Arduino:f1 20:0', 'f1 Pro'],
  ['Uno', ['^Uno\\b'], 'Uno MIDI 1', 'Unomat'],
  ['Acme X1', ['^Acme X1\\b'], 'Acme X1', 'X1'],
  ['Acme Four', ['^Acme Four\\b', '^Four\\b'], 'Four MIDI 1', 'Fourteen'],
  ['Acme: Four (+)', ['^Four \\(\\+\\)', '^\\(\\+\\)'], 'Acme: Four (+) 1', 'Four'],
  [
    'Fader Bank With Seventeen Motorised Hundred Millimetre Faders',
    [
      '^Fader Bank With Seventeen Motorised Hundred Millimetre',
      '^Bank With Seventeen Motorised Hundred Millimetre Faders\\b',
    ],
    'Fader Bank With Seventeen Motorised Hundred Millimetre Faders',
    'Fader Bank With Seventeen',
  ],
  [`${'a'.repeat(54)}\ud83c\udf9a`, [`^${'a'.repeat(54)}`], `${'a'.repeat(54)}\ud83c\udf9a 2`, 'a'],
  ['Acme:', [], 'nothing', 'Acme'],
];
for (const [name, patterns, found, other] of products) {
  test(`a port of ${name.slice(0, 20)} … is found by its name alone`, (t) => {
    t.deepEqual(portPatterns(name), patterns);
    t.is(isFound(patterns, found), patterns.length > 0);
    t.false(isFound(patterns, other));
  });
}

test('whatever a port is called, the pattern that is made of its name finds it', (t) => {
  const word = fc.oneof(
    fc.string({maxLength: 12}),
    fc.string({unit: 'grapheme', maxLength: 40}),
    fc.constantFrom('MIDI', '1', '24:0', ':', '2- '),
  );
  fc.assert(
    fc.property(fc.array(word, {minLength: 1, maxLength: 5}), (words) => {
      const port = words.join(' ');
      const own = portNames(port).at(-1) ?? '';
      const patterns = portPatterns(own).slice(0, 1);
      return own === ''
        ? patterns.length === 0
        : isFound(patterns, port) && patterns.every((some) => some.length <= 120);
    }),
    {numRuns: Number(process.env['RUNS'] ?? 100)},
  );
  t.pass();
});

test('the numbers of an ALSA port never change what it is', (t) => {
  fc.assert(
    fc.property(fc.constantFrom(...ports.map(([name]) => name)), fc.nat(999), fc.nat(99), (name, client, port) => {
      const bare = name.replace(/ \d+:\d+$/, '').trim();
      return matchSurface(surfaces, `${bare} ${client}:${port}`)?.id === matchSurface(surfaces, bare)?.id;
    }),
  );
  t.pass();
});

test('no name makes matching throw or take long', (t) => {
  fc.assert(
    fc.property(fc.string({maxLength: 5000}), (name) => {
      matchSurface(surfaces, name);
    }),
  );
  t.pass();
});
