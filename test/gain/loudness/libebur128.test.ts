import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {createLoudnessMeter} from '../../../src/gain/loudness.ts';
import {powerOfLufs, rangeLu} from '../../../src/gain/loudness-gate.ts';
import {createLoudnessProgram} from '../../../src/gain/loudness-program.ts';
import {noise} from '../../engine/graph/signal.ts';
import {projectFile} from '../../project.ts';
import {build, whatIsMissing} from './libebur128.ts';
import {feed, isWithin} from './measure.ts';

const folder = await mkdtemp(join(tmpdir(), 'loudness-'));
test.after.always(() => rm(folder, {recursive: true, force: true}));

interface Reference {
  readonly integrated: number;
  /** By the library itself, from short-term values once a second. */
  readonly range: number;
  /** From its short-term values ten times a second, by the words of Tech 3342. */
  readonly rangeTenASecond: number;
  readonly momentary: number;
  readonly shortTerm: number;
  readonly truePeak: number;
  readonly samplePeak: number;
}

/** Random programme: coloured noise under a level that wanders by 40 dB, with bursts and rests; another one for every seed. */
function programme(sampleRate: number, seconds: number, seed: number): Float32Array {
  const frames = sampleRate * seconds;
  const white = noise(frames, seed, 1);
  const dice = noise(4 * seconds + 1, seed + 100, 1);
  const cutOffHz = 1000 * 12 ** Math.abs(dice[0] ?? 0);
  const share = 1 - Math.exp((-2 * Math.PI * cutOffHz) / sampleRate);
  let low = 0;
  let lower = 0;
  let level = 0.1;
  return white.map((value, frame) => {
    const turn = dice[Math.floor((4 * frame) / sampleRate)] ?? 0;
    const wanted = Math.abs(turn) > 0.95 ? 0 : 10 ** ((-24 + 14 * turn + 8 * Math.sin(frame / sampleRate / 7)) / 20);
    level += (wanted - level) * (24 / sampleRate);
    low += share * (value - low);
    lower += share * (low - lower);
    return 3 * level * lower;
  });
}

/** The range of short-term values taken once a second, as libebur128 takes them; Tech 3342 asks for ten a second. */
function slowRange(rate: number, weights: readonly number[], channels: readonly Float32Array[]): number {
  const program = createLoudnessProgram({sampleRate: rate, weights, truePeak: false});
  const powers: number[] = [];
  for (let second = 1; second * rate <= (channels[0]?.length ?? 0); second++) {
    program.push(
      channels.map((samples) => samples.subarray((second - 1) * rate, second * rate)),
      rate,
    );
    if (second >= 3) powers.push(powerOfLufs(program.shortTermLufs()));
  }
  return rangeLu(Float64Array.from(powers));
}

test('random programme is read as libebur128 reads it', async (t) => {
  const tool = await build(projectFile('test/gain/loudness/libebur128.c'), folder);
  if (tool.state === 'missing') {
    t.is(await whatIsMissing(), tool.what);
    t.log(`Not compared: ${tool.what}.`);
    return;
  }
  const worst = {integrated: 0, range: 0, rangeTenASecond: 0, momentary: 0, shortTerm: 0, truePeak: 0, samplePeak: 0};
  const cases = [44_100, 48_000].flatMap((rate) => [1, 2].map((seed) => [rate, seed, 2] as const));
  for (const [rate, seed, channels] of [...cases, [48_000, 5, 1] as const, [96_000, 6, 2] as const]) {
    const left = programme(rate, rate === 96_000 ? 10 : 18, seed);
    const right = channels === 2 ? programme(rate, rate === 96_000 ? 10 : 18, seed + 50) : left;
    const file = join(folder, 'programme');
    await writeFile(
      file,
      Buffer.concat([left, ...(channels === 2 ? [right] : [])].map(({buffer}) => Buffer.from(buffer))),
    );
    const {stdout} = await promisify(execFile)(tool.path, [String(rate), String(channels), file]);
    const reference = JSON.parse(stdout) as Reference;
    const meter = createLoudnessMeter({sampleRate: rate, channels});
    feed(meter, left, right, 1024);
    const reading = meter.reading();
    const slow = slowRange(rate, channels === 2 ? [1, 1] : [2], [left, right]);
    // The library leaves the high-pass unscaled, which costs it 0.02 dB at 96 kHz (at 44.1 kHz 0.003).
    const loudness = rate === 96_000 ? 0.03 : 0.02;
    const pairs = [
      ['integrated', reading.integratedLufs, loudness],
      ['momentary', reading.maxMomentaryLufs, loudness],
      ['shortTerm', reading.maxShortTermLufs, loudness],
      ['rangeTenASecond', reading.rangeLu, 0.1],
      ['range', slow, 0.1],
      ['truePeak', reading.truePeakDb, 0.25],
      ['samplePeak', reading.samplePeakDb, 0.001],
    ] as const;
    for (const [name, ours, tolerance] of pairs) {
      t.true(
        isWithin(ours, reference[name], tolerance),
        `${name} at ${rate} Hz, seed ${seed}: ${ours}, not ${reference[name]}`,
      );
      worst[name] = Math.max(worst[name], Math.abs(ours - reference[name]));
    }
  }
  t.log(
    `Greatest differences: ${Object.entries(worst)
      .map(([name, value]) => `${name} ${value.toFixed(4)}`)
      .join(', ')}`,
  );
});
