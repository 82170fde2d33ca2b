import type {Cell, Change} from '../../model/picture.ts';
import type {Output, Surface} from '../../model/surface.ts';
import {createFeedback} from './feedback.ts';

/** Makes all outputs of a surface dark, one by one: the protocol has no command for it. Motors stay where they are. */
export function blankMessages(surface: Surface): readonly Uint8Array[] {
  const changes = [...surface.outputs.values()].flatMap((output): readonly Change[] => {
    const cell = blankOf(output);
    return cell === undefined ? [] : [{output: output.id, cell, because: 'goodbye'}];
  });
  return createFeedback(surface)
    .write(changes)
    .map(({bytes}) => bytes);
}

function blankOf({type}: Output): Cell | undefined {
  switch (type) {
    case 'lamp':
    case 'overload':
      return {type, on: false};
    case 'ring':
      return {type, style: 'dot', position: undefined, centre: false};
    case 'meter':
      return {type, step: 0};
    case 'text':
      return {type, top: '', bottom: ''};
    case 'digits':
      return {type, text: '', dots: []};
    default:
      return undefined;
  }
}
