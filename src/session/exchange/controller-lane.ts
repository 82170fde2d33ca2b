import {type Lane, type LaneParameter, laneKind} from '../../model/lane.ts';
import {valueOfController, widened} from './controller-scale.ts';

/** What a controller was set to: its upper seven bits, or the lower ones. */
export interface ControllerMove {
  readonly tick: number;
  readonly half: 'upper' | 'lower';
  /** 0…127. */
  readonly value: number;
}

/** How a controller goes on between its events: straight, as our own files say, or held until the next, as MIDI has it. */
export type Between = 'straight' | 'held';

/** In files that hold their values: events closer than this, in seconds, are points of a drawn line, farther ones are steps. */
const longestLineSeconds = 0.05;

/** A lower half that follows its upper one within so many seconds is one value with it: devices send both one after the other. */
const longestPairSeconds = 0.01;

/** The lane that a controller's events make, in the order of the file. A controller that never uses its lower half counts in seven bits. */
export function laneOfController(
  parameter: LaneParameter,
  moves: readonly ControllerMove[],
  frameAt: (tick: number) => number,
  between: Between,
  sampleRate: number,
): Lane {
  const isFine = moves.some(({half}) => half === 'lower');
  const values = new Map<number, number>();
  let upper = 0;
  let lower = 0;
  const longestPair = longestPairSeconds * sampleRate;
  /** Where the upper half came that still lacks its lower one. */
  let loneTick: number | undefined;
  for (const {tick, half, value} of moves) {
    // The upper half alone sets the lower to 0 (MIDI 1.0).
    if (half === 'upper') [upper, lower] = [value, 0];
    else lower = value;
    const partner = half === 'lower' ? loneTick : undefined;
    const isSecond = partner !== undefined && frameAt(tick) - frameAt(partner) <= longestPair;
    values.set(isSecond ? partner : tick, isFine ? upper * 128 + lower : widened(upper));
    loneTick = half === 'upper' ? tick : undefined;
  }
  const frames: number[] = [];
  const points: number[] = [];
  const isHeld = between === 'held' && laneKind(parameter).curve !== 'steps';
  for (const [tick, controller] of values) {
    const last = frames.at(-1) ?? -1;
    const frame = Math.max(frameAt(tick), last + 1);
    const value = valueOfController(parameter, controller);
    const before = points.at(-1);
    if (isHeld && before !== undefined && before !== value && frame - last > longestLineSeconds * sampleRate) {
      frames.push(frame - 1);
      points.push(before);
    }
    frames.push(frame);
    points.push(value);
  }
  return {frames: Int32Array.from(frames), values: Float64Array.from(points)};
}
