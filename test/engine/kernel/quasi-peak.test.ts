import test from 'ava';
import {createKernel} from '../../../src/engine/kernel/kernel.ts';
import {createQuasiPeakMeter, quasiPeakTypeI, quasiPeakTypeII} from '../../../src/gain/quasi-peak.ts';
import {stripField, stripFields} from '../../../src/model/meter.ts';
import {noise, sine} from '../graph/signal.ts';
import {blockFrames, feed, openKernel} from './kernel-rig.ts';

for (const sampleRate of [44_100, 48_000, 192_000]) {
  for (const [name, ballistics] of [
    ['I', quasiPeakTypeI],
    ['II', quasiPeakTypeII],
  ] as const) {
    test(`the quasi-peak meter of type ${name} at ${sampleRate} Hz reads what its model reads: noise, bursts, and two seconds of falling`, async (t) => {
      const kernel = await createKernel({strips: 1, sampleRate, blockFrames: 64});
      kernel.setStrip(0, {pre: 0.5, left: 1, right: 1});
      kernel.setQuasiPeak(ballistics);
      kernel.settle();
      const model = createQuasiPeakMeter(sampleRate, ballistics);
      const half = Math.ceil(sampleRate / 4);
      const left = new Float32Array(9 * half);
      left.set(noise(half, 5, 0.9));
      left.set(sine(Math.round(sampleRate / 200), 5000, sampleRate, 1), Math.round(half * 0.7));
      const right = left.map((value, n) => (n < half / 2 ? value / 3 : 0));
      let apartDb = 0;
      let seen = 0;
      for (let at = 0; at + 64 <= left.length; at += 64) {
        const [l, r] = [left.subarray(at, at + 64), right.subarray(at, at + 64)];
        feed(kernel, 0, l, r);
        kernel.render(64);
        const highest = [0, 0];
        for (let n = 0; n < 64; n++) {
          model.push(
            l.subarray(n, n + 1).map((v) => v / 2),
            r.subarray(n, n + 1).map((v) => v / 2),
            1,
          );
          for (const side of [0, 1])
            highest[side] = Math.max(highest[side] ?? 0, 10 ** ((model.reading()[side] ?? 0) / 20));
        }
        for (const [side, value] of highest.entries()) {
          if (value === 0) continue;
          const got = kernel.meters[side === 0 ? stripField.preQuasiPeakLeft : stripField.preQuasiPeakRight] ?? 0;
          apartDb = Math.max(apartDb, Math.abs(20 * Math.log10(got / value)));
          seen++;
        }
      }
      t.true(seen > 3000 && apartDb < 0.002, `${apartDb} dB, ${seen} blocks`);
    });
  }
}

test('quasi-peak meters that nobody looks at read 0; chosen again, or another chosen, they begin at rest', async (t) => {
  const kernel = await openKernel(3);
  const loud = noise(blockFrames, 3, 0.9);
  const reading = (sound: ArrayLike<number>): number => {
    feed(kernel, 2, sound);
    kernel.render(blockFrames);
    return kernel.meters[2 * stripFields + stripField.preQuasiPeakLeft] ?? Number.NaN;
  };
  t.is(reading(loud), 0);
  kernel.setQuasiPeak(quasiPeakTypeI);
  t.is(reading([]), 0);
  const first = reading(loud);
  t.true(first > 0.3);
  kernel.setQuasiPeak(quasiPeakTypeI);
  t.true(reading([]) > 0.3, 'the same chosen again changes nothing');
  kernel.setQuasiPeak(undefined);
  t.is(reading(loud), 0);
  kernel.setQuasiPeak(quasiPeakTypeI);
  t.is(reading([]), 0);
  reading(loud);
  kernel.setQuasiPeak(quasiPeakTypeII);
  t.is(reading([]), 0);
});

test('quasi-peak meters fall alike whether a neighbour sounds or the pair is left out, and end at 0', async (t) => {
  const falling = async (neighbour: ArrayLike<number>): Promise<readonly number[]> => {
    const kernel = await openKernel(3);
    kernel.setQuasiPeak({...quasiPeakTypeI, fallRate: 40});
    return Array.from({length: 60}, (_, block) => {
      feed(kernel, 0, block < 2 ? noise(blockFrames, 8) : []);
      feed(kernel, 1, neighbour);
      kernel.render(blockFrames);
      return kernel.meters[stripField.preQuasiPeakLeft] ?? Number.NaN;
    });
  };
  const alone = await falling([]);
  t.deepEqual(alone, await falling(noise(blockFrames, 9)));
  t.true((alone[30] ?? 0) > 0 && alone.at(-1) === 0);
});
