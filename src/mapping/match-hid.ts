import type {Surface} from '../model/surface.ts';

/** What tells a HID device from others. */
export interface HidFacts {
  /** Four hexadecimal digits each. */
  readonly vendor: string;
  readonly product: string;
  /** Usage pages of the interface, where they are known. */
  readonly usagePages?: readonly number[] | undefined;
}

/** The surface that a HID device is. One that names the usage page wins over one that does not. */
export function matchHid(surfaces: readonly Surface[], {vendor, product, usagePages}: HidFacts): Surface | undefined {
  const found = surfaces.flatMap((surface) =>
    (surface.hid ?? [])
      .filter((id) => id.vendor === vendor.toLowerCase() && id.product === product.toLowerCase())
      .filter(({usagePage}) => usagePage === undefined || usagePages?.includes(usagePage) !== false)
      .map(({usagePage}) => ({surface, isExact: usagePage !== undefined})),
  );
  return (found.find(({isExact}) => isExact) ?? found[0])?.surface;
}
