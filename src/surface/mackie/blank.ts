import type {Output, Surface} from '../../model/surface.ts';
import {isLampName} from '../../wire/mackie/buttons.ts';
import {encodeMackie} from '../../wire/mackie/codec.ts';
import {lcdRowCells} from '../../wire/mackie/display-codec.ts';
import type {MackieMessage} from '../../wire/mackie/message.ts';
import {colourMessage, defaultColours} from './colours.ts';
import {lampName} from './feedback.ts';

/**
 * Makes all outputs of a surface dark, one by one, because current devices ignore the commands that would do it at once.
 * Motors stay where they are. Colours become white: a program that knows none would write on dark displays.
 */
export function blankMessages(surface: Surface, deviceId: number): readonly Uint8Array[] {
  const outputs = [...surface.outputs.values()];
  const messages = outputs.flatMap(blankOf);
  if (outputs.some(({type}) => type === 'text')) {
    messages.push({type: 'lcd-text', deviceId, offset: 0, text: ' '.repeat(2 * lcdRowCells)});
  }
  if (surface.palette !== undefined) messages.push(colourMessage(defaultColours, surface.palette, deviceId));
  return messages.flatMap(encodeMackie);
}

function blankOf({id, type, strip, cells}: Output): readonly MackieMessage[] {
  switch (type) {
    case 'lamp': {
      const lamp = lampName(id);
      return isLampName(lamp) ? [{type: 'lamp', lamp, state: 'off'}] : [];
    }
    case 'digits': {
      const display = id === 'digits.time' ? 'time' : 'assignment';
      return Array.from({length: cells}, (_, place) => ({type: 'digit', display, place, character: ' ', dot: false}));
    }
    case 'meter':
      if (strip !== undefined) return [{type: 'meter-level', strip, level: 0}];
      return [{type: 'master-meter', side: id === 'meter.left' ? 'left' : 'right', level: 0}];
    case 'ring':
      return strip === undefined ? [] : [{type: 'ring', strip, style: 'dot', position: 0, centre: false}];
    case 'overload':
      return strip === undefined ? [] : [{type: 'meter-overload', strip, on: false}];
    default:
      return [];
  }
}
