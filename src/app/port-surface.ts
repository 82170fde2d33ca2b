import {matchHid} from '../mapping/match-hid.ts';
import {matchSurface} from '../mapping/match-surface.ts';
import type {Surface} from '../model/surface.ts';
import type {Port} from '../transport/contract.ts';

/** The surface at a port: what it said it is, else a HID device by its USB numbers, else by the port's name. */
export function surfaceAt(surfaces: readonly Surface[], {surface, kind, name, usb, hid}: Port): Surface | undefined {
  if (surface !== undefined || kind === 'serial') return surface;
  const usagePages = hid?.usages.map(({page}) => page);
  const byNumbers = usb && matchHid(surfaces, {vendor: usb.vendor, product: usb.product, usagePages});
  return byNumbers ?? (kind === 'hid' ? undefined : matchSurface(surfaces, name));
}
