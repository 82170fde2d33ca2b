import type {Deed} from '../../src/app/conform/target.ts';
import {openVirtualDevice} from '../../src/app/conform/virtual-device.ts';

/** The core in C as a program in virtual time: orders of `core/host/virtual-device.c` in, deeds out. */
export interface VirtualDevice {
  /** Carries out orders one after the other, and gives what the device did meanwhile. */
  obey(...orders: readonly string[]): Promise<readonly Deed[]>;
  end(): void;
}

/** Starts the program. */
export async function startVirtualDevice(program: string): Promise<VirtualDevice> {
  const target = await openVirtualDevice(program);
  return {obey: (...orders) => target.order(orders.join('\n')), end: () => target.end()};
}
