import {opendir, readFile, realpath} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {plainText} from '../model/problem.ts';
import type {HidUsage, Port} from './contract.ts';
import {rememberPlugs} from './plug-memory.ts';

/** The HID interfaces that are there now. */
export type ListHidPorts = () => Promise<readonly Port[]>;

/** A HID interface as it is found, before it has a name of its own. */
export interface HidInterface {
  /** What it is opened by. */
  readonly path: string;
  /** Differs from plug to plug where the system tells. */
  readonly stamp: string;
  readonly name: string;
  readonly vendor: string;
  readonly product: string;
  readonly serial: string | undefined;
  readonly interfaceNumber: number;
  readonly usages: readonly HidUsage[];
  /** Whether its reports begin with a number; absent where that is not known. */
  readonly numbered?: boolean;
}

/** Interfaces by what the kernel knows of them; no library is loaded for it, and no device is opened. */
export async function linuxHidPorts(root = '/sys/class/hidraw'): Promise<readonly Port[]> {
  const names = await namesIn(root);
  const found = await Promise.all(
    names.sort(byNumber).map(async (name) => {
      const known = await factsOf(`${root}/${name}/`);
      return known === undefined ? [] : [{...known, path: `/dev/${name}`}];
    }),
  );
  return portsOf(found.flat());
}

async function namesIn(root: string): Promise<string[]> {
  try {
    const names: string[] = [];
    for await (const {name} of await opendir(root)) if (/^hidraw\d+$/.test(name)) names.push(name);
    return names;
  } catch {
    return [];
  }
}

/** Its folder counts the devices that came. */
const plugOf = (folder: string): Promise<string> => realpath(join(folder, 'device'));

const factsOf = rememberPlugs(plugOf, async (folder): Promise<Omit<HidInterface, 'path'> | undefined> => {
  const [device, facts, descriptor] = await Promise.all([
    plugOf(folder).catch(() => undefined),
    readFile(join(folder, 'device/uevent'), 'utf8').catch(() => ''),
    readFile(join(folder, 'device/report_descriptor')).catch(() => new Uint8Array(0)),
  ]);
  if (device === undefined) return undefined;
  const id = /^HID_ID=[0-9A-F]+:[0-9A-F]{4}([0-9A-F]{4}):[0-9A-F]{4}([0-9A-F]{4})$/im.exec(facts);
  if (id === null) return undefined;
  const [, vendor = '', product = ''] = id;
  return {
    stamp: basename(device),
    name: line(facts, 'HID_NAME'),
    vendor: vendor.toLowerCase(),
    product: product.toLowerCase(),
    serial: line(facts, 'HID_UNIQ') || undefined,
    interfaceNumber: Number(/\/input(\d+)$/.exec(line(facts, 'HID_PHYS'))?.[1] ?? 0),
    usages: usagesOf(descriptor),
    ...(descriptor.length === 0 ? {} : {numbered: numbersReports(descriptor)}),
  };
});

function line(facts: string, name: string): string {
  return plainText(new RegExp(`^${name}=(.*)$`, 'm').exec(facts)?.[1] ?? '');
}

/**
 * Ports of interfaces. A port is named by its product and serial number, so that it is known again in another place; equal names are told apart by a
 * count in front.
 */
export function portsOf(found: readonly HidInterface[]): readonly Port[] {
  const taken = new Set<string>();
  return found.map(({path, stamp, name, vendor, product, serial, interfaceNumber, usages, numbered}): Port => {
    const base = [name || `HID ${vendor}:${product}`, serial].filter(Boolean).join(' ');
    let own = base;
    for (let count = 2; taken.has(own); count++) own = `${count}- ${base}`;
    taken.add(own);
    return {
      id: `hid:${path}#${stamp}`,
      name: own,
      kind: 'hid',
      usb: {vendor, product, serial},
      hid: {interface: interfaceNumber, usages, ...(numbered === undefined ? {} : {numbered})},
    };
  });
}

/** What a port is opened by. */
export function pathOf({id}: Port): string {
  return id.slice('hid:'.length, id.lastIndexOf('#'));
}

/**
 * The items of a report descriptor (HID 1.11, 6.2.2): one byte of tag, type and size and their data, low byte first.
 *
 *   04 | size   usage page, for what follows
 *   08 | size   usage; of four bytes with its page in the upper two
 *   84 | size   number of the reports that follow; without one anywhere reports have none
 *   A0 | size   collection begins
 *   C0          collection ends
 *   FE          a long item: size, tag, data
 */
function* itemsOf(descriptor: Uint8Array): Generator<{item: number; size: number; value: number}> {
  for (let at = 0; at < descriptor.length; ) {
    const head = descriptor[at] ?? 0;
    if (head === 0xfe) {
      at += 3 + (descriptor[at + 1] ?? 0);
      continue;
    }
    const size = [0, 1, 2, 4][head & 3] ?? 0;
    const value = descriptor.subarray(at + 1, at + 1 + size).reduceRight((sum, byte) => sum * 256 + byte, 0);
    yield {item: head & 0xfc, size, value};
    at += 1 + size;
  }
}

/** Whether the reports of a descriptor begin with a number. */
export function numbersReports(descriptor: Uint8Array): boolean {
  return [...itemsOf(descriptor)].some(({item}) => item === 0x84);
}

/** The usages of the outermost collections of a report descriptor. */
export function usagesOf(descriptor: Uint8Array): readonly HidUsage[] {
  const usages: HidUsage[] = [];
  let page = 0;
  let usage: HidUsage | undefined;
  let depth = 0;
  for (const {item, size, value} of itemsOf(descriptor)) {
    if (item === 0x04) page = value;
    else if (item === 0x08) usage = size === 4 ? {page: value >>> 16, usage: value & 0xffff} : {page, usage: value};
    else if (item === 0xa0) {
      if (depth === 0 && usage !== undefined) usages.push(usage);
      depth += 1;
      usage = undefined;
    } else if (item === 0xc0) depth -= 1;
    // What main items use up does not count for the next.
    if ((item & 0x0c) === 0) usage = undefined;
  }
  return usages;
}

function byNumber(one: string, other: string): number {
  return Number(one.slice('hidraw'.length)) - Number(other.slice('hidraw'.length));
}
