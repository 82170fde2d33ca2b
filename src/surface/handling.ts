import type {ControlId} from '../model/control.ts';
import type {Surface} from '../model/surface.ts';
import {valueTicks} from './scribble.ts';
import {faderTarget, type Target, type UnitContext} from './target.ts';

/** When a hand was last on a control. */
export interface Handling {
  /** Lamp tick (50 ms) of the last touch, move or turn. */
  readonly atTick: number;
  /** Whether it is still touched. */
  readonly held: boolean;
}

/**
 * How a fader without a motor stands to its value: `below` means that it must be pushed up to meet it, `unknown` that
 * it has not moved since the device came.
 */
export type Pickup = 'unknown' | 'below' | 'above' | 'caught';

/** For how many 50 ms ticks a lamp tells the side of a fader that was moved without being caught: 3 s. */
const pickupTicks = 60;

/** What the hand is on, by channel strip of the unit; of two controls the one handled last. */
export function targetsInHand(
  context: UnitContext,
  touched: ReadonlyMap<ControlId, Handling>,
  tick: number,
): ReadonlyMap<number, Target> {
  const latest = new Map<number, Handling>();
  const inHand = new Map<number, Target>();
  for (const [control, handling] of touched) {
    if (!handling.held && tick - handling.atTick >= valueTicks) continue;
    const strip = context.surface.controls.get(control)?.strip;
    if (strip === undefined || (latest.get(strip)?.atTick ?? -1) > handling.atTick) continue;
    const target = faderTarget(context, control);
    if (target === undefined) continue;
    latest.set(strip, handling);
    inHand.set(strip, target);
  }
  return inHand;
}

/** The side of each uncaught fader that was moved a moment ago, by channel strip of the unit. */
export function sidesInHand(
  surface: Surface,
  pickups: ReadonlyMap<ControlId, Pickup>,
  touched: ReadonlyMap<ControlId, Handling>,
  tick: number,
): ReadonlyMap<number, Pickup> {
  const sides = new Map<number, Pickup>();
  for (const [control, pickup] of pickups) {
    const strip = surface.controls.get(control)?.strip;
    const handling = touched.get(control);
    if ((pickup !== 'below' && pickup !== 'above') || strip === undefined || handling === undefined) continue;
    if (handling.held || tick - handling.atTick < pickupTicks) sides.set(strip, pickup);
  }
  return sides;
}
