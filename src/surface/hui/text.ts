import type {Cell, OutputId} from '../../model/picture.ts';
import type {Output} from '../../model/surface.ts';
import {encodeHui} from '../../wire/hui/codec.ts';
import {quarterCells, quarters, stripCells} from '../../wire/hui/display-codec.ts';
import {lcdText} from '../../wire/mackie/characters.ts';
import type {Outgoing} from '../dialect.ts';

type TextCell = Extract<Cell, {type: 'text'}>;

const rowQuarters = quarters / 2;

/** What was last written to the large display. */
export interface TextMemory {
  /** A strip's text as it is; of the large display the quarters that differ from those written last, or all if none does. */
  write(output: Output, cell: TextCell, because: string): readonly Outgoing[];
  forget(): void;
}

export function createTextMemory(): TextMemory {
  const written = new Map<OutputId, readonly string[]>();
  return {
    write(output, cell, because) {
      if (output.strip !== undefined) {
        const text = lcdText(cell.top).slice(0, Math.min(output.cells, stripCells));
        const bytes = encodeHui({type: 'strip-text', display: output.strip, text});
        return bytes === undefined ? [] : [{key: output.id, lane: 'text', bytes, because}];
      }
      const parts = [...quartersOf(cell.top, output.cells), ...quartersOf(cell.bottom, output.cells)];
      const before = written.get(output.id);
      written.set(output.id, parts);
      const differs = parts.map((text, quarter) => before?.[quarter] !== text);
      const all = !differs.includes(true);
      return parts.flatMap((text, quarter) => {
        if (!all && !differs[quarter]) return [];
        const bytes = encodeHui({type: 'main-text', parts: [{quarter, text}]});
        return bytes === undefined ? [] : [{key: `${output.id}.${quarter}`, lane: 'text' as const, bytes, because}];
      });
    },
    forget: () => written.clear(),
  };
}

/** A line in quarters, in characters that the display shows. */
function quartersOf(line: string, cells: number): readonly string[] {
  const whole = lcdText(line)
    .slice(0, cells)
    .padEnd(rowQuarters * quarterCells);
  return Array.from({length: rowQuarters}, (_, part) => whole.slice(part * quarterCells, (part + 1) * quarterCells));
}
