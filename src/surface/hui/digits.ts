import type {Cell} from '../../model/picture.ts';
import type {Output} from '../../model/surface.ts';
import {stripCells, stripDisplays, timeDigits} from '../../wire/hui/display-codec.ts';
import type {Digit, HuiMessage} from '../../wire/hui/message.ts';

type DigitsCell = Extract<Cell, {type: 'digits'}>;

/** The display that says what the encoders are assigned to stands behind those of the strips. */
const assignmentDisplay = stripDisplays - 1;

/**
 * The message of a display's digits, always of them all: what waits for the line is replaced by its successor, which must then say as much.
 */
export function digitsMessage({id, cells}: Output, cell: DigitsCell): HuiMessage {
  if (id === 'digits.time') return {type: 'time', digits: digitsFromRight(cell, Math.min(cells, timeDigits))};
  return {type: 'strip-text', display: assignmentDisplay, text: dotted(cell).slice(0, stripCells)};
}

/** The text with its dots as characters of their own. */
function dotted({text, dots}: DigitsCell): string {
  return Array.from(text, (character, index) => (dots.includes(index) ? `${character}.` : character)).join('');
}

/** Each digit, the rightmost first; what the text does not reach is blank, what is too long loses its left. */
function digitsFromRight({text, dots}: DigitsCell, places: number): readonly Digit[] {
  const characters = Array.from(text);
  return Array.from({length: places}, (_, place) => {
    const index = characters.length - 1 - place;
    return {character: characters[index] ?? ' ', dot: dots.includes(index)};
  });
}
