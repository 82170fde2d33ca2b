import type {ControlId} from '../../model/control.ts';
import type {OutputId} from '../../model/picture.ts';
import type {Control, Output} from '../../model/surface.ts';
import type {DescriptorRecord, FaderRow} from './descriptor.ts';
import {keyFunction, lampFunctions, lightFunction, stripFunction} from './device-function.ts';

/** Which message shows an output, and at which number. */
export interface WirePlace {
  readonly message: 'motors' | 'meters' | 'lamps' | 'colours' | 'rings' | 'text';
  readonly index: number;
  /** Lines of a text, 0 for all others. */
  readonly lines: number;
}

/** What is placed so far. Of two rows that claim one place on the desk the first counts. */
export interface Parts {
  readonly controls: Map<ControlId, Control>;
  readonly outputs: Map<OutputId, Output>;
  readonly places: Map<OutputId, WirePlace>;
  /** By their numbers on the wire. */
  readonly faders: Map<number, ControlId>;
  readonly buttons: Map<number, ControlId>;
  readonly encoders: Map<number, ControlId>;
  readonly warnings: Map<number, number | 'mix'>;
}

/** Nothing placed yet. */
export function newParts(): Parts {
  return {
    controls: new Map(),
    outputs: new Map(),
    places: new Map(),
    faders: new Map(),
    buttons: new Map(),
    encoders: new Map(),
    warnings: new Map(),
  };
}

/** Places what a record tells of: controls, outputs and their numbers. Facts place nothing. */
export function placeRecord(parts: Parts, record: DescriptorRecord): void {
  if (!('first' in record)) return;
  const {first} = record;
  switch (record.type) {
    case 'faders':
      placeFaders(parts, record);
      break;
    case 'encoders':
      each(record.count, (offset) => {
        const strip = record.place === 'unit' ? undefined : record.place + offset;
        const kind = strip === undefined ? 'jog' : 'encoder';
        const id = strip === undefined ? kind : `${kind}.${strip + 1}`;
        control(parts, parts.encoders, first + offset, {id, kind, strip, address: undefined});
      });
      break;
    case 'strip-buttons': {
      const name = stripFunction(record.function);
      each(name === undefined ? 0 : record.count, (offset) => {
        const strip = record.strip + offset;
        const id = `${name}.${strip + 1}`;
        control(parts, parts.buttons, first + offset, {id, kind: 'button', strip, address: undefined});
      });
      break;
    }
    case 'unit-buttons':
      for (const [offset, number] of record.functions.entries()) {
        const id = keyFunction(number);
        if (id === undefined) continue;
        control(parts, parts.buttons, first + offset, {id, kind: 'button', strip: undefined, address: undefined});
      }
      break;
    case 'strip-lamps':
      each(record.count, (offset) => {
        const lamp = stripLamp(record.function, record.kind === 'colour');
        const strip = record.strip + offset;
        if (lamp === undefined) return;
        output(parts, {id: `${lamp.name}.${strip + 1}`, type: lamp.type, strip}, lampMessage(record), first + offset);
      });
      break;
    case 'unit-lamps':
      for (const [offset, number] of record.functions.entries()) {
        const name = lightFunction(number);
        const type = record.kind === 'colour' ? 'pad' : 'lamp';
        if (name === undefined) continue;
        output(parts, {id: `${type}.${name}`, type, strip: undefined}, lampMessage(record), first + offset);
      }
      break;
    case 'rings':
      each(record.count, (offset) => {
        const strip = record.strip + offset;
        output(parts, {id: `ring.${strip + 1}`, type: 'ring', strip}, 'rings', first + offset);
      });
      break;
    case 'meters':
      each(record.count, (offset) => {
        const strip = record.place === 'unit' ? undefined : record.place + offset;
        const id = strip === undefined ? `meter.${offset === 0 ? 'left' : 'right'}` : `meter.${strip + 1}`;
        output(parts, {id, type: 'meter', strip}, 'meters', first + offset);
      });
      break;
    case 'texts':
      each(record.count, (offset) => {
        const strip = record.strip + offset;
        const {cells, lines} = record;
        output(parts, {id: `text.${strip + 1}`, type: 'text', strip}, 'text', first + offset, cells, lines);
      });
      break;
    case 'digits':
      output(parts, {id: `digits.${record.shows}`, type: 'digits', strip: undefined}, 'text', first, record.cells, 1);
      break;
    case 'warnings':
      each(record.count, (offset) => {
        parts.warnings.set(first + offset, record.place === 'unit' ? 'mix' : record.place + offset);
      });
      break;
  }
}

function placeFaders(parts: Parts, row: FaderRow): void {
  const kind = row.knobs ? 'knob' : 'fader';
  each(row.count, (offset) => {
    const strip = row.place === 'unit' ? undefined : row.place + offset;
    // A desk knows one master fader; a single knob on the unit does its work.
    const id = strip === undefined ? 'fader.master' : `${kind}.${strip + 1}`;
    const known = strip === undefined ? 'fader' : kind;
    control(parts, parts.faders, row.first + offset, {id, kind: known, strip, address: undefined});
    if (row.motor) output(parts, {id, type: 'fader', strip}, 'motors', row.first + offset);
  });
}

/** What a lamp on a strip is to the desk; undefined for what a later version may know. */
function stripLamp(number: number, coloured: boolean): {name: string; type: Output['type']} | undefined {
  if (number === lampFunctions.overload) return {name: 'overload', type: 'overload'};
  if (number === lampFunctions.colour) return coloured ? {name: 'colour', type: 'colour'} : undefined;
  const button = stripFunction(number);
  if (button === undefined) return undefined;
  return coloured ? {name: `pad.${button}`, type: 'pad'} : {name: `lamp.${button}`, type: 'lamp'};
}

function lampMessage({kind}: {readonly kind: 'brightness' | 'colour'}): 'lamps' | 'colours' {
  return kind === 'brightness' ? 'lamps' : 'colours';
}

function control(parts: Parts, numbers: Map<number, ControlId>, number: number, made: Control): void {
  if (parts.controls.has(made.id)) return;
  parts.controls.set(made.id, made);
  numbers.set(number, made.id);
}

function output(
  parts: Parts,
  made: Pick<Output, 'id' | 'type' | 'strip'>,
  message: WirePlace['message'],
  index: number,
  cells = 0,
  lines = 0,
): void {
  if (parts.outputs.has(made.id)) return;
  parts.outputs.set(made.id, {...made, cells, address: undefined});
  parts.places.set(made.id, {message, index, lines});
}

function each(count: number, act: (offset: number) => void): void {
  for (let offset = 0; offset < count; offset++) act(offset);
}
