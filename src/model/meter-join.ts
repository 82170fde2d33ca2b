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
  let run: MeterFrame[] = [];
  let length = 0;
  for (const frame of frames) {
    const last = run.at(-1);
    if (last !== undefined && !(follows(last, frame) && length + frame.frames <= longestFrames)) {
      joined.push(join(run));
      run = [];
      length = 0;
    }
    run.push(frame);
    length += frame.frames;
  }
  if (run.length > 0) joined.push(join(run));
  return joined;
}

/** Longer ones would be coarser than what looks at them. */
const longestFrames = 4096;

function follows(one: MeterFrame, next: MeterFrame): boolean {
  return (
    one.atFrame + one.frames === next.atFrame &&
    one.rolling === next.rolling &&
    one.values.length === next.values.length
  );
}

function join(run: readonly MeterFrame[]): MeterFrame {
  const [first, ...others] = run;
  if (first === undefined) throw new RangeError('a run of no frames');
  if (others.length === 0) return first;
  const values = first.values.slice();
  for (const {values: next} of others) addTo(values, next);
  const program = run.findLast((frame) => frame.program !== undefined)?.program;
  return {
    atFrame: first.atFrame,
    frames: run.reduce((sum, {frames}) => sum + frames, 0),
    rolling: first.rolling,
    values,
    parts: run.flatMap((frame) => frame.parts ?? [frame]),
    ...(program !== undefined && {program}),
  };
}

function addTo(values: Float32Array, next: Float32Array): void {
  const master = values.length - masterFields;
  for (let at = 0, field = 0; at < master; at++, field = field + 1 === stripFields ? 0 : field + 1)
    values[at] = together(values[at] ?? 0, next[at] ?? 0, isStripSum[field] === 1);
  for (let field = 0; field < masterFields; field++) {
    const at = master + field;
    values[at] = together(values[at] ?? 0, next[at] ?? 0, isMasterSum[field] === 1);
  }
}

function together(one: number, next: number, isSum: boolean): number {
  if (isSum) return one + next;
  return next > one || Number.isNaN(one) ? next : one;
}
