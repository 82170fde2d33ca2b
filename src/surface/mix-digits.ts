import {silentBelowDb} from '../gain/headroom.ts';
import type {TimeContent} from '../model/digit-display.ts';
import type {Cell} from '../model/picture.ts';
import type {ProgramReading} from '../model/program.ts';

type DigitsCell = Extract<Cell, {type: 'digits'}>;

/** What the digits tell of the mix. The desk reads it at most four times a second: faster figures cannot be read. */
export interface MixFigures {
  /** Undefined while nothing is heard of the engine. */
  readonly program: ProgramReading | undefined;
  /** Highest sample peak of the mix in dBFS, for while there are no programme meters; undefined if that is not known either. */
  readonly peakDb: number | undefined;
}

/** What is known before the first figures. */
export const noFigures: MixFigures = {program: undefined, peakDb: undefined};

const letters: Readonly<Record<Exclude<TimeContent, 'time'>, string>> = {
  integrated: 'I',
  'short-term': 'S',
  momentary: 'M',
  'true-peak': 'P',
};
/** Cells of a number without its dot: `-14.2`, `-OO`. */
const numberCells = 4;
const longest = 10;

/**
 * `I  -14.2 LU` on ten digits (the dot sits on a digit), the letter and number alone on fewer: the letter says what it is of, integrated, short-term or momentary
 * loudness in LUFS, or the highest true peak since the last reset in dBTP. `--` is not known, `-OO` silence. Seven segments have no plus.
 */
export function renderMixFigure(
  content: Exclude<TimeContent, 'time'>,
  {program}: MixFigures,
  cells: number,
): DigitsCell {
  const value = program && figureOf(content, program);
  const number = value === undefined ? '--' : Number.isFinite(value) ? Math.abs(value).toFixed(1) : '-OO';
  const isNumber = value !== undefined && Number.isFinite(value);
  const sign = isNumber && value < 0 && Number(number) !== 0 ? '-' : '';
  const digits = (sign + number.replace('.', '')).padStart(numberCells);
  const unit = content === 'true-peak' ? 'DB' : 'LU';
  const behind = cells >= longest ? ` ${unit}` : '';
  const text = `${letters[content]}${digits.padStart(cells - 1 - behind.length)}`.slice(0, cells) + behind;
  const end = text.lastIndexOf(digits) + digits.length;
  return {type: 'digits', text, dots: isNumber ? [end - 2] : []};
}

function figureOf(content: Exclude<TimeContent, 'time'>, program: ProgramReading): number {
  switch (content) {
    case 'integrated':
      return program.integratedLufs;
    case 'short-term':
      return program.shortTermLufs;
    case 'momentary':
      return program.momentaryLufs;
    case 'true-peak':
      return program.maxTruePeakDb;
  }
}

/**
 * Headroom of the mix in whole dB, never more than there is: `06`. The dot on the right digit: by true peak of the last 3 s, not by samples. `--` while it is not
 * known or nothing sounds; `00` with both dots once samples were lost, until that is acknowledged.
 */
export function renderHeadroom({program, peakDb: samplePeakDb}: MixFigures, clipped: boolean): DigitsCell {
  if (clipped) return {type: 'digits', text: '00', dots: [0, 1]};
  const peakDb = program?.truePeakDb ?? samplePeakDb;
  if (peakDb === undefined || !(peakDb >= silentBelowDb)) return {type: 'digits', text: '--', dots: []};
  const headroom = Math.floor(Math.max(0, -peakDb));
  return {type: 'digits', text: String(headroom).padStart(2, '0'), dots: program === undefined ? [] : [1]};
}
