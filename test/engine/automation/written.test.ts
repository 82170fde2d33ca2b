import test from 'ava';
import fc from 'fast-check';
import {createAutomator, mixerAt} from '../../../src/engine/automation/automator.ts';
import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import {createWholeGraph} from '../../../src/engine/whole-graph.ts';
import type {Lane, LaneId} from '../../../src/model/lane.ts';
import {laneKind} from '../../../src/model/lane.ts';
import type {Lanes} from '../../../src/model/lane-change.ts';
import {type Mixer, masterId, newMixer, newStrip} from '../../../src/model/mixer.ts';
import {anyLane, laneOf} from '../../automation/any-lane.ts';
import {effectDesk} from '../figures/any-mixers.ts';
import {mixerOf, renderBlock} from '../graph/rig.ts';
import {noise} from '../graph/signal.ts';
import {memoryStem} from '../memory-stem.ts';

/** What lanes make of a stem of eighths on the left side from frame 0 on: the gain at every frame. */
async function gains(mixer: Mixer, lanes: Lanes, blocks: number, sampleRate = 48_000): Promise<Float32Array> {
  const graph = await createGraph({sampleRate, mixer: mixerAt(mixer, lanes, 0)});
  const automator = createAutomator(graph);
  automator.follow(mixer, lanes);
  const eighths = new Float32Array(blocks * blockFrames).fill(0.125);
  const stems = mixer.strips.map((_, place) => (place === 0 ? memoryStem(eighths, eighths) : undefined));
  const out = new Float32Array(blocks * blockFrames);
  for (let block = 0; block < blocks; block++) {
    const atFrame = block * blockFrames;
    automator.bring((from, frames) => [{frame: atFrame + from, frames, moves: true}]);
    out.set(renderBlock(graph, stems, atFrame).left, atFrame);
  }
  return out.map((value) => value * 8);
}

const db = (gain: number): number => 20 * Math.log10(gain);
const one = (id: LaneId, lane: Lane): Lanes => new Map([[id, lane]]);
const vcaDesk = newMixer({
  strips: [newStrip({id: 's0', name: 'S', vcas: ['v']}), newStrip({id: 'v', name: 'V', kind: 'vca'})],
});

for (const [what, mixer, id, from, to, gainFrom, gainTo, rates] of [
  ['a mute', mixerOf([{}]), 's0 mute', 0, 1, 1, 0, [44_100, 48_000, 96_000]],
  ['the mute of a VCA', vcaDesk, 'v mute', 1, 0, 0, 1, [48_000]],
] as const) {
  test(`${what} is half done at the very frame for which it is written, wherever in a block that is`, async (t) => {
    for (const sampleRate of rates) {
      for (const offset of [0, 1, 127, 128, 200, 255, 384, 511]) {
        const at = 12 * blockFrames + offset;
        const out = await gains(mixer, one(id, laneOf([0, from], [at, to])), 20, sampleRate);
        t.true(Math.abs((out[at] ?? 0) - 0.5) < 1e-6, `${sampleRate} Hz, ${offset}: ${out[at]}`);
        t.is(out[at - 2000], gainFrom);
        t.is(out[at + 2000], gainTo);
      }
    }
  });
}

test('steps that follow each other within a block are each at their frames: the mean of what is heard is that of what is written', async (t) => {
  const at = 12 * blockFrames + 77;
  const lane = laneOf([0, 0], [at, 1], [at + 100, 0], [at + 250, 1], [at + 300, 0]);
  const out = await gains(mixerOf([{}]), one('s0 mute', lane), 24);
  const lost = out.reduce((sum, gain) => sum + 1 - gain, 0);
  t.true(Math.abs(lost - 150) < 0.01, `${lost}`);
});

test('a fade in dB is followed within 0.05 dB at every frame, steep or not, wherever it begins', async (t) => {
  for (const slope of [1, 40, 150]) {
    for (const [from, direction] of [
      [0, -1],
      [-40, 1],
    ] as const) {
      const start = 5000 + slope;
      const frames = Math.min(20_000, Math.round((40 / slope) * 48_000));
      const end = from + (direction * (slope * frames)) / 48_000;
      const out = await gains(mixerOf([{}]), one('s0 level', laneOf([start, from], [start + frames, end])), 60);
      let worst = 0;
      for (let frame = start + 1000; frame < start + frames - 1000; frame++) {
        const wanted = from + ((end - from) * (frame - start)) / frames;
        worst = Math.max(worst, Math.abs(db(out[frame] ?? 0) - wanted));
      }
      t.log(`${slope} dB/s from ${from} dB: ${worst.toFixed(4)} dB`);
      t.true(worst < 0.05);
    }
  }
});

/** By how much at most a gain in dB differs from all that a lane says within so many frames of each frame. */
function beyond(
  out: Float32Array,
  valueAt: (frame: number) => number,
  frames: number,
  from: number,
  to: number,
): number {
  let worst = 0;
  for (let frame = from; frame < to; frame++) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = frame - frames; at <= frame + frames; at += 8) {
      low = Math.min(low, valueAt(at));
      high = Math.max(high, valueAt(at));
    }
    const heard = db(out[frame] ?? 0);
    worst = Math.max(worst, low - heard, heard - high);
  }
  return worst;
}

test('corners of a ride are rounded by a little beyond 2 ms: the less the flatter it is, wherever in a block they lie', async (t) => {
  for (const [slope, lostDb] of [
    [10, 0.05],
    [30, 0.08],
    [60, 0.15],
  ] as const) {
    for (const offset of [0, 256, 411]) {
      const peak = 20 * blockFrames + offset;
      const rise = Math.round((12 / slope) * 48_000);
      const lane = laneOf([peak - rise, -12], [peak, 0], [peak + rise, -12]);
      const valueAt = (frame: number): number => Math.max(-12, -(slope * Math.abs(frame - peak)) / 48_000);
      const out = await gains(mixerOf([{}]), one('s0 level', lane), 60);
      const worst = beyond(out, valueAt, 96, 2000, 58 * blockFrames);
      t.true(worst < lostDb, `${slope} dB/s, ${offset}: ${worst}`);
    }
  }
});

test('a tremolo of 6 dB goes as deep as it is drawn, in time', async (t) => {
  for (const [hertz, lostDb] of [
    [2, 0.05],
    [4, 0.1],
    [6, 0.2],
  ] as const) {
    const drawn = (frame: number): number => -3 + 3 * Math.cos((2 * Math.PI * hertz * frame) / 48_000);
    const points = Array.from({length: 160}, (_, index) => [index * 240, drawn(index * 240)] as const);
    const out = await gains(mixerOf([{}]), one('s0 level', laneOf(...points)), 72);
    let worst = 0;
    for (let frame = 3000; frame < 35_000; frame++)
      worst = Math.max(worst, Math.abs(db(out[frame] ?? 0) - drawn(frame)));
    t.log(`${hertz} Hz: ${worst.toFixed(3)} dB`);
    t.true(worst < lostDb);
  }
});

for (const [what, mixer, id, lane, gainAt] of [
  ['trim', mixerOf([{}]), 's0 trim', laneOf([4000, 0], [24_000, -6]), (f) => 10 ** ((-6 * f) / 20)],
  ['the master', mixerOf([{}]), `${masterId} level`, laneOf([4000, 0], [24_000, -6]), (f) => 10 ** ((-6 * f) / 20)],
  ['a VCA', vcaDesk, 'v level', laneOf([4000, 0], [24_000, -6]), (f) => 10 ** ((-6 * f) / 20)],
  [
    'a trim of the fader',
    mixerOf([{levelDb: -3}]),
    's0 level.offset',
    laneOf([4000, 3], [24_000, -3]),
    (f) => 10 ** ((-6 * f) / 20),
  ],
  ['balance', mixerOf([{}]), 's0 pan', laneOf([4000, 0], [24_000, 1]), (f) => Math.cos((f * Math.PI) / 2)],
] as readonly (readonly [string, Mixer, LaneId, Lane, (share: number) => number])[]) {
  test(`${what} goes along its lane`, async (t) => {
    const out = await gains(mixer, one(id, lane), 60);
    const [start, end] = [out[0] ?? 0, out.at(-1) ?? 0];
    t.true(Math.abs(start - gainAt(0)) < 1e-6 && Math.abs(end - gainAt(1)) < 1e-6, `${start} to ${end}`);
    if (what === 'balance') return;
    for (let frame = 5000; frame < 23_000; frame += 100) {
      const wanted = gainAt((frame - 4000) / 20_000);
      t.true(Math.abs(db(out[frame] ?? 0) - db(wanted)) < 0.05, `${frame}`);
    }
  });
}

test('processing goes along its lane from block to block', async (t) => {
  const mixer = mixerOf([{parameters: {'eq1.on': 1, 'eq1.shape': 1, 'eq1.hz': 2000}}]);
  const out = await gains(mixer, one('s0 eq1.gainDb', laneOf([5000, 0], [35_000, 12])), 90);
  // A shelf is heard on a constant at its whole gain.
  t.true(Math.abs(db(out[4000] ?? 0)) < 0.01);
  t.true(Math.abs(db(out.at(-1) ?? 0) - 12) < 0.01);
  for (let frame = 8000; frame < 33_000; frame += 1000)
    t.true(Math.abs(db(out[frame] ?? 0) - (12 * (frame - 5000)) / 30_000) < 0.1, `${frame}: ${db(out[frame] ?? 0)}`);
});

test('lanes at rest change no bit', async (t) => {
  const mixer = mixerOf([{levelDb: -7, trimDb: 3}]);
  const lanes: Lanes = new Map([
    ['s0 level', laneOf([0, -7], [30_000, -7])],
    ['s0 trim', laneOf([9999, 3])],
    ['s0 mute', laneOf([0, 0])],
  ]);
  t.deepEqual(await gains(mixer, lanes, 20), await gains(mixer, new Map(), 20));
});

test('whatever lanes hold, all that leaves the graph is finite, and a lane that is let go is forgotten to the bit', async (t) => {
  const targets = effectDesk.strips.flatMap(({id}) =>
    (['level', 'level.offset', 'pan', 'trim', 'mute', 'send1.on', 'send1.levelDb', 'eq2.hz', 'comp.on'] as const).map(
      (parameter) => ({id: `${id} ${parameter}`, kind: laneKind(parameter)}),
    ),
  );
  const {graph} = await createWholeGraph({sampleRate: 48_000, mixer: effectDesk});
  const atStart = graph.snapshot();
  const sound = noise(40 * blockFrames, 3, 0.3);
  const stems = effectDesk.strips.map((_, place) => (place < 3 ? memoryStem(sound, sound) : undefined));
  const anyLanes = fc
    .uniqueArray(
      fc
        .constantFrom(...targets)
        .chain(({id, kind}) =>
          anyLane({low: kind.low, high: kind.high, frames: 12 * blockFrames, minLength: 1}).map((lane) => ({id, lane})),
        ),
      {selector: ({id}) => id, maxLength: 12},
    )
    .map((list): Lanes => new Map(list.map(({id, lane}) => [id, lane])));
  fc.assert(
    fc.property(anyLanes, fc.constantFrom(1, -1), (lanes, sense) => {
      graph.restore(atStart);
      const automator = createAutomator(graph);
      automator.follow(effectDesk, lanes);
      for (let block = 0; block < 12; block++) {
        const atFrame = sense > 0 ? block * blockFrames : (12 - block) * blockFrames;
        automator.bring((from, frames) => [
          {frame: atFrame + from, frames: 200, moves: true},
          {frame: 300, frames: frames - 200, moves: sense > 0},
        ]);
        const {left, right, meters} = renderBlock(graph, stems, block * blockFrames);
        if (![left, right, meters].every((values) => values.every(Number.isFinite))) return false;
      }
      automator.follow(effectDesk, new Map());
      automator.bring(() => []);
      return graph.mixer === effectDesk;
    }),
    {numRuns: 25},
  );
  t.pass();
});
