import type {Strip} from '../model/mixer.ts';
import type {Cell} from '../model/picture.ts';
import type {Taper} from '../model/taper.ts';
import type {Parameter} from '../model/view.ts';
import {positionOfStrip} from './target.ts';

type RingCell = Extract<Cell, {type: 'ring'}>;

/** A ring without a value. */
export const darkRing: RingCell = {type: 'ring', style: 'wrap', position: undefined, centre: false};

/**
 * The ring of a value: pan and trim grow from the centre, a level fills from the left and is dark at silence.
 * The small lamp says that the value is exactly neutral: centre, 0 dB of trim, 0 dB of level.
 */
export function renderRing(strip: Strip, parameter: Parameter, taper: Taper): RingCell {
  const position = positionOfStrip(strip, parameter, taper);
  switch (parameter) {
    case 'level':
      if (strip.levelDb === Number.NEGATIVE_INFINITY) return darkRing;
      return {type: 'ring', style: 'wrap', position, centre: strip.levelDb === 0};
    case 'pan':
      return {type: 'ring', style: 'boost-cut', position, centre: strip.pan === 0};
    case 'trim':
      return {type: 'ring', style: 'boost-cut', position, centre: strip.trimDb === 0};
  }
}
