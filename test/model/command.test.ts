import test from 'ava';
import fc from 'fast-check';
import {isAudible} from '../../src/model/audibility.ts';
import {applyCommand, type MixerCommand} from '../../src/model/command.ts';
import {findStrip, type Mixer, masterId, newMixer, newStrip} from '../../src/model/mixer.ts';

const mixer: Mixer = newMixer({
  strips: [
    newStrip({id: 'kick', name: 'Kick'}),
    newStrip({id: 'bass', name: 'Bass'}),
    newStrip({id: 'vox', name: 'Vox', soloSafe: true}),
  ],
});

const clamps: readonly (readonly [MixerCommand, keyof Mixer['strips'][number], number])[] = [
  [{type: 'strip.setLevel', strip: 'kick', levelDb: -6}, 'levelDb', -6],
  [{type: 'strip.setLevel', strip: 'kick', levelDb: 99}, 'levelDb', 10],
  [{type: 'strip.setLevel', strip: 'kick', levelDb: Number.POSITIVE_INFINITY}, 'levelDb', 10],
  [{type: 'strip.setLevel', strip: 'kick', levelDb: -90}, 'levelDb', Number.NEGATIVE_INFINITY],
  [{type: 'strip.setLevel', strip: 'kick', levelDb: Number.NEGATIVE_INFINITY}, 'levelDb', Number.NEGATIVE_INFINITY],
  [{type: 'strip.setTrim', strip: 'kick', trimDb: 40}, 'trimDb', 24],
  [{type: 'strip.setTrim', strip: 'kick', trimDb: -40}, 'trimDb', -24],
  [{type: 'strip.setPan', strip: 'kick', pan: -3}, 'pan', -1],
  [{type: 'strip.setPan', strip: 'kick', pan: 0.25}, 'pan', 0.25],
];

for (const [command, key, expected] of clamps) {
  test(`${JSON.stringify(command)} leaves ${key} at ${expected}`, (t) => {
    t.is(findStrip(applyCommand(mixer, command), 'kick')?.[key], expected);
  });
}

test('the master has a level of its own', (t) => {
  t.is(applyCommand(mixer, {type: 'strip.setLevel', strip: masterId, levelDb: -3}).masterLevelDb, -3);
});

const idle: readonly MixerCommand[] = [
  {type: 'strip.setLevel', strip: 'kick', levelDb: 0},
  {type: 'strip.setLevel', strip: 'kick', levelDb: Number.NaN},
  {type: 'strip.setLevel', strip: masterId, levelDb: Number.NaN},
  {type: 'strip.setTrim', strip: 'kick', trimDb: Number.NaN},
  {type: 'strip.setPan', strip: 'kick', pan: Number.NaN},
  {type: 'strip.setMute', strip: 'nobody', muted: true},
  {type: 'mixer.clearSolo'},
];

for (const command of idle) {
  test(`${JSON.stringify(command)} (${'levelDb' in command ? command.levelDb : ''}) changes nothing, not even the object`, (t) => {
    t.is(applyCommand(mixer, command), mixer);
  });
}

test('a changed strip leaves the others the same objects', (t) => {
  const next = applyCommand(mixer, {type: 'strip.setMute', strip: 'bass', muted: true});
  t.is(next.strips[0], mixer.strips[0]);
  t.not(next.strips[1], mixer.strips[1]);
});

const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0),
);
const anyStrip = fc.constantFrom('kick', 'bass', 'vox', masterId, 'nobody', '');
const anyCommand: fc.Arbitrary<MixerCommand> = fc.oneof(
  fc.record({type: fc.constant('strip.setLevel' as const), strip: anyStrip, levelDb: anyNumber}),
  fc.record({type: fc.constant('strip.setTrim' as const), strip: anyStrip, trimDb: anyNumber}),
  fc.record({type: fc.constant('strip.setPan' as const), strip: anyStrip, pan: anyNumber}),
  fc.record({type: fc.constant('strip.setMute' as const), strip: anyStrip, muted: fc.boolean()}),
  fc.record({type: fc.constant('strip.setSolo' as const), strip: anyStrip, soloed: fc.boolean()}),
  fc.record({type: fc.constant('strip.setSoloSafe' as const), strip: anyStrip, soloSafe: fc.boolean()}),
  fc.record({type: fc.constant('strip.setPolarity' as const), strip: anyStrip, polarityInverted: fc.boolean()}),
  fc.constant({type: 'mixer.clearSolo' as const}),
);

test('no sequence of commands brings the mixer out of its ranges', (t) => {
  fc.assert(
    fc.property(fc.array(anyCommand, {maxLength: 50}), (commands) => {
      const {strips, masterLevelDb} = commands.reduce(applyCommand, mixer);
      const levels = [masterLevelDb, ...strips.map((strip) => strip.levelDb)];
      const levelsWell = levels.every((level) => level === Number.NEGATIVE_INFINITY || (level > -90 && level <= 10));
      return (
        levelsWell &&
        strips.every(({trimDb, pan}) => Math.abs(trimDb) <= 24 && Math.abs(pan) <= 1 && !Object.is(pan, -0))
      );
    }),
  );
  t.pass();
});

/** muted, soloed, safe, another strip soloed → heard. */
const truth: readonly (readonly [boolean, boolean, boolean, boolean, boolean])[] = [
  [false, false, false, false, true],
  [false, false, false, true, false],
  [false, false, true, false, true],
  [false, false, true, true, true],
  [false, true, false, false, true],
  [false, true, false, true, true],
  [false, true, true, true, true],
  [true, false, false, false, false],
  [true, false, true, true, false],
  [true, true, false, false, false],
  [true, true, true, true, false],
];

for (const [muted, soloed, soloSafe, otherSoloed, heard] of truth) {
  test(`a strip that is ${muted ? '' : 'not '}muted, ${soloed ? '' : 'not '}soloed, ${soloSafe ? '' : 'not '}safe, with ${otherSoloed ? 'another' : 'none other'} soloed, is ${heard ? '' : 'not '}heard`, (t) => {
    const strip = newStrip({id: 'one', name: 'One', muted, soloed, soloSafe});
    const other = newStrip({id: 'other', name: 'Other', soloed: otherSoloed});
    t.is(isAudible(newMixer({strips: [strip, other]}), strip), heard);
  });
}
