import {
  type Descriptor,
  type DescriptorRecord,
  type DevicePlace,
  descriptorStart,
  type FaderRow,
  type LampKind,
  tags,
} from './descriptor.ts';
import {u16Bytes, u32Bytes} from './little-endian.ts';

const unitPlace = 0x80;
const silence = 0x8000;

/** The bytes of a descriptor, as a device keeps them. */
export function writeDescriptor({strips, unit, records}: Descriptor): Uint8Array {
  const bytes = [...descriptorStart, tags.surface, 2, strips, unit === 'main' ? 0 : 1];
  for (const record of records) {
    const value = recordValue(record);
    bytes.push(tags[record.type], value.length, ...value);
  }
  return Uint8Array.from(bytes);
}

function recordValue(record: DescriptorRecord): readonly number[] {
  switch (record.type) {
    case 'name':
    case 'maker':
      return [...new TextEncoder().encode(record.text)];
    case 'faders':
      return [record.first, record.count, placeOf(record.place), flagsOf(record), ...traitsOf(record)];
    case 'encoders':
    case 'warnings':
      return [record.first, record.count, placeOf(record.place)];
    case 'strip-buttons':
      return [record.first, record.count, record.strip, record.function];
    case 'unit-buttons':
      return [record.first, ...record.functions];
    case 'strip-lamps': {
      const {first, count, strip, kind, safe} = record;
      return [first, count, strip, record.function, kindOf(kind), ...u16Bytes(safe)];
    }
    case 'unit-lamps':
      return [record.first, kindOf(record.kind), ...u16Bytes(record.safe), ...record.functions];
    case 'rings':
      return [record.first, record.count, record.strip, record.styles];
    case 'meters':
      return [record.first, record.count, placeOf(record.place), record.steps, record.safe];
    case 'texts':
      return [record.first, record.count, record.strip, record.cells, record.lines];
    case 'digits':
      return [record.first, record.shows === 'time' ? 0 : 1, record.cells];
    case 'scale':
      return record.marks.flatMap(({position, tenthsDb}) => [position, tenthsDb ?? silence].flatMap(u16Bytes));
    case 'line':
      return u32Bytes(record.baud);
    case 'vendor':
      return [...u32Bytes(record.vendor), ...record.bytes];
  }
}

function placeOf(place: DevicePlace): number {
  return place === 'unit' ? unitPlace : place;
}

function flagsOf({motor, touch, echo, knobs}: FaderRow): number {
  return (motor ? 1 : 0) | (touch ? 2 : 0) | (echo ? 4 : 0) | (knobs ? 8 : 0);
}

function traitsOf({settleMs, steps}: FaderRow): readonly number[] {
  return [Math.round(settleMs / 10), ...u16Bytes(steps)];
}

function kindOf(kind: LampKind): number {
  return kind === 'brightness' ? 0 : 1;
}
