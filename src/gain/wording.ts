import {plainText} from '../model/problem.ts';

/** Further numbers and words of a rule's texts, by the name of their placeholder. */
export type Words = Readonly<Record<string, number | string>>;

/**
 * Fills the templates of the gain table. Placeholders:
 * `{name}` the strip's name; `{value}` the measured number, whole; `{-value}` the same with its sign turned; `{value.1}` with a decimal;
 * `{value+9}`, `{-value-9}` an amount to turn a control by, so at least 1; `{+value}`, `{+value+9}` a number with its sign shown.
 * A measure may give further numbers and words, which take the place of `value`.
 */
const placeholder = /\{([+-]?)([a-z]+)(?:\.(\d))?([+-]\d+)?\}/g;

/** Cells of a scribble strip that a warning may use. */
const cells = 6;
/** Levels beyond these are told as these: no number of a text is endless. */
const mostShown = 120;

/** The sentence. Names may come from a file: control characters do not pass. */
export function fillAdvice(template: string, name: string, value: number, words: Words = {}): string {
  return fill(template, value, {...words, name});
}

/** At most six ASCII characters; a whole number stands at the right end: `HOT +4`, `HOT+12`. Where room is short, decimals go first, then letters. */
export function fillShort(template: string, value: number, words: Words = {}): string {
  const exact = fill(template, value, words);
  const filled = exact.length > cells ? fill(template.replace(/\.\d\}/g, '}'), value, words) : exact;
  const [, word, number] = /^([A-Z]+)([+-]?\d+)$/.exec(filled) ?? [];
  const text =
    word === undefined || number === undefined
      ? filled
      : word.slice(0, cells - number.length) + (/^\d/.test(number) ? number : number.padStart(cells - word.length));
  return text.replace(/[^\x20-\x7e]/g, '').slice(0, cells);
}

function fill(template: string, value: number, words: Words): string {
  return template.replace(placeholder, (_, sign: string, key: string, decimals?: string, offset?: string) => {
    const found = key === 'value' ? value : words[key];
    if (typeof found === 'string') return plainText(found);
    return decimals === undefined ? whole(found ?? 0, sign, offset) : exactly(found ?? 0, sign, Number(decimals));
  });
}

function whole(value: number, sign: string, offset: string | undefined): string {
  const limited = Number.isFinite(value) ? value : Math.sign(value) * mostShown;
  // Rounded up, so that what is to be turned down is never understated; a hair of slack keeps −4.9999 a −5.
  const up = limited > 0 ? Math.max(1, Math.ceil(limited - 0.05)) : Math.ceil(limited - 0.05);
  const number = (sign === '-' ? -up : up) + Number(offset ?? 0);
  if (sign === '+') return `${number < 0 ? '-' : '+'}${Math.abs(number)}`;
  return String(offset === undefined ? number + 0 : Math.max(1, number));
}

function exactly(value: number, sign: string, decimals: number): string {
  const limited = Math.min(mostShown, Math.max(-mostShown, value));
  const turned = sign === '-' ? -limited : limited;
  const text = Math.abs(turned).toFixed(decimals);
  const isNegative = turned < 0 && Number(text) !== 0;
  return `${isNegative ? '-' : sign === '+' ? '+' : ''}${text}`;
}
