import test from 'ava';
import fc from 'fast-check';
import {createConvertedOutput} from '../../../src/engine/live/converted-output.ts';
import type {AudioOutput} from '../../../src/engine/live/output.ts';
import {createRateConverter} from '../../../src/engine/live/rate-converter.ts';

type Sound = Float32Array<ArrayBuffer>;

/** A device that keeps what it was last told to play at each frame. */
interface Recorder {
  readonly output: AudioOutput;
  readonly left: Float64Array;
  clock: number;
}

function recorder(): Recorder {
  const left = new Float64Array(1 << 16).fill(Number.NaN);
  const device: Recorder = {
    left,
    clock: 0,
    output: {
      kind: 'device',
      name: 'recorder',
      latencyFrames: 480,
      clockFrame: () => device.clock,
      clockFrameIn: (frames) => device.clock + frames,
      schedule: (atFrame, side) => left.set(side, atFrame),
      cut: (atFrame) => left.fill(Number.NaN, atFrame),
      close: async () => {},
    },
  };
  return device;
}

function opened(device: AudioOutput, from: number, to: number): AudioOutput {
  const output = createConvertedOutput(device, from, to);
  if (output === undefined) throw new Error(`no way from ${from} to ${to}`);
  return output;
}

const tone = (frames: number, cycles: number, first = 0): Sound =>
  Float32Array.from({length: frames}, (_, index) => 0.5 * Math.sin(2 * Math.PI * cycles * (first + index)));

for (const [from, to] of [
  [44_100, 48_000],
  [48_000, 44_100],
  [44_100, 96_000],
  [96_000, 48_000],
  [48_000, 192_000],
] as const) {
  test(`a tone of a session at ${from} Hz is the same tone on a device at ${to} Hz`, (t) => {
    const half = Math.min(from, to) / 2;
    for (const hertz of [50, 997, 0.5 * half, 0.85 * half]) {
      const device = recorder();
      const output = opened(device.output, from, to);
      const sound = tone(6144, hertz / from);
      for (let at = 0; at < sound.length; at += 512)
        output.schedule(at, sound.slice(at, at + 512), sound.slice(at, at + 512));
      let worst = 0;
      const settled = Math.ceil((300 * to) / from);
      const end = Math.floor((5600 * to) / from);
      for (let frame = settled; frame < end; frame++) {
        const wanted = 0.5 * Math.sin((2 * Math.PI * hertz * frame) / to);
        worst = Math.max(worst, Math.abs((device.left[frame] ?? Number.NaN) - wanted));
      }
      t.true(20 * Math.log10(worst / 0.5) < -80, `${hertz} Hz: ${20 * Math.log10(worst / 0.5)} dB`);
    }
  });
}

test('what a slower device cannot play is left out, not folded down', (t) => {
  const device = recorder();
  const output = opened(device.output, 96_000, 48_000);
  const sound = tone(8192, 30_000 / 96_000);
  for (let at = 0; at < sound.length; at += 512)
    output.schedule(at, sound.slice(at, at + 512), sound.slice(at, at + 512));
  const loudest = device.left.slice(200, 3800).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  t.true(20 * Math.log10(loudest / 0.5) < -80);
});

test('however often blocks are replaced, what plays is what it would be had it been so from the start', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.record({at: fc.nat(11), blocks: fc.integer({min: 1, max: 4}), seed: fc.nat(1000)}), {maxLength: 12}),
      (changes) => {
        const one = recorder();
        const replaced = opened(one.output, 44_100, 48_000);
        const wanted = tone(16 * 512, 0.01);
        const play = (output: AudioOutput, at: number, blocks: number): void => {
          const part = wanted.slice(at * 512, (at + blocks) * 512);
          output.schedule(at * 512, part, part);
        };
        for (let block = 0; block < 16; block += 4) play(replaced, block, 4);
        for (const {at, blocks, seed} of changes) {
          wanted.set(tone(blocks * 512, 0.003 + seed / 9000, seed), at * 512);
          play(replaced, at, blocks);
        }
        const other = recorder();
        const fresh = opened(other.output, 44_100, 48_000);
        for (let block = 0; block < 16; block++) play(fresh, block, 1);
        const end = Math.floor(((16 * 512 - 60) * 48_000) / 44_100);
        return one.left.slice(0, end).every((sample, frame) => sample === other.left[frame]);
      },
    ),
    {numRuns: 40},
  );
  t.pass();
});

test('after a cut the rest is silent, and goes on where it is scheduled next', (t) => {
  const device = recorder();
  const output = opened(device.output, 44_100, 48_000);
  const loud = new Float32Array(2048).fill(0.5);
  output.schedule(0, loud, loud);
  output.cut(1024);
  output.schedule(1024, new Float32Array(1024), new Float32Array(1024));
  const at = (frame: number): number => device.left[Math.round((frame * 48_000) / 44_100)] ?? Number.NaN;
  t.true(Math.abs(at(900) - 0.5) < 1e-3);
  t.true(Math.abs(at(1150)) < 1e-3);
});

test('a gap between blocks is silence', (t) => {
  const device = recorder();
  const output = opened(device.output, 44_100, 48_000);
  const loud = new Float32Array(512).fill(0.5);
  output.schedule(0, loud, loud);
  output.schedule(2048, loud, loud);
  const before = device.left[Math.round((2048 - 40) * (48_000 / 44_100))];
  t.true(before !== undefined && Math.abs(before) < 0.05);
});

test('the clock is the session’s, and never shows a frame that can no longer be replaced', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom(44_100, 48_000, 96_000),
      fc.constantFrom(32_000, 44_100, 48_000),
      fc.nat(60_000),
      (from, to, clock) => {
        const device = recorder();
        const output = opened(device.output, from, to);
        device.clock = clock;
        const frame = output.clockFrame();
        const starts: number[] = [];
        const watched = opened({...device.output, schedule: (atFrame) => void starts.push(atFrame)}, from, to);
        watched.schedule(frame, new Float32Array(512), new Float32Array(512));
        return Math.min(...starts) >= clock && Math.abs((frame - (clock * from) / to) * (1 / from)) < 0.004;
      },
    ),
  );
  t.pass();
});

test('rates without a small ratio are refused', (t) => {
  t.is(createRateConverter(44_100, 47_999), undefined);
  t.is(createConvertedOutput(recorder().output, 44_100, 47_999), undefined);
});
