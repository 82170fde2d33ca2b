import type {Cell} from '../model/picture.ts';
import type {Output} from '../model/surface.ts';

/** What an output shows when it shows nothing; undefined for motors, which stay where they are, and for what has no such state of its own. */
export function darkCell({type}: Output): Cell | undefined {
  switch (type) {
    case 'lamp':
    case 'overload':
      return {type, on: false};
    case 'pad':
      return {type, hue: 'off', brightness: 0};
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
