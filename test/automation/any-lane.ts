import fc from 'fast-check';
import type {Lane, LaneCurve} from '../../src/model/lane.ts';

/** A lane of points as tests write them down. */
export function laneOf(...points: readonly (readonly [frame: number, value: number])[]): Lane {
  return {
    frames: Int32Array.from(points, ([frame]) => frame),
    values: Float64Array.from(points, ([, value]) => value),
  };
}

/** A lane's points as tests compare them. */
export function pointsOf({frames, values}: Lane): readonly (readonly [number, number])[] {
  return Array.from(frames, (frame, index) => [frame, values[index] ?? Number.NaN] as const);
}

export const anyCurve: fc.Arbitrary<LaneCurve> = fc.constantFrom('line', 'octaves', 'steps');

/** Any lane with values in a range and frames from 0 to `frames`. */
export function anyLane({
  low = -90,
  high = 10,
  frames = 2000,
  minLength = 0,
  maxLength = 30,
}: {
  readonly low?: number;
  readonly high?: number;
  readonly frames?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
} = {}): fc.Arbitrary<Lane> {
  return fc
    .uniqueArray(fc.tuple(fc.integer({min: 0, max: frames}), fc.double({min: low, max: high, noNaN: true})), {
      selector: ([frame]) => frame,
      minLength,
      maxLength,
    })
    .map((points) => laneOf(...points.sort(([one], [other]) => one - other)));
}
