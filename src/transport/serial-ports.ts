import {readdir, readFile, realpath, stat} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {plainText} from '../model/problem.ts';
import type {Port, UsbFacts} from './contract.ts';
import {rememberPlugs} from './plug-memory.ts';

/** The ports of a serial line that are there now. */
export type ListSerialPorts = () => Promise<readonly Port[]>;

/** USB devices nest so deep below their interface at most. */
const mostParents = 6;

/** Ports by name and by what the kernel knows of their USB device; no program is started for it, and no port is opened. */
export async function linuxSerialPorts(): Promise<readonly Port[]> {
  const names = await readdir('/dev').catch(() => []);
  const found = names.filter((name) => /^tty(?:ACM|USB)\d+$/.test(name)).sort();
  return Promise.all(
    found.map(async (name) => {
      const usb = await usbOf(`/sys/class/tty/${name}/`);
      return portOf(`/dev/${name}`, usb?.product, usb?.facts);
    }),
  );
}

interface UsbDevice {
  readonly facts: UsbFacts;
  readonly product: string | undefined;
}

/** No other folder gets its number in the kernel's file system. */
const plugOf = async (folder: string): Promise<string> => `${(await stat(folder, {bigint: true})).ino}`;

const usbOf = rememberPlugs(plugOf, async (folder): Promise<UsbDevice | undefined> => {
  const device = await realpath(join(folder, 'device')).catch(() => undefined);
  if (device === undefined) return undefined;
  const parents = [device];
  while (parents.length < mostParents) parents.push(dirname(parents.at(-1) ?? ''));
  const found = await Promise.all(parents.map(usbAt));
  return found.find((one) => one !== undefined);
});

async function usbAt(folder: string): Promise<UsbDevice | undefined> {
  const files = ['idVendor', 'idProduct', 'serial', 'product'];
  const [vendor, id, serial, product] = await Promise.all(files.map((file) => line(folder, file)));
  return vendor === undefined || id === undefined ? undefined : {facts: {vendor, product: id, serial}, product};
}

async function line(folder: string, file: string): Promise<string | undefined> {
  const text = await readFile(join(folder, file), 'utf8').catch(() => '');
  return plainText(text) || undefined;
}

/** A port by its path; `product` is what the maker calls it. */
export function portOf(path: string, product?: string, usb?: UsbFacts): Port {
  return {id: path, name: product === undefined ? path : `${product} (${path})`, kind: 'serial', ...(usb && {usb})};
}

/** Makers of boards that people build surfaces with: Arduino (two), Raspberry Pi, Adafruit, SparkFun, Espressif. */
export const boardVendors: readonly string[] = ['2341', '2a03', '2e8a', '239a', '1b4f', '303a'];
/** Teensy boards share their vendor with others. The patterns are udev's. */
export const teensyVendor = '16c0';
export const teensyProducts: readonly string[] = ['047[0-9a-f]', '048[0-9a-f]'];

const isTeensy = new RegExp(`^(${teensyProducts.join('|')})$`, 'i');

/**
 * Whether a port belongs to a board that a surface may be made of. Chips that only turn USB into serial (FTDI, CH340, CP210x) sit in modems, instruments and
 * machines, too, which may not like to be opened: they are none.
 */
export function isBoard({usb}: Port): boolean {
  if (usb === undefined) return false;
  const vendor = usb.vendor.toLowerCase();
  return boardVendors.includes(vendor) || (vendor === teensyVendor && isTeensy.test(usb.product));
}
