import {type Hue, hues, type Tint, tints} from '../../src/model/pad.ts';
import type {Cell, OutputId, RingStyle} from '../../src/model/picture.ts';
import type {Address, Output, RingValues, Surface} from '../../src/model/surface.ts';
import {padMessages} from '../../src/surface/plain/pads.ts';
import {positionAt} from './plain-scale.ts';

type PadCell = Extract<Cell, {type: 'pad'}>;

interface Seen {
  readonly id: OutputId;
  readonly cell: Cell;
}

/** What somebody who looks at the panel of a plain device sees of what it was told. */
export interface PlainEye {
  /** Of whole messages: pads and texts. `part`: one of several messages of a pad. */
  see(bytes: Uint8Array): Seen | 'part' | undefined;
  /** Of a value at an output's own address. */
  cellOf(output: Output, value: number): Cell | undefined;
  /** Of a value that chooses how rings draw, or that they are dark: those that go dark; undefined for any other. */
  chooseStyle(
    told: Pick<Address, 'message' | 'number'> & {readonly channel: number; readonly value: number},
  ): readonly Seen[] | undefined;
}

const styles: readonly RingStyle[] = ['dot', 'boost-cut', 'wrap', 'spread'];

export function createPlainEye(surface: Surface): PlainEye {
  // Made when it is first needed: most devices of a test are only touched.
  let book: PadBook | undefined;
  let recent: readonly string[] = [];
  const drawn = new Map<OutputId, RingStyle>();
  const lines = new Map<OutputId, {top: string; bottom: string}>();

  const seePad = (bytes: Uint8Array): Seen | 'part' | undefined => {
    if (surface.pads === undefined) return undefined;
    book ??= padBook(surface);
    const {parts, known, longest} = book;
    const text = bytes.join();
    if (!parts.has(text)) return undefined;
    recent = [...recent, text].slice(-longest);
    for (let count = longest; count > 0; count--) {
      const found = known.get(recent.slice(-count).join('|'));
      if (found !== undefined) return found;
    }
    return 'part';
  };
  const seeText = (bytes: Uint8Array): Seen | undefined => {
    for (const {id, strip = 0, cells, type} of surface.outputs.values()) {
      if (type !== 'text') continue;
      for (const template of surface.texts ?? []) {
        const read = readText(template, bytes, strip ?? 0, cells);
        if (read === undefined) continue;
        const line = {top: '', bottom: '', ...lines.get(id), ...read};
        lines.set(id, line);
        return {id, cell: {type: 'text', ...line}};
      }
    }
    return undefined;
  };

  return {
    see: (bytes) => seePad(bytes) ?? seeText(bytes),
    cellOf: (output, value) => cellOf(surface, output, value, drawn.get(output.id)),
    chooseStyle({message, number, channel, value}) {
      let dark: Seen[] | undefined;
      for (const {id, ring} of surface.outputs.values()) {
        const at = ring?.styleAt;
        if (at === undefined || at.address.message !== message || at.address.number !== number) continue;
        if ((at.address.channel ?? 1) !== channel) continue;
        const style = styles.find((one) => at.values[one] === value);
        if (style !== undefined) drawn.set(id, style);
        dark ??= [];
        if (at.dark === value) dark.push({id, cell: {type: 'ring', style: 'wrap', position: undefined, centre: false}});
      }
      return dark;
    },
  };
}

/** What pads can be told, by its messages. */
interface PadBook {
  readonly parts: ReadonlySet<string>;
  readonly known: ReadonlyMap<string, Seen>;
  readonly longest: number;
}

function padBook(surface: Surface): PadBook {
  const pads = padRows(surface);
  const known = new Map<string, Seen>();
  for (const {messages, ...seen} of pads) {
    const key = messages.join('|');
    if (!known.has(key)) known.set(key, seen);
  }
  return {
    parts: new Set(pads.flatMap(({messages}) => messages)),
    known,
    longest: Math.max(0, ...pads.map(({messages}) => messages.length)),
  };
}

/** All that pads can be told, each as its messages; of cells that look the same to the device, the brightest is first. */
function padRows({outputs, pads}: Surface): readonly (Seen & {readonly messages: readonly string[]})[] {
  if (pads === undefined) return [];
  const plain = Object.keys(hues).filter((name): name is Hue => name in hues && name !== 'off');
  const tinted = Object.keys(tints).filter((name): name is Tint => name in tints);
  return [...outputs.values()].flatMap(({id, type, address}) => {
    if (type !== 'pad' || address === undefined) return [];
    const names = id.startsWith('pad.select.') && pads.tints !== undefined ? [...plain, ...tinted] : plain;
    const cells: readonly PadCell[] = [
      ...[1, 0.6, 0.25].flatMap((brightness) => names.map((hue): PadCell => ({type: 'pad', hue, brightness}))),
      {type: 'pad', hue: 'off', brightness: 0},
    ];
    return cells.map((cell) => ({
      id,
      cell,
      messages: padMessages(pads.colours, address, cell).map((one) => one.join()),
    }));
  });
}

/** The lines that a message of a template carries for a strip. */
function readText(
  template: NonNullable<Surface['texts']>[number],
  bytes: Uint8Array,
  strip: number,
  cells: number,
): {readonly top?: string; readonly bottom?: string} | undefined {
  const read: {top?: string; bottom?: string} = {};
  let at = 0;
  for (const byte of template) {
    if (byte === 'top' || byte === 'bottom') {
      read[byte] = String.fromCharCode(...bytes.subarray(at, at + cells)).trimEnd();
      at += cells;
    } else if (bytes[at++] !== (typeof byte === 'number' ? byte : byte.stripFrom + strip)) return undefined;
  }
  return at === bytes.length ? read : undefined;
}

function cellOf(surface: Surface, output: Output, value: number, drawn: RingStyle | undefined): Cell | undefined {
  const {id, type, address, ring} = output;
  switch (type) {
    case 'lamp':
    case 'overload':
      return {type, on: value === address?.on};
    case 'fader': {
      const kind = surface.controls.get(id)?.kind ?? 'fader';
      return address && {type, position: positionAt(surface, address, kind, value)};
    }
    case 'ring':
      return ringCell(ring ?? {dark: 0, centre: 0, styles: {wrap: [0, 127]}}, value, drawn);
    case 'meter': {
      const {steps = 0, values} = surface.meters ?? {};
      return {type, step: values === undefined ? Math.round((value / 127) * steps) : values.indexOf(value)};
    }
    default:
      return undefined;
  }
}

function ringCell(
  {dark, centre, styles: spans, styleAt}: RingValues,
  value: number,
  drawn: RingStyle | undefined,
): Cell {
  const off = {type: 'ring', style: 'wrap', position: undefined} as const;
  for (const [added, isLit] of [[0, false] as const, [centre, true] as const]) {
    if (isLit && centre === 0) continue;
    const plain = value - added;
    if (plain === dark && styleAt?.dark === undefined) return {...off, centre: isLit};
    for (const style of drawn === undefined ? styles : [drawn]) {
      const span = spans[style];
      if (span === undefined || plain < span[0] || plain > span[1]) continue;
      return {type: 'ring', style, position: (plain - span[0]) / (span[1] - span[0]), centre: isLit};
    }
  }
  return {...off, centre: false};
}
