import {createRequire} from 'node:module';

/**
 * Sample rate conversion by libsamplerate's sinc converter of medium quality: 121 dB of signal to noise, 90 % of the band
 * (its author's figures), four times as fast as the best one.
 *
 * The library keeps its state in an instance of some ten megabytes, too many for one a stem. So a sound is converted in windows, each with
 * enough of the sound before and after it that the filter has settled, from a converter set back to its start. Windows begin where input and output
 * frames coincide (both rates divided by their greatest common divisor), so their output joins to the sample, nothing drifts over hours, and
 * an instance serves all stems of the same rates.
 */
export interface Resampler {
  /** Takes the next input, one array a channel, and gives back what output became certain, possibly nothing. */
  push(block: readonly Float32Array[]): readonly Float32Array[];
  /** The rest of the output, once all input was pushed; `resampledLength` frames in all. */
  finish(): readonly Float32Array[];
}

/** Output frames for `lengthFrames` input frames. */
export function resampledLength(lengthFrames: number, from: number, to: number): number {
  return Math.round((lengthFrames * to) / from);
}

/** Half the filter's length and more, in frames of the lower rate: measured 51. */
const settleFrames = 128;
const windowFrames = 16_384;

type Library = typeof import('@alexanderolsen/libsamplerate-js');
type Converter = Awaited<ReturnType<Library['create']>>;
const converters = new Map<string, Promise<Converter>>();
const mostConverters = 4;

async function converterFor(channels: number, from: number, to: number): Promise<Converter> {
  const key = `${channels} ${from} ${to}`;
  let converter = converters.get(key);
  if (converter === undefined) {
    const [oldest] = converters.keys();
    if (converters.size >= mostConverters && oldest !== undefined) converters.delete(oldest);
    converter = createConverter(channels, from, to);
    converters.set(key, converter);
  }
  return converter;
}

async function createConverter(channels: number, from: number, to: number): Promise<Converter> {
  // Required, because loaders disagree on what a dynamic import of this CommonJS module is.
  const library: Library = createRequire(import.meta.url)('@alexanderolsen/libsamplerate-js');
  return library.create(channels, from, to, {converterType: library.ConverterType.SRC_SINC_MEDIUM_QUALITY});
}

/** A converter for one sound from rate `from` to rate `to` (Hz, 1/256 to 256 times as much). An impulse stays at its time. */
export async function createResampler(channels: number, from: number, to: number): Promise<Resampler> {
  const converter = await converterFor(channels, from, to);
  const divisor = commonDivisor(from, to);
  const [unit, outUnit] = [from / divisor, to / divisor];
  const margin = Math.ceil((settleFrames * Math.max(1, from / to)) / unit) * unit;
  const body = Math.max(1, Math.round(windowFrames / unit)) * unit;
  const outPer = outUnit / unit;
  const window = new Float32Array((margin + body + margin) * channels);
  let filled = margin;
  let taken = 0;
  let given = 0;

  /** Converts the full window, keeps the output of its body, and moves on by one body. */
  function convert(): Float32Array[] {
    const first = Math.round(margin * outPer);
    const frames = Math.round(body * outPer);
    const output = runConverter(converter, window, channels, first + frames);
    const block = Array.from({length: channels}, (_, channel) => {
      const samples = new Float32Array(frames);
      for (let i = 0, p = first * channels + channel; i < frames; i++, p += channels) samples[i] = output[p] ?? 0;
      return samples;
    });
    window.copyWithin(0, body * channels);
    filled -= body;
    given += frames;
    return block;
  }

  return {
    push(block) {
      const blocks: Float32Array[][] = [];
      const frames = block[0]?.length ?? 0;
      taken += frames;
      for (let done = 0; done < frames; ) {
        const count = Math.min(frames - done, margin + body + margin - filled);
        block.forEach((samples, channel) => {
          for (let i = 0; i < count; i++) window[(filled + i) * channels + channel] = samples[done + i] ?? 0;
        });
        filled += count;
        done += count;
        if (filled === margin + body + margin) blocks.push(convert());
      }
      return join(blocks, channels);
    },
    finish() {
      const length = resampledLength(taken, from, to);
      const blocks: Float32Array[][] = [];
      const before = given;
      while (given < length) {
        window.fill(0, filled * channels);
        filled = margin + body + margin;
        blocks.push(convert());
      }
      return join(blocks, channels).map((samples) => samples.subarray(0, length - before));
    },
  };
}

/** Converts from a fresh start and gives at least `wanted` output frames, if the input holds them and their surroundings. */
function runConverter(converter: Converter, window: Float32Array, channels: number, wanted: number): Float32Array {
  // Setting a rate, even to what it is, makes the library begin anew.
  const {inputSampleRate} = converter;
  converter.inputSampleRate = inputSampleRate;
  const output = new Float32Array(wanted * channels);
  const piece = Math.floor(inputSampleRate / 10) * channels;
  let done = 0;
  for (let at = 0; at < window.length && done < output.length; at += piece) {
    const part = converter.full(window.subarray(at, at + piece));
    output.set(part.subarray(0, output.length - done), done);
    done += Math.min(part.length, output.length - done);
  }
  return output;
}

function join(blocks: readonly (readonly Float32Array[])[], channels: number): Float32Array[] {
  return Array.from({length: channels}, (_, channel) => {
    const length = blocks.reduce((sum, block) => sum + (block[channel]?.length ?? 0), 0);
    const joined = new Float32Array(length);
    let at = 0;
    for (const block of blocks) {
      const samples = block[channel];
      if (samples === undefined) continue;
      joined.set(samples, at);
      at += samples.length;
    }
    return joined;
  });
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
