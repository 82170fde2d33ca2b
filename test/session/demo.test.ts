import {readdir, readFile, stat} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {FLACDecoder} from '@wasm-audio-decoders/flac';
import test from 'ava';
import {dbFromFactor, factorFromDb} from '../../src/model/decibel.ts';
import {balanceSides, panSides} from '../../src/model/pan-law.ts';
import type {StemFacts} from '../../src/model/stem-facts.ts';
import {demoFolder} from '../../src/session/demo-folder.ts';
import {loadSession} from '../../src/session/load.ts';
import {composeSession} from '../../src/session/new-session.ts';

interface Measured {
  readonly name: string;
  readonly channels: readonly Float32Array[];
  readonly sampleRate: number;
  /** As the file's header says; the decoder leaves out a last block that is silent and short. */
  readonly lengthFrames: number;
  readonly peakDb: number;
  readonly clippedRuns: number;
  /** Of left and right, −1…1; NaN for mono and silence. */
  readonly correlation: number;
}

const nearFullScale = factorFromDb(-0.01);

function measure(name: string, channels: readonly Float32Array[], sampleRate: number, lengthFrames = 0): Measured {
  let peak = 0;
  let clippedRuns = 0;
  for (const samples of channels) {
    let run = 0;
    for (const sample of samples) {
      const size = Math.abs(sample);
      if (size > peak) peak = size;
      run = size >= nearFullScale ? run + 1 : 0;
      if (run === 3) clippedRuns++;
    }
  }
  const [left, right] = channels;
  let product = 0;
  let energies = 0;
  if (left !== undefined && right !== undefined) {
    let leftEnergy = 0;
    let rightEnergy = 0;
    for (let frame = 0; frame < left.length; frame++) {
      const l = left[frame] ?? 0;
      const r = right[frame] ?? 0;
      product += l * r;
      leftEnergy += l * l;
      rightEnergy += r * r;
    }
    energies = Math.sqrt(leftEnergy * rightEnergy);
  }
  return {
    name,
    channels,
    sampleRate,
    lengthFrames,
    peakDb: dbFromFactor(peak),
    clippedRuns,
    correlation: product / energies,
  };
}

let measured: ReadonlyMap<string, Measured> = new Map();

test.before(async () => {
  const folder = join(demoFolder, 'stems');
  const decoder = new FLACDecoder();
  await decoder.ready;
  const stems = new Map<string, Measured>();
  for (const file of (await readdir(folder)).sort()) {
    const bytes = await readFile(join(folder, file));
    const decoded = await decoder.decodeFile(bytes);
    // STREAMINFO: the total number of samples is 36 bits wide, from the lower half of byte 13 of the block at byte 8.
    const lengthFrames = bytes.readUIntBE(21, 5) % 2 ** 36;
    const name = basename(file, '.flac');
    stems.set(name, measure(name, decoded.channelData, decoded.sampleRate, lengthFrames));
    await decoder.reset();
  }
  decoder.free();
  measured = stems;
});

function stem(name: string): Measured {
  const found = measured.get(name);
  if (found === undefined) throw new Error(`no stem ${name}`);
  return found;
}

test('the demo loads without errors, is never written to, and all its ten stems are there', async (t) => {
  const loaded = await loadSession(demoFolder);
  if (loaded.type !== 'session') return t.fail(loaded.problems.map((problem) => problem.reason).join());
  t.is(loaded.session.mixer.strips.length, 10);
  t.is(loaded.session.sampleRate, 48_000);
  t.false(loaded.session.writable);
  t.deepEqual(
    loaded.session.stems.filter((file) => file.missing),
    [],
  );
  t.deepEqual(
    loaded.session.problems.map((problem) => problem.reason),
    ['the strip "Audio 07" was never given a name'],
  );
});

test('all stems are 48 kHz, equally long, between 24 and 32 seconds', (t) => {
  t.is(measured.size, 10);
  t.deepEqual([...new Set([...measured.values()].map((one) => one.lengthFrames))], [31.5 * 48_000]);
  t.true([...measured.values()].every((one) => one.sampleRate === 48_000));
});

test('all stems together take less than 5 MB', async (t) => {
  const folder = join(demoFolder, 'stems');
  const sizes = await Promise.all((await readdir(folder)).map(async (file) => (await stat(join(folder, file))).size));
  t.true(sizes.reduce((sum, size) => sum + size, 0) < 5_000_000);
});

for (const name of ['Kick', 'Hats', 'Bass', 'Keys', 'Lead_Vocal', 'Audio_07']) {
  test(`${name} peaks between -12 and -6 dBFS and is not clipped`, (t) => {
    t.true(stem(name).peakDb >= -12 && stem(name).peakDb <= -6, String(stem(name).peakDb));
    t.is(stem(name).clippedRuns, 0);
  });
}

test('the guitar is hot: about -2 dBFS, not clipped, and already so in the introduction', (t) => {
  const guitar = stem('Electric_Guitar');
  t.true(Math.abs(guitar.peakDb + 2) < 0.2);
  t.is(guitar.clippedRuns, 0);
  const beginning = guitar.channels.map((samples) => samples.subarray(0, 4 * 48_000));
  t.true(measure('beginning', beginning, 48_000).peakDb > -4);
});

test('the strings are low: about -22 dBFS', (t) => {
  t.true(Math.abs(stem('Strings').peakDb + 22) < 0.2);
});

test('the snare is clipped: many runs of three and more samples at full scale', (t) => {
  t.true(stem('Snare').clippedRuns > 50, String(stem('Snare').clippedRuns));
  t.deepEqual(
    [...measured.values()].filter((one) => one.clippedRuns > 0).map((one) => one.name),
    ['Snare'],
  );
});

test('the right channel of the keys is inverted, that of no other stereo stem', (t) => {
  t.true(stem('Keys').correlation < -0.9, String(stem('Keys').correlation));
  t.true(stem('Strings').correlation > 0.2, String(stem('Strings').correlation));
});

test('the effects are silent: every sample is zero', (t) => {
  t.is(stem('Effects').peakDb, Number.NEGATIVE_INFINITY);
});

test('rests are truly silent and the tail has faded at the end', (t) => {
  for (const one of measured.values()) {
    const last = one.channels.map((samples) => samples.subarray(-480));
    t.true(measure('end', last, 48_000).peakDb < -50, one.name);
  }
});

/** Highest sample of the mix bus in dBFS, with the guitar trimmed. */
async function busPeakDb(guitarTrimDb: number): Promise<number> {
  const loaded = await loadSession(demoFolder);
  if (loaded.type !== 'session') return Number.NaN;
  const left = new Float64Array(31.5 * 48_000);
  const right = new Float64Array(left.length);
  for (const strip of loaded.session.mixer.strips) {
    const file = loaded.session.stems.find((one) => one.strip === strip.id)?.path ?? '';
    const [l = [], r = l] = stem(basename(file, '.flac')).channels;
    const gain = factorFromDb(strip.levelDb + (strip.id === 'electric-guitar' ? guitarTrimDb : 0));
    const sides = strip.channels === 1 ? panSides(strip.pan) : balanceSides(strip.pan);
    for (let frame = 0; frame < l.length; frame++) {
      left[frame] = (left[frame] ?? 0) + (l[frame] ?? 0) * gain * sides.left;
      right[frame] = (right[frame] ?? 0) + (r[frame] ?? 0) * gain * sides.right;
    }
  }
  return measure(
    'bus',
    [left, right].map((side) => Float32Array.from(side)),
    48_000,
  ).peakDb;
}

test('the bus has less than 6 dB of headroom as the faders stand, and 7.5 dB once the guitar is trimmed by 7 dB', async (t) => {
  const before = await busPeakDb(0);
  const after = await busPeakDb(-7);
  t.true(before > -5.9 && before < -5, `${before}`);
  t.true(after < -7.5, `${after}`);
});

test('a new session made from the demo stems has the same names, order, groups and colours, and warns of the faults', async (t) => {
  const loaded = await loadSession(demoFolder);
  if (loaded.type !== 'session') return t.fail();
  const inspections = [...measured.values()].map((one, index) => {
    const facts: StemFacts = {
      path: join(demoFolder, 'stems', `${one.name}.flac`),
      format: 'flac',
      channels: one.channels.length,
      sampleRate: one.sampleRate,
      lengthFrames: one.lengthFrames,
      bits: 16,
      peakDb: one.peakDb,
      clippedRuns: one.clippedRuns,
      digest: String(index),
    };
    return {type: 'stem' as const, facts};
  });
  const composed = composeSession({folder: demoFolder, inspections});
  const drawn = ({id, name, group, colour, channels}: (typeof composed.file.strips)[number]) => [
    id,
    name,
    group,
    colour,
    channels,
  ];
  const stored = loaded.session.mixer.strips.map(({id, name, group, colour, channels}) => [
    id,
    name,
    group,
    colour,
    channels,
  ]);
  t.deepEqual(composed.file.strips.map(drawn), stored);
  const told = composed.problems.map((problem) => `${basename(problem.path)} ${problem.reason}`);
  t.true(told.some((line) => /^Snare\.flac is clipped: it stays at full scale \d+ times$/.test(line)));
  t.true(told.includes('Effects.flac is silent: every sample is zero'));
  t.true(told.includes('Audio_07.flac has a default name ("Audio 07")'));
  t.is(told.length, 3);
});

test('the README says which stem has which fault', async (t) => {
  const text = await readFile(join(demoFolder, 'README.md'), 'utf8');
  for (const [file, fault] of [
    ['Electric_Guitar', 'hot'],
    ['Strings', 'low'],
    ['Snare', 'clipped'],
    ['Keys', 'inverted'],
    ['Effects', 'silent'],
    ['Audio_07', 'never named'],
  ]) {
    const line = text.split('\n').find((one) => one.startsWith(`| \`${file}.flac\``)) ?? '';
    t.true(line.includes(fault ?? ''), file);
  }
});
