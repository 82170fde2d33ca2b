import type {Output} from '../model/surface.ts';
import type {WholeSurfaceFile} from './inherit.ts';

/** Characters of a strip's own display, unless the file says fewer. */
const stripCells = 4;
const mainCells = 40;

/**
 * The outputs of a HUI: of those that a unit of the Mackie kind has, texts are one short line a strip, meters have two sides, and digits show
 * figures only; a large display may stand beside them.
 */
export function huiOutputs(outputs: readonly Output[], file: WholeSurfaceFile): readonly Output[] {
  const own = outputs.flatMap((output): readonly Output[] => {
    switch (output.type) {
      case 'text':
        return [{...output, cells: Math.min(stripCells, file.display?.cells ?? stripCells), lines: 1}];
      case 'meter':
        return ['left', 'right'].map((side) => ({...output, id: `${output.id}.${side}`}));
      case 'digits':
        return [output.id === 'digits.time' ? {...output, figures: true} : output];
      default:
        return [output];
    }
  });
  if (file.display?.main !== true) return own;
  return [...own, {id: 'text.main', type: 'text', strip: undefined, cells: mainCells, address: undefined}];
}
