import test from 'ava';
import {blockFrames} from '../../../src/engine/graph.ts';
import {createSourceQueue, openDeviceOutput} from '../../../src/engine/live/device-output.ts';
import {createSilentOutput} from '../../../src/engine/live/silent-output.ts';

/** Noise that is the same each time, so that a shift by a sample cannot hide. */
function noise(frames: number, seed: number): Float32Array<ArrayBuffer> {
  let state = seed;
  return Float32Array.from({length: frames}, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}

const api = await import('node-web-audio-api').catch(() => undefined);

for (const sampleRate of [44_100, 48_000, 96_000]) {
  test(`blocks scheduled one behind the other are heard bit for bit at ${sampleRate} Hz`, async (t) => {
    if (api === undefined) {
      t.log('node-web-audio-api is not installed: nothing to schedule on');
      t.is((await openDeviceOutput(sampleRate)).state, 'unavailable');
      return;
    }
    const blocks = 40;
    const context = new api.OfflineAudioContext(2, (blocks + 2) * blockFrames, sampleRate);
    const queue = createSourceQueue(context);
    const left = noise(blocks * blockFrames, 1);
    const right = noise(blocks * blockFrames, 2);
    const first = 2 * blockFrames;
    for (let block = 0; block < blocks; block++) {
      const part = [block * blockFrames, (block + 1) * blockFrames] as const;
      queue.schedule(first + block * blockFrames, left.slice(...part), right.slice(...part));
    }
    const heard = await context.startRendering();
    t.deepEqual(heard.getChannelData(0).slice(first), left);
    t.deepEqual(heard.getChannelData(1).slice(first), right);
    t.true(
      heard
        .getChannelData(0)
        .slice(0, first)
        .every((sample) => sample === 0),
    );
  });
}

test('without a device, time goes on by the clock that is given', async (t) => {
  let nowMs = 1000;
  const output = createSilentOutput(48_000, () => nowMs);
  t.is(output.kind, 'silent');
  t.is(output.clockFrame(), 0);
  nowMs += 250;
  t.is(output.clockFrame(), 12_000);
  output.schedule(0, new Float32Array(4), new Float32Array(4));
  await output.close();
});

test('a block takes the place of what was scheduled for its frames, and the rest stays, bit for bit', async (t) => {
  if (api === undefined) {
    t.pass('nothing to schedule on');
    return;
  }
  const sampleRate = 48_000;
  const frames = 12_000;
  const context = new api.OfflineAudioContext(2, frames, sampleRate);
  const queue = createSourceQueue(context);
  const expected = new Float32Array(frames);
  let seed = 1;
  const play = (atFrame: number, length: number): void => {
    const sound = noise(length, seed++);
    queue.schedule(atFrame, sound, sound);
    expected.set(sound, atFrame);
  };
  play(0, 4096);
  play(4096, 4096);
  play(8192, 2048);
  // Within one; over the seam of two; the same once more; a whole one; cut, and on from there.
  play(1024, 512);
  play(3584, 1024);
  play(3584, 512);
  play(8192, 2048);
  queue.cut(9216);
  expected.fill(0, 9216);
  queue.cut(9728);
  play(9728, 1024);
  const heard = await context.startRendering();
  t.is(
    heard.getChannelData(0).findIndex((sample, frame) => sample !== expected[frame]),
    -1,
  );
});
