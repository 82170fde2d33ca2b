/**
 * Renders the demo stems: notes → Standard MIDI file → fluidsynth with FluidR3 GM → levels and faults → FLAC.
 * Run it with `node src/session/demo/render.mjs`; it needs fluidsynth, fluid-soundfont-gm and flac (Debian packages), and
 * is not needed to use the desk: the stems are in the repository.
 */
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {lengthSeconds, midiFile, parts} from './tune.mjs';

const sampleRate = 48_000;
const frames = Math.round(lengthSeconds * sampleRate);
const soundFont = process.env.SOUND_FONT ?? '/usr/share/sounds/sf2/FluidR3_GM.sf2';
const folder = fileURLToPath(new URL('./stems/', import.meta.url));

/**
 * What becomes of each part. `peakDb` is the level of its highest sample in dBFS. `bits` is how finely the samples are
 * stepped within the 16 bits of the file: what is coarser costs less room. `lowHz` and `highHz` cut away what the part does not need;
 * `width` 0…1 narrows the sides. `fault` is what is wrong on purpose.
 */
const recipes = {
  kick: {file: 'Kick', channels: 1, peakDb: -7, bits: 14, highHz: 9000},
  snare: {file: 'Snare', channels: 1, peakDb: 9, bits: 12, lowHz: 90, highHz: 12000, fault: 'clipped'},
  hats: {file: 'Hats', channels: 1, peakDb: -11, bits: 11, lowHz: 350, highHz: 15000},
  bass: {file: 'Bass', channels: 1, peakDb: -8, bits: 14, highHz: 3500},
  guitar: {file: 'Electric_Guitar', channels: 1, peakDb: -2, bits: 12, lowHz: 90, highHz: 7000, fault: 'hot'},
  keys: {file: 'Keys', channels: 2, peakDb: -9, bits: 12, lowHz: 90, highHz: 6000, fault: 'right inverted'},
  strings: {file: 'Strings', channels: 2, peakDb: -22, bits: 14, lowHz: 140, highHz: 5500, width: 0.6, fault: 'low'},
  vocal: {file: 'Lead_Vocal', channels: 1, peakDb: -8, bits: 13, lowHz: 120, highHz: 8000},
  backing: {file: 'Audio_07', channels: 1, peakDb: -10, bits: 13, lowHz: 140, highHz: 6000, fault: 'default name'},
  effects: {file: 'Effects', channels: 1, peakDb: Number.NEGATIVE_INFINITY, bits: 16, fault: 'silent'},
};

function run(command, args, input) {
  const done = spawnSync(command, args, {input, maxBuffer: 2 ** 28});
  if (done.error) throw new Error(`${command} cannot be run: ${done.error.message}. Install it: apt-get install fluidsynth fluid-soundfont-gm flac`);
  if (done.status !== 0) throw new Error(`${command} failed: ${done.stderr}`);
}

/** Left and right of a rendered part, 32-bit float, cut or filled to the length of the tune. */
function synthesise(part, work) {
  const midi = join(work, `${part.id}.mid`);
  const raw = join(work, `${part.id}.raw`);
  writeFileSync(midi, midiFile(part));
  run('fluidsynth', ['-ni', '-q', '-R', '0', '-C', '0', '-g', '0.4', '-r', String(sampleRate), '-T', 'raw', '-O', 'float', '-E', 'little', '-F', raw, soundFont, midi]);
  const bytes = readFileSync(raw);
  const samples = new Float32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4));
  const side = (offset) => Float64Array.from({length: frames}, (_, frame) => samples[frame * 2 + offset] ?? 0);
  return [side(0), side(1)];
}

/** A second-order Butterworth filter in place (coefficients of the Audio EQ Cookbook). */
function filter(samples, kind, hz) {
  const angle = (2 * Math.PI * hz) / sampleRate;
  const alpha = Math.sin(angle) / Math.SQRT2;
  const cos = Math.cos(angle);
  const edge = kind === 'low' ? (1 - cos) / 2 : (1 + cos) / 2;
  const a0 = 1 + alpha;
  const b = [edge / a0, (kind === 'low' ? 2 * edge : -2 * edge) / a0, edge / a0];
  const a = [(-2 * cos) / a0, (1 - alpha) / a0];
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let frame = 0; frame < samples.length; frame++) {
    const x = samples[frame];
    const y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    samples[frame] = y;
  }
}

/** Turns what is quieter than `floorDb` under the peak to nothing, with soft edges: rests cost no room. */
function gate(sides, floorDb) {
  const threshold = peakOf(sides) * 10 ** (floorDb / 20);
  const hold = Math.round(0.03 * sampleRate);
  let gain = 0;
  let open = 0;
  for (let frame = 0; frame < frames; frame++) {
    const ahead = Math.min(frames - 1, frame + 96);
    if (sides.some((side) => Math.abs(side[ahead]) > threshold)) open = hold;
    else open = Math.max(0, open - 1);
    gain = open > 0 ? Math.min(1, gain + 1 / 48) : Math.max(0, gain - 1 / 1440);
    for (const side of sides) side[frame] *= gain;
  }
}

function peakOf(sides) {
  let peak = 0;
  for (const side of sides) for (const sample of side) peak = Math.max(peak, Math.abs(sample));
  return peak;
}

/**
 * Interleaved 16-bit little-endian samples in steps of `bits`. What passes the highest step is cut flat, as a converter
 * does; at 12 bits and more that is −0.005 dBFS or nearer to full scale.
 */
function quantise(sides, bits) {
  const step = 2 ** (16 - bits);
  const pcm = Buffer.alloc(frames * sides.length * 2);
  for (let frame = 0; frame < frames; frame++) {
    for (const [channel, side] of sides.entries()) {
      const value = Math.round((side[frame] * 32768) / step) * step;
      pcm.writeInt16LE(Math.max(step - 32768, Math.min(32768 - step, value)), (frame * sides.length + channel) * 2);
    }
  }
  return pcm;
}

function render(part, work) {
  const recipe = recipes[part.id];
  let sides = synthesise(part, work);
  if (recipe.channels === 1) sides = [sides[0].map((sample, frame) => (sample + sides[1][frame]) / 2)];
  for (const side of sides) {
    if (recipe.lowHz) filter(side, 'high', recipe.lowHz);
    if (recipe.highHz) filter(side, 'low', recipe.highHz);
  }
  if (recipe.width !== undefined) {
    const near = (1 + recipe.width) / 2;
    const mix = (one, other) => one.map((sample, frame) => near * sample + (1 - near) * other[frame]);
    sides = [mix(sides[0], sides[1]), mix(sides[1], sides[0])];
  }
  if (peakOf(sides) > 0) {
    gate(sides, -54);
    const gain = 10 ** (recipe.peakDb / 20) / peakOf(sides);
    for (const side of sides) for (let frame = 0; frame < frames; frame++) side[frame] *= gain;
  }
  if (recipe.fault === 'right inverted') sides[1] = sides[1].map((sample) => -sample);
  const file = join(folder, `${recipe.file}.flac`);
  run(
    'flac',
    ['-8', '-e', '-p', '-f', '-s', '--no-padding', '--no-seektable', '--force-raw-format', '--endian=little', '--sign=signed',
      `--channels=${sides.length}`, '--bps=16', `--sample-rate=${sampleRate}`, '-o', file, '-'],
    quantise(sides, recipe.bits),
  );
  console.log(`${recipe.file}.flac ${(readFileSync(file).length / 1000).toFixed(0)} kB${recipe.fault ? ` (${recipe.fault})` : ''}`);
  return readFileSync(file).length;
}

mkdirSync(folder, {recursive: true});
const work = mkdtempSync(join(tmpdir(), 'longthrow-demo-'));
try {
  const total = parts.reduce((sum, part) => sum + render(part, work), 0);
  console.log(`${(total / 1e6).toFixed(2)} MB, ${lengthSeconds.toFixed(2)} s`);
} finally {
  rmSync(work, {recursive: true, force: true});
}
