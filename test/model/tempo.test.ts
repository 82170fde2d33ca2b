import test from 'ava';
import fc from 'fast-check';
import {applyCommand, type MixerCommand} from '../../src/model/command.ts';
import {atTempo, type Effect, effectValue, newEffect, withEffectValue} from '../../src/model/effect.ts';
import {findStrip, type Mixer, newMixer, newStrip} from '../../src/model/mixer.ts';
import {noteMs, noteNames, tapped, tempoOfTaps, tempoText} from '../../src/model/tempo.ts';

const note = (name: string): number => noteNames.indexOf(name);
const lengths: readonly (readonly [name: string, tempoBpm: number, ms: number])[] = [
  ['1/4', 120, 500],
  ['1/4', 60, 1000],
  ['1/8', 120, 250],
  ['1/8D', 120, 375],
  ['1/8T', 120, 500 / 3],
  ['1/16', 100, 150],
  ['1/32T', 400, 12.5],
  ['1/4D', 90, 1000],
  ['1/2T', 120, 2000 / 3],
  ['1/1', 120, 2000],
  ['1/1D', 20, 18_000],
];
for (const [name, tempoBpm, ms] of lengths) {
  test(`${name} at ${tempoBpm} BPM lasts ${ms.toFixed(1)} ms`, (t) => {
    t.true(Math.abs((noteMs(note(name), tempoBpm) ?? 0) - ms) < 1e-9);
  });
}

test('notes are in order of their lengths, three to each but for what they are made of, and fit a scribble strip with its mark', (t) => {
  const all = noteNames.slice(1).map((_, index) => noteMs(index + 1, 120) ?? 0);
  t.deepEqual(
    all,
    [...all].sort((one, other) => one - other),
  );
  t.is(all.length, 18);
  t.is(noteMs(0, 120), undefined);
  t.true(noteNames.every((name) => name.length <= 5));
});

const desk: Mixer = newMixer({
  strips: [
    newStrip({id: 'echo', name: 'Echo', kind: 'return', effect: newEffect('delay')}),
    newStrip({id: 'a', name: 'A'}),
  ],
});
const after = (...commands: readonly MixerCommand[]): Mixer => commands.reduce(applyCommand, desk);
const set = (name: string, value: number): MixerCommand => ({type: 'strip.setEffectValue', strip: 'echo', name, value});
const tempo = (tempoBpm: number): MixerCommand => ({type: 'mixer.setTempo', tempoBpm});
const effectOf = (mixer: Mixer): Effect => findStrip(mixer, 'echo')?.effect ?? newEffect('reverb');
const timeMs = (mixer: Mixer): number => effectValue(effectOf(mixer), 'timeMs');

test('a delay with a note is as long as that at the tempo, and follows it', (t) => {
  t.is(timeMs(after(set('note', note('1/4')))), 500);
  t.is(timeMs(after(set('note', note('1/4')), tempo(100))), 600);
  t.is(timeMs(after(tempo(100), set('note', note('1/4')))), 600);
  t.is(timeMs(after(tempo(100))), 375);
});

test('a note that is longer than the delay can be gives its longest time, and it is known', (t) => {
  const long = after(set('note', note('1/1')), tempo(119));
  t.is(timeMs(long), 2000);
  t.true(effectOf(long).isCutShort);
  const fits = applyCommand(long, tempo(120));
  t.is(timeMs(fits), 2000);
  t.is(effectOf(fits).isCutShort, undefined);
  t.is(effectOf(applyCommand(long, set('note', 0))).isCutShort, undefined);
  t.is(effectOf(applyCommand(long, set('timeMs', 100))).isCutShort, undefined);
});

test('whose time is set lets go of its note; without its note it keeps its time', (t) => {
  const free = after(set('note', note('1/4')), set('timeMs', 510), tempo(60));
  t.deepEqual(effectOf(free).values, {timeMs: 510});
  t.deepEqual(effectOf(after(set('note', note('1/4')), set('note', 0), tempo(60))).values, {timeMs: 500});
});

test('a tempo is kept in its range, and what is none or the same changes nothing', (t) => {
  t.is(after(tempo(1)).tempoBpm, 20);
  t.is(after(tempo(Number.POSITIVE_INFINITY)).tempoBpm, 400);
  t.is(after(tempo(Number.NaN)), desk);
  t.is(after(tempo(120)), desk);
  const other = after(tempo(90));
  t.is(other.strips[0], desk.strips[0]);
});

test('a desk is made at its tempo', (t) => {
  const synced = withEffectValue(newEffect('delay'), 'note', note('1/8'));
  const mixer = newMixer({strips: [newStrip({id: 'echo', name: '', kind: 'return', effect: synced})], tempoBpm: 60});
  t.is(timeMs(mixer), 500);
});

test('a reverb has no note, whatever the tempo', (t) => {
  const reverb = newEffect('reverb');
  t.is(atTempo(reverb, 77), reverb);
  t.is(withEffectValue(reverb, 'note', 3), reverb);
});

test('whatever is asked in whatever order, a delay with a note is as long as that or its longest', (t) => {
  const anyCommand = fc.oneof(
    fc.double({min: -10, max: 30}).map((value) => set('note', value)),
    fc.double({min: -10, max: 3000}).map((value) => set('timeMs', value)),
    fc.double().map(tempo),
    fc.constant<MixerCommand>({type: 'strip.setEffect', strip: 'echo', effect: 'reverb'}),
    fc.constant<MixerCommand>({type: 'strip.setEffect', strip: 'echo', effect: 'delay'}),
  );
  fc.assert(
    fc.property(fc.array(anyCommand, {maxLength: 12}), (commands) => {
      const mixer = after(...commands);
      const effect = effectOf(mixer);
      const wanted = noteMs(effectValue(effect, 'note'), mixer.tempoBpm);
      if (wanted === undefined) return effect.isCutShort === undefined;
      return timeMs(mixer) === Math.min(2000, wanted) && (effect.isCutShort ?? false) === wanted > 2000 * (1 + 1e-9);
    }),
  );
  t.pass();
});

const taps = (...atMs: readonly number[]): readonly number[] => atMs.reduce<readonly number[]>(tapped, []);

test('two taps make a tempo; more make it surer, and one clumsy tap among them does not count', (t) => {
  t.is(tempoOfTaps(taps(0)), undefined);
  t.is(tempoOfTaps(taps(0, 500)), 120);
  t.is(tempoOfTaps(taps(0, 500, 1000, 1700, 2000, 2500)), 120);
  t.is(tempoOfTaps(taps(0, 612, 1224)), 98);
  t.is(tempoOfTaps(taps(0, 500, 1010)), 118.8);
});

test('after a pause taps count anew, and only the last ones do', (t) => {
  t.is(tempoOfTaps(taps(0, 500, 1000, 9000)), undefined);
  t.is(tempoOfTaps(taps(0, 500, 1000, 9000, 9600)), 100);
  const slow = Array.from({length: 10}, (_, beat) => beat * 1000);
  const quick = Array.from({length: 8}, (_, beat) => 9000 + (beat + 1) * 400);
  t.is(tempoOfTaps(taps(...slow, ...quick)), 150);
});

test('taps of one moment are no tempo, taps that are too quick the highest', (t) => {
  t.is(tempoOfTaps(taps(5, 5, 5)), undefined);
  t.is(tempoOfTaps(taps(0, 10, 20)), 400);
  t.is(tempoOfTaps(taps(0, 3000)), 20);
});

test('a tempo is written to a tenth', (t) => {
  t.is(tempoText(120), '120 BPM');
  t.is(tempoText(98.46), '98.5 BPM');
});
