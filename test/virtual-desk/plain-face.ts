import type {ControlEvent, ControlId} from '../../src/model/control.ts';
import {type Hue, hues} from '../../src/model/pad.ts';
import type {Cell} from '../../src/model/picture.ts';
import type {Address, Control, Output, Surface} from '../../src/model/surface.ts';
import {padMessages} from '../../src/surface/plain/pads.ts';
import {encodeMidi, type MidiMessage} from '../../src/wire/midi-message.ts';
import {decodeSteps} from '../../src/wire/relative-encoding.ts';
import type {Face, Panel} from './face.ts';

type PadCell = Extract<Cell, {type: 'pad'}>;

const identityReply = Uint8Array.of(0x7e, 0x00, 0x06, 0x02, 0x7d, 1, 0, 1, 0, 0, 0, 1, 0);
const values = Array.from({length: 128}, (_, value) => value);

/** A surface of plain controllers and notes. */
export function createPlainFace(surface: Surface, panel: Panel): Face {
  const topValue = Math.min(127, surface.faders.topValue);
  const own = (control: ControlId): Control & {readonly address: Address} => {
    const found = surface.controls.get(control);
    if (found?.address === undefined) throw new Error(`${control} has no address`);
    return {...found, address: found.address};
  };
  const valueAt = (control: ControlId, position: number): number => {
    if (own(control).kind !== 'knob') return Math.round(position * topValue);
    return position < 0.5 ? Math.round(position * 128) : 64 + Math.round((position - 0.5) * 126);
  };
  const say = (gesture: ControlEvent): readonly MidiMessage[] => {
    if (gesture.type === 'fader.touched' || gesture.type === 'fader.released' || gesture.type === 'spring.moved')
      return [];
    const {address} = own(gesture.control);
    switch (gesture.type) {
      case 'fader.moved':
        return [at(address, valueAt(gesture.control, gesture.position))];
      case 'button.pressed':
        return [at(address, address.message === 'note' ? 127 : address.on)];
      case 'button.released':
        return [at(address, address.message === 'note' ? 0 : address.off)];
      case 'encoder.turned':
        return turning(address, gesture.steps);
    }
  };

  const pads = padMessagesOf(surface);

  return {
    online: true,
    powerOn: () => [],
    say: (gesture) => say(gesture).map(encodeMidi),
    hear(message) {
      if (message.type === 'sysex' && message.data.join() === '126,127,6,1' && surface.handshake.kind !== 'none') {
        return [encodeMidi({type: 'sysex', data: identityReply})];
      }
      const pad = pads.get(encodeMidi(message).join());
      if (pad !== undefined) {
        panel.show(pad.id, pad.cell);
        return [];
      }
      if (message.type !== 'control-change' && message.type !== 'note-on') return [];
      const [number, value] =
        message.type === 'note-on' ? [message.note, message.velocity] : [message.controller, message.value];
      const output = [...surface.outputs.values()].find(
        ({address}) =>
          address?.number === number &&
          address.message === (message.type === 'note-on' ? 'note' : 'cc') &&
          (address.channel ?? 1) === message.channel,
      );
      if (output?.address === undefined) {
        panel.stray(`${message.type} ${number} on channel ${message.channel}`);
        return [];
      }
      const cell = cellOf(surface, output, output.address, value, topValue);
      if (cell === undefined) return [];
      panel.show(output.id, cell);
      if (cell.type === 'fader') panel.drive(output.id, cell.position);
      return [];
    },
    nearest: (control, position) => {
      const value = valueAt(control, position);
      if (own(control).kind !== 'knob') return value / topValue;
      return value < 64 ? value / 128 : 0.5 + (value - 64) / 126;
    },
  };
}

/** What a pad shows after each message that it knows; of several messages a cell, the last. Of cells that look the same to it, the brightest. */
function padMessagesOf({outputs, pads}: Surface): ReadonlyMap<string, {readonly id: string; readonly cell: PadCell}> {
  const known = new Map<string, {readonly id: string; readonly cell: PadCell}>();
  if (pads === undefined) return known;
  const names = Object.keys(hues).filter(isHue);
  const cells = [1, 0.6, 0.25].flatMap((brightness) => names.map((hue): PadCell => ({type: 'pad', hue, brightness})));
  for (const {id, type, address} of outputs.values()) {
    if (type !== 'pad' || address === undefined) continue;
    for (const cell of cells) {
      const key = padMessages(pads.colours, address, cell).at(-1)?.join() ?? '';
      if (!known.has(key)) known.set(key, {id, cell});
    }
  }
  return known;
}

function isHue(name: string): name is Hue {
  return name in hues;
}

function cellOf(surface: Surface, {type}: Output, {on}: Address, value: number, topValue: number): Cell | undefined {
  switch (type) {
    case 'lamp':
    case 'overload':
      return {type, on: value === on};
    case 'fader':
      return {type, position: Math.min(1, value / topValue)};
    case 'ring':
      return {type, style: 'wrap', position: value / 127, centre: false};
    case 'meter':
      return {type, step: Math.round((value / 127) * (surface.meters?.steps ?? 0))};
    default:
      return undefined;
  }
}

/** A message at an address; a device that has no channel of its own speaks on the first. */
function at({message, channel = 1, number}: Address, value: number): MidiMessage {
  return message === 'cc'
    ? {type: 'control-change', channel, controller: number, value}
    : {type: 'note-on', channel, note: number, velocity: value};
}

/** Steps in the custom of the address, as few messages as it allows. */
function turning(address: Address, steps: number): readonly MidiMessage[] {
  const encoding = {up: address.on, down: address.off};
  const messages: MidiMessage[] = [];
  for (let left = steps; left !== 0; ) {
    const most = Math.min(Math.abs(left), 63);
    const burst = Array.from({length: most}, (_, less) => (most - less) * Math.sign(left)).find((count) =>
      values.some((value) => decodeSteps(encoding, value) === count),
    );
    const value = values.find((candidate) => decodeSteps(encoding, candidate) === burst);
    if (burst === undefined || value === undefined) throw new Error('the encoder cannot say one step');
    messages.push(at(address, value));
    left -= burst;
  }
  return messages;
}
