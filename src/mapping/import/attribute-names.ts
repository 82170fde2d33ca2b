import {nearestName} from '../../model/near-name.ts';
import type {XmlElement} from './xml-element.ts';

/** The attributes of an element under the names they were meant to have, and what was misspelt. */
export interface MeantAttributes {
  readonly values: ReadonlyMap<string, string>;
  readonly misspelt: readonly string[];
}

/** A name that is not known counts as the nearest that is, if that one is not there itself. */
export function meantAttributes({attributes}: XmlElement, known: readonly string[]): MeantAttributes {
  const values = new Map<string, string>();
  const misspelt: string[] = [];
  for (const [name, value] of attributes) if (known.includes(name)) values.set(name, value);
  for (const [name, value] of attributes) {
    if (known.includes(name)) continue;
    const meant = known.find((one) => one === name.trim().toLowerCase()) ?? nearestName(name, known);
    if (meant === undefined || values.has(meant)) misspelt.push(`the attribute "${name.slice(0, 40)}" is not known`);
    else {
      values.set(meant, value);
      misspelt.push(`the attribute "${name.slice(0, 40)}" was taken for "${meant}"`);
    }
  }
  return {values, misspelt};
}
