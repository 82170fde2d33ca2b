import {type Colour, type Group, groupNames} from '../model/mixer.ts';
import type {StemFacts} from '../model/stem-facts.ts';
import {instruments, qualifiers} from './instrument-words.ts';

/** Scribble-strip colour of each group; never `off`, since a dark display cannot be read. */
export const groupColours: Readonly<Record<Group, Colour>> = {
  drums: 'red',
  bass: 'yellow',
  guitars: 'green',
  keys: 'cyan',
  strings: 'blue',
  vocals: 'magenta',
  effects: 'white',
  other: 'white',
};

/** Where a stem belongs: its group, and its place within the desk (smaller is further left). */
export interface Place {
  readonly group: Group;
  readonly rank: number;
}

export interface NamedStem {
  readonly facts: StemFacts;
  readonly name: string;
}

export interface PlacedStem extends NamedStem {
  readonly group: Group;
  readonly colour: Colour;
}

interface Entry extends Place {
  /** 2 strong, 1 plain, 0 weak. */
  readonly weight: number;
}

const entries: ReadonlyMap<string, Entry> = new Map(
  instruments.flatMap(({group, words, weight}, rank) =>
    words.map((word): [string, Entry] => [
      word,
      {group, rank, weight: weight === 'strong' ? 2 : weight === 'weak' ? 0 : 1},
    ]),
  ),
);
const longestPhrase = Math.max(...[...entries.keys()].map((phrase) => phrase.split(' ').length));
const pieces: ReadonlySet<string> = new Set([
  ...qualifiers,
  ...[...entries.keys()].filter((word) => !word.includes(' ') && word.length > 2),
]);

/**
 * Where a name says that its stem belongs; what nothing is known of belongs to `other`. Of several words in a name the strong wins
 * over the plain (`Vocal Reverb` is an effect), the longer phrase over the shorter (`Bass Drum` is a drum), the last over
 * the first (`Kick Bass` is a bass).
 */
export function placeOf(name: string): Place {
  const tokens = tokensOf(name);
  let best: (Entry & {readonly length: number}) | undefined;
  for (let start = 0; start < tokens.length; start++) {
    for (let length = Math.min(longestPhrase, tokens.length - start); length > 0; length--) {
      const phrase = tokens.slice(start, start + length).join(' ');
      const entry = entries.get(phrase) ?? (length === 1 ? compound(phrase) : undefined);
      if (entry === undefined) continue;
      const wins =
        best === undefined || entry.weight > best.weight || (entry.weight === best.weight && length >= best.length);
      if (wins) best = {...entry, length};
    }
  }
  return best === undefined ? {group: 'other', rank: instruments.length} : {group: best.group, rank: best.rank};
}

/** Whether a word (in any case) names an instrument by itself. */
export function isInstrument(word: string): boolean {
  return entries.has(plainWord(word));
}

/** Whether a word says which of several: `in`, `top`, `left`. */
export function isQualifier(word: string): boolean {
  return qualifiers.includes(plainWord(word));
}

/** The words that were joined to one (`leadvocals` → `lead`, `vocals`), or undefined if it is not made of known words. */
export function joinedWords(word: string): readonly string[] | undefined {
  const plain = plainWord(word);
  if (plain.length > 40) return undefined;
  // For each length of the word's beginning: how it falls into known pieces, the longest last piece first.
  const ways: (readonly string[] | undefined)[] = [[]];
  for (let end = 1; end <= plain.length; end++) {
    for (let start = end === plain.length ? 1 : 0; start <= end - 2 && ways[end] === undefined; start++) {
      const before = ways[start];
      const piece = plain.slice(start, end);
      if (before !== undefined && pieces.has(piece)) ways[end] = [...before, piece];
    }
  }
  const way = ways[plain.length];
  if (way === undefined || way.length < 2) return undefined;
  return way.some((piece) => piece.length >= 3 && entries.has(piece)) ? way : undefined;
}

/** Stems in the order of a desk: by group, instrument, then name with numbers counted (2 before 10); with group and colour. */
export function arrange(stems: readonly NamedStem[]): readonly PlacedStem[] {
  const natural = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});
  return stems
    .map((stem) => ({stem, place: placeOf(stem.name)}))
    .sort(
      (one, other) =>
        groupNames.indexOf(one.place.group) - groupNames.indexOf(other.place.group) ||
        one.place.rank - other.place.rank ||
        natural.compare(one.stem.name, other.stem.name),
    )
    .map(({stem, place}) => ({...stem, group: place.group, colour: groupColours[place.group]}));
}

/** Compounds as German builds them: `Schlaggitarre` ends in a word of six letters or more that names an instrument. */
function compound(word: string): Entry | undefined {
  for (let start = 1; start <= word.length - 6; start++) {
    const entry = entries.get(word.slice(start));
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** Words of a name in small letters; joined words fall apart, numbers stand for themselves. */
function tokensOf(name: string): readonly string[] {
  return name
    .slice(0, 200)
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((token) => {
      const plain = plainWord(token);
      if (plain === '' || entries.has(plain)) return plain === '' ? [] : [plain];
      const [letters, ...rest] = plain.split(/(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u);
      return [letters ?? '', ...rest].flatMap((part) => joinedWords(part) ?? [part]);
    });
}

/** A word in small letters without marks (`Flöte` → `flote`, `ß` → `ss`). */
export function plainWord(word: string): string {
  return word.toLowerCase().replaceAll('ß', 'ss').replaceAll('œ', 'oe').normalize('NFD').replace(/\p{M}/gu, '');
}
