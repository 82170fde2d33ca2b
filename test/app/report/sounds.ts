import {writeFileSync} from 'node:fs';
import {samplesOf} from '../../samples.ts';

/** A sine as samples. */
export function sine(sampleRate: number, seconds: number, levelDb: number, hz = 1000, phase = 0): Float32Array {
  const peak = 10 ** (levelDb / 20);
  return samplesOf(Math.round(sampleRate * seconds), (frame) => {
    return peak * Math.sin((2 * Math.PI * hz * frame) / sampleRate + phase);
  });
}

/** Noise from −1 to 1 times the amplitude, the same every time. */
export function noise(length: number, amplitude: number, seed: number): Float32Array {
  let state = seed;
  return samplesOf(length, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return amplitude * (state / 2 ** 31 - 1);
  });
}

/** Writes a WAV file of 32-bit floats. */
export function writeWave(path: string, sampleRate: number, channels: readonly Float32Array[]): string {
  const frames = channels[0]?.length ?? 0;
  const bytes = Buffer.alloc(44 + frames * channels.length * 4);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(3, 20);
  bytes.writeUInt16LE(channels.length, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * channels.length * 4, 28);
  bytes.writeUInt16LE(channels.length * 4, 32);
  bytes.writeUInt16LE(32, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(bytes.length - 44, 40);
  for (const [channel, samples] of channels.entries()) {
    for (let frame = 0; frame < frames; frame++)
      bytes.writeFloatLE(samples[frame] ?? 0, 44 + (frame * channels.length + channel) * 4);
  }
  writeFileSync(path, bytes);
  return path;
}
