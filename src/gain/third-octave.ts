import {createTransform} from './fourier.ts';

/**
 * Third-octave bands as IEC 61260-1 has them, to the base of ten: centres at 1000 Hz · 10^(n/10), edges a twentieth of a decade to either side. From 20 Hz to 20 kHz
 * there are 31 of them.
 */
export const bandCentresHz: readonly number[] = Array.from(
  {length: 31},
  (_, index) => 1000 * 10 ** ((index - 17) / 10),
);

/** What people call them. */
export const bandNamesHz: readonly number[] = [
  20, 25, 31.5, 40, 50, 63, 80, 100, 125, 160, 200, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150,
  4000, 5000, 6300, 8000, 10_000, 12_500, 16_000, 20_000,
];

const halfBand = 10 ** (1 / 20);

/** Below this frequency lies the low end. */
const lowEndHz = 120;

/** The average spectrum of a piece of sound. */
export interface Spectrum {
  /** Mean square of both sides together in each band (a full-scale sine on one side: 0.5); undefined where the band does not lie below half the rate. */
  readonly bands: readonly (number | undefined)[];
  /** Energy from 17.8 to 120 Hz as a part of all from 17.8 Hz to 22.4 kHz, 0…1; undefined for silence. */
  readonly lowShare: number | undefined;
}

/** Takes sound as it comes. */
export interface SpectrumMeter {
  /** Takes the next frames; samples that are no finite numbers count as 0. Of a mono sound `right` is not looked at, it counts as heard on both sides. */
  push(left: Float32Array, right: Float32Array, frames: number): void;
  /** Of all that was taken. Reading it ends the measurement: nothing may be pushed after. */
  reading(): Spectrum;
}

/**
 * A meter at rest, at any rate in hertz. Windows of two thirds of a second and more (Hann, half overlapping, with silence before the first and after the last sample) are
 * transformed two at a time: the real part holds one side and the imaginary part the other, or those of a mono sound two windows, since the energies of a line and of its
 * mirror line together are those of both parts.
 */
export function createSpectrumMeter(sampleRate: number, channels: 1 | 2): SpectrumMeter {
  const length = 2 ** Math.ceil(Math.log2(sampleRate * 0.65));
  const half = length / 2;
  const {run, placeOf} = createTransform(length);
  const window = Float64Array.from({length}, (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / length));
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  /** Sums of the energies of all lines, in the order in which the transform leaves them. */
  const powers = new Float64Array(length);
  /** The last window's worth of both sides. Silence stands before the sound, so that its first half counts as often as all else. */
  const left = new Float64Array(length);
  const right = channels === 1 ? left : new Float64Array(length);
  let filled = half;
  let taken = 0;
  /** Whether anything but silence stands in the window: rests cost nothing. */
  let sounds = false;
  /** A window of a mono sound waits for its neighbour. */
  let waiting = false;

  function analyse(): void {
    if (sounds) {
      addWindow();
      // The second half stays.
      sounds = left.subarray(half).some(isSound) || right.subarray(half).some(isSound);
    }
    left.copyWithin(0, half);
    if (channels === 2) right.copyWithin(0, half);
    filled = half;
  }

  function addWindow(): void {
    if (channels === 2) {
      weigh(left, re);
      weigh(right, im);
    } else if (waiting) weigh(left, im);
    else weigh(left, re);
    waiting = channels === 1 && !waiting;
    if (!waiting) transform();
  }

  function weigh(samples: Float64Array, into: Float64Array): void {
    for (let index = 0; index < length; index++) into[index] = (samples[index] ?? 0) * (window[index] ?? 0);
  }

  function transform(): void {
    run(re, im);
    for (let index = 0; index < length; index++) {
      const r = re[index] ?? 0;
      const i = im[index] ?? 0;
      powers[index] = (powers[index] ?? 0) + r * r + i * i;
    }
  }

  function flush(): void {
    // Two half windows more: the last sample, too, must have stood in two windows.
    for (let round = 0; round < 2; round++) {
      left.fill(0, filled);
      right.fill(0, filled);
      analyse();
    }
    if (!waiting) return;
    im.fill(0);
    transform();
  }

  return {
    push(moreLeft, moreRight, frames) {
      for (let frame = 0; frame < frames; frame++) {
        const l = moreLeft[frame] ?? 0;
        const r = channels === 1 ? 0 : (moreRight[frame] ?? 0);
        if (channels === 2) right[filled] = Number.isFinite(r) ? r : 0;
        left[filled] = Number.isFinite(l) ? l : 0;
        if (l !== 0 || r !== 0) sounds = true;
        if (++filled === length) analyse();
      }
      taken += frames;
    },
    reading() {
      flush();
      const line = (index: number): number => powers[placeOf[index] ?? 0] ?? 0;
      const lines = Float64Array.from({length: half}, (_, index) =>
        index === 0 ? 0 : line(index) + line(length - index),
      );
      // Parseval's sum has the factor 1 / length; the squares of two overlapping Hann windows add up to 3/4 on average. A mono sound comes from both sides.
      const scale = taken > 0 ? (channels === 1 ? 2 : 1) / (length * 0.75 * taken) : 0;
      return spectrumOf(lines, sampleRate / length, sampleRate / 2, scale);
    },
  };
}

const isSound = (sample: number): boolean => sample !== 0;

function spectrumOf(powers: Float64Array, lineHz: number, nyquistHz: number, scale: number): Spectrum {
  const between = (lowHz: number, highHz: number): number => {
    // A line stands for the frequencies half a line to either side.
    const first = Math.max(1, Math.floor(lowHz / lineHz + 0.5));
    let sum = 0;
    for (let line = first; line < powers.length && (line - 0.5) * lineHz < highHz; line++) {
      const share = Math.min(line + 0.5, highHz / lineHz) - Math.max(line - 0.5, lowHz / lineHz);
      sum += (powers[line] ?? 0) * Math.max(0, share);
    }
    return sum * scale;
  };
  const lowest = (bandCentresHz[0] ?? 20) / halfBand;
  const highest = (bandCentresHz.at(-1) ?? 20_000) * halfBand;
  const all = between(lowest, Math.min(highest, nyquistHz));
  return {
    bands: bandCentresHz.map((centre) =>
      centre * halfBand > nyquistHz ? undefined : between(centre / halfBand, centre * halfBand),
    ),
    lowShare: all > 0 ? Math.min(1, between(lowest, lowEndHz) / all) : undefined,
  };
}
