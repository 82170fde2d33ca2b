import type {ControlEvent, ControlId} from '../../src/model/control.ts';
import type {Surface} from '../../src/model/surface.ts';
import type {MidiMessage} from '../../src/wire/midi-message.ts';
import type {Face, Panel} from './face.ts';
import {createHuiPanel} from './hui-panel.ts';
import {switchPlaces} from './hui-places.ts';

const mostTicks = 63;
const pingAnswer = Uint8Array.of(0x90, 0x00, 0x7f);

/** A HUI, with tables and bytes of its own, and running status as real ones use it. It is deaf until it was pinged. */
export function createHuiFace(surface: Surface, panel: Panel): Face {
  const {faders} = surface;
  let show = createHuiPanel(surface, panel);
  let online = false;
  const value = (position: number): number =>
    Math.min(0x3fff, faders.topValue, Math.round((position * faders.topValue) / faders.stepValue) * faders.stepValue);

  return {
    get online() {
      return online;
    },
    powerOn() {
      online = false;
      show = createHuiPanel(surface, panel);
      return [Uint8Array.of(0xff)];
    },
    say: (gesture) => saying(gesture, value),
    hear(midi: MidiMessage) {
      if (midi.type === 'note-on' && midi.channel === 1 && midi.note === 0 && midi.velocity === 0) {
        online = true;
        return [pingAnswer];
      }
      if (online) show(midi);
      return [];
    },
    nearest: (_control, position) => value(position) / faders.topValue,
  };
}

function saying(gesture: ControlEvent, value: (position: number) => number): readonly Uint8Array[] {
  const {control} = gesture;
  switch (gesture.type) {
    case 'fader.moved': {
      const at = value(gesture.position);
      const fader = control === 'fader.master' ? 8 : stripOf(control);
      return [Uint8Array.of(0xb0, fader, at >> 7, 0x20 + fader, at & 0x7f)];
    }
    case 'fader.touched':
    case 'fader.released':
      // The protocol has no touch for a ninth fader.
      if (control === 'fader.master') return [];
      return [switched(`touch.${stripOf(control) + 1}`, gesture.type === 'fader.touched')];
    case 'button.pressed':
    case 'button.released':
      return [switched(control, gesture.type === 'button.pressed')];
    case 'encoder.turned':
      return bursts(gesture.steps).map((ticks) => {
        const controller = control === 'jog' ? 0x0d : 0x40 + stripOf(control);
        return Uint8Array.of(0xb0, controller, ticks > 0 ? 0x40 + ticks : -ticks);
      });
    default:
      return [];
  }
}

function switched(name: string, pressed: boolean): Uint8Array {
  const [zone, port] = switchPlaces.get(name)?.split(':').map(Number) ?? [];
  if (zone === undefined || port === undefined) throw new Error(`a HUI has no switch ${name}`);
  return Uint8Array.of(0xb0, 0x0f, zone, 0x2f, pressed ? 0x40 + port : port);
}

/** Steps as messages can carry them. */
function bursts(steps: number): readonly number[] {
  const whole = Array.from({length: Math.floor(Math.abs(steps) / mostTicks)}, () => mostTicks * Math.sign(steps));
  const rest = steps % mostTicks;
  return rest === 0 ? whole : [...whole, rest];
}

function stripOf(control: ControlId): number {
  return Number(control.split('.')[1]) - 1;
}
