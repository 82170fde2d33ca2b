import type {Cell, OutputId} from '../../model/picture.ts';
import type {Output} from '../../model/surface.ts';
import {lcdText} from '../../wire/mackie/characters.ts';
import {encodeMackie} from '../../wire/mackie/codec.ts';
import {lcdRowCells} from '../../wire/mackie/display-codec.ts';
import type {Outgoing} from '../dialect.ts';

type TextCell = Extract<Cell, {type: 'text'}>;

/** Scribble strips are seven cells wide on the wire; what a strip does not show of them stays blank, as the gap. */
const stripCells = 7;

/** What was last written to the scribble strips. */
export interface TextMemory {
  /** The rows that differ from those written last, or both if none does. */
  write(output: Output, strip: number, cell: TextCell, because: string, deviceId: number): readonly Outgoing[];
  forget(): void;
}

export function createTextMemory(): TextMemory {
  const written = new Map<OutputId, readonly [string, string]>();
  return {
    write(output, strip, cell, because, deviceId) {
      const rows = [fitted(cell.top, output.cells), fitted(cell.bottom, output.cells)] as const;
      const before = written.get(output.id);
      written.set(output.id, rows);
      const top = rowOf(`${output.id}.top`, strip * stripCells, rows[0], because, deviceId);
      const bottom = rowOf(`${output.id}.bottom`, lcdRowCells + strip * stripCells, rows[1], because, deviceId);
      const topSame = before?.[0] === rows[0];
      const bottomSame = before?.[1] === rows[1];
      if (topSame === bottomSame) return [...top, ...bottom];
      return topSame ? bottom : top;
    },
    forget: () => written.clear(),
  };
}

/** A row in characters that every LCD shows, cut to the cells that show and filled up to the whole width. */
function fitted(text: string, cells: number): string {
  return lcdText(text).slice(0, Math.min(cells, stripCells)).padEnd(stripCells);
}

function rowOf(key: string, offset: number, text: string, because: string, deviceId: number): readonly Outgoing[] {
  return encodeMackie({type: 'lcd-text', deviceId, offset, text}).map((bytes) => ({key, lane: 'text', bytes, because}));
}
