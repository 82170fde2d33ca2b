import {plainText} from '../model/problem.ts';

/**
 * Fills the templates of the gain table. Placeholders:
 * `{name}` the strip's name; `{value}` the measured number, whole; `{-value}` the same with its sign turned;
 * `{value+9}`, `{-value-9}` an amount to turn a control by, so at least 1; `{+value}`, `{+value+9}` a number with its sign shown.
 */
const placeholder = /\{([+-]?)value([+-]\d+)?\}/g;

/** Cells of a scribble strip that a warning may use. */
const cells = 6;

/** The sentence, with whole numbers. The name may come from a file: control characters do not pass. */
export function fillAdvice(template: string, name: string, value: number): string {
  return fillNumbers(template, value).replace('{name}', () => plainText(name));
}

/** At most six ASCII characters; the number stands at the right end: `HOT +4`, `HOT+12`. */
export function fillShort(template: string, value: number): string {
  const filled = fillNumbers(template, value);
  const word = /^[A-Z]+(?=[+-]\d)/.exec(filled)?.[0];
  const text = word === undefined ? filled : word + filled.slice(word.length).padStart(cells - word.length);
  return text.slice(0, cells);
}

function fillNumbers(template: string, value: number): string {
  // Rounded up, so that what is to be turned down is never understated; a hair of slack keeps −4.9999 a −5.
  const whole = value > 0 ? Math.max(1, Math.ceil(value - 0.05)) : Math.ceil(value - 0.05);
  return template.replace(placeholder, (_, sign: string, offset: string | undefined) => {
    const number = (sign === '-' ? -whole : whole) + Number(offset ?? 0);
    if (sign === '+') return `${number < 0 ? '-' : '+'}${Math.abs(number)}`;
    return String(offset === undefined ? number + 0 : Math.max(1, number));
  });
}
