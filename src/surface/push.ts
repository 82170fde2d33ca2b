import type {MixerCommand} from '../model/command.ts';
import type {Mixer, Strip} from '../model/mixer.ts';
import type {Parameter, View} from '../model/view.ts';
import {hasParameter} from './ownership.ts';
import {rangeOn, setOn, stageSwitch, valueOn} from './setting.ts';
import {stripOf} from './shown-strips.ts';
import type {Target} from './target.ts';

/** What pressing an encoder asks for: a switch the other way, the next choice, else the switch of its stage, else back to the standard. */
export function commandsForPush(mixer: Mixer, target: Target, toggled: Parameter | undefined): readonly MixerCommand[] {
  const strip = stripOf(mixer, target.strip);
  if (strip === undefined) return [];
  const unit = rangeOn(strip, target.parameter)?.unit;
  const own = unit === 'switch' || unit === 'choice' ? target.parameter : undefined;
  const parameter = toggled ?? own ?? stageSwitch(target.parameter) ?? target.parameter;
  return hasParameter(mixer, strip, parameter) ? toggle(strip, parameter) : [];
}

/** Back to the standard of what the encoder stands for. */
export function commandsForReset(mixer: Mixer, {strip: id, parameter}: Target): readonly MixerCommand[] {
  const strip = stripOf(mixer, id);
  const range = strip && rangeOn(strip, parameter);
  return strip === undefined || range === undefined ? [] : setOn(strip, parameter, range.standard);
}

/** What the layer says that pressing its encoders toggles; with shift only what it says is toggled at all. */
export function pushedParameter({layer, page}: View, shift: boolean): Parameter | 'reset' | undefined {
  if (page !== undefined) return shift ? 'reset' : undefined;
  return shift ? (layer.shiftPush ?? 'reset') : layer.push;
}

/** A switch the other way round, the next of the choices, anything else at its standard. */
function toggle(strip: Strip, parameter: Parameter): readonly MixerCommand[] {
  const range = rangeOn(strip, parameter);
  if (range === undefined) return [];
  const {unit, low, high, standard} = range;
  if (unit !== 'switch' && unit !== 'choice') return setOn(strip, parameter, standard);
  const next = valueOn(strip, parameter) + 1;
  return setOn(strip, parameter, next > high ? low : next);
}
