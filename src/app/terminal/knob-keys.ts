import type {Mixer} from '../../model/mixer.ts';
import {deskTaper} from '../../model/taper.ts';
import {pageWidth, type View} from '../../model/view.ts';
import type {Intent} from '../../surface/intent.ts';
import {commandsForPush, commandsForReset} from '../../surface/push.ts';
import {commandsForTurn, pageTarget, type Target} from '../../surface/target.ts';

/** What keys that turn a knob of the page need to know. */
export interface KnobContext {
  readonly mixer: Mixer;
  readonly view: View;
  readonly knob: number;
}

/** The knob chosen after a key: the next to the left or right, in a circle; other keys leave it. */
export function knobAfter(knob: number, key: string): number {
  if (key === 'shift-left' || key === '(') return (knob + pageWidth - 1) % pageWidth;
  if (key === 'shift-right' || key === ')') return (knob + 1) % pageWidth;
  return knob;
}

/** The chosen knob turned by so many ticks, as an encoder would be. */
export function turnKnob(context: KnobContext, ticks: number): readonly Intent[] {
  return withTarget(context, (target) => commandsForTurn(context.mixer, target, ticks, deskTaper));
}

/** The chosen knob pushed: its switch or stage toggled, the next of its choices, or back to its standard. */
export function pushKnob(context: KnobContext): readonly Intent[] {
  return withTarget(context, (target) => commandsForPush(context.mixer, target, undefined));
}

/** The chosen knob brought to its standard. */
export function resetKnob(context: KnobContext): readonly Intent[] {
  return withTarget(context, (target) => commandsForReset(context.mixer, target));
}

function withTarget({mixer, view, knob}: KnobContext, make: (target: Target) => readonly Intent[]): readonly Intent[] {
  const target = pageTarget({mixer, view, firstStrip: 0}, knob);
  return target === null || target === undefined ? [] : make(target);
}
