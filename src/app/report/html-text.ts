import {plainText} from '../../model/problem.ts';

/** Text from anywhere, made safe inside elements and quoted attributes: a name can be written, never run. */
export function escaped(text: string): string {
  return plainText(text)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** A coordinate in a drawing: a tenth of a unit is less than any eye sees. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}
