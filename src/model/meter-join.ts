import {type MeterFrame, masterField, masterFields, stripField, stripFields} from './meter.ts';

/** What adds up over blocks; of all else the highest counts. */
const stripSums: readonly (keyof typeof stripField)[] = [
  'preEnergyLeft',
  'preEnergyRight',
  'preProduct',
  'postEnergyLeft',
  'postEnergyRight',
  'nonFinite',
  'preWeightedLeft',
  'preWeightedRight',
  'inEnergyLeft',
  'inEnergyRight',
  'preSumLeft',
  'preSumRight',
  'preWeightedProduct',
  'preAverageLeft',
  'preAverageRight',
];
const masterSums: readonly (keyof typeof masterField)[] = [
  'outEnergyLeft',
  'outEnergyRight',
  'outProduct',
  'outOvers',
  'outWeightedLeft',
  'outWeightedRight',
  'nonFinite',
  'outSumLeft',
  'outSumRight',
  'outWeightedProduct',
];

const isStripSum = Uint8Array.from({length: stripFields}, (_, at) =>
  Number(stripSums.some((name) => stripField[name] === at)),
);
const isMasterSum = Uint8Array.from({length: masterFields}, (_, at) =>
  Number(masterSums.some((name) => masterField[name] === at)),
);

/**
 * Makes one frame of those that follow each other without a gap, all with the tape rolling or none: who looks thirty times a second need not take in each of a hundred short blocks.
 * Frames between which something is missing, or that speak of different desks, stay apart. Neither sum nor peak tells the mean of what single blocks peak at: so
 * the blocks stay within reach as its parts.
 */
export function joinFrames(frames: readonly MeterFrame[]): readonly MeterFrame[] {
  const joined: MeterFrame[] = [];
  for (const frame of frames) {
    const last = joined.at(-1);
    if (last === undefined || !follows(last, frame)) joined.push(frame);
    else joined[joined.length - 1] = join(last, frame);
  }
  return joined;
}

/** Longer ones would be coarser than what looks at them. */
const longestFrames = 4096;

function follows(one: MeterFrame, next: MeterFrame): boolean {
  return (
    one.atFrame + one.frames === next.atFrame &&
    one.rolling === next.rolling &&
    one.values.length === next.values.length &&
    one.frames + next.frames <= longestFrames
  );
}

function join(one: MeterFrame, next: MeterFrame): MeterFrame {
  const values = Float32Array.from(one.values);
  const master = values.length - masterFields;
  for (let at = 0, field = 0; at < master; at++, field = field + 1 === stripFields ? 0 : field + 1)
    values[at] = together(values[at] ?? 0, next.values[at] ?? 0, isStripSum[field] === 1);
  for (let field = 0; field < masterFields; field++) {
    const at = master + field;
    values[at] = together(values[at] ?? 0, next.values[at] ?? 0, isMasterSum[field] === 1);
  }
  const program = next.program ?? one.program;
  return {
    atFrame: one.atFrame,
    frames: one.frames + next.frames,
    rolling: one.rolling,
    values,
    parts: [...(one.parts ?? [one]), ...(next.parts ?? [next])],
    ...(program !== undefined && {program}),
  };
}

function together(one: number, next: number, isSum: boolean): number {
  if (isSum) return one + next;
  return next > one || Number.isNaN(one) ? next : one;
}
