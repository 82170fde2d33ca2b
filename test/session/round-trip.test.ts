import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {applyCommand, type MixerCommand} from '../../src/model/command.ts';
import {effectKinds, effectParameterNames} from '../../src/model/effect.ts';
import {type Mixer, newMixer, newStrip, panLawsDb, soloModes} from '../../src/model/mixer.ts';
import {parameterIds, rangeOf} from '../../src/model/parameter.ts';
import type {Session} from '../../src/model/session.ts';
import {loadSession, sessionOfFile} from '../../src/session/load.ts';
import {saveSession, sessionFileOf} from '../../src/session/save.ts';
import {readSessionFile, sessionFileText} from '../../src/session/session-file.ts';

let folder = '';
test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longthrow-round-'));
  await writeFile(join(folder, 'Kick.wav'), '');
  await writeFile(join(folder, 'Vox.wav'), '');
});
test.after.always(() => rm(folder, {recursive: true, force: true}));

const mixer: Mixer = newMixer({
  strips: [
    newStrip({id: 'kick', name: 'Kick', channels: 1}),
    newStrip({id: 'vox', name: 'Vox'}),
    newStrip({id: 'drums', name: 'Drums', kind: 'group'}),
    newStrip({id: 'verb', name: 'Verb', kind: 'return'}),
    newStrip({id: 'echo', name: 'Group 1', kind: 'return', soloSafe: false}),
    newStrip({id: 'rhythm', name: 'Rhythm', kind: 'vca'}),
    newStrip({id: 'all', name: 'All', kind: 'vca'}),
  ],
});
const ids = ['master', ...mixer.strips.map(({id}) => id)];

function session(): Session {
  const stems = [
    {strip: 'kick', path: join(folder, 'Kick.wav')},
    {strip: 'vox', path: join(folder, 'Vox.wav')},
  ];
  return {folder, name: 'Song', sampleRate: 48_000, mixer, stems, writable: true, problems: []};
}

const strip = fc.constantFrom(...ids);
const group = fc.integer({min: 0, max: 9});
const effectNames = [...new Set(effectKinds.flatMap(effectParameterNames))];
const anyCommand: fc.Arbitrary<MixerCommand> = fc.oneof(
  fc
    .tuple(strip, fc.constantFrom(...parameterIds), fc.double({min: 0, max: 1, noNaN: true}))
    .map(([one, parameter, share]): MixerCommand => {
      const {low, high} = rangeOf(parameter);
      return {type: 'strip.setParameter', strip: one, parameter, value: low + share * (high - low)};
    }),
  fc.record({type: fc.constant('strip.setOutput' as const), strip, output: strip}),
  fc.record({type: fc.constant('strip.setVcas' as const), strip, vcas: fc.array(strip, {maxLength: 4})}),
  fc.record({type: fc.constant('strip.setMuteGroups' as const), strip, muteGroups: fc.array(group, {maxLength: 12})}),
  fc.record({type: fc.constant('strip.setEffect' as const), strip, effect: fc.constantFrom(...effectKinds)}),
  fc.record({
    type: fc.constant('strip.setEffectValue' as const),
    strip,
    name: fc.constantFrom(...effectNames),
    value: fc.integer({min: 1, max: 12_000}),
  }),
  fc.record({type: fc.constant('mixer.setMuteGroup' as const), group, active: fc.boolean()}),
  fc.record({type: fc.constant('mixer.setPanLaw' as const), panLawDb: fc.constantFrom(...panLawsDb)}),
  fc.record({type: fc.constant('mixer.setSoloMode' as const), soloMode: fc.constantFrom(...soloModes)}),
  fc.record({type: fc.constant('mixer.setTempo' as const), tempoBpm: fc.double({min: 0, max: 500, noNaN: true})}),
  fc.record({type: fc.constant('strip.setSoloSafe' as const), strip, soloSafe: fc.boolean()}),
);

test('whatever was commanded is saved, and loaded again as it was', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyCommand, {maxLength: 40}), async (commands) => {
      const now = commands.reduce(applyCommand, mixer);
      const saved = await saveSession(session(), now);
      const loaded = await loadSession(folder);
      t.deepEqual(saved, {type: 'saved'});
      t.deepEqual(loaded, {type: 'session', session: {...session(), mixer: now}});
    }),
    {numRuns: 40},
  );
});

test('only what differs from the defaults is written', async (t) => {
  await saveSession(session(), mixer);
  const text = await readFile(join(folder, 'session.json'), 'utf8');
  for (const word of [
    'parameters',
    'masterParameters',
    'panLawDb',
    'soloMode',
    'activeMuteGroups',
    'tempoBpm',
    'vcas',
    'output',
  ]) {
    t.false(text.includes(word), word);
  }
  const changed = applyCommand(mixer, {type: 'strip.setParameter', strip: 'vox', parameter: 'eq1.gainDb', value: 3});
  const file = sessionFileOf(session(), changed);
  t.deepEqual(
    file.strips.map(({parameters}) => parameters),
    [undefined, {'eq1.gainDb': 3}, undefined, undefined, undefined, undefined, undefined],
  );
});

test('strips without sound of their own are kept in desk order, one a line, with no file', (t) => {
  const text = sessionFileText(sessionFileOf(session(), mixer));
  const lines = text.split('\n').filter((line) => line.startsWith('    {"id": '));
  t.is(lines.length, mixer.strips.length);
  t.is(lines.filter((line) => line.includes('"file"')).length, 2);
  t.regex(lines[3] ?? '', /"kind": "return".*"effect": \{"kind":"reverb"\}/);
});

test('what stands after the strips is the mixer', (t) => {
  const set = newMixer({...mixer, panLawDb: 6, masterParameters: {'limiter.on': 1}, activeMuteGroups: [3]});
  const text = sessionFileText(sessionFileOf(session(), set));
  t.regex(text, / {2}\],\n {2}"masterLevelDb": 0,\n {2}"masterParameters": \{"limiter.on":1\},\n {2}"panLawDb": 6,\n/);
  const read = readSessionFile(text, 'session.json');
  t.is(read.type === 'read' ? read.file.panLawDb : undefined, 6);
});

test('a delay with a note is as long as that at the tempo of its session, in whatever order the file has them', (t) => {
  const echoOf = (values: object, tempoBpm: number): unknown => {
    const text = sessionFileText({...sessionFileOf(session(), newMixer({...mixer, tempoBpm}))});
    const changed = text.replace('{"kind":"reverb"}', JSON.stringify({kind: 'delay', values}));
    const read = readSessionFile(changed, 'session.json');
    if (read.type === 'refused') return read.problems;
    return sessionOfFile(read.file, folder).mixer.strips[3]?.effect;
  };
  t.deepEqual(echoOf({note: 11, timeMs: 3}, 100), {kind: 'delay', values: {note: 11, timeMs: 600}});
  t.deepEqual(echoOf({timeMs: 3, note: 11}, 120), {kind: 'delay', values: {note: 11, timeMs: 500}});
  t.deepEqual(echoOf({note: 10}, 120), {kind: 'delay', values: {note: 10}});
  t.deepEqual(echoOf({note: 18}, 60), {kind: 'delay', values: {note: 18, timeMs: 2000}, isCutShort: true});
});

test('a return that says nothing of its effect is a reverb; a value that equals its default is none', async (t) => {
  const file = sessionFileOf(session(), mixer);
  const strips = file.strips.map((one) => {
    const {effect: _, ...rest} = one;
    return one.id === 'verb' ? rest : {...one, parameters: {'eq1.hz': 100, 'eq1.on': 1}};
  });
  await writeFile(join(folder, 'session.json'), sessionFileText({...file, strips}));
  const loaded = await loadSession(folder);
  if (loaded.type !== 'session') return t.fail();
  const [kick, , , verb] = loaded.session.mixer.strips;
  t.deepEqual(verb?.effect, {kind: 'reverb', values: {}});
  t.deepEqual(kick?.parameters, {'eq1.on': 1});
  t.deepEqual(loaded.session.problems, [], 'names of groups and returns are never blamed');
});
