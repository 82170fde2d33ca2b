import {type Descriptor, type DescriptorRecord, descriptorStart, longestDescriptor, tags} from './descriptor.ts';
import {readRecord} from './descriptor-record.ts';

/** A descriptor, or sentences that say what is wrong with it. Unknown records that are not critical are passed over. */
export type ReadDescriptor =
  | {readonly state: 'good'; readonly descriptor: Descriptor}
  | {readonly state: 'bad'; readonly faults: readonly string[]};

/** Tags whose bit 7 is set must be known. */
const critical = 0x80;

/** Reads a whole descriptor; any bytes are read, none throw. */
export function readDescriptor(bytes: Uint8Array): ReadDescriptor {
  if (bytes.length > longestDescriptor) return bad(`it is longer than ${longestDescriptor} bytes`);
  if (!descriptorStart.every((byte, at) => bytes[at] === byte)) return bad('it does not begin with 4C 54 01');
  const records: DescriptorRecord[] = [];
  const faults: string[] = [];
  let surface: Pick<Descriptor, 'strips' | 'unit'> | undefined;
  for (let at = descriptorStart.length; at < bytes.length; ) {
    const tag = bytes[at] ?? 0;
    const end = at + 2 + (bytes[at + 1] ?? 0);
    if (at + 2 > bytes.length || end > bytes.length) return bad(`the record at byte ${at} ends past the end`);
    const value = bytes.subarray(at + 2, end);
    if (surface === undefined) {
      surface = tag === tags.surface ? surfaceOf(value) : undefined;
      if (surface === undefined) return bad('its first record does not tell the strips (tag 81)');
    } else {
      const record = tag === tags.surface ? 'broken' : readRecord(tag, value);
      if (record === 'broken') faults.push(`the record at byte ${at} (tag ${hex(tag)}) has a value that none may have`);
      else if (record !== undefined) records.push(record);
      else if (tag & critical)
        faults.push(`the record at byte ${at} has tag ${hex(tag)}, which must be known and is not`);
    }
    at = end;
  }
  if (surface === undefined) return bad('it tells nothing');
  const descriptor: Descriptor = {...surface, records};
  const wrong = [...faults, ...collisions(descriptor)];
  return wrong.length > 0 ? {state: 'bad', faults: wrong} : {state: 'good', descriptor};
}

function bad(fault: string): ReadDescriptor {
  return {state: 'bad', faults: [fault]};
}

function surfaceOf(value: Uint8Array): Pick<Descriptor, 'strips' | 'unit'> | undefined {
  const [strips = 0, unit = 0] = value;
  if (value.length !== 2 || strips > 32 || unit > 1) return undefined;
  return {strips, unit: unit === 0 ? 'main' : 'extender'};
}

/** Numbers that two rows claim, rows that stand beyond the last strip, facts told twice. */
function collisions({strips, records}: Descriptor): readonly string[] {
  const faults = new Set<string>();
  const claimed = new Set<string>();
  for (const record of records) {
    if (!('first' in record)) {
      if (record.type !== 'vendor' && claimed.has(record.type)) faults.add(`its ${record.type} stands there twice`);
      claimed.add(record.type);
      continue;
    }
    const count = 'count' in record ? record.count : 'functions' in record ? record.functions.length : 1;
    const strip = 'strip' in record ? record.strip : 'place' in record && record.place !== 'unit' ? record.place : -1;
    if (strip >= 0 && strip + count > strips) faults.add(`its ${record.type} stand beyond strip ${strips}`);
    for (let number = record.first; number < record.first + count; number++) {
      const claim = `${spaceOf(record.type)} ${number}`;
      if (claimed.has(claim)) faults.add(`two records claim ${claim}`);
      claimed.add(claim);
    }
  }
  return [...faults];
}

/** Rows that count their numbers together. */
function spaceOf(type: DescriptorRecord['type']): string {
  switch (type) {
    case 'strip-buttons':
    case 'unit-buttons':
      return 'button';
    case 'strip-lamps':
    case 'unit-lamps':
      return 'lamp';
    case 'texts':
    case 'digits':
      return 'display';
    default:
      return type.replace(/s$/, '');
  }
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
