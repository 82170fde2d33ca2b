import {modeOf} from '../model/automation.ts';
import type {ControlId} from '../model/control.ts';
import {isLaneParameter, laneId} from '../model/lane.ts';
import type {StripId} from '../model/mixer.ts';
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

/**
 * The strips of which a fader or knob without a motor stands elsewhere than the lane that is read; of several controls a fader says it. A lane moves on by itself, so this is told as long
 * as it is so.
 */
export function elsewhereOf(
  context: UnitContext,
  pickups: ReadonlyMap<ControlId, Pickup>,
): ReadonlyMap<StripId, Pickup> {
  const elsewhere = new Map<StripId, Pickup>();
  const {automation, surface} = context;
  if (automation === undefined || automation.lanes.size === 0) return elsewhere;
  for (const [control, pickup] of pickups) {
    if (pickup !== 'below' && pickup !== 'above') continue;
    const target = faderTarget(context, control);
    if (target === undefined || !isLaneParameter(target.parameter)) continue;
    const lane = {strip: target.strip, parameter: target.parameter};
    const isMoved =
      automation.lanes.has(laneId(lane)) ||
      (lane.parameter === 'level' && automation.lanes.has(`${lane.strip} level.offset`));
    const isRead = isMoved && modeOf(automation.settings, lane) !== 'off';
    if (isRead && (surface.controls.get(control)?.kind === 'fader' || !elsewhere.has(lane.strip)))
      elsewhere.set(lane.strip, pickup);
  }
  return elsewhere;
}
