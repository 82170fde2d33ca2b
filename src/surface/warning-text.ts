import type {RuleId, Warning} from '../model/warning.ts';
import {fitWarning} from './fit-text.ts';

/** What a display with room for more than six characters says instead of a warning's short text. */
interface LongText {
  /** In place of the word, at most 14 cells with number and unit. */
  readonly word?: string;
  /** Behind the number. */
  readonly unit?: string;
}

const longTexts: Readonly<Record<RuleId, LongText>> = {
  'clip.out': {word: 'OUTPUT CLIPPED'},
  'clip.in': {word: 'INPUT CLIPPED'},
  broken: {word: 'BROKEN SAMPLES'},
  'over.float': {word: 'OVER 0 dBFS'},
  'tp.limit': {unit: 'dBTP'},
  isp: {unit: 'dB'},
  stale: {word: 'METERS STALE'},
  'bus.head': {unit: 'dBFS'},
  'bus.pred': {unit: 'dBFS'},
  hot: {unit: 'dB'},
  low: {unit: 'dB'},
  'vu.hot': {word: 'AVG', unit: 'VU'},
  'vu.low': {word: 'AVG', unit: 'VU'},
  stage: {word: 'STAGE', unit: 'dB'},
  'fader.low': {word: 'FADER', unit: 'dB'},
  'fader.top': {word: 'FADER', unit: 'dB'},
  dc: {unit: 'dBFS'},
  noise: {word: 'NOISE FLOOR'},
  phase: {word: 'OUT OF PHASE'},
  mono: {unit: 'dB'},
  dead: {},
  bal: {unit: 'LU'},
  dualmono: {word: 'DUAL MONO'},
  silent: {word: 'NO SIGNAL'},
  squash: {word: 'SQUASHED'},
  'vox.comp': {word: 'COMP', unit: 'dB'},
  'vox.bal': {word: 'VOX', unit: 'LU'},
  'low.end': {unit: 'dB'},
  'ref.match': {word: 'REF', unit: 'LU'},
  'loud.i': {unit: 'LUFS'},
  'loud.s': {unit: 'LUFS'},
  mask: {word: 'MASKED'},
  name: {word: 'NAME THIS'},
};

/** The warning in so many cells, in ASCII: code, number and unit where they fit, else its short text. Never empty where there are cells. */
export function warningText({rule, short}: Warning, cells: number): string {
  const long = longText(short, longTexts[rule]);
  return long.length <= cells ? long : fitWarning(short, cells);
}

/** `HOT +4` becomes `HOT +4 dB`, `IN CLP` becomes `INPUT CLIPPED`. */
function longText(short: string, {word, unit}: LongText): string {
  const [, code = '', number] = /^(.*?)\s*([+-]?\d+(?:\.\d+)?)$/.exec(short) ?? [];
  if (number === undefined) return word ?? short;
  return [word ?? code, number, ...(unit === undefined ? [] : [unit])].join(' ');
}
