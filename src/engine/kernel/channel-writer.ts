import type {ChannelPlan, CompressorPlan, GatePlan} from '../plan/plan.ts';
import {sectionSlots} from '../plan/plan.ts';
import {deltaNumbers, sectionNumbers} from './section-numbers.ts';

/** Octaves of amplitude in a dB: levels in the kernel are log₂ of a factor. */
const octavesPerDb = Math.log2(10) / 20;
/** Bit of the dynamics in what is in use; bits 0…11 are the sections. */
const dynamicsBit = 1 << 12;

/** Where the processing of one pair of strips stands in the kernel's memory. */
export interface ChannelMemory {
  /** What is in use, bits. */
  readonly inUse: Int32Array;
  /** 9 vectors of each section: mask, g, k, m0, m1, m2, a, n, h. */
  readonly sections: readonly Float32Array[];
  /** 13 vectors: gate threshold, slope, range, share · compressor threshold, slope, knee, make-up, share · saturator drive, mix, share · side. */
  readonly dynamics: Float32Array;
  /** 10 vectors: gate attack, release, hold · compressor attack, release · sidechain β0, β1, β2, α1, α2. */
  readonly plain: Float32Array;
}

/** Writes what a strip's processing is wanted to be; `lane` is 0 or 2. Numbers that are not finite leave their stage off. */
export function writeChannel(memory: ChannelMemory, lane: 0 | 2, plan: ChannelPlan): void {
  const put = (to: Float32Array, vector: number, value: number): void => {
    to.fill(value, 4 * vector + lane, 4 * vector + lane + 2);
  };
  const putAll = (to: Float32Array, first: number, values: readonly number[]): void => {
    for (const [index, value] of values.entries()) put(to, first + index, value);
  };
  const inUse = (): number => memory.inUse[0] ?? 0;
  for (let slot = 0; slot < sectionSlots; slot++) {
    const section = plan.sections.find((one) => one.slot === slot);
    const numbers = section && sectionNumbers(section);
    const to = memory.sections[slot];
    if (to === undefined || (numbers === undefined && (inUse() & (1 << slot)) === 0)) continue;
    new Int32Array(to.buffer, to.byteOffset, 4).fill(numbers ? -1 : 0, lane, lane + 2);
    if (numbers === undefined) continue;
    const {g, k, m0, m1, m2, a, n, h} = numbers;
    putAll(to, 1, [g, k, m0, m1, m2, a, n, h]);
    memory.inUse[0] = inUse() | (1 << slot);
  }

  const gate = plan.gate && finite(gateNumbers(plan.gate));
  const compressor = plan.compressor && finite(compressorNumbers(plan.compressor));
  const saturator = plan.saturator && finite([plan.saturator.drive, plan.saturator.mix]);
  const side = finite([(plan.width - 1) / 2])?.[0] ?? 0;
  const isAnyOn = gate !== undefined || compressor !== undefined || saturator !== undefined || side !== 0;
  if (!isAnyOn && (inUse() & dynamicsBit) === 0) return;
  memory.inUse[0] = inUse() | dynamicsBit;
  const {dynamics, plain} = memory;
  if (gate) {
    putAll(dynamics, 0, gate.slice(0, 3));
    putAll(plain, 0, gate.slice(3));
  }
  put(dynamics, 3, gate ? 1 : 0);
  if (compressor) {
    putAll(dynamics, 4, compressor.slice(0, 4));
    putAll(plain, 3, compressor.slice(4));
  }
  put(dynamics, 8, compressor ? 1 : 0);
  if (saturator) putAll(dynamics, 9, saturator);
  put(dynamics, 11, saturator ? 1 : 0);
  put(dynamics, 12, side);
}

/** Share of the way in four frames, of the share in one. */
function inFour(share: number): number {
  return 1 - (1 - share) ** 4;
}

function gateNumbers({thresholdDb, ratio, rangeDb, attack, release, holdFrames}: GatePlan): readonly number[] {
  return [
    ...[thresholdDb * octavesPerDb, ratio - 1, rangeDb * octavesPerDb],
    ...[inFour(attack), inFour(release), holdFrames],
  ];
}

function compressorNumbers(plan: CompressorPlan): readonly number[] {
  const {thresholdDb, ratio, kneeDb, attack, release, makeUp, sidechain} = plan;
  return [
    ...[thresholdDb * octavesPerDb, 1 / ratio - 1, kneeDb * octavesPerDb, Math.log2(makeUp)],
    ...[inFour(attack), inFour(release)],
    // Without a sidechain the detector hears everything: β0 = 1. Beside a strip with one, a strip without runs this, too.
    ...(sidechain ? deltaNumbers(sidechain) : [1, 0, 0, 0, 0]),
  ];
}

function finite(numbers: readonly number[]): readonly number[] | undefined {
  return numbers.every((number) => Number.isFinite(Math.fround(number))) ? numbers : undefined;
}
