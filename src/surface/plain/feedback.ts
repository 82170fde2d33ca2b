import type {Cell, Change} from '../../model/picture.ts';
import type {Address, Control, Output, Surface} from '../../model/surface.ts';
import {addressBytes} from '../../wire/address-message.ts';
import {darkCell} from '../dark-cell.ts';
import type {Lane, Outgoing} from '../dialect.ts';
import {padMessages} from './pads.ts';
import {ringBytes} from './rings.ts';
import {textMessages} from './texts.ts';
import {valueAtTravel} from './travel.ts';

/**
 * Outputs at addresses of the mapping, on channel 1 where it names none.
 *
 *   lamp, overload   `on` or `off`
 *   motor            its position, as the control at that address tells its own
 *   ring             a value of its way of drawing
 *   meter            a value a step, else its share of seven bits
 *   pad, text        messages of the mapping
 */
const sevenBits = 127;

/** The messages of changes; what plain messages cannot carry (colours of displays, digits) is left out. */
export function writePlain(surface: Surface, changes: readonly Change[]): readonly Outgoing[] {
  return changes.flatMap(({output: id, cell, because}) => {
    const output = surface.outputs.get(id);
    if (output?.type !== cell.type) return [];
    return messagesOf(surface, output, cell).map((bytes, part) => ({
      key: part === 0 ? id : `${id}.${part}`,
      lane: laneOf(output),
      bytes,
      because,
    }));
  });
}

/** Makes lamps, rings, meters and displays dark; motors stay where they are. */
export function blankPlain(surface: Surface): readonly Uint8Array[] {
  return [...surface.outputs.values()].flatMap((output) => {
    const cell = darkCell(output);
    return cell === undefined ? [] : messagesOf(surface, output, cell);
  });
}

/** A column of pads is a meter: it may come late. */
function laneOf({type, row}: Output): Lane {
  if (type === 'meter' || row !== undefined) return 'meter';
  return type === 'text' ? 'text' : 'state';
}

function messagesOf(surface: Surface, output: Output, cell: Cell): readonly Uint8Array[] {
  if (cell.type === 'text') return textMessages(surface.texts ?? [], output.strip ?? 0, output.cells, cell);
  const {address} = output;
  if (address === undefined) return [];
  if (cell.type === 'pad') return surface.pads === undefined ? [] : padMessages(surface.pads.colours, address, cell);
  if (cell.type === 'ring') {
    const bytes = ringBytes(address, output.ring ?? wholeRing, cell);
    return bytes === undefined ? [] : [bytes];
  }
  const value = cellValue(surface, output, address, cell);
  return value === undefined ? [] : [addressBytes(address, value)];
}

/** A ring of which nothing is known but its address. */
const wholeRing = {dark: 0, centre: 0, styles: {wrap: [0, sevenBits]}} as const;

function cellValue(surface: Surface, output: Output, address: Address, cell: Cell): number | undefined {
  switch (cell.type) {
    case 'lamp':
    case 'overload':
      return cell.on ? address.on : address.off;
    case 'fader':
      return valueAtTravel(surface, address, kindOf(surface, output), cell.position);
    case 'meter': {
      const {steps = 0, values} = surface.meters ?? {};
      return values?.[Math.min(cell.step, steps)] ?? (cell.step / (steps || 1)) * sevenBits;
    }
    default:
      return undefined;
  }
}

/** The kind of the control that a motor drives. */
function kindOf(surface: Surface, {id}: Output): Control['kind'] {
  return surface.controls.get(id)?.kind ?? 'fader';
}
