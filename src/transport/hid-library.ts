import type {Device} from 'node-hid';
import type {HidInterface} from './hid-ports.ts';
import {type Loaded, unloaded} from './library.ts';

type Library = typeof import('node-hid');

/** The library lists a path once for each usage. */
export function interfacesOf(devices: readonly Device[]): readonly HidInterface[] {
  const found = new Map<string, HidInterface>();
  for (const device of devices) {
    const {path, vendorId, productId, serialNumber, product = '', usagePage, usage} = device;
    if (path === undefined) continue;
    const before = found.get(path);
    const usages = [...(before?.usages ?? [])];
    if (usagePage !== undefined && usage !== undefined) usages.push({page: usagePage, usage});
    found.set(path, {
      path,
      stamp: '',
      name: product.trim(),
      vendor: fourDigits(vendorId),
      product: fourDigits(productId),
      serial: serialNumber?.trim() || undefined,
      interfaceNumber: device.interface,
      usages,
    });
  }
  return [...found.values()];
}

function fourDigits(number: number): string {
  return number.toString(16).padStart(4, '0');
}

/** Loads the optional package; on Linux it speaks to the kernel's own raw devices. */
export async function loadHid(): Promise<Loaded<Library>> {
  try {
    const library = await import('node-hid');
    library.getHidapiVersion();
    return {state: 'loaded', library};
  } catch (error) {
    return unloaded('node-hid', error);
  }
}
