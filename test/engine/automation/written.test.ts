import test from 'ava';
import {createAutomator, mixerAt} from '../../../src/engine/automation/automator.ts';
import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import type {Lanes} from '../../../src/model/lane-change.ts';
import type {Mixer} from '../../../src/model/mixer.ts';
import {laneOf} from '../../automation/any-lane.ts';
import {mixerOf, renderBlock} from '../graph/rig.ts';
import {memoryStem} from '../memory-stem.ts';

/** What lanes make of a stem of ones from frame 0 on: the gain at every frame. */
async function gains(mixer: Mixer, lanes: Lanes, blocks: number, sampleRate = 48_000): Promise<Float32Array> {
  const graph = await createGraph({sampleRate, mixer: mixerAt(mixer, lanes, 0)});
  const automator = createAutomator(graph);
  automator.follow(mixer, lanes);
  const ones = new Float32Array(blocks * blockFrames).fill(0.125);
  const stem = memoryStem(ones, ones);
  const out = new Float32Array(blocks * blockFrames);
  for (let block = 0; block < blocks; block++) {
    const atFrame = block * blockFrames;
    automator.bring((from, frames) => [{frame: atFrame + from, frames, moves: true}]);
    out.set(renderBlock(graph, [stem], atFrame).left, atFrame);
  }
  return out.map((value) => value * 8);
}

const db = (gain: number): number => 20 * Math.log10(gain);

test('a step is half done at the very frame for which it is written, wherever in a block that is', async (t) => {
  for (const sampleRate of [44_100, 48_000, 96_000]) {
    for (const offset of [0, 1, 63, 127, 128, 200, 255, 256, 383, 384, 511]) {
      const at = 12 * blockFrames + offset;
      const out = await gains(mixerOf([{}]), new Map([['s0 mute', laneOf([0, 0], [at, 1])]]), 20, sampleRate);
      t.true(Math.abs((out[at] ?? 0) - 0.5) < 1e-6, `${sampleRate} Hz, ${offset}: ${out[at]}`);
      t.is(out[at - 2000], 1);
      t.is(out[at + 2000], 0);
    }
  }
});

test('a fade in dB is followed within 0.05 dB at every frame, steep or not', async (t) => {
  const blocks = 60;
  for (const slope of [1, 10, 40, 100, 150]) {
    for (const [from, to] of [
      [0, -40],
      [-40, 0],
    ] as const) {
      const start = 5000;
      const frames = Math.min(20_000, Math.round((40 / slope) * 48_000));
      const end = to - from > 0 ? from + (slope * frames) / 48_000 : from - (slope * frames) / 48_000;
      const lane = laneOf([start, from], [start + frames, end]);
      const out = await gains(mixerOf([{}]), new Map([['s0 level', lane]]), blocks);
      let worst = 0;
      for (let frame = start + 1000; frame < start + frames - 1000; frame++) {
        const wanted = from + ((end - from) * (frame - start)) / frames;
        worst = Math.max(worst, Math.abs(db(out[frame] ?? 0) - wanted));
      }
      t.log(`${slope} dB/s ${from}→${to}: ${worst.toFixed(4)} dB`);
      t.true(worst < 0.05);
    }
  }
});
