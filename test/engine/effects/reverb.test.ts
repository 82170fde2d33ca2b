import test from 'ava';
import {effectOf, energy, impulse, noise, peak, sent} from './effect-rig.ts';

/** One octave around a frequency: two band-passes of Q 1.41 in a row (bilinear transform, gain 1 in the middle). */
function octave(signal: Float32Array, hertz: number, sampleRate: number): Float64Array {
  const turn = (2 * Math.PI * hertz) / sampleRate;
  const slope = Math.sin(turn) / 2.82;
  let band = Float64Array.from(signal);
  for (let pass = 0; pass < 2; pass++) {
    let [x1, x2, y1, y2] = [0, 0, 0, 0];
    band = band.map((x) => {
      const y = (slope * (x - x2) + 2 * Math.cos(turn) * y1 - (1 - slope) * y2) / (1 + slope);
      [x2, x1, y2, y1] = [x1, x, y1, y];
      return y;
    });
  }
  return band;
}

/** Reverberation time: the energy that is still to come (Schroeder's integral) falls from −5 to −35 dB, doubled (ISO 3382's T30). */
function reverberationSeconds(signal: Float64Array, sampleRate: number): number {
  const toCome = new Float64Array(signal.length);
  let sum = 0;
  for (let frame = signal.length - 1; frame >= 0; frame--) {
    sum += (signal[frame] ?? 0) ** 2;
    toCome[frame] = sum;
  }
  const at = (db: number): number =>
    toCome.findIndex((energyThere) => energyThere <= sum * 10 ** (db / 10)) / sampleRate;
  return 2 * (at(-35) - at(-5));
}

for (const sampleRate of [44_100, 48_000, 96_000]) {
  test(`at ${sampleRate} Hz the sound decays by 60 dB in the time that is set, within 15 %`, async (t) => {
    for (const [decaySeconds, size] of [
      [0.2, 60],
      [0.5, 0],
      [0.5, 60],
      [0.8, 100],
      [1.8, 60],
      [4, 0],
      [4, 100],
    ] as const) {
      const unit = await effectOf('reverb', {decaySeconds, size, dampingHz: 20_000, preDelayMs: 0}, sampleRate);
      const {left, right} = sent(unit, impulse(Math.round(sampleRate * (0.3 + decaySeconds))));
      for (const side of [left, right]) {
        const share = reverberationSeconds(octave(side, 500, sampleRate), sampleRate) / decaySeconds;
        t.true(share > 0.85 && share < 1.15, `${decaySeconds} s, size ${size}: ${share}`);
      }
    }
  });
}

test('at the damping frequency the decay is about half as long', async (t) => {
  for (const dampingHz of [1000, 4000]) {
    const unit = await effectOf('reverb', {decaySeconds: 2, dampingHz, preDelayMs: 0});
    const {left} = sent(unit, impulse(100_000));
    const share = reverberationSeconds(octave(left, dampingHz, 48_000), 48_000) / 2;
    t.true(share > 0.4 && share < 0.65, `${dampingHz} Hz: ${share}`);
  }
});

test('nothing of the dry sound comes through, and what comes first comes after the pre-delay', async (t) => {
  for (const preDelayMs of [0, 20, 200]) {
    const unit = await effectOf('reverb', {preDelayMs});
    const {left, right} = sent(unit, impulse(48_000));
    const start = (preDelayMs * 48_000) / 1000;
    for (const side of [left, right]) {
      const first = side.findIndex((sample) => Math.abs(sample) > 1e-5);
      // The shortest all-pass takes 4.3 ms.
      t.true(first >= start + 200 && first <= start + 600, `${preDelayMs} ms: ${first}`);
      t.true(peak(side.subarray(0, first)) < 1e-6);
    }
  }
});

test('either side fills both, alike and each in its own way', async (t) => {
  for (const at of [{left: 0}, {right: 0}]) {
    const unit = await effectOf('reverb');
    const {left, right} = sent(unit, impulse(96_000, at));
    const [energyLeft, energyRight] = [energy(left), energy(right)];
    const balanceDb = 10 * Math.log10(energyLeft / energyRight);
    t.true(Math.abs(balanceDb) < 1, `${balanceDb} dB`);
    const product = left.reduce((sum, sample, frame) => sum + sample * (right[frame] ?? 0), 0);
    const correlation = product / Math.sqrt(energyLeft * energyRight);
    t.true(Math.abs(correlation) < 0.2, `${correlation}`);
  }
});

test('steady noise comes out about as loud as it went in, whatever the decay and the size', async (t) => {
  for (const [decaySeconds, size] of [
    [0.2, 60],
    [1, 0],
    [1, 100],
    [3, 60],
  ] as const) {
    const unit = await effectOf('reverb', {decaySeconds, size, dampingHz: 20_000});
    const dry = noise(4 * 48_000, 0.3);
    const wet = sent(unit, dry);
    const gainDb = 10 * Math.log10(energy(wet.left.subarray(144_000)) / energy(dry.left.subarray(144_000)));
    t.true(Math.abs(gainDb) < 1.5, `${decaySeconds} s, size ${size}: ${gainDb} dB`);
  }
});

test('in a large room the walls answer later than in a small one', async (t) => {
  // The shortest line takes 25 ms at size 0, 79 ms at size 100; until then there is only what the all-passes leave.
  const soon = async (size: number): Promise<number> => {
    const {left} = sent(await effectOf('reverb', {size, preDelayMs: 0, decaySeconds: 3}), impulse(14_400));
    return energy(left.subarray(1440, 3600)) / energy(left);
  };
  const [small, large] = [await soon(0), await soon(100)];
  t.true(small > 2 * large, `${small} and ${large} of the energy`);
});
