import type {AutomationStatus} from '../model/automation-status.ts';
import type {MixerCommand} from '../model/command.ts';
import type {ControlId} from '../model/control.ts';
import type {Layout} from '../model/layout.ts';
import {type Mixer, masterId, type Strip, type StripId} from '../model/mixer.ts';
import type {Surface} from '../model/surface.ts';
import type {Taper} from '../model/taper.ts';
import {encoderParameter, faderParameter, isParameter, type Parameter, slotAt, type View} from '../model/view.ts';
import {actionOf} from './action.ts';
import {positionOn, turnedBy, valueAt} from './knob.ts';
import {hasParameter} from './ownership.ts';
import {setOn} from './setting.ts';
import {shownStrips, stripOf} from './shown-strips.ts';

/** All that decides what lies under the controls of one unit. */
export interface UnitContext {
  readonly surface: Surface;
  readonly layout: Layout;
  readonly view: View;
  /** Whether a shift button is held on any unit. */
  readonly shift: boolean;
  readonly mixer: Mixer;
  /** Channel strips of the units before this one. */
  readonly firstStrip: number;
  /** What automation does; without it nothing. */
  readonly automation?: AutomationStatus;
}

type Place = Pick<UnitContext, 'view' | 'mixer' | 'firstStrip'>;

/** What a fader, knob or encoder stands for. */
export interface Target {
  /** A strip, or `masterId`. */
  readonly strip: StripId;
  readonly parameter: Parameter;
}

/** The desk strip under a channel strip of the unit, counted from 0, if the shown strips reach that far. */
export function stripAt({view, mixer, firstStrip}: Place, strip: number | undefined): Strip | undefined {
  return strip === undefined ? undefined : shownStrips(mixer, view)[view.bankOffset + firstStrip + strip];
}

/**
 * What the page puts on a channel strip of the unit: a target, null where an encoder is left without a task (the page says so, or the
 * selected strip has no such parameter), undefined where the page does not reach.
 */
export function pageTarget({view, mixer, firstStrip}: Place, strip: number | undefined): Target | null | undefined {
  const slot = strip === undefined ? undefined : slotAt(view, firstStrip + strip);
  if (slot === undefined || slot === null) return slot;
  const selected = view.selected === undefined ? undefined : stripOf(mixer, view.selected);
  if (selected === undefined || !hasParameter(mixer, selected, slot)) return null;
  return {strip: selected.id, parameter: slot};
}

/** What a channel strip's fader or encoder stands for. A page lies on the encoders; flipped, on the faders. */
export function channelTarget(
  place: Place,
  channel: number | undefined,
  which: 'fader' | 'encoder',
): Target | undefined {
  const {view, mixer} = place;
  if ((which === 'fader') === view.flipped) {
    const paged = pageTarget(place, channel);
    if (paged !== undefined) return paged ?? undefined;
  }
  const strip = stripAt(place, channel);
  if (strip === undefined) return undefined;
  const parameter = which === 'fader' ? faderParameter(view) : encoderParameter(view);
  return hasParameter(mixer, strip, parameter) ? {strip: strip.id, parameter} : undefined;
}

/** What a control that sets a value stands for now; undefined for all other controls and where no strip lies under it. */
export function faderTarget(context: UnitContext, control: ControlId): Target | undefined {
  const action = actionOf(context.layout, context.shift, control);
  if (action?.startsWith('value:') === true) return ownTarget(context, control, action.slice('value:'.length));
  switch (action) {
    case 'master.fader':
      return {strip: masterId, parameter: 'level'};
    case 'strip.fader':
      return channelTarget(context, context.surface.controls.get(control)?.strip, 'fader');
    case 'strip.encoder':
      return channelTarget(context, context.surface.controls.get(control)?.strip, 'encoder');
    case 'selected.fader':
      return selectedTarget(context, faderParameter(context.view));
    case 'selected.encoder':
      return selectedTarget(context, encoderParameter(context.view));
    default:
      return undefined;
  }
}

function selectedTarget({view, mixer}: Place, parameter: Parameter): Target | undefined {
  const strip = view.selected === undefined ? undefined : stripOf(mixer, view.selected);
  return strip !== undefined && hasParameter(mixer, strip, parameter) ? {strip: strip.id, parameter} : undefined;
}

/** The parameter of the strip under a control that stands for it in every layer. */
function ownTarget(context: UnitContext, control: ControlId, name: string): Target | undefined {
  const strip = stripAt(context, context.surface.controls.get(control)?.strip);
  if (strip === undefined || !isParameter(name)) return undefined;
  return hasParameter(context.mixer, strip, name) ? {strip: strip.id, parameter: name} : undefined;
}

/** Whether two controls stand for the same. */
export function isSameTarget(one: Target | undefined, other: Target | undefined): boolean {
  return one?.strip === other?.strip && one?.parameter === other?.parameter;
}

/** The commands that set a target to a position 0…1 of an absolute control; none if its strip is gone. */
export function commandsFor(
  mixer: Mixer,
  {strip: id, parameter}: Target,
  position: number,
  taper: Taper,
): readonly MixerCommand[] {
  const strip = stripOf(mixer, id);
  return strip === undefined ? [] : setOn(strip, parameter, valueAt(strip, parameter, position, taper));
}

/** The commands that move a target on by encoder ticks. */
export function commandsForTurn(
  mixer: Mixer,
  {strip: id, parameter}: Target,
  steps: number,
  taper: Taper,
): readonly MixerCommand[] {
  const strip = stripOf(mixer, id);
  return strip === undefined ? [] : setOn(strip, parameter, turnedBy(strip, parameter, steps, taper));
}

/** The position 0…1 at which an absolute control shows the target's value; 0 if the strip is no longer there. */
export function positionFor(mixer: Mixer, {strip: id, parameter}: Target, taper: Taper): number {
  const strip = stripOf(mixer, id);
  return strip === undefined ? 0 : positionOn(strip, parameter, taper);
}
