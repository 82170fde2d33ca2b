import type {ControlEvent, ControlId} from '../../src/model/control.ts';
import type {Address, Control, Output, Surface} from '../../src/model/surface.ts';
import {addressBytes} from '../../src/wire/address-message.ts';
import {createAddressReader} from '../../src/wire/address-value.ts';
import {encodeMidi, type MidiMessage} from '../../src/wire/midi-message.ts';
import type {Face, Panel} from './face.ts';
import {createPlainEye} from './plain-eye.ts';
import {isWide, positionAt, stepsValue, valueAt} from './plain-scale.ts';

const identityReply = Uint8Array.of(0x7e, 0x00, 0x06, 0x02, 0x7d, 1, 0, 1, 0, 0, 0, 1, 0);
/** How hard a key is hit, by turns, and what it says as it is let go: a blow without strength, or that it is off, and how fast. */
const blows = [
  {strength: 1, release: {status: 0x90, value: 0}},
  {strength: 64, release: {status: 0x80, value: 0}},
  {strength: 127, release: {status: 0x80, value: 64}},
] as const;
/** Steps that a hand makes at once, at most. */
const mostSteps = 63;

/** A surface of plain messages. */
export function createPlainFace(surface: Surface, panel: Panel): Face {
  const own = (control: ControlId): Control & {readonly address: Address} => {
    const found = surface.controls.get(control);
    if (found?.address === undefined) throw new Error(`${control} has no address`);
    return {...found, address: found.address};
  };
  /** How often each key was hit. */
  const hits = new Map<ControlId, number>();
  /** Keys that send press and release by turns. */
  const latched = new Set<ControlId>();
  const key = (control: ControlId, pressed: boolean): readonly Uint8Array[] => {
    const {address} = own(control);
    const {message, number, press} = address;
    if (press !== undefined && !pressed) return [];
    if (message === 'program') return [addressBytes(address, number)];
    if (press !== 'toggle') return [keyed(control, address, pressed)];
    if (!latched.delete(control)) latched.add(control);
    return [keyed(control, address, latched.has(control))];
  };
  const keyed = (control: ControlId, address: Address, isDown: boolean): Uint8Array => {
    const {message, on, off} = address;
    if (message !== 'note') return said(address, isDown ? on : off);
    const count = hits.get(control) ?? 0;
    const {strength, release} = blows[count % blows.length] ?? blows[0];
    if (isDown) return said(address, strength);
    hits.set(control, count + 1);
    const [status = 0x90, note = 0] = said(address, release.value);
    return Uint8Array.of(release.status | (status & 0x0f), note, release.value);
  };
  const felt = (control: ControlId, held: boolean): readonly Uint8Array[] => {
    const touch = surface.controls.get(control)?.touch;
    return touch === undefined ? [] : [said(touch, held ? touch.on : touch.off)];
  };
  const say = (gesture: ControlEvent): readonly Uint8Array[] => {
    switch (gesture.type) {
      case 'fader.touched':
      case 'fader.released':
        return felt(gesture.control, gesture.type === 'fader.touched');
      case 'fader.moved': {
        const {address, kind} = own(gesture.control);
        return [addressBytes(address, valueAt(surface, address, kind, gesture.position))];
      }
      case 'button.pressed':
      case 'button.released':
        return key(gesture.control, gesture.type === 'button.pressed');
      case 'encoder.turned':
        return turning(own(gesture.control).address, gesture.steps);
      default:
        return [];
    }
  };

  const eye = createPlainEye(surface);
  const outputsAt = outputsByAddress(surface);
  const paired = new Set<number>();
  for (const {address} of surface.outputs.values()) if (address?.message === 'cc14') paired.add(address.number);
  const readValues = createAddressReader(paired);
  const halves = halfControllers(surface);
  const keepAlive = surface.keepAlive?.message.join();

  return {
    online: true,
    powerOn: () => [],
    say,
    hear(message) {
      const bytes = encodeMidi(message);
      if (message.type === 'sysex' && message.data.join() === '126,127,6,1') {
        return surface.handshake.kind === 'none' ? [] : [encodeMidi({type: 'sysex', data: identityReply})];
      }
      if (surface.greeting.some((greeting) => greeting.join() === bytes.join())) return [];
      if (bytes.join() === keepAlive || surface.farewell.some((farewell) => farewell.join() === bytes.join()))
        return [];
      const seen = eye.see(bytes);
      if (seen !== undefined) {
        if (seen !== 'part') panel.show(seen.id, seen.cell);
        return [];
      }
      let known = message.type === 'control-change' && halves.has(message.controller);
      for (const told of readValues(message)) {
        for (const output of outputsAt(told)) {
          known = true;
          // A program has its number for a value.
          const cell = eye.cellOf(output, told.message === 'program' ? told.number : told.value);
          if (cell === undefined) continue;
          panel.show(output.id, cell);
          if (cell.type === 'fader') panel.drive(output.id, cell.position);
        }
        const dark = eye.chooseStyle(told);
        if (dark !== undefined) known = true;
        for (const {id, cell} of dark ?? []) panel.show(id, cell);
      }
      if (!known) panel.stray(sayMessage(message));
      return [];
    },
    nearest: (control, position) => {
      const {address, kind} = own(control);
      return positionAt(surface, address, kind, valueAt(surface, address, kind, position));
    },
  };
}

type Told = Pick<Address, 'message' | 'number'> & {readonly channel: number};

/** What lives at the address that a value is for. */
function outputsByAddress({outputs}: Surface): (told: Told) => readonly Output[] {
  // The number of a program is its value.
  const keyOf = ({message, number, channel}: Told): string =>
    `${message} ${message === 'program' ? '' : number} ${channel}`;
  const placed = new Map<string, Output[]>();
  for (const output of outputs.values()) {
    const {address} = output;
    if (address === undefined) continue;
    const key = keyOf({...address, channel: address.channel ?? 1});
    placed.set(key, [...(placed.get(key) ?? []), output]);
  }
  return (told) => placed.get(keyOf(told)) ?? [];
}

/** Controllers that are only a part of some value of this surface. */
function halfControllers(surface: Surface): ReadonlySet<number> {
  const halves = new Set<number>();
  for (const {address} of surface.outputs.values()) {
    if (address?.message === 'cc14') for (const part of [address.number, address.number + 32]) halves.add(part);
    if (address?.message === 'nrpn') for (const part of [98, 99, 6, 38]) halves.add(part);
    if (address?.message === 'rpn') for (const part of [100, 101, 6, 38]) halves.add(part);
  }
  return halves;
}

function sayMessage(message: MidiMessage): string {
  return message.type === 'sysex' ? `sysex ${Buffer.from(message.data).toString('hex')}` : JSON.stringify(message);
}

/** A value of seven bits, in the upper half where the message has fourteen; a device that has no channel of its own speaks on the first. */
function said(address: Address, value: number): Uint8Array {
  return addressBytes(address, isWide(address) ? value << 7 : value);
}

/** Steps in the custom of the address, as few messages as it allows. */
function turning(address: Address, steps: number): readonly Uint8Array[] {
  const messages: Uint8Array[] = [];
  for (let left = steps; left !== 0; ) {
    let burst = Math.sign(left) * Math.min(Math.abs(left), mostSteps);
    while (Math.abs(burst) > 1 && stepsValue(address, burst) === undefined) burst -= Math.sign(burst);
    messages.push(said(address, stepsValue(address, burst) ?? 0));
    left -= burst;
  }
  return messages;
}
