import type {Surface} from '../model/surface.ts';
import {storedCheck} from '../wire/longthrow/crc.ts';
import {readDescriptor} from '../wire/longthrow/descriptor-reader.ts';
import {deejSurface} from './deej.ts';
import {deviceSurface} from './longthrow/device-surface.ts';

const mostSliders = 32;

/** The surface that said this of itself (`Surface.told`), as a file has it; a sentence if it cannot be. Never throws, whatever it is. */
export function surfaceOfTold(told: unknown): Surface | string {
  const of = (name: string): unknown =>
    typeof told === 'object' && told !== null ? Object.entries(told).find(([key]) => key === name)?.[1] : undefined;
  const [id, sliders, descriptor, serial, label, bank] = [
    ...[of('id'), of('sliders'), of('descriptor'), of('serial'), of('label'), of('bank')],
  ];
  if (of('type') === 'deej') {
    const isGood = typeof id === 'string' && typeof sliders === 'number' && Number.isInteger(sliders);
    return isGood && sliders > 0 && sliders <= mostSliders
      ? deejSurface(id, sliders)
      : 'the deej box is not told whole';
  }
  if (of('type') !== 'longthrow') return 'what the device said of itself is of no known kind';
  const bytes = typeof descriptor === 'string' ? bytesOf(descriptor) : undefined;
  if (bytes === undefined || typeof serial !== 'string' || typeof label !== 'string')
    return 'what the device said of itself is not whole';
  const read = readDescriptor(bytes);
  if (read.state === 'bad') return `what the device said of itself: ${read.faults.join('; ')}`;
  const place = typeof bank === 'number' && Number.isInteger(bank) && bank >= 0 ? bank : undefined;
  return deviceSurface(read.descriptor, {serial, descriptorCheck: storedCheck(bytes), label, bank: place});
}

function bytesOf(hex: string): Uint8Array | undefined {
  const words = hex.trim().split(/\s+/);
  return words.every((word) => /^[0-9a-f]{2}$/i.test(word))
    ? Uint8Array.from(words, (word) => Number.parseInt(word, 16))
    : undefined;
}
