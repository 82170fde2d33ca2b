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
