import type {Cell, OutputId} from '../../model/picture.ts';
import type {Output} from '../../model/surface.ts';
import {segmentCode} from '../../wire/mackie/characters.ts';
import {encodeMackie} from '../../wire/mackie/codec.ts';
import {digitCount} from '../../wire/mackie/display-codec.ts';
import type {DigitDisplay} from '../../wire/mackie/message.ts';
import type {Outgoing} from '../dialect.ts';

type DigitsCell = Extract<Cell, {type: 'digits'}>;

/** One digit, and its code to compare it by. */
interface Digit {
  readonly character: string;
  readonly dot: boolean;
  readonly code: number;
}

/** What was last written to the segment displays. */
export interface DigitMemory {
  /** The digits that differ from those written last, or all if none does. */
  write(output: Output, cell: DigitsCell, because: string): readonly Outgoing[];
  forget(): void;
}

export function createDigitMemory(): DigitMemory {
  const written = new Map<OutputId, readonly Digit[]>();
  return {
    write(output, cell, because) {
      const display: DigitDisplay = output.id === 'digits.time' ? 'time' : 'assignment';
      const digits = digitsFromRight(cell, Math.min(output.cells, digitCount(display)));
      const before = written.get(output.id);
      written.set(output.id, digits);
      const differs = digits.map(({code}, place) => before?.[place]?.code !== code);
      const all = !differs.includes(true);
      return digits.flatMap(({character, dot}, place) => {
        if (!all && !differs[place]) return [];
        const messages = encodeMackie({type: 'digit', display, place, character, dot});
        return messages.map((bytes): Outgoing => ({key: `${output.id}.${place}`, lane: 'state', bytes, because}));
      });
    },
    forget: () => written.clear(),
  };
}

/** Each digit of a display, the rightmost first; what the text does not reach is blank, what is too long loses its left. */
function digitsFromRight({text, dots}: DigitsCell, places: number): readonly Digit[] {
  const characters = Array.from(text);
  return Array.from({length: places}, (_, place) => {
    const index = characters.length - 1 - place;
    const character = characters[index] ?? ' ';
    const dot = dots.includes(index);
    return {character, dot, code: segmentCode(character, dot)};
  });
}
