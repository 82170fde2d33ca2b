import test from 'ava';
import {blockFrames} from '../../../src/engine/graph.ts';
import {type Chunk, createOldSound} from '../../../src/engine/live/old-sound.ts';
import {type Moment, noWishes} from '../../../src/engine/live/renderer.ts';

const tape = {
  type: 'rolling' as const,
  token: 0,
  frame: 0,
  located: undefined,
  playing: true,
  looping: false,
  loop: undefined,
  turning: undefined,
};
const moment = (name: number): Moment => ({
  snapshot: Uint8Array.of(name),
  tape,
  goToEars: () => {},
  wishes: noWishes,
});

/** From one block to another. */
function chunk(fromBlock: number, toBlock: number): Chunk {
  const [atFrame, endFrame] = [fromBlock * blockFrames, toBlock * blockFrames];
  const blocks = Array.from({length: toBlock - fromBlock}, (_, index) => ({
    meters: {atFrame: atFrame + index * blockFrames, frames: blockFrames, rolling: true, values: new Float32Array()},
    spans: [],
    tapeFrame: 0,
    mix: undefined,
  }));
  return {atFrame, endFrame, heardFrom: atFrame, from: moment(fromBlock), blocks, steps: []};
}

const blocksOf = (heard: ReturnType<ReturnType<typeof createOldSound>['heardBetween']>): readonly number[] =>
  heard.blocks.map(({meters}) => meters.atFrame / blockFrames);

test('old sound ends where its last chunk does, and is empty when new sound has taken all of its place', (t) => {
  const old = createOldSound();
  t.true(old.isEmpty);
  t.is(old.endFrame, undefined);
  old.prepend([chunk(0, 4), chunk(4, 8)], () => moment(8));
  old.append(chunk(8, 12), moment(12));
  t.is(old.endFrame, 12 * blockFrames);
  t.is(old.end?.snapshot[0], 12);
  old.replaceUntil(11 * blockFrames);
  t.is(old.endFrame, 12 * blockFrames);
  old.replaceUntil(12 * blockFrames);
  t.true(old.isEmpty);
  t.is(old.end, undefined);
});

test('what becomes old before older sound leaves the end where it is', (t) => {
  const old = createOldSound();
  old.prepend([chunk(4, 8)], () => moment(8));
  old.prepend([chunk(2, 4)], () => t.fail('the end is known'));
  t.is(old.end?.snapshot[0], 8);
  t.deepEqual(blocksOf(old.heardBetween(2 * blockFrames, 6 * blockFrames)), [2, 3, 4, 5]);
});

test('what new sound replaced is not heard, whatever is left of its chunk', (t) => {
  const old = createOldSound();
  old.prepend([chunk(0, 4), chunk(4, 8)], () => moment(8));
  old.replaceUntil(2 * blockFrames);
  // New sound from block 1 on became old again, up to where the older begins.
  old.prepend([chunk(1, 2)], () => moment(2));
  const heard = old.heardBetween(blockFrames, 3 * blockFrames);
  t.deepEqual(blocksOf(heard), [1, 2]);
  t.is(heard.last?.atFrame, 0);
  t.deepEqual(blocksOf(old.heardBetween(blockFrames, 2 * blockFrames)), [1]);
  t.is(old.heardBetween(blockFrames, 2 * blockFrames).last?.atFrame, blockFrames);
});

test('beyond its end nothing is heard', (t) => {
  const old = createOldSound();
  old.prepend([chunk(0, 2)], () => moment(2));
  const heard = old.heardBetween(0, 5 * blockFrames);
  t.deepEqual(blocksOf(heard), [0, 1]);
  t.is(heard.last, undefined);
  old.forget();
  t.true(old.isEmpty);
  t.deepEqual(blocksOf(old.heardBetween(0, 5 * blockFrames)), []);
});
