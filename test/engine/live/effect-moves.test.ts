import test from 'ava';
import {applyCommand, type MixerCommand} from '../../../src/model/command.ts';
import {type Mixer, newMixer, newStrip} from '../../../src/model/mixer.ts';
import {noteNames} from '../../../src/model/tempo.ts';
import {sameFigure} from '../figures/live-path.ts';
import {memoryStem} from '../memory-stem.ts';

const sampleRate = 48_000;
const note = (name: string): MixerCommand => ({
  type: 'strip.setEffectValue',
  strip: 'echo',
  name: 'note',
  value: noteNames.indexOf(name),
});
const tempo = (tempoBpm: number): MixerCommand => ({type: 'mixer.setTempo', tempoBpm});
const effect = (kind: 'reverb' | 'delay'): MixerCommand => ({type: 'strip.setEffect', strip: 'echo', effect: kind});

const desk: Mixer = newMixer({
  strips: [
    newStrip({id: 'a', name: 'A', parameters: {'send1.on': 1, 'send1.levelDb': 0}}),
    newStrip({id: 'echo', name: 'Echo', kind: 'return', effect: {kind: 'delay', values: {feedback: 60}}}),
  ],
});

/** Each mixer that comes of one command after the other. */
function movesOf(commands: readonly MixerCommand[]): readonly Mixer[] {
  let mixer = desk;
  return commands.map((command) => (mixer = applyCommand(mixer, command)));
}

const cases: readonly (readonly [what: string, commands: readonly MixerCommand[]])[] = [
  ['notes and tempos', [note('1/16'), tempo(133), tempo(90.5), note('1/8T'), tempo(240), note('ms'), tempo(60)]],
  [
    'changes of the effect',
    [effect('reverb'), effect('delay'), note('1/32'), effect('reverb'), tempo(80), effect('delay')],
  ],
];

for (const [what, commands] of cases) {
  test(`${what} while it plays are the same live and in a bounce, to the bit`, async (t) => {
    const frames = 60_000;
    const sound = Float32Array.from({length: frames}, (_, n) => 0.3 * Math.sin(n / 9) * (n % 9000 < 4000 ? 1 : 0));
    const stems = [memoryStem(sound, sound), undefined];
    const {differing, moves, samples} = await sameFigure(sampleRate, desk, movesOf(commands), stems, frames, 3);
    t.is(differing, 0, `of ${samples}`);
    t.is(moves, commands.length);
  });
}
