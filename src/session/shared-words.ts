import {isDefaultName} from '../model/default-name.ts';
import {isInstrument, isQualifier, placeOf, plainWord} from './instruments.ts';

/** A name as its words. */
export type Words = readonly string[];

/**
 * How many words all names share at their start (`from` 1) or at their end (`from` -1), as far as each name still tells something
 * without them: the song's name goes from `Song Kick` and `Song Vox`, but `Guitar` stays in `Guitar L` and `Guitar R`.
 */
export function sharedWords(names: readonly Words[], from: 1 | -1, without: (words: Words) => Words): number {
  const [first = []] = names;
  if (names.length < 2) return 0;
  const at = (words: Words, index: number): string => plainWord(words.at(from === 1 ? index : -1 - index) ?? '');
  let shared = 0;
  while (
    shared < first.length &&
    names.every((words) => shared < words.length && at(words, shared) === at(first, shared))
  )
    shared++;
  for (; shared > 0; shared--) {
    const taken = from === 1 ? first.slice(0, shared) : first.slice(first.length - shared);
    const left = names.map((words) =>
      without(from === 1 ? words.slice(shared) : words.slice(0, words.length - shared)),
    );
    if (left.every(taken.some(isInstrument) ? hasInstrument : tellsSomething)) return shared;
  }
  return 0;
}

function hasInstrument(words: Words): boolean {
  return placeOf(words.join(' ')).group !== 'other';
}

function tellsSomething(words: Words): boolean {
  if (words.some((word) => isInstrument(word) || (/\p{L}{3}/u.test(word) && !isQualifier(word)))) return true;
  return words.some((word) => /\p{L}/u.test(word)) && isDefaultName(words.join(' '));
}
