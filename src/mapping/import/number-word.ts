/** A number as files of other programs write it, or the reason why it is none. */
export type NumberWord =
  | {readonly state: 'good'; readonly value: number}
  | {readonly state: 'bad'; readonly reason: string};

/** Reads a whole number, decimal or with 0x in hex, of a field that is called `what` and reaches from `low` to `high`. */
export function readNumber(what: string, text: string | undefined, low: number, high: number): NumberWord {
  const written = (text ?? '').trim();
  if (written === '') return {state: 'bad', reason: `${what} is ${text === undefined ? 'missing' : 'empty'}`};
  if (!/^(?:0x[0-9a-f]{1,8}|\d{1,8})$/i.test(written)) {
    return {state: 'bad', reason: `${what} "${written.slice(0, 20)}" is no number`};
  }
  const value = Number(written);
  if (value < low || value > high) return {state: 'bad', reason: `${what} ${written} is not within ${low}…${high}`};
  return {state: 'good', value};
}
