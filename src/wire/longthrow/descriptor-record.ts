import {type DescriptorRecord, type DevicePlace, type LampKind, type ScaleMark, tags} from './descriptor.ts';
import {u16At, u32At} from './little-endian.ts';

const unitPlace = 0x80;
const mostStrips = 32;
const silence = -32768;
const longestName = 60;

/** Reads the value of a record other than the surface's; undefined for a tag that is not known, `broken` for a value that none may have. */
export function readRecord(tag: number, value: Uint8Array): DescriptorRecord | 'broken' | undefined {
  const [first = 0, count = 0, third = 0, fourth = 0, fifth = 0] = value;
  const place = placeAt(third);
  const isRow = count > 0 && first + count <= 256;
  const isStripRow = isRow && third + count <= mostStrips;
  /** A row on strips, or so many on the unit. */
  const stands = (onUnit: number): boolean => isRow && (place === 'unit' ? count === onUnit : isStripRow);
  const isLong = (length: number): boolean => value.length === length;
  switch (tag) {
    case tags.name:
    case tags.maker: {
      const type = tag === tags.name ? 'name' : 'maker';
      return value.length <= longestName ? {type, text: new TextDecoder().decode(value)} : 'broken';
    }
    case tags.faders: {
      const steps = u16At(value, 5);
      if (!isLong(7) || !stands(1) || fourth > 15 || steps < 2) return 'broken';
      const flags = {motor: bit(fourth, 0), touch: bit(fourth, 1), echo: bit(fourth, 2), knobs: bit(fourth, 3)};
      return {type: 'faders', first, count, place, ...flags, settleMs: fifth * 10, steps};
    }
    case tags.encoders:
      return isLong(3) && stands(1) ? {type: 'encoders', first, count, place} : 'broken';
    case tags['strip-buttons']:
      if (!isLong(4) || !isStripRow) return 'broken';
      return {type: 'strip-buttons', first, count, strip: third, function: fourth};
    case tags['unit-buttons']: {
      const functions = [...value.subarray(1)];
      return fits(first, functions) ? {type: 'unit-buttons', first, functions} : 'broken';
    }
    case tags['strip-lamps']: {
      const kind = kindAt(fifth);
      if (!isLong(7) || !isStripRow || kind === undefined) return 'broken';
      return {type: 'strip-lamps', first, count, strip: third, function: fourth, kind, safe: u16At(value, 5)};
    }
    case tags['unit-lamps']: {
      const functions = [...value.subarray(4)];
      const kind = kindAt(count);
      if (!fits(first, functions) || kind === undefined) return 'broken';
      return {type: 'unit-lamps', first, kind, safe: u16At(value, 2), functions};
    }
    case tags.rings:
      if (!isLong(4) || !isStripRow || fourth === 0 || fourth > 15) return 'broken';
      return {type: 'rings', first, count, strip: third, styles: fourth};
    case tags.meters:
      if (!isLong(5) || !stands(2) || fourth < 2 || fourth > 120) return 'broken';
      return {type: 'meters', first, count, place, steps: fourth, safe: fifth};
    case tags.texts:
      if (!isLong(5) || !isStripRow || fourth < 1 || fourth > 16 || (fifth !== 1 && fifth !== 2)) return 'broken';
      return {type: 'texts', first, count, strip: third, cells: fourth, lines: fifth};
    case tags.digits:
      if (!isLong(3) || count > 1 || third < 1 || third > 10) return 'broken';
      return {type: 'digits', first, shows: count === 0 ? 'time' : 'assignment', cells: third};
    case tags.warnings:
      return isLong(3) && stands(1) ? {type: 'warnings', first, count, place} : 'broken';
    case tags.scale: {
      const marks = marksOf(value);
      return marks === undefined ? 'broken' : {type: 'scale', marks};
    }
    case tags.line:
      return isLong(4) ? {type: 'line', baud: u32At(value, 0)} : 'broken';
    case tags.vendor:
      if (value.length < 4) return 'broken';
      return {type: 'vendor', vendor: u32At(value, 0), bytes: [...value.subarray(4)]};
    default:
      return undefined;
  }
}

function placeAt(byte: number): DevicePlace {
  return byte === unitPlace ? 'unit' : byte;
}

function kindAt(byte: number): LampKind | undefined {
  return byte === 0 ? 'brightness' : byte === 1 ? 'colour' : undefined;
}

function bit(flags: number, number: number): boolean {
  return ((flags >> number) & 1) === 1;
}

function fits(first: number, functions: readonly number[]): boolean {
  return functions.length > 0 && first + functions.length <= 256;
}

/** The marks of a scale: from silence at the bottom to the top, rising in both. */
function marksOf(value: Uint8Array): readonly ScaleMark[] | undefined {
  if (value.length < 12 || value.length % 4 !== 0) return undefined;
  const marks: ScaleMark[] = [];
  for (let at = 0; at < value.length; at += 4) {
    const position = u16At(value, at);
    const tenths = (u16At(value, at + 2) << 16) >> 16;
    const before = marks.at(-1);
    const rises = before !== undefined && position > before.position && tenths > (before.tenthsDb ?? silence);
    if (before === undefined ? position !== 0 || tenths !== silence : !rises) return undefined;
    marks.push({position, tenthsDb: tenths === silence ? undefined : tenths});
  }
  return marks.at(-1)?.position === 0xffff ? marks : undefined;
}
