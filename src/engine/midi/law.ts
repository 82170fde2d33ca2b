import {type LaneParameter, laneKind} from '../../model/lane.ts';
import type {MidiLaw} from '../../model/midi-profile.ts';
import {isParameterId, positionInRange, rangeOf, valueInRange} from '../../model/parameter.ts';
import {levelAt, lowestLevelDb, positionOf} from '../../model/taper.ts';

/** The value on the wire, 0…`most`, for a value in the parameter's unit (silence −90 or `-Infinity` dB, switches 0 and 1). */
export function wireValue(law: MidiLaw, parameter: LaneParameter, value: number, most: number): number {
  const whole = (share: number): number => Math.min(most, Math.max(0, Math.round(share * most)));
  switch (law.type) {
    case 'square':
      return value > lowestLevelDb ? whole(10 ** ((value - law.fullDb) / 40)) : 0;
    case 'amplitude':
      return value > lowestLevelDb ? whole(10 ** ((value - law.fullDb) / 20)) : 0;
    case 'taper':
      return whole(positionOf(law.taper, value));
    case 'centred': {
      const middle = (most + 1) / 2;
      return Math.min(most, Math.max(1, Math.round(middle + value * (middle - 1))));
    }
    case 'range':
      return whole(positionInRange({...scaleOf(parameter), low: law.low, high: law.high}, value));
    case 'switch':
      return value >= 0.5 ? law.on : law.off;
  }
}

/** The value in the parameter's unit for a value on the wire: the inverse, `-Infinity` for silence. */
export function mixerValue(law: MidiLaw, parameter: LaneParameter, value: number, most: number): number {
  const share = value / most;
  switch (law.type) {
    case 'square':
      return value > 0 ? law.fullDb + 40 * Math.log10(share) : Number.NEGATIVE_INFINITY;
    case 'amplitude':
      return value > 0 ? law.fullDb + 20 * Math.log10(share) : Number.NEGATIVE_INFINITY;
    case 'taper':
      return levelAt(law.taper, share);
    case 'centred': {
      const middle = (most + 1) / 2;
      return Math.max(-1, (value - middle) / (middle - 1));
    }
    case 'range':
      return valueInRange({...scaleOf(parameter), low: law.low, high: law.high}, share);
    case 'switch':
      return Math.abs(value - law.on) < Math.abs(value - law.off) ? 1 : 0;
  }
}

/** How a parameter goes through its range. */
function scaleOf(parameter: LaneParameter) {
  if (isParameterId(parameter)) return rangeOf(parameter);
  const {low, high, standard, unit} = laneKind(parameter);
  return {low, high, standard, unit, scale: 'linear', tick: 1, short: ''} as const;
}
