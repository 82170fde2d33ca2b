import type {ControlEvent, ControlId} from '../../model/control.ts';
import type {Surface} from '../../model/surface.ts';
import type {HuiMessage} from '../../wire/hui/message.ts';
import {switchAt} from '../../wire/hui/switches.ts';

/** A ninth fader, where a device has one, is its master. */
const masterFader = 8;
const strips = 8;

/** What a message says of the hand; undefined for other messages and controls that the surface does not have. */
export function createHandReader({controls, faders}: Surface): (message: HuiMessage) => ControlEvent | undefined {
  const top = Math.max(1, faders.topValue);
  const event = (message: HuiMessage): ControlEvent | undefined => {
    switch (message.type) {
      case 'fader-position':
        return {
          type: 'fader.moved',
          control: faderId(message.strip),
          position: Math.min(1, message.value / top),
        };
      case 'switch': {
        const name = switchAt(message);
        if (name === undefined) return undefined;
        if (!name.startsWith('touch.'))
          return {type: message.pressed ? 'button.pressed' : 'button.released', control: name};
        if (faders.touch !== 'sensed') return undefined;
        return {type: message.pressed ? 'fader.touched' : 'fader.released', control: faderId(message.zone)};
      }
      case 'encoder-turn':
        if (message.encoder >= strips) return undefined;
        return {type: 'encoder.turned', control: `encoder.${message.encoder + 1}`, steps: message.ticks};
      case 'jog-turn':
        return {type: 'encoder.turned', control: 'jog', steps: message.ticks};
      default:
        return undefined;
    }
  };
  return (message) => {
    const found = event(message);
    return found !== undefined && controls.has(found.control) ? found : undefined;
  };
}

function faderId(strip: number): ControlId {
  return strip === masterFader ? 'fader.master' : `fader.${strip + 1}`;
}
