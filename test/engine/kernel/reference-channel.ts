import {halfbandNumbers} from '../../../src/engine/kernel/halfband-numbers.ts';
import {compressorGainDb, gateGainDb} from '../../../src/engine/plan/dynamics.ts';
import type {Biquad, ChannelPlan, CompressorPlan, GatePlan, SaturatorPlan} from '../../../src/engine/plan/plan.ts';
import {referenceBiquad} from '../graph/reference-meters.ts';

/**
 * A channel in plain double arithmetic, one stage after the other over the whole signal, written from what is said about each stage and not from the
 * kernel: the filters as difference equations, the dynamics in dB.
 */
export function referenceChannel(
  plan: ChannelPlan,
  left: Float32Array,
  right: Float32Array,
  sampleRate: number,
): {left: Float64Array; right: Float64Array} {
  let sides: Sides = [Float64Array.from(left), Float64Array.from(right)];
  for (const section of plan.sections) sides = both(sides, (side) => filtered(side, section));
  if (plan.gate) sides = gated(sides, plan.gate, sampleRate);
  if (plan.compressor) sides = compressed(sides, plan.compressor, sampleRate);
  if (plan.saturator) {
    const {saturator} = plan;
    sides = both(sides, (side) => saturated(side, saturator));
  }
  const [l, r] = sides;
  const half = (plan.width - 1) / 2;
  return {
    left: l.map((value, n) => value + half * (value - (r[n] ?? 0))),
    right: r.map((value, n) => value + half * (value - (l[n] ?? 0))),
  };
}

type Sides = readonly [Float64Array, Float64Array];

function both([left, right]: Sides, change: (side: Float64Array) => Float64Array): Sides {
  return [change(left), change(right)];
}

function filtered(side: Float64Array, biquad: Biquad): Float64Array {
  return side.map(referenceBiquad(biquad));
}

/** Levels in dB, one every four frames: the highest sample of both sides in the growing part of the window and the three parts before. */
export function referenceLevels(
  sides: Sides,
  sampleRate: number,
  heard: (side: Float64Array) => Float64Array,
): number[] {
  const part = 4 * Math.round(sampleRate / 1600);
  const [left, right] = both(sides, heard);
  const peaks = Array.from({length: left.length / 4}, (_, quarter) => {
    const of = (side: Float64Array): number[] => [...side.subarray(4 * quarter, 4 * quarter + 4)].map(Math.abs);
    return Math.max(...of(left), ...of(right));
  });
  const perPart = part / 4;
  return peaks.map((_, quarter) => {
    const first = Math.max(0, (Math.floor(quarter / perPart) - 3) * perPart);
    return 20 * Math.log10(Math.max(2 ** -60, ...peaks.slice(first, quarter + 1)));
  });
}

/** Applies gains that hold at the last frame of every four, straight between them, from 1 on. */
function turned(sides: Sides, gains: readonly number[]): Sides {
  return both(sides, (side) =>
    side.map((value, n) => {
      const quarter = Math.floor(n / 4);
      const before = gains[quarter - 1] ?? 1;
      return value * (before + (((gains[quarter] ?? 1) - before) * ((n % 4) + 1)) / 4);
    }),
  );
}

function gated(sides: Sides, plan: GatePlan, sampleRate: number): Sides {
  let gainDb = 0;
  let held = 0;
  const gains = referenceLevels(sides, sampleRate, (side) => side).map((levelDb) => {
    held = levelDb >= plan.thresholdDb ? plan.holdFrames : Math.max(0, held - 4);
    const wanted = levelDb >= plan.thresholdDb || held > 0 ? 0 : gateGainDb(plan, levelDb);
    const share = wanted > gainDb ? plan.attack : plan.release;
    for (let frame = 0; frame < 4; frame++) gainDb += share * (wanted - gainDb);
    return 10 ** (gainDb / 20);
  });
  return turned(sides, gains);
}

function compressed(sides: Sides, plan: CompressorPlan, sampleRate: number): Sides {
  let gainDb = 0;
  const {sidechain} = plan;
  const heard = (side: Float64Array): Float64Array => (sidechain ? filtered(side, sidechain) : side);
  const gains = referenceLevels(sides, sampleRate, heard).map((levelDb) => {
    const wanted = compressorGainDb(plan, levelDb);
    const share = wanted < gainDb ? plan.attack : plan.release;
    for (let frame = 0; frame < 4; frame++) gainDb += share * (wanted - gainDb);
    return 10 ** (gainDb / 20) * plan.makeUp;
  });
  return turned(sides, gains);
}

/**
 * At twice the rate: the mean of the curve on the straight way between two inputs by adding up, and the treble given back. The filter up and down
 * as two branches of all-passes, every second factor each.
 */
function saturated(side: Float64Array, {drive, mix}: SaturatorPlan): Float64Array {
  const factors = [...halfbandNumbers()].filter((_, index) => index % 4 === 0);
  const branch = (first: number): ((x: number) => number) => {
    const passes = factors.filter((_, index) => index % 2 === first).map(allPass);
    return (x) => passes.reduce((value, pass) => pass(value), x);
  };
  const [upEven, upOdd, downEven, downOdd] = [branch(0), branch(1), branch(0), branch(1)];
  const curve = (u: number): number => (Math.abs(u) >= 1 ? (Math.sign(u) * 2) / 3 : u - u ** 3 / 3);
  const steps = 64;
  let before = 0;
  let y = 0;
  const bent = (x: number): number => {
    const u = drive * x;
    let sum = 0;
    for (let step = 0; step < steps; step++) sum += curve(before + ((u - before) * (step + 0.5)) / steps);
    before = u;
    y = (1.5 * sum) / steps / drive - 0.5 * y;
    return x + mix * (y - x);
  };
  return side.map((x) => {
    const first = bent(upEven(x));
    const second = bent(upOdd(x));
    return (downEven(second) + downOdd(first)) / 2;
  });
}

function allPass(factor: number): (x: number) => number {
  let before = 0;
  let y = 0;
  return (x) => {
    y = factor * (x - y) + before;
    before = x;
    return y;
  };
}
