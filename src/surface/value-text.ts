import {formatDb} from '../model/decibel.ts';
import type {Strip} from '../model/mixer.ts';
import type {ParameterRange} from '../model/parameter.ts';
import {shortName} from '../model/short-name.ts';
import {noteNames} from '../model/tempo.ts';
import type {Parameter} from '../model/view.ts';
import {isLevel, isSilence} from './knob.ts';
import {rangeOn, valueOn} from './setting.ts';

/** Cells that every scribble strip has. */
const fewestCells = 6;

/**
 * A value as a scribble strip shows it, in at most six characters of ASCII: a level `-6.0` or `-oo`, a trim `T+3.5`, a pan `C`, `L50`, `R100`,
 * `125Hz`, `2.50k`, `10ms`, `1.80s`, `3.0:1`, `Q0.71`, `60%`, `on`, `pre`, a note `1/8D`, with `!` where it is longer than the effect can be. Empty where the strip has no such parameter.
 */
export function fullValueText(strip: Strip, parameter: Parameter): string {
  const range = rangeOn(strip, parameter);
  if (range === undefined) return '';
  const value = valueOn(strip, parameter);
  if (isLevel(parameter)) return isSilence(parameter, value) ? '-oo' : formatDb(value);
  if (parameter === 'trim') return `T${formatDb(value)}`;
  if (parameter === 'polarity') return value === 0 ? 'normal' : 'invert';
  if (parameter.endsWith('.pre')) return value === 0 ? 'post' : 'pre';
  if (range.choices === noteNames) return `${noteNames[value] ?? ''}${strip.effect?.isCutShort ? '!' : ''}`;
  return textIn(range, value);
}

function textIn({unit, choices, low}: ParameterRange, value: number): string {
  switch (unit) {
    case 'dB':
      return formatDb(value);
    case 'Hz':
      return value < 999.5 ? `${Math.round(value)}Hz` : `${fixed(value / 1000, 2)}k`;
    case 'ms':
      return value < 999.5 ? `${fixed(value, value < 1 ? 2 : 1)}ms` : `${fixed(value / 1000, 2)}s`;
    case 'seconds':
      return `${fixed(value, 2)}s`;
    case 'ratio':
      return `${fixed(value, 1)}:1`;
    case 'q':
      return `Q${fixed(value, 2)}`;
    case 'percent':
      return `${Math.round(value)}%`;
    case 'side':
      return panText(value);
    case 'switch':
      return value === 0 ? 'off' : 'on';
    case 'choice':
      return shortName(choices?.[Math.round(value - low)] ?? '', fewestCells);
  }
}

/** So many decimals for values under 10, one fewer each power of ten above. */
function fixed(value: number, decimals: number): string {
  const power = Math.max(0, Math.floor(Math.log10(Math.max(1, value)) + 1e-3));
  return value.toFixed(Math.max(0, decimals - power));
}

/** Pan in percent of the way to one side. */
function panText(pan: number): string {
  const percent = Math.round(Math.abs(pan) * 100);
  if (percent === 0) return 'C';
  return `${pan < 0 ? 'L' : 'R'}${percent}`;
}
