import test from 'ava';
import {createLimiter} from '../../../src/engine/limiter/limiter.ts';
import {factorFromDb} from '../../../src/model/decibel.ts';
import {hardCase, hardShapes, randomNumbers} from './hard-cases.ts';
import {annexMeter, kaiserMeter, truePeak} from './true-peak.ts';

const fine = kaiserMeter(8, 24, 7);
/** Read on every tenth case. */
const others = [kaiserMeter(4, 12, 5), annexMeter(), kaiserMeter(16, 24, 6), kaiserMeter(16, 32, 8)];
const shapes = Object.entries(hardShapes);
const casesAtRate = 2000;

for (const sampleRate of [44_100, 48_000, 88_200, 96_000, 192_000]) {
  test(`at ${sampleRate} Hz no meter reads above the ceiling in ${casesAtRate} hard cases`, async (t) => {
    const limiter = await createLimiter({sampleRate});
    const random = randomNumbers(sampleRate);
    const worst = new Map<string, {overDb: number; shape: string}>();
    for (let index = 0; index < casesAtRate; index++) {
      const [name, shape] = shapes[index % shapes.length] ?? ['', () => () => 0];
      const frames = 60 + Math.floor(random() * 240);
      const input = hardCase(shape, index + sampleRate, frames);
      const ceilingDb = index % 3 === 0 ? -1 : -12 * random();
      limiter.set({on: true, ceilingDb, releaseMs: 10 ** (1 + 2 * random())});
      // The whole case and then silence, until the last of it has come out.
      const length = frames + limiter.latencyFrames + 16;
      const left = new Float32Array(length);
      const right = new Float32Array(length);
      left.set(input.left);
      right.set(input.right);
      for (let from = 0; from < length; ) {
        const until = from + 1 + Math.floor(random() * 300);
        limiter.process(left.subarray(from, until), right.subarray(from, until));
        from = until;
      }
      for (const meter of index % 10 === Math.floor(index / 10) % 10 ? [fine, ...others] : [fine]) {
        const peak = Math.max(truePeak(left, meter), truePeak(right, meter));
        const overDb = 20 * Math.log10(peak / factorFromDb(ceilingDb));
        if (overDb > (worst.get(meter.name)?.overDb ?? Number.NEGATIVE_INFINITY))
          worst.set(meter.name, {overDb, shape: name});
      }
    }
    for (const [meter, {overDb, shape}] of worst)
      t.true(overDb <= 0, `${meter}: ${overDb.toFixed(4)} dB over with ${shape}`);
    t.log([...worst].map(([meter, {overDb, shape}]) => `${meter} ${overDb.toFixed(3)} dB (${shape})`).join(', '));
  });
}
