/** A plain decimal number (`-3.5`, `+2`, `1e-3`), with a decimal comma where such are used; undefined for anything else, NaN and infinity among it. */
export function writtenNumber(text: string, decimalComma = false): number | undefined {
  const plain = (decimalComma ? text.replace(',', '.') : text).replace('\u2212', '-');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value + 0 : undefined;
}
