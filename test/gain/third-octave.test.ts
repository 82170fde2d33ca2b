import test from 'ava';
import {createTransform} from '../../src/gain/fourier.ts';
import {bandCentresHz, bandNamesHz, createSpectrumMeter, type Spectrum} from '../../src/gain/third-octave.ts';
import {samplesOf} from '../samples.ts';

const power = (db: number): number => 10 ** (db / 10);
const inDb = (value: number | undefined): number => 10 * Math.log10(value ?? Number.NaN);

function sine(sampleRate: number, seconds: number, hz: number, amplitude: number): Float32Array {
  return samplesOf(Math.round(sampleRate * seconds), (frame) => {
    return amplitude * Math.sin((2 * Math.PI * hz * frame) / sampleRate);
  });
}

/** White noise of variance 1/12 × width², the same every time. */
function noise(length: number, seed: number): Float32Array {
  let state = seed;
  return samplesOf(length, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}

function spectrumOf(sampleRate: number, left: Float32Array, right?: Float32Array, block = 480): Spectrum {
  const meter = createSpectrumMeter(sampleRate, right === undefined ? 1 : 2);
  for (let at = 0; at < left.length; at += block) {
    const l = left.subarray(at, at + block);
    meter.push(l, right?.subarray(at, at + block) ?? l, l.length);
  }
  return meter.reading();
}

test('a transform is the sum it stands for', (t) => {
  const length = 64;
  const [re, im] = [Float64Array.from(noise(length, 1)), Float64Array.from(noise(length, 2))];
  const expected = Array.from({length}, (_, line) => {
    let [r, i] = [0, 0];
    for (let n = 0; n < length; n++) {
      const turn = (-2 * Math.PI * line * n) / length;
      r += (re[n] ?? 0) * Math.cos(turn) - (im[n] ?? 0) * Math.sin(turn);
      i += (re[n] ?? 0) * Math.sin(turn) + (im[n] ?? 0) * Math.cos(turn);
    }
    return [r, i] as const;
  });
  const {run, placeOf} = createTransform(length);
  run(re, im);
  for (const [line, [r, i]] of expected.entries()) {
    t.true(Math.abs((re[placeOf[line] ?? 0] ?? 0) - r) < 1e-12);
    t.true(Math.abs((im[placeOf[line] ?? 0] ?? 0) - i) < 1e-12);
  }
  t.throws(() => createTransform(48), {instanceOf: RangeError});
});

test('bands are those of IEC 61260-1: their names are their centres, rounded', (t) => {
  t.is(bandCentresHz.length, 31);
  t.is(bandCentresHz[17], 1000);
  for (const [band, name] of bandNamesHz.entries()) t.true(Math.abs((bandCentresHz[band] ?? 0) / name - 1) < 0.014);
});

for (const sampleRate of [44_100, 48_000, 96_000]) {
  test(`a tone at a band's centre reads its level there within 0.2 dB at ${sampleRate} Hz`, (t) => {
    for (const band of [0, 1, 5, 10, 17, 24, 29]) {
      const tone = sine(sampleRate, 4, bandCentresHz[band] ?? 0, 0.5);
      const {bands} = spectrumOf(sampleRate, tone, new Float32Array(tone.length));
      // Mean square of a sine of amplitude 0.5 on one side.
      t.true(Math.abs(inDb(bands[band]) - inDb(0.125)) < 0.2, `${bandNamesHz[band]} Hz: ${inDb(bands[band])}`);
      const others = bands.filter((_, index) => Math.abs(index - band) > 1).map((value) => value ?? 0);
      t.true(Math.max(...others) < power(-30) * 0.125);
    }
  });
}

test('white noise rises by 3 dB an octave, each band by its width', (t) => {
  const sampleRate = 48_000;
  const {bands} = spectrumOf(sampleRate, noise(sampleRate * 30, 7), noise(sampleRate * 30, 99));
  // Both sides together have a variance of 1/6, spread over 24 kHz.
  for (const [band, centre] of bandCentresHz.entries()) {
    if (centre < 160) continue;
    const width = centre * (10 ** 0.05 - 10 ** -0.05);
    t.true(Math.abs(inDb(bands[band]) - inDb((width / 24_000) * (1 / 6))) < 0.2, `${centre}`);
  }
});

test('a mono sound reads as the same on both sides, however it is cut', (t) => {
  const sampleRate = 44_100;
  const sound = noise(sampleRate * 3, 3);
  const mono = spectrumOf(sampleRate, sound);
  const both = spectrumOf(sampleRate, sound, sound, 4096);
  for (const [band, value] of mono.bands.entries()) {
    if (value !== undefined) t.true(Math.abs(inDb(value) - inDb(both.bands[band])) < 1e-6);
  }
  t.true(Math.abs((mono.lowShare ?? 0) - (both.lowShare ?? 1)) < 1e-9);
});

test('the low end is the share of energy below 120 Hz', (t) => {
  const sampleRate = 48_000;
  const low = sine(sampleRate, 4, 60, 0.3);
  const high = sine(sampleRate, 4, 1000, 0.3);
  const mixed = low.map((sample, frame) => sample + (high[frame] ?? 0));
  t.true(Math.abs((spectrumOf(sampleRate, mixed).lowShare ?? 0) - 0.5) < 0.005);
  t.true((spectrumOf(sampleRate, low).lowShare ?? 0) > 0.999);
  t.true((spectrumOf(sampleRate, high).lowShare ?? 1) < 0.001);
});

test('rests change no level but by their length, and silence has no spectrum', (t) => {
  const sampleRate = 48_000;
  const tone = sine(sampleRate, 4, 1000, 0.5);
  const rested = new Float32Array(tone.length * 4);
  rested.set(tone, tone.length);
  const change = inDb(spectrumOf(sampleRate, rested).bands[17]) - inDb(spectrumOf(sampleRate, tone).bands[17]);
  t.true(Math.abs(change + 6.02) < 0.05);
  const silence = spectrumOf(sampleRate, new Float32Array(1000));
  t.is(silence.lowShare, undefined);
  t.true(silence.bands.every((band) => band === 0));
  t.is(createSpectrumMeter(48_000, 2).reading().lowShare, undefined);
});

test('bands above half the rate are not there, and samples that are no numbers count as 0', (t) => {
  const {bands} = spectrumOf(8000, noise(8000, 5));
  t.is(bands[bandNamesHz.indexOf(4000)], undefined);
  t.true((bands[bandNamesHz.indexOf(3150)] ?? 0) > 0);
  const broken = spectrumOf(8000, Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 0.5));
  t.true(broken.bands.every((band) => band === undefined || Number.isFinite(band)));
});
