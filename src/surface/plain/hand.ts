import type {ControlEvent} from '../../model/control.ts';
import type {Address, Control, Surface} from '../../model/surface.ts';
import {type AddressValue, createAddressReader, isWide} from '../../wire/address-value.ts';
import type {MidiMessage} from '../../wire/midi-message.ts';
import {createRelativeDetector, type RelativeDetector} from '../../wire/relative-detection.ts';
import {decodeSteps} from '../../wire/relative-encoding.ts';
import {travelOf} from './travel.ts';

/**
 * Controls at addresses of the mapping.
 *
 *   fader, knob    position; values above the top count as the top
 *   encoder, jog   steps, in the custom that the address tells by its values of one step up and down, of fourteen bits in the upper seven;
 *                  of a parameter number the steps of its increment and decrement
 *   button         of controllers pressed if the value is nearer to `on` than to `off`; of notes and pressures pressed above 0
 *                  toggle: every message is a press and its release; trigger: every message that is not a release
 *   touch          the hand on a cap, as a button
 */
interface Found {
  readonly control: Control;
  readonly address: Address;
  /** The address tells of a hand on the cap. */
  readonly isTouch: boolean;
  readonly detector?: RelativeDetector;
}

const nothing: readonly ControlEvent[] = [];
/** The middle of seven bits, where a key has the same value pressed and released. */
const middle = 64;

/** What a message says of the hand; nothing for addresses at which the surface has nothing. */
export function createPlainReader(surface: Surface): (message: MidiMessage) => readonly ControlEvent[] {
  const table = new Map<string, Found[]>();
  const paired = new Set<number>();
  const list = (control: Control, address: Address, isTouch: boolean): void => {
    if (address.message === 'cc14') paired.add(address.number);
    const key = `${address.message} ${address.number}`;
    const detector = address.relative === 'auto' ? {detector: createRelativeDetector()} : {};
    table.set(key, [...(table.get(key) ?? []), {control, address, isTouch, ...detector}]);
  };
  for (const control of surface.controls.values()) {
    if (control.address === undefined) continue;
    for (const address of [control.address, ...(control.also ?? [])]) list(control, address, false);
    if (control.touch !== undefined)
      for (const address of [control.touch, ...(control.alsoTouch ?? [])]) list(control, address, true);
  }
  const readValues = createAddressReader(paired);

  return (message) => {
    const told = readValues(message);
    let events = nothing;
    for (const value of told) {
      const found = table
        .get(`${value.message} ${value.number}`)
        ?.find(({address}) => address.channel === undefined || address.channel === value.channel);
      if (found !== undefined) events = [...events, ...eventsOf(surface, found, value)];
    }
    return events;
  };
}

function eventsOf(surface: Surface, found: Found, told: AddressValue): readonly ControlEvent[] {
  const {control, address, isTouch} = found;
  const {id, kind} = control;
  if (isTouch) return [{type: isPressed(address, told.value) ? 'fader.touched' : 'fader.released', control: id}];
  if (told.step !== undefined && kind !== 'encoder' && kind !== 'jog') return nothing;
  switch (kind) {
    case 'fader':
    case 'knob':
      return [{type: 'fader.moved', control: id, position: travelOf(surface, address, kind, told.value)}];
    case 'encoder':
    case 'jog': {
      const steps = told.step ?? stepsOf(found, told.value);
      return steps === 0 ? nothing : [{type: 'encoder.turned', control: id, steps}];
    }
    case 'button':
      return pressesOf(id, address, told.value);
    default:
      return nothing;
  }
}

function stepsOf({address, detector}: Found, value: number): number {
  const seven = isWide(address.message) ? value >> 7 : value;
  return detector === undefined ? decodeSteps({up: address.on, down: address.off}, seven) : detector.steps(seven);
}

function pressesOf(control: string, address: Address, value: number): readonly ControlEvent[] {
  const isDown = isPressed(address, value);
  if (address.press === undefined) return [{type: isDown ? 'button.pressed' : 'button.released', control}];
  if (address.press === 'trigger' && !isDown) return nothing;
  return [
    {type: 'button.pressed', control},
    {type: 'button.released', control},
  ];
}

/** Notes tell how hard they are hit, and any blow is a press. */
function isPressed({message, on, off}: Address, value: number): boolean {
  if (message === 'note') return value > 0;
  const seven = isWide(message) ? value >> 7 : value;
  return on === off ? seven >= middle : Math.abs(seven - on) <= Math.abs(seven - off);
}
