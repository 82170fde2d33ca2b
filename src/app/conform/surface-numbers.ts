import type {Descriptor} from '../../wire/longthrow/descriptor.ts';

/** The numbers of a device's inputs, lowest first. */
export interface InputNumbers {
  readonly faders: readonly number[];
  /** Faders whose touch is sensed. */
  readonly touches: readonly number[];
  readonly buttons: readonly number[];
  readonly encoders: readonly number[];
}

/** A safe value that the descriptor promises: the number of the message type, the number of the output, its value. */
export interface SafeValue {
  readonly kind: number;
  readonly index: number;
  readonly value: number;
}

/** Which inputs a descriptor names. */
export function inputNumbers({records}: Descriptor): InputNumbers {
  const found = {faders: [] as number[], touches: [] as number[], buttons: [] as number[], encoders: [] as number[]};
  for (const record of records) {
    if (record.type === 'faders') {
      found.faders.push(...row(record.first, record.count));
      if (record.touch) found.touches.push(...row(record.first, record.count));
    } else if (record.type === 'encoders') found.encoders.push(...row(record.first, record.count));
    else if (record.type === 'strip-buttons') found.buttons.push(...row(record.first, record.count));
    else if (record.type === 'unit-buttons') found.buttons.push(...row(record.first, record.functions.length));
  }
  return found;
}

/** What every output shows when nobody watches over it; texts are empty then, and stand under `texts`. */
export function safeValues({records}: Descriptor): {
  readonly values: readonly SafeValue[];
  readonly texts: readonly number[];
} {
  const texts: number[] = [];
  const values = records.flatMap((record): readonly SafeValue[] => {
    switch (record.type) {
      case 'strip-lamps':
        return all(record.kind === 'colour' ? 0x25 : 0x22, row(record.first, record.count), record.safe);
      case 'unit-lamps':
        return all(record.kind === 'colour' ? 0x25 : 0x22, row(record.first, record.functions.length), record.safe);
      case 'rings':
        return all(0x26, row(record.first, record.count), 0);
      case 'meters':
        return all(0x21, row(record.first, record.count), record.safe);
      case 'warnings':
        return all(0x23, row(record.first, record.count), 0xf0);
      case 'texts':
        texts.push(...row(record.first, record.count));
        return [];
      case 'digits':
        texts.push(record.first);
        return [];
      default:
        return [];
    }
  });
  return {values, texts};
}

function all(kind: number, indexes: readonly number[], value: number): readonly SafeValue[] {
  return indexes.map((index) => ({kind, index, value}));
}

function row(first: number, count: number): readonly number[] {
  return Array.from({length: count}, (_, offset) => first + offset);
}
