import type {ControlEvent} from '../../model/control.ts';
import type {Address, Control, Surface} from '../../model/surface.ts';
import type {MidiMessage} from '../../wire/midi-message.ts';
import {decodeSteps} from '../../wire/relative-encoding.ts';
import {highestFaderValue} from './travel.ts';

/**
 * Controls at addresses of the mapping.
 *
 *   Bn cc vv   fader, knob   position
 *              encoder, jog  steps, in the custom that the address tells by its values of one step up and down
 *              button        pressed if vv is nearer to `on` than to `off`
 *   9n nn vv   button        pressed; released with velocity 0
 *   8n nn vv   button        released
 */
interface Found {
  readonly control: Control;
  readonly address: Address;
}

/** Keys of the table: controllers 0…127, then notes. */
const firstNote = 128;
/** Seven bits have no middle: this value is taken for it, so that a knob can say exactly half. */
const middle = 64;

/** What a message says of the hand; undefined for addresses at which the surface has nothing. */
export function createPlainReader(surface: Surface): (message: MidiMessage) => ControlEvent | undefined {
  const table = new Map<number, Found[]>();
  for (const control of surface.controls.values()) {
    const {address} = control;
    if (address === undefined) continue;
    const key = address.number + (address.message === 'note' ? firstNote : 0);
    table.set(key, [...(table.get(key) ?? []), {control, address}]);
  }
  const find = (key: number, channel: number): Found | undefined =>
    table.get(key)?.find(({address}) => address.channel === undefined || address.channel === channel);
  const topValue = highestFaderValue(surface);

  return (message) => {
    switch (message.type) {
      case 'control-change': {
        const found = find(message.controller, message.channel);
        return found && readValue(found, message.value, topValue);
      }
      case 'note-on':
      case 'note-off': {
        const control = find(message.note + firstNote, message.channel)?.control;
        if (control?.kind !== 'button') return undefined;
        const pressed = message.type === 'note-on' && message.velocity > 0;
        return {type: pressed ? 'button.pressed' : 'button.released', control: control.id};
      }
      default:
        return undefined;
    }
  };
}

function readValue(
  {control: {id: control, kind}, address}: Found,
  value: number,
  topValue: number,
): ControlEvent | undefined {
  switch (kind) {
    case 'fader':
      return {type: 'fader.moved', control, position: Math.min(1, value / topValue)};
    case 'knob':
      return {type: 'fader.moved', control, position: knobPosition(value)};
    case 'encoder':
    case 'jog': {
      const steps = decodeSteps({up: address.on, down: address.off}, value);
      return steps === 0 ? undefined : {type: 'encoder.turned', control, steps};
    }
    case 'button':
      return {type: isOn(address, value) ? 'button.pressed' : 'button.released', control};
  }
}

function knobPosition(value: number): number {
  return value < middle ? value / (2 * middle) : 0.5 + (value - middle) / (2 * (127 - middle));
}

function isOn({on, off}: Address, value: number): boolean {
  return on === off ? value >= middle : Math.abs(value - on) <= Math.abs(value - off);
}
