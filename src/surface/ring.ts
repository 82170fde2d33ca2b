import type {Strip} from '../model/mixer.ts';
import type {Cell, RingStyle} from '../model/picture.ts';
import type {Surface} from '../model/surface.ts';
import type {Parameter} from '../model/view.ts';
import {positionOfStrip} from './target.ts';

type RingCell = Extract<Cell, {type: 'ring'}>;

/** A ring without a value. */
export const darkRing: RingCell = {type: 'ring', style: 'wrap', position: undefined, centre: false};

/**
 * The ring of a value: pan and trim grow from the centre, a level fills from the left and is dark at silence.
 * The small lamp says that the value is exactly neutral: centre, 0 dB of trim, 0 dB of level.
 */
export function renderRing(strip: Strip, parameter: Parameter, surface: Surface): RingCell {
  const position = positionOfStrip(strip, parameter, surface.faders.taper);
  switch (parameter) {
    case 'level':
      if (strip.levelDb === Number.NEGATIVE_INFINITY) return darkRing;
      return {type: 'ring', style: drawn('wrap', surface), position, centre: strip.levelDb === 0};
    case 'pan':
      return {type: 'ring', style: drawn('boost-cut', surface), position, centre: strip.pan === 0};
    case 'trim':
      return {type: 'ring', style: drawn('boost-cut', surface), position, centre: strip.trimDb === 0};
  }
}

/** The style if the surface draws it, else the one it has. */
function drawn(style: RingStyle, {ringStyles}: Surface): RingStyle {
  return ringStyles === undefined || ringStyles.includes(style) ? style : (ringStyles[0] ?? 'dot');
}
