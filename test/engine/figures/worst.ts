/** The worst of many cases: how far it was off, and which it was. */
export interface Worst {
  readonly value: number;
  readonly at: string;
  readonly cases: number;
}

/** Keeps the worst of what it is told, by magnitude; what is no number is the worst of all. */
export function createWorst(): {tell(value: number, at: string): void; readonly found: Worst} {
  let found: Worst = {value: 0, at: '', cases: 0};
  return {
    tell(value, at) {
      const size = Number.isNaN(value) ? Number.POSITIVE_INFINITY : Math.abs(value);
      found = {...(size > found.value ? {value: size, at} : found), cases: found.cases + 1};
    },
    get found() {
      return found;
    },
  };
}

export const db = (factor: number): number => 20 * Math.log10(factor);
export const factor = (levelDb: number): number => 10 ** (levelDb / 20);
