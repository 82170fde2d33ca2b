import type {ReadAdvice} from '../model/assistance.ts';
import type {Surface} from '../model/surface.ts';
import {lcdText} from '../wire/mackie/characters.ts';

/** The scribble strips of a unit, side by side, two lines each. */
export interface TextArea {
  readonly strips: number;
  /** Characters of one line of one strip. */
  readonly cells: number;
}

/** What all scribble strips of a unit show at once: of each strip its two lines. */
export type AdvicePage = readonly (readonly [top: string, bottom: string])[];

const lines = 2;
/** A page stays for so many 50 ms ticks a character, about fourteen characters a second, and never for less than 1.5 s. */
const ticksPerCharacter = 1.4;
const fewestTicks = 30;

/** Whether a unit has a display that no strip owns: advice is spelled there. */
export function hasMainText({outputs}: Surface): boolean {
  return outputs.has('text.main');
}

/** The scribble strips of a unit, or its large display as one of them; undefined if it has neither. */
export function textAreaOf({outputs}: Surface): TextArea | undefined {
  const main = outputs.get('text.main');
  if (main !== undefined) return {strips: 1, cells: main.cells};
  const texts = [...outputs.values()].filter(({type, strip}) => type === 'text' && strip !== undefined);
  const cells = Math.min(...texts.map((output) => output.cells));
  return texts.length === 0 || cells < 1 ? undefined : {strips: texts.length, cells};
}

/**
 * Spells a sentence over scribble strips, line by line, as many pages as it takes. Displays are islands: a word never crosses from one to the next
 * unless it is too long for any, and then with a hyphen; and none is torn over two lines that would fit on one.
 */
export function advicePages(text: string, {strips, cells}: TextArea): readonly AdvicePage[] {
  const islands: string[] = [];
  const words =
    strips < 1 || cells < 1
      ? []
      : lcdText(text)
          .split(' ')
          .filter((word) => word !== '');
  for (const word of words) {
    const last = islands.at(-1);
    if (last !== undefined && last !== '' && last.length + 1 + word.length <= cells) {
      islands[islands.length - 1] = `${last} ${word}`;
      continue;
    }
    const parts = partsOf(word, cells);
    const left = (strips - (islands.length % strips)) % strips;
    if (parts.length > left && parts.length <= strips) for (let blank = 0; blank < left; blank++) islands.push('');
    islands.push(...parts);
  }
  const perPage = strips * lines;
  return Array.from({length: Math.ceil(islands.length / perPage)}, (_, page) =>
    Array.from({length: strips}, (__, strip) => {
      const top = page * perPage + strip;
      return [islands[top] ?? '', islands[top + strips] ?? ''] as const;
    }),
  );
}

/** For how many 50 ms ticks a page is shown. */
export function pageTicks(page: AdvicePage): number {
  const characters = page.reduce((sum, [top, bottom]) => sum + top.length + bottom.length, 0);
  return Math.max(fewestTicks, Math.round(characters * ticksPerCharacter));
}

/** For how many ticks all pages together are shown. */
export function readingTicks(pages: readonly AdvicePage[]): number {
  return pages.reduce((sum, page) => sum + pageTicks(page), 0);
}

/** The page that is shown so many ticks after the first; after the last comes the first again. */
export function pageAt(pages: readonly AdvicePage[], ticks: number): AdvicePage | undefined {
  const all = readingTicks(pages);
  if (all === 0) return undefined;
  let rest = Math.max(0, ticks) % all;
  for (const page of pages) {
    if (rest < pageTicks(page)) return page;
    rest -= pageTicks(page);
  }
  return pages[0];
}

/** What a unit spells of the advice that is being read. */
export function advicePageOf(
  surface: Surface,
  advice: ReadAdvice | undefined,
  lampTick: number,
): AdvicePage | undefined {
  const area = advice === undefined ? undefined : textAreaOf(surface);
  if (advice === undefined || area === undefined) return undefined;
  return pageAt(advicePages(advice.text, area), lampTick - advice.sinceTick);
}

/** A word in parts that fit on a display each, with hyphens where it was cut. */
function partsOf(word: string, cells: number): readonly string[] {
  if (word.length <= cells) return [word];
  if (cells < 3)
    return Array.from({length: Math.ceil(word.length / cells)}, (_, at) => word.slice(at * cells, (at + 1) * cells));
  const parts: string[] = [];
  let rest = word;
  while (rest.length > cells) {
    parts.push(`${rest.slice(0, cells - 1)}-`);
    rest = rest.slice(cells - 1);
  }
  return [...parts, rest];
}
