import {factorFromDb} from '../../src/model/decibel.ts';
import {type MeterFrame, masterField, masterFields, stripField, stripFields} from '../../src/model/meter.ts';
import type {ProgramReading} from '../../src/model/program.ts';

/** Meter frames as a kernel would make them of simple sounds. */

/** Levels in dBFS of one block; what is absent is silent. `pre` stands for `in` and `post` too where those are absent; `out` is at −30 dBFS if it is absent. */
export interface Levels {
  readonly in?: number;
  readonly pre?: number;
  readonly post?: number;
  readonly clipRun?: number;
  /** Samples that were no numbers. */
  readonly broken?: number;
  readonly bus?: number;
  readonly out?: number;
  readonly overs?: number;
  /** The sound of the first strip at `pre`; its peak level goes before `pre`. */
  readonly sound?: Sound;
  /** The sound of the second strip; without it, it has peaks alone. */
  readonly other?: Sound;
  /** The sound at the output, and what the programme meters say of it. */
  readonly mix?: Sound;
  readonly program?: Partial<ProgramReading>;
}

/** A tone or noise as the sums of a block tell it; levels are peaks of a sine in dBFS. */
export interface Sound {
  readonly leftDb: number;
  /** As the left if absent. */
  readonly rightDb?: number;
  /** Correlation of the sides; 1 if absent. */
  readonly rho?: number;
  /** Direct current of both sides, dBFS. */
  readonly dcDb?: number;
  /** What it was before trim and processing, as a change in dB. */
  readonly stageDb?: number;
  /** What the compressor turns down, in dB. */
  readonly reductionDb?: number;
  /** What the fader does, in dB. */
  readonly faderDb?: number;
  /** How much higher than a sine's it peaks, in dB. */
  readonly crestDb?: number;
}

/** A frame in which the first strip has these levels; all further strips play at −9 dBFS. */
export function frameOf(
  levels: Levels,
  where: {readonly atFrame: number; readonly frames: number; readonly rolling?: boolean; readonly strips?: number},
): MeterFrame {
  const {atFrame, frames, rolling = true, strips = 2} = where;
  const values = new Float32Array(strips * stripFields + masterFields);
  for (let strip = 0; strip < strips; strip += 1) {
    const at = strip * stripFields;
    const pre = strip === 0 ? (levels.pre ?? silence) : -9;
    const stripIn = strip === 0 ? (levels.in ?? pre) : -9;
    const post = strip === 0 ? (levels.post ?? pre) : -9;
    for (const [field, levelDb] of [
      [stripField.inPeakLeft, stripIn],
      [stripField.inPeakRight, stripIn],
      [stripField.prePeakLeft, pre],
      [stripField.prePeakRight, pre],
      [stripField.postPeakLeft, post],
      [stripField.postPeakRight, post],
    ] as const)
      values[at + field] = factorFromDb(levelDb);
    values[at + stripField.nonFinite] = strip === 0 ? (levels.broken ?? 0) : 0;
    const sound = strip === 0 ? levels.sound : strip === 1 ? levels.other : undefined;
    if (sound !== undefined) putSound(values, at, sound, frames);
    values[at + stripField.inClipRun] = strip === 0 ? (levels.clipRun ?? 0) : 0;
  }
  const at = strips * stripFields;
  values[at + masterField.busPeakLeft] = factorFromDb(levels.bus ?? silence);
  values[at + masterField.busPeakRight] = factorFromDb(levels.bus ?? silence);
  values[at + masterField.outPeakLeft] = factorFromDb(levels.out ?? -30);
  values[at + masterField.outPeakRight] = factorFromDb(levels.out ?? -30);
  values[at + masterField.outOvers] = levels.overs ?? 0;
  if (levels.mix !== undefined) putMix(values, at, levels.mix, frames);
  const program = levels.program === undefined ? {} : {program: {...silentProgram, ...levels.program}};
  return {atFrame, frames, rolling, values, ...program};
}

/** Sums of a sine of that peak on each side. */
function sumsOf({leftDb, rightDb = leftDb, rho = 1, dcDb = Number.NEGATIVE_INFINITY}: Sound, frames: number) {
  const [left, right, dc] = [factorFromDb(leftDb), factorFromDb(rightDb), factorFromDb(dcDb)];
  const product = ((rho * left * right) / 2) * frames;
  return {left, right, product, dc: dc * frames, energy: (side: number) => ((side * side) / 2) * frames};
}

function putSound(values: Float32Array, at: number, sound: Sound, frames: number): void {
  const {left, right, product, dc, energy} = sumsOf(sound, frames);
  const power = (changeDb: number | undefined): number => 10 ** ((changeDb ?? 0) / 10);
  const {crestDb = 0, faderDb = 0} = sound;
  const fields: readonly (readonly [at: number, value: number])[] = [
    [stripField.inPeakLeft, left * factorFromDb(crestDb)],
    [stripField.inPeakRight, right * factorFromDb(crestDb)],
    [stripField.prePeakLeft, left * factorFromDb(crestDb)],
    [stripField.prePeakRight, right * factorFromDb(crestDb)],
    [stripField.postPeakLeft, left * factorFromDb(faderDb)],
    [stripField.postPeakRight, right * factorFromDb(faderDb)],
    [stripField.preEnergyLeft, energy(left)],
    [stripField.preEnergyRight, energy(right)],
    [stripField.preProduct, product],
    [stripField.postEnergyLeft, energy(left) * power(faderDb)],
    [stripField.postEnergyRight, energy(right) * power(faderDb)],
    [stripField.compressorReductionDb, sound.reductionDb ?? 0],
    [stripField.preWeightedLeft, energy(left)],
    [stripField.preWeightedRight, energy(right)],
    [stripField.preTruePeakLeft, left],
    [stripField.preTruePeakRight, right],
    [stripField.inEnergyLeft, energy(left) / power(sound.stageDb)],
    [stripField.inEnergyRight, energy(right) / power(sound.stageDb)],
    [stripField.preSumLeft, dc],
    [stripField.preSumRight, dc],
    [stripField.preAverageLeft, ((2 * left) / Math.PI) * frames],
    [stripField.preAverageRight, ((2 * right) / Math.PI) * frames],
    [stripField.preWeightedProduct, product],
  ];
  for (const [field, value] of fields) values[at + field] = value;
}

function putMix(values: Float32Array, at: number, mix: Sound, frames: number): void {
  const {left, right, product, dc, energy} = sumsOf(mix, frames);
  const fields: readonly (readonly [at: number, value: number])[] = [
    [masterField.outPeakLeft, left],
    [masterField.outPeakRight, right],
    [masterField.outEnergyLeft, energy(left)],
    [masterField.outEnergyRight, energy(right)],
    [masterField.outProduct, product],
    [masterField.outWeightedLeft, energy(left)],
    [masterField.outWeightedRight, energy(right)],
    [masterField.outTruePeakLeft, left],
    [masterField.outTruePeakRight, right],
    [masterField.outSumLeft, dc],
    [masterField.outSumRight, dc],
    [masterField.outWeightedProduct, product],
  ];
  for (const [field, value] of fields) values[at + field] = value;
}

const silence = Number.NEGATIVE_INFINITY;
const silentSides = [silence, silence] as const;

/** Programme meters that have heard nothing. */
export const silentProgram: ProgramReading = {
  momentaryLufs: silence,
  shortTermLufs: silence,
  integratedLufs: silence,
  rangeLu: 0,
  rangeIsStable: false,
  maxMomentaryLufs: silence,
  maxShortTermLufs: silence,
  maxTruePeakDb: silence,
  truePeakDb: silence,
  samplePeakDb: silence,
  measuredSeconds: 0,
  lowShareDb: undefined,
  needles: {ppm1: silentSides, ppm2: silentSides, vu: silentSides, rms: silentSides},
};
