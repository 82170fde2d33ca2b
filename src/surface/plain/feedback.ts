import type {Cell, Change} from '../../model/picture.ts';
import type {Address, Output, Surface} from '../../model/surface.ts';
import {encodeMidi} from '../../wire/midi-message.ts';
import type {Outgoing} from '../dialect.ts';
import {padMessages} from './pads.ts';
import {highestFaderValue} from './travel.ts';

/**
 * Outputs at addresses of the mapping, on channel 1 where it names none.
 *
 *   Bn cc vv   lamp, overload: `on` or `off`; motor: position; ring, meter: share of 7F
 *   9n nn vv   the same as velocity
 */
const sevenBits = 127;

/** The messages of changes; what plain messages cannot carry (texts, colours, digits) is left out. */
export function writePlain(surface: Surface, changes: readonly Change[]): readonly Outgoing[] {
  return changes.flatMap(({output: id, cell, because}) => {
    const output = surface.outputs.get(id);
    if (output?.type !== cell.type) return [];
    // A column of pads is a meter: it may come late.
    const lane = cell.type === 'meter' || output.row !== undefined ? 'meter' : 'state';
    return messagesOf(surface, output, cell).map((bytes, part) => ({
      key: part === 0 ? id : `${id}.${part}`,
      lane,
      bytes,
      because,
    }));
  });
}

/** Makes lamps, rings and meters dark; motors stay where they are. */
export function blankPlain(surface: Surface): readonly Uint8Array[] {
  return [...surface.outputs.values()].flatMap((output) => {
    const cell = darkCell(output);
    return cell === undefined ? [] : messagesOf(surface, output, cell);
  });
}

function messagesOf(surface: Surface, output: Output, cell: Cell): readonly Uint8Array[] {
  if (cell.type === 'pad') {
    return surface.pads && output.address ? padMessages(surface.pads.colours, output.address, cell) : [];
  }
  const bytes = messageOf(surface, output, cell);
  return bytes === undefined ? [] : [bytes];
}

function messageOf(surface: Surface, {address}: Output, cell: Cell): Uint8Array | undefined {
  const value = address && cellValue(surface, address, cell);
  if (address === undefined || value === undefined) return undefined;
  const {channel = 1, number} = address;
  return address.message === 'cc'
    ? encodeMidi({type: 'control-change', channel, controller: number, value})
    : encodeMidi({type: 'note-on', channel, note: number, velocity: value});
}

function cellValue(surface: Surface, {on, off}: Address, cell: Cell): number | undefined {
  switch (cell.type) {
    case 'lamp':
    case 'overload':
      return cell.on ? on : off;
    case 'fader':
      return Math.min(1, Math.max(0, cell.position)) * highestFaderValue(surface);
    case 'ring':
      return (cell.position ?? 0) * sevenBits;
    case 'meter':
      return (cell.step / (surface.meters?.steps || 1)) * sevenBits;
    default:
      return undefined;
  }
}

function darkCell({type}: Output): Cell | undefined {
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
    default:
      return undefined;
  }
}
