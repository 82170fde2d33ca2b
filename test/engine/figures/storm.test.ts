import test from 'ava';
import fc from 'fast-check';
import {following, noLanes} from '../../../src/engine/automation/followed-lanes.ts';
import {blockFrames} from '../../../src/engine/graph.ts';
import {createWholeGraph} from '../../../src/engine/whole-graph.ts';
import {applyCommand, type MixerCommand} from '../../../src/model/command.ts';
import {type Mixer, masterId, newMixer} from '../../../src/model/mixer.ts';
import {applyMonitorCommand, isMonitorCommand, newMonitor} from '../../../src/model/monitor.ts';
import {parameterValue} from '../../../src/model/parameter.ts';
import {isPlaybackCommand} from '../../../src/model/playback.ts';
import {anyCommand} from '../graph/any-command.ts';
import {renderBlock} from '../graph/rig.ts';
import {noise} from '../graph/signal.ts';
import {annexMeter, truePeak} from '../limiter/true-peak.ts';
import {memoryStem} from '../memory-stem.ts';
import {effectDesk} from './any-mixers.ts';
import {anyAct, anyFollowed, anyNonsense, anyStems} from './any-storm.ts';
import {openLivePath} from './live-path.ts';
import {factor} from './worst.ts';

/** How many storms, where more than usual are wanted: `STORMS=30 npx ava …` makes thirty times as many. */
const storms = Number(process.env['STORMS'] ?? 1);
const ceiling = 1 - 2 ** -23;
const manyLanes = fc.array(anyFollowed, {maxLength: 30});
const isHeld = (side: Float32Array): boolean => side.every((sample) => Math.abs(sample) <= ceiling);

test('whatever is asked of mixer, monitor and tape, in any order and with any numbers, whatever lanes and stems hold: what leaves for the ears is finite and within the ceiling, and so are all meters', async (t) => {
  const blocks = 24;
  let heard = 0;
  await fc.assert(
    fc.asyncProperty(
      anyStems(blocks * blockFrames),
      fc.array(anyAct, {maxLength: 60}),
      manyLanes,
      async (stems, acts, follows) => {
        let lanes = noLanes;
        let mixer: Mixer = effectDesk;
        let monitor = newMonitor;
        const path = await openLivePath(48_000, mixer, stems, blocks * blockFrames);
        const {loop} = path;
        loop.command({type: 'playback.play'});
        const each = Math.ceil(acts.length / 20);
        for (let turn = 0; turn < 30; turn++) {
          for (const act of acts.slice(each * turn, each * (turn + 1))) {
            if (isPlaybackCommand(act)) loop.command(act);
            else if (isMonitorCommand(act)) monitor = applyMonitorCommand(monitor, act, 0);
            else mixer = applyCommand(mixer, act);
          }
          loop.setMonitor(monitor, undefined);
          lanes = following(lanes, follows.slice(turn, turn + 1));
          loop.setMixer(mixer, lanes);
          for (const {values} of await path.turn(700)) if (!values.every(Number.isFinite)) return false;
          for (const {left, right} of path.heard.values()) if (!isHeld(left) || !isHeld(right)) return false;
        }
        for (const {left} of path.heard.values()) if (left.some((sample) => sample !== 0)) heard++;
        return true;
      },
    ),
    {numRuns: 10 * storms},
  );
  t.log(`${heard} blocks were not silent`);
  t.true(heard > 25);
});

test('with the limiter on no sample and no true peak of the mix passes its ceiling, whatever is asked and whatever stems hold', async (t) => {
  const {graph} = await createWholeGraph({sampleRate: 48_000, mixer: effectDesk});
  const atStart = graph.snapshot();
  const meter = annexMeter();
  const blocks = 12;
  let closest = Number.NEGATIVE_INFINITY;
  const staysOn = (command: MixerCommand): boolean =>
    !(command.type === 'strip.setParameter' && command.strip === masterId && command.parameter === 'limiter.on');
  fc.assert(
    fc.property(
      anyStems(blocks * blockFrames),
      fc.array(anyCommand.filter(staysOn), {maxLength: 40}),
      (stems, commands) => {
        let mixer: Mixer = effectDesk;
        graph.restore(atStart);
        graph.set(mixer, true);
        const left = new Float32Array(blocks * blockFrames);
        let highestDb = -12;
        for (let block = 0; block < blocks; block++) {
          for (const command of commands.slice(4 * block, 4 * block + 4)) mixer = applyCommand(mixer, command);
          graph.set(mixer, false);
          highestDb = Math.max(highestDb, parameterValue(mixer.masterParameters, 'limiter.ceilingDb'));
          const out = renderBlock(graph, stems, block * blockFrames);
          const limit = factor(highestDb);
          if (![...out.left, ...out.right].every((sample) => Math.abs(sample) <= limit)) return false;
          left.set(out.left, block * blockFrames);
        }
        const overDb = 20 * Math.log10(truePeak(left, meter)) - highestDb;
        closest = Math.max(closest, overDb);
        return overDb <= 0;
      },
    ),
    {numRuns: 100 * storms},
  );
  t.log(`at the nearest ${closest.toFixed(3)} dB under the ceiling`);
  t.true(closest > -1);
});

test('a mixer that is itself nonsense makes no nonsense, and the next that is not sounds', async (t) => {
  const {graph} = await createWholeGraph({sampleRate: 48_000, mixer: effectDesk});
  const atStart = graph.snapshot();
  const calm = newMixer({
    strips: effectDesk.strips.map((strip) => ({...strip, parameters: {}, vcas: [], levelDb: -6})),
  });
  const sound = noise(40 * blockFrames, 3, 0.3);
  const stems = calm.strips.map((_, place) => (place < 3 ? memoryStem(sound, sound) : undefined));
  fc.assert(
    fc.property(anyNonsense, fc.boolean(), (nonsense, atOnce) => {
      graph.restore(atStart);
      graph.set(nonsense, atOnce);
      for (let block = 0; block < 8; block++) {
        const {left, right, meters} = renderBlock(graph, stems, block * blockFrames);
        if (!isHeld(left) || !isHeld(right) || !meters.every(Number.isFinite)) return false;
      }
      graph.set(calm, false);
      for (let block = 8; block < 24; block++) renderBlock(graph, stems, block * blockFrames);
      const {left} = renderBlock(graph, stems, 24 * blockFrames);
      return isHeld(left) && left.filter((sample) => sample !== 0).length > blockFrames / 2;
    }),
    {numRuns: 50 * storms},
  );
  t.pass();
});

test('damaged samples are silent at their strip alone: what the others play is the same to the bit, and the strip sounds again as soon as they are over', async (t) => {
  const frames = 24 * blockFrames;
  const clean = noise(frames, 1, 0.3);
  const damaged = clean.slice();
  for (let n = 5 * blockFrames; n < 6 * blockFrames; n++)
    damaged[n] = [Number.NaN, Number.POSITIVE_INFINITY, 1e38][n % 3] ?? 0;
  const strips = effectDesk.strips
    .slice(1, 3)
    .map((strip) => ({...strip, parameters: {}, levelDb: -6, channels: 2 as const}));
  const mixer = newMixer({strips});
  const other = memoryStem(noise(frames, 2, 0.3), noise(frames, 4, 0.3));
  const played = async (stem: Float32Array): Promise<{left: Float32Array; lost: number[]}> => {
    const {graph} = await createWholeGraph({sampleRate: 48_000, mixer});
    const left = new Float32Array(frames);
    const lost: number[] = [];
    for (let block = 0; block < 24; block++) {
      const out = renderBlock(graph, [memoryStem(stem, stem), other], block * blockFrames);
      left.set(out.left, block * blockFrames);
      lost.push(out.meters[12] ?? 0);
    }
    return {left, lost};
  };
  const silenced = clean.slice().fill(0, 5 * blockFrames, 6 * blockFrames);
  const got = await played(damaged);
  t.deepEqual(got.left, (await played(silenced)).left);
  t.deepEqual(
    got.lost,
    Array.from({length: 24}, (_, block) => (block === 5 ? 2 * blockFrames : 0)),
  );
});
