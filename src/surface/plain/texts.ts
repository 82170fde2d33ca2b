import type {Cell} from '../../model/picture.ts';
import type {TextByte} from '../../model/surface.ts';

/** Texts in whole messages of the mapping: lines in printable ASCII put in where they stand, the number of the strip counted from 0. */
type TextCell = Extract<Cell, {type: 'text'}>;

/** The messages that bring a text to a strip's display; each line as wide as the display, so that nothing of the one before is left. */
export function textMessages(
  templates: readonly (readonly TextByte[])[],
  strip: number,
  cells: number,
  cell: TextCell,
): readonly Uint8Array[] {
  return templates.map((template) =>
    Uint8Array.from(
      template.flatMap((byte) => {
        if (typeof byte === 'number') return [byte];
        if (typeof byte === 'object') return [Math.min(127, byte.stripFrom + strip)];
        return lineOf(cell[byte], cells);
      }),
    ),
  );
}

function lineOf(text: string, cells: number): readonly number[] {
  const plain = text.normalize('NFD').replace(/\p{Mark}/gu, '');
  return Array.from({length: cells}, (_, index) => {
    const code = plain.charCodeAt(index);
    return code >= 0x20 && code < 0x7f ? code : Number.isNaN(code) ? 0x20 : 0x3f;
  });
}
