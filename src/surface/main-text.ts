import type {Cell} from '../model/picture.ts';
import type {Output} from '../model/surface.ts';
import {renderLine, renderText, type TextInput} from './strip-text.ts';

/** What a text display says of the strips: of its own in one line or two, or of all of them if it belongs to none. */
export function renderStripTexts(input: TextInput, {strip, cells, lines}: Output, strips: number): Cell {
  if (strip === undefined) return renderMainText(input, strips, cells);
  return lines === 1 ? renderLine(input, strip, cells) : renderText(input, strip, cells);
}

/**
 * The two lines of a display that all strips of a unit share: the name and value of each side by side, with a blank between, so that
 * they stand above the strips they belong to.
 */
function renderMainText(input: TextInput, strips: number, cells: number): Cell {
  const width = Math.floor(cells / Math.max(1, strips));
  const texts = Array.from({length: strips}, (_, channel) => renderText(input, channel, Math.max(1, width - 1)));
  const line = (parts: readonly string[]): string =>
    parts
      .map((part) => part.padEnd(width))
      .join('')
      .trimEnd();
  return {type: 'text', top: line(texts.map(({top}) => top)), bottom: line(texts.map(({bottom}) => bottom))};
}
