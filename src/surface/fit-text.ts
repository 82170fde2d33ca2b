/**
 * A value in so many cells, where those six are not there for which values are written: decimals go first (`-12.3` is `-12`, `2.50k` is `2.5k`), then the
 * unit (`125Hz` is `125`), since half a number would be another one.
 */
export function fitValue(text: string, cells: number): string {
  if (text.length <= cells) return text;
  const [, before = '', whole, decimals = '', unit = ''] = /^([A-Z]?)([+-]?\d+)(?:\.(\d+))?(.*)$/.exec(text) ?? [];
  if (whole === undefined) return text.slice(0, cells);
  const value = Number(`${whole}${decimals === '' ? '' : `.${decimals}`}`);
  const sign = text.charAt(before.length) === '+' ? '+' : '';
  const signed = (places: number): string => `${value < 0 || Object.is(value, -0) ? '' : sign}${value.toFixed(places)}`;
  const ladder = Array.from(
    {length: decimals.length + 1},
    (_, less) => `${before}${signed(decimals.length - less)}${unit}`,
  );
  // Thousands would lose their meaning with their letter; the others are known from the name beside.
  const bare = unit === 'k' ? [] : [`${before}${signed(0)}`];
  return [...ladder, ...bare].find((form) => form.length <= cells) ?? text.slice(0, cells);
}

/** A warning's short text in so many cells: its number whole and its code cut before it (`HOT +4` is `HO+4`), else its letters without blanks. */
export function fitWarning(short: string, cells: number): string {
  if (short.length <= cells) return short;
  const [, code = '', number = ''] = /^(.*?)\s*([+-]?\d+)(?:\.\d+)?$/.exec(short) ?? [];
  const letters = (number === '' ? short : code).replaceAll(' ', '');
  if (number === '' || number.length >= cells) return letters.slice(0, cells) || short.slice(0, cells);
  return `${letters.slice(0, cells - number.length)}${number}`;
}
