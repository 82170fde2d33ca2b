/**
 * The headroom scale: where the twelve lamps of a level meter light, in dBFS of the held sample peak. Lamps 8 and 9
 * on top mean that a track sits in its target window (peaks from −12 to −6 dBFS), lamp 10 that it is hot.
 */
export const headroomSteps: readonly number[] = [-60, -48, -36, -30, -24, -20, -16, -12, -9, -6, -3, -1];

/** The same for eight lamps; the uppermost means that there is no headroom left. */
const eightSteps: readonly number[] = [-60, -30, -20, -12, -9, -6, -3, -1];

/**
 * The scale of gain reduction: where the lamps of a meter light, in dB taken away. It grows from the bottom like any meter, dark at rest: all that
 * is lit was taken away, and a strip without dynamics is dark. One lamp a dB up to 6, where a compressor is set; the rest is for gates.
 */
export const reductionSteps: readonly number[] = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30];
/** The same for eight lamps. */
const eightReductionSteps: readonly number[] = [1, 2, 3, 4, 6, 10, 15, 20];

/** A lamp that is lit goes out only this far below its threshold, in dB, so that it does not flicker. */
const fallDb = 0.5;

const tables = {
  level: new Map<number, readonly number[]>([
    [headroomSteps.length, headroomSteps],
    [eightSteps.length, eightSteps],
  ]),
  reduction: new Map<number, readonly number[]>([
    [reductionSteps.length, reductionSteps],
    [eightReductionSteps.length, eightReductionSteps],
  ]),
};

/** The thresholds of a meter with so many lamps: read off the scale at even distances, both ends kept. */
export function stepsFor(count: number, scale: keyof typeof tables = 'level'): readonly number[] {
  const known = tables[scale].get(count);
  if (known !== undefined) return known;
  const thresholds = Array.from({length: Math.max(0, count)}, (_, index) =>
    thresholdAt(scale, count === 1 ? 0 : (index / (count - 1)) * (headroomSteps.length - 1)),
  );
  tables[scale].set(count, thresholds);
  return thresholds;
}

/** How many lamps are lit at a level or reduction; `before` is what was lit, and falls only past the hysteresis. NaN lights none. */
export function meterStep(thresholds: readonly number[], peakDb: number, before: number): number {
  let step = 0;
  for (const threshold of thresholds) {
    if (!(peakDb >= (step < before ? threshold - fallDb : threshold))) break;
    step++;
  }
  return step;
}

/** The scale at a place between two lamps. */
function thresholdAt(scale: keyof typeof tables, place: number): number {
  const steps = scale === 'level' ? headroomSteps : reductionSteps;
  const below = Math.floor(place);
  const low = steps[below] ?? 0;
  const high = steps[below + 1] ?? low;
  return low + (high - low) * (place - below);
}
