/**
 * The headroom scale: where the twelve lamps of a level meter light, in dBFS of the held sample peak. Lamps 8 and 9
 * on top mean that a track sits in its target window (peaks from −12 to −6 dBFS), lamp 10 that it is hot.
 */
export const headroomSteps: readonly number[] = [-60, -48, -36, -30, -24, -20, -16, -12, -9, -6, -3, -1];

/** The same for eight lamps; the uppermost means that there is no headroom left. */
const eightSteps: readonly number[] = [-60, -30, -20, -12, -9, -6, -3, -1];

/** A lamp that is lit goes out only this far below its threshold, in dB, so that it does not flicker. */
const fallDb = 0.5;

const tables = new Map<number, readonly number[]>([
  [headroomSteps.length, headroomSteps],
  [eightSteps.length, eightSteps],
]);

/** The thresholds of a meter with so many lamps: read off the headroom scale at even distances, both ends kept. */
export function stepsFor(count: number): readonly number[] {
  const known = tables.get(count);
  if (known !== undefined) return known;
  const thresholds = Array.from({length: Math.max(0, count)}, (_, index) =>
    thresholdAt(count === 1 ? 0 : (index / (count - 1)) * (headroomSteps.length - 1)),
  );
  tables.set(count, thresholds);
  return thresholds;
}

/** How many lamps are lit at a level; `before` is what was lit, and falls only past the hysteresis. NaN lights none. */
export function meterStep(thresholds: readonly number[], peakDb: number, before: number): number {
  let step = 0;
  for (const [index, threshold] of thresholds.entries()) {
    if (peakDb >= (index < before ? threshold - fallDb : threshold)) step = index + 1;
    else break;
  }
  return step;
}

/** The scale at a place between two lamps. */
function thresholdAt(place: number): number {
  const below = Math.floor(place);
  const low = headroomSteps[below] ?? 0;
  const high = headroomSteps[below + 1] ?? low;
  return low + (high - low) * (place - below);
}
