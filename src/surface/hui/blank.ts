import type {Change} from '../../model/picture.ts';
import type {Surface} from '../../model/surface.ts';
import {darkCell} from '../dark-cell.ts';
import {createFeedback} from './feedback.ts';

/** Makes all outputs of a surface dark, one by one: the protocol has no command for it. Motors stay where they are. */
export function blankMessages(surface: Surface): readonly Uint8Array[] {
  const changes = [...surface.outputs.values()].flatMap((output): readonly Change[] => {
    const cell = darkCell(output);
    return cell === undefined ? [] : [{output: output.id, cell, because: 'goodbye'}];
  });
  return createFeedback(surface)
    .write(changes)
    .map(({bytes}) => bytes);
}
