import test from 'ava';
import fc from 'fast-check';
import {renderPassage} from '../../../src/engine/bounce-render.ts';
import {blockFrames} from '../../../src/engine/graph.ts';
import {type LaneParameter, laneId, laneKind} from '../../../src/model/lane.ts';
import type {Lanes} from '../../../src/model/lane-change.ts';
import {type Mixer, masterId, newMixer, newStrip} from '../../../src/model/mixer.ts';
import {anyLane, laneOf} from '../../automation/any-lane.ts';
import {effectDesk, mixersOnTheWay} from '../figures/any-mixers.ts';
import {sameFigure} from '../figures/live-path.ts';
import {noise} from '../graph/signal.ts';
import {memoryStem} from '../memory-stem.ts';

const frames = 40 * blockFrames + 77;
const parameters: readonly LaneParameter[] = [
  ...(['level', 'level.offset', 'pan', 'trim', 'mute', 'send1.on', 'send1.levelDb', 'send2.pan', 'send1.pre'] as const),
  ...(['eq1.on', 'eq2.gainDb', 'hp.hz', 'comp.on', 'comp.thresholdDb', 'gate.on', 'sat.mix', 'width'] as const),
];

/** So many lanes of any parameters of a desk with points all over the sound, the same for the same seed. */
function someLanes(mixer: Mixer, count: number, seed: number): Lanes {
  const lane = fc
    .record({
      strip: fc.constantFrom(masterId, ...mixer.strips.map(({id}) => id)),
      parameter: fc.constantFrom(...parameters),
    })
    .chain((target) => {
      const {low, high} = laneKind(target.parameter);
      return anyLane({low, high, frames, minLength: 1, maxLength: 40}).map(
        (points) => [laneId(target), points] as const,
      );
    });
  return new Map(fc.sample(lane, {numRuns: count, seed}));
}

for (const seed of [1, 2]) {
  test(`lanes and hands together sound the same live and in a bounce, to the bit (${seed})`, async (t) => {
    const sound = noise(frames, seed, 0.3);
    const stems = effectDesk.strips.map(({kind}) => (kind === 'stem' ? memoryStem(sound, sound) : undefined));
    const lanes = someLanes(effectDesk, 25, seed);
    const mixers = mixersOnTheWay(9, seed);
    const {differing, moves} = await sameFigure(48_000, effectDesk, mixers, stems, frames, 7, lanes);
    t.is(differing, 0);
    t.true(moves > 4);
  });
}

async function bounced(mixer: Mixer, lanes: Lanes, fromFrame: number, toFrame: number): Promise<Float32Array> {
  const sound = noise(frames, 5, 0.3);
  const stems = mixer.strips.map(({kind}) => (kind === 'stem' ? memoryStem(sound, sound) : undefined));
  const out = new Float32Array(toFrame - fromFrame);
  let at = 0;
  await renderPassage(
    {
      ...{mixer, moves: [], lanes, stems, sampleRate: 48_000, fromFrame, toFrame},
      ...{lengthFrames: frames, tailSeconds: 0, onProgress: () => {}, signal: undefined},
    },
    async (left) => {
      out.set(left, at);
      at += left.length;
    },
  );
  return out;
}

test('a part of a song with lanes is the very part of the whole, wherever it begins', async (t) => {
  const plain = newMixer({strips: ['a', 'b'].map((id) => newStrip({id, name: id}))});
  const ride = someLanes(plain, 2, 9);
  const riding: Lanes = new Map([
    ...[...ride].filter(([id]) => / (level|mute|pan)$/.test(id)),
    ['a level', laneOf(...Array.from({length: 50}, (_, n) => [n * 600, n % 2 === 0 ? -3 : -12] as const))],
    ['b mute', laneOf([0, 0], [14_100, 1], [15_333, 0])],
  ]);
  const filtering: Lanes = new Map([
    ...riding,
    ['a hp.on', laneOf([0, 0], [8000, 1])],
    ['a hp.hz', laneOf([0, 80], [9000, 900])],
  ]);
  for (const lanes of [riding, filtering]) {
    const whole = await bounced(plain, lanes, 0, frames);
    for (const [fromFrame, toFrame] of [
      [100, 4000],
      [5120, 9000],
      [14_007, 20_001],
    ] as const) {
      t.deepEqual(await bounced(plain, lanes, fromFrame, toFrame), whole.slice(fromFrame, toFrame), `${fromFrame}`);
    }
  }
});
