import type {MixerCommand} from '../model/command.ts';
import type {ControlId} from '../model/control.ts';
import type {Layout} from '../model/layout.ts';
import {findStrip, type Mixer, masterId, type Strip, type StripId} from '../model/mixer.ts';
import type {Surface} from '../model/surface.ts';
import {levelAt, positionOf, type Taper} from '../model/taper.ts';
import {encoderParameter, faderParameter, type Parameter, type View} from '../model/view.ts';
import {actionOf} from './action.ts';

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
}

/** What a fader, knob or encoder stands for. */
export interface Target {
  /** A strip, or `masterId` with the parameter `level`. */
  readonly strip: StripId;
  readonly parameter: Parameter;
}

/** Trim that a full turn of an absolute control reaches to either side. */
export const widestTrimDb = 24;

/** Half the width, in travel, of the detent at the centre of pan and trim: a hand cannot find one step in 128. */
const centreDetent = 0.012;

/** The desk strip under a channel strip of the unit, counted from 0, if the mixer reaches that far. */
export function stripAt(
  {view, mixer, firstStrip}: Pick<UnitContext, 'view' | 'mixer' | 'firstStrip'>,
  strip: number | undefined,
): Strip | undefined {
  return strip === undefined ? undefined : mixer.strips[view.bankOffset + firstStrip + strip];
}

/** What a control that sets a value stands for now; undefined for all other controls and where no strip lies under it. */
export function faderTarget(context: UnitContext, control: ControlId): Target | undefined {
  const action = actionOf(context.layout, context.shift, control);
  if (action === 'master.fader') return {strip: masterId, parameter: 'level'};
  if (action !== 'strip.fader' && action !== 'strip.encoder') return undefined;
  const strip = stripAt(context, context.surface.controls.get(control)?.strip);
  if (strip === undefined) return undefined;
  const parameter = action === 'strip.fader' ? faderParameter(context.view) : encoderParameter(context.view);
  return {strip: strip.id, parameter};
}

/** The command that sets a target to a position 0…1 of an absolute control. */
export function commandFor({strip, parameter}: Target, position: number, taper: Taper): MixerCommand {
  switch (parameter) {
    case 'level':
      return {type: 'strip.setLevel', strip, levelDb: levelAt(taper, position)};
    case 'pan':
      return {type: 'strip.setPan', strip, pan: fromCentre(position)};
    case 'trim':
      return {type: 'strip.setTrim', strip, trimDb: fromCentre(position) * widestTrimDb};
  }
}

/** The position 0…1 at which an absolute control shows the target's value; 0 if the strip is no longer there. */
export function positionFor(mixer: Mixer, {strip: id, parameter}: Target, taper: Taper): number {
  if (id === masterId) return positionOf(taper, mixer.masterLevelDb);
  const strip = findStrip(mixer, id);
  return strip === undefined ? 0 : positionOfStrip(strip, parameter, taper);
}

/** The same for a strip at hand. */
export function positionOfStrip(strip: Strip, parameter: Parameter, taper: Taper): number {
  switch (parameter) {
    case 'level':
      return positionOf(taper, strip.levelDb);
    case 'pan':
      return (strip.pan + 1) / 2;
    case 'trim':
      return (strip.trimDb / widestTrimDb + 1) / 2;
  }
}

/** −1…1 of a position, exactly 0 within the centre detent. */
function fromCentre(position: number): number {
  return Math.abs(position - 0.5) <= centreDetent ? 0 : position * 2 - 1;
}
