import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import {createRenderLoop} from '../../../src/engine/live/render-loop.ts';
import {createListening} from '../../../src/engine/monitor/listening.ts';
import {createReference} from '../../../src/engine/monitor/reference.ts';
import {encodeSamples, type SampleEncoding} from '../../../src/engine/stems/sample-encoding.ts';
import {waveHeader} from '../../../src/engine/stems/wave-writer.ts';
import {applyCommand} from '../../../src/model/command.ts';
import {newMixer, newStrip, soloModes} from '../../../src/model/mixer.ts';
import {applyMonitorCommand, type MonitorCommand, monitorSwitches, newMonitor} from '../../../src/model/monitor.ts';
import type {Session} from '../../../src/model/session.ts';
import {sine} from '../graph/signal.ts';
import {memoryStem} from '../memory-stem.ts';
import {noise, same} from '../monitor/monitor-rig.ts';
import {openRig, sampleRate, temporaryFolder, twoTones, until} from './live-rig.ts';
import {pumped} from './pumped.ts';
import {createTapeOutput} from './tape-output.ts';

const folder = await temporaryFolder();
test.after.always(() => folder.remove());

const blocks = 60;
const stems = [1, 2].map((seed) =>
  memoryStem(noise(blocks * blockFrames, seed), noise(blocks * blockFrames, seed + 9)),
);
const track = noise(20_000, 5);
const strips = ['a', 'b'].map((id) => newStrip({id, name: id, levelDb: -12}));

type Act =
  | MonitorCommand
  | {readonly type: 'strip.setSolo'; readonly strip: string; readonly soloed: boolean}
  | {readonly type: 'mixer.setSoloMode'; readonly soloMode: 'after-fader' | 'pre-fader'};

const monitorAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({type: fc.constant('monitor.toggle' as const), what: fc.constantFrom(...monitorSwitches)}),
  fc.record({type: fc.constant('monitor.setLevel' as const), levelDb: fc.double()}),
  fc.constant({type: 'monitor.nextSpeaker' as const}),
  fc.constant({type: 'monitor.nextReference' as const}),
  fc.record({type: fc.constant('strip.setSolo' as const), strip: fc.constantFrom('a', 'b'), soloed: fc.boolean()}),
  fc.record({
    type: fc.constant('mixer.setSoloMode' as const),
    soloMode: fc.constantFrom('after-fader' as const, 'pre-fader' as const),
  }),
);

/** The mix and every meter value of a tape that is played while things are done, one act every other turn; and what the ears heard. */
async function played(acts: readonly Act[]) {
  let mixer = newMixer({strips, soloMode: 'after-fader'});
  let monitor = newMonitor;
  const graph = await createGraph({sampleRate, mixer});
  const references = [track, track.map((sample) => -sample)].map((side) =>
    createReference(memoryStem(side, side), sampleRate),
  );
  const output = createTapeOutput();
  const loop = createRenderLoop({
    graph,
    stems,
    output,
    listening: createListening({sampleRate, monitor, mixer, mixLatencyFrames: graph.latencyFrames}),
    keepsMix: () => true,
    lengthFrames: blocks * blockFrames,
    lookAheadFrames: 8 * blockFrames,
    shallowFrames: 3 * blockFrames,
    guardFrames: blockFrames,
    restFrames: 4 * blockFrames,
  });
  const mix: number[] = [];
  const meters: number[] = [];
  loop.command({type: 'playback.play'});
  for (let step = 0; step < blocks + 20; step++) {
    const act = step % 2 === 0 ? acts[step / 2] : undefined;
    if (act?.type === 'strip.setSolo' || act?.type === 'mixer.setSoloMode') {
      mixer = applyCommand(mixer, act);
      loop.setMixer(mixer);
    } else if (act !== undefined) {
      monitor = applyMonitorCommand(monitor, act, references.length);
      const reference = monitor.reference === 'on' ? references[monitor.referenceNumber - 1] : undefined;
      loop.setMonitor(monitor, reference && {reference, gainDb: -6});
    }
    for (const block of pumped(loop)) {
      if (!block.meters.rolling) continue;
      mix.push(...(block.mix?.left ?? []), ...(block.mix?.right ?? []));
      meters.push(...block.meters.values);
    }
    await new Promise((resolve) => setImmediate(resolve));
    output.now += blockFrames;
  }
  return {mix: Float32Array.from(mix), meters: Float32Array.from(meters), ears: output.blocks.map(({left}) => left)};
}

test('no monitor setting, no reference, and no solo after or before the fader changes a bit of the mix or of any meter', async (t) => {
  const plain = await played([]);
  t.is(plain.mix.length, 2 * blocks * blockFrames);
  await fc.assert(
    fc.asyncProperty(fc.array(monitorAct, {minLength: 5, maxLength: 25}), async (acts) => {
      const {mix, meters} = await played(acts);
      return same(mix, plain.mix) && same(meters, plain.meters);
    }),
    {numRuns: 25},
  );
  const heard = await played([{type: 'strip.setSolo', strip: 'a', soloed: true}]);
  t.false(
    heard.ears.every((block, index) => same(block, plain.ears[index] ?? block)),
    'the ears do hear it',
  );
  t.is(soloModes[0], 'in-place');
});

const encoding: SampleEncoding = {kind: 'int', bytes: 3, littleEndian: true};

/** A file with a tone, at any rate. */
async function toneFile(name: string, rate: number, gain: number): Promise<string> {
  const path = join(folder.path, name);
  const frames = 3 * rate;
  const side = sine(frames, 997, rate, gain);
  await writeFile(
    path,
    Buffer.concat([waveHeader(encoding, 2, rate, frames), encodeSamples(encoding, [side, side], frames)]),
  );
  return path;
}

test('references of any rate are measured beside the sound and matched to what is heard; those that are damaged or gone are told', async (t) => {
  const tones = await twoTones(join(folder.path, 'tones'), 20);
  const broken = join(folder.path, 'broken.wav');
  await writeFile(broken, 'nothing');
  const session: Session = {
    ...tones,
    references: [
      {path: await toneFile('Master One.wav', 48_000, 1)},
      {path: await toneFile('Other.wav', 44_100, 0.1)},
      {path: broken},
      {path: join(folder.path, 'gone.wav'), missing: true},
    ],
  };
  const {engine, problems} = await openRig(t, session, join(folder.path, 'cache'));
  await until('all are measured', () => engine.status.references?.every(({state}) => state !== 'measuring') ?? false);
  t.deepEqual(
    engine.status.references?.map(({name, state}) => [name, state]),
    [
      ['Master One.wav', 'ready'],
      ['Other.wav', 'ready'],
      ['broken.wav', 'failed'],
      ['gone.wav', 'failed'],
    ],
  );
  t.deepEqual(
    problems.map(({path}) => path),
    [broken],
  );
  t.true(Math.abs((engine.status.references?.[1]?.integratedLufs ?? 0) + 20) < 0.1);
  engine.apply({type: 'playback.play'});
  engine.apply({type: 'monitor.nextReference'});
  engine.apply({type: 'monitor.toggle', what: 'reference'});
  t.like(engine.monitor, {reference: 'on', referenceNumber: 2});
  await until('they are matched', () => engine.status.references?.[0]?.missingDb !== undefined);
  const [one, two] = engine.status.references ?? [];
  // The mix: 220 Hz of -12.9 LUFS and 660 Hz of -12.6 LUFS.
  t.true(Math.abs((one?.gainDb ?? 0) + 9.74) < 0.1, `${one?.gainDb}`);
  t.true(Math.abs((two?.gainDb ?? 0) - 10.26) < 0.1, `${two?.gainDb}`);
});

test('without a reference asking for one is answered in words', async (t) => {
  const tones = await twoTones(join(folder.path, 'short'), 1);
  const {engine, problems} = await openRig(t, tones, join(folder.path, 'cache'));
  engine.apply({type: 'monitor.toggle', what: 'reference'});
  t.is(engine.monitor.reference, 'off');
  t.regex(problems[0]?.hint ?? '', /--reference FILE/);
  t.is(engine.status.references, undefined);
});
