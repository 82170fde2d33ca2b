import {basename, extname} from 'node:path';
import {isDefaultName} from '../model/default-name.ts';
import {plainText} from '../model/problem.ts';
import {isInstrument, joinedWords, plainWord} from './instruments.ts';
import {isMusicalKey, isNoise, withoutDates} from './noise-words.ts';
import {sharedWords, type Words} from './shared-words.ts';
import {isAbbreviation, writtenWord} from './written-word.ts';

/** Longest name a strip is given, in characters. */
export const longestName = 48;

/** Numbers at the start of a name that belong to it. */
const instrumentNumbers: ReadonlySet<string> = new Set(['303', '606', '707', '808', '909']);

/**
 * Readable names for a folder of files, one each and no two alike: `01-KICK_in_v3 (bounce).wav` is `Kick In`. What all files
 * share at their start or end (the song's name, the band's) goes, so do track numbers, versions, tempo, key and dates;
 * numbers that tell two files apart stay. Takes file names or paths; file names are untrusted and may be anything.
 */
export function readableNames(files: readonly string[]): readonly string[] {
  const titles = files.map(titleOf);
  const own = titles.map((title) => (isDefaultName(title) ? undefined : withoutTrackNumber(wordsOf(title))));
  const atStart = sharedWords(
    own.filter((words) => words !== undefined),
    1,
    withoutTrackNumber,
  );
  const begun = own.map((words) => (words === undefined ? undefined : withoutTrackNumber(words.slice(atStart))));
  const atEnd = sharedWords(
    begun.filter((words) => words !== undefined),
    -1,
    (words) => words,
  );
  const names = begun.map((words, index) => {
    if (words === undefined) return defaultTitle(titles[index] ?? '');
    const rest = words.slice(0, words.length - atEnd);
    return isDefaultName(rest.join(' ')) ? defaultTitle(rest.join(' ')) : written(musicOf(rest));
  });
  return unique(withoutLoneOnes(names));
}

/** The readable name of one file by itself. */
export function readableName(file: string): string {
  return readableNames([file])[0] ?? 'Untitled';
}

/** File name without folder and ending, without control characters, of a sane length. */
function titleOf(file: string): string {
  const name = basename(file.replaceAll('\\', '/'));
  const ending = extname(name);
  const title = /^\.\w{2,5}$/.test(ending) ? name.slice(0, -ending.length) : name;
  return plainText(title.normalize('NFC').slice(0, 300));
}

/** A default name as it is, but for its underscores: people know the file by it. */
function defaultTitle(title: string): string {
  const spaced = title
    .replace(/[_\s]+/g, ' ')
    .trim()
    .slice(0, longestName);
  return spaced === '' ? 'Untitled' : spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** The words of a title, dates left out, joined words taken apart. */
function wordsOf(title: string): Words {
  return withoutDates(title)
    .replace(/(\d)\.(\d)/g, '$1\u0000$2')
    .split(/[\s_.,;:+~=()[\]{}–—-]+/)
    .map((word) => word.replaceAll('\u0000', '.'))
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .flatMap(splitWord);
}

/** What of the words tells of the music and not of the export; all of them if nothing does. */
function musicOf(words: Words): Words {
  const kept = words.filter((word, index) => !isExportWord(word, index, words));
  return kept.some((word) => /\p{L}/u.test(word) || instrumentNumbers.has(word)) ? kept : words;
}

/** `LeadVocal` → `Lead Vocal`, `Tom2` → `Tom 2`, `kickin` → `kick in`; `SM57` and `DX7` stay whole. */
function splitWord(word: string): readonly string[] {
  if (isNoise(word)) return [word];
  const joined = joinedWords(word);
  if (joined !== undefined) return joined;
  if (isInstrument(word) || isAbbreviation(word)) return [word];
  return word
    .split(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll}{2})/u)
    .flatMap((part) => {
      const match = /^(\p{L}+)(\d+)([lrLR]?)$/u.exec(part);
      const letters = match?.[1] ?? '';
      const splits =
        isInstrument(letters) || isAbbreviation(letters) || (letters.length >= 3 && /\p{Ll}/u.test(letters));
      if (match !== null && splits && !isNoise(part))
        return [letters, match[2] ?? '', match[3] ?? ''].filter((piece) => piece !== '');
      return [part];
    })
    .flatMap((part) => (isNoise(part) ? [part] : (joinedWords(part) ?? [part])));
}

/** Without a number at the start (`01`, `Track 3`, `Ch 12`), if words follow it. */
function withoutTrackNumber(words: Words): Words {
  const [first = '', second = ''] = words;
  const isNumber = (word: string): boolean => /^#?\d{1,3}$/.test(word) && !instrumentNumbers.has(word);
  const counted =
    /^(track|trk|tr|ch|channel|audio|spur|piste|pista|traccia|kanal)$/.test(plainWord(first)) && isNumber(second);
  const rest = counted ? words.slice(2) : isNumber(first) && !/^string$/i.test(second) ? words.slice(1) : words;
  if (rest === words || !rest.some((word) => /\p{L}/u.test(word))) return words;
  return withoutTrackNumber(rest);
}

function isExportWord(word: string, index: number, words: readonly string[]): boolean {
  const before = plainWord(words[index - 1] ?? '');
  const after = plainWord(words[index + 1] ?? '');
  if (/^\d+(\.\d+)?$/.test(word))
    return /^(v|ver|version|take|tk|dup|bpm|tempo)$/.test(before) || /^(bpm|khz|bit|bits|hz)$/.test(after);
  if (plainWord(word) === 'v') return /^\d+$/.test(after);
  return isNoise(word) || (index > 0 && isMusicalKey(word) && !/^\d+$/.test(before));
}

/** Words as one name: capitals at the start of each, abbreviations written out, numbers without zeros before them. */
function written(words: readonly string[]): string {
  const name = words.map((word, index) => writtenWord(word, words[index + 1])).join(' ');
  return name.length <= longestName ? name : name.slice(0, longestName).trim();
}

/** `Kick 1` is `Kick` where there is no `Kick 2`. */
function withoutLoneOnes(names: readonly string[]): readonly string[] {
  const bases = names.map((name) => name.replace(/ \d+$/, ''));
  return names.map((name, index) => {
    const base = bases[index] ?? name;
    const alone = bases.filter((other) => other === base).length === 1;
    return name.endsWith(' 1') && alone && !isDefaultName(name) ? base : name;
  });
}

function unique(names: readonly string[]): readonly string[] {
  const taken = new Set<string>(names.filter((name, index) => names.indexOf(name) === index));
  const given = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let number = 2; given.has(own) || (own !== name && taken.has(own)); number++) own = `${name} ${number}`;
    given.add(own);
    return own;
  });
}
