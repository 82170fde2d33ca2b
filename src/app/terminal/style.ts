import type {Colour} from '../../model/mixer.ts';

/** How the terminal can draw: with colours or without, with block characters or in plain ASCII. */
export interface Style {
  readonly colour: boolean;
  readonly unicode: boolean;
}

/** Words for what a piece of text stands for; each has one look everywhere. */
export type Look = 'plain' | 'dim' | 'bold' | 'reverse' | 'good' | 'low' | 'hot' | 'alarm' | 'title';

const looks: Record<Look, string> = {
  plain: '',
  dim: '2',
  bold: '1',
  reverse: '7',
  good: '32',
  low: '34',
  hot: '33',
  alarm: '1;31',
  title: '1;36',
};

const chips: Record<Colour, string> = {
  off: '90',
  red: '91',
  green: '92',
  yellow: '93',
  blue: '94',
  magenta: '95',
  cyan: '96',
  white: '97',
};

/** A piece of text with one look. Widths are counted in it, escape sequences are added only when a line is put together. */
export interface Span {
  readonly text: string;
  readonly sgr: string;
}

export function span(text: string, look: Look): Span {
  return {text, sgr: looks[look]};
}

/** Text in a strip's own colour. */
export function chip(text: string, colour: Colour): Span {
  return {text, sgr: chips[colour]};
}

/** Text cut or filled to exactly `width` cells. */
export function padded(text: string, width: number): string {
  const cells = Array.from(text);
  return cells.length > width ? cells.slice(0, width).join('') : text + ' '.repeat(width - cells.length);
}

/** Text as two lines of at most `width` cells, broken between words; the second takes all the rest. */
export function wrapped(text: string, width: number): readonly [string, string] {
  const cells = Array.from(text);
  if (cells.length <= width) return [text, ''];
  const end = cells.slice(0, width + 1).lastIndexOf(' ');
  const cut = end <= 0 ? width : end;
  return [cells.slice(0, cut).join(''), cells.slice(cut).join('').trimStart()];
}

/** Text in the middle of `width` cells. */
export function centre(text: string, width: number): string {
  const free = Math.max(0, width - Array.from(text).length);
  return padded(' '.repeat(Math.floor(free / 2)) + text, width);
}

/** Cells that spans take together. */
export function widthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, {text}) => sum + Array.from(text).length, 0);
}

/** One line for the terminal, cut to `width` cells. */
export function line(spans: readonly Span[], width: number, style: Style): string {
  let free = width;
  let out = '';
  for (const {text, sgr} of spans) {
    if (free <= 0) break;
    const cells = Array.from(text);
    const shown = cells.length > free ? cells.slice(0, free).join('') : text;
    free -= Math.min(cells.length, free);
    out += style.colour && sgr !== '' ? `\u001b[${sgr}m${shown}\u001b[0m` : shown;
  }
  return out;
}

/**
 * What this terminal can do. Colours are off when NO_COLOR is set to anything, TERM is dumb, or the user says so; block characters are off
 * where the locale is not UTF-8.
 */
export function terminalStyle(environment: NodeJS.ProcessEnv, plain: boolean): Style {
  const {NO_COLOR: noColour, TERM: term, LC_ALL: all, LC_CTYPE: ctype, LANG: lang} = environment;
  const locale = all || ctype || lang || '';
  return {
    colour: !plain && !noColour && term !== 'dumb',
    unicode: !plain && term !== 'dumb' && (locale === '' ? process.platform !== 'win32' : /utf-?8/i.test(locale)),
  };
}
