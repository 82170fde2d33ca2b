import type {ControlEvent, ControlId} from '../../model/control.ts';
import type {Surface} from '../../model/surface.ts';
import type {MackieMessage} from '../../wire/mackie/message.ts';

/** Faders of one unit on the wire, the master last. */
const faderIds: readonly ControlId[] = [...stripIds('fader'), 'fader.master'];
const encoderIds: readonly ControlId[] = stripIds('encoder');
const fullPedal = 127;

/** What a message says of the hand; undefined for other messages and controls that the surface does not have. */
export function createHandReader({controls, faders}: Surface): (message: MackieMessage) => ControlEvent | undefined {
  const top = Math.max(1, faders.topValue);
  const event = (message: MackieMessage): ControlEvent | undefined => {
    switch (message.type) {
      case 'fader-position':
        return moved(faderIds[message.strip], Math.min(1, message.value / top));
      case 'fader-touch': {
        const control = faderIds[message.strip];
        if (control === undefined || faders.touch !== 'sensed') return undefined;
        return {type: message.touched ? 'fader.touched' : 'fader.released', control};
      }
      case 'button':
        return {type: message.pressed ? 'button.pressed' : 'button.released', control: message.button};
      case 'encoder-turn': {
        const control = encoderIds[message.strip];
        return control === undefined ? undefined : {type: 'encoder.turned', control, steps: message.ticks};
      }
      case 'jog-turn':
        return {type: 'encoder.turned', control: 'jog', steps: message.ticks};
      case 'pedal':
        return moved('pedal', message.value / fullPedal);
      default:
        return undefined;
    }
  };
  return (message) => {
    const found = event(message);
    return found !== undefined && controls.has(found.control) ? found : undefined;
  };
}

function moved(control: ControlId | undefined, position: number): ControlEvent | undefined {
  return control === undefined ? undefined : {type: 'fader.moved', control, position};
}

function stripIds(name: string): readonly ControlId[] {
  return Array.from({length: 8}, (_, strip) => `${name}.${strip + 1}`);
}
