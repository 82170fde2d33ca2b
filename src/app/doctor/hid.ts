import {matchHid} from '../../mapping/match-hid.ts';
import {plainText} from '../../model/problem.ts';
import type {Surface} from '../../model/surface.ts';
import type {Row} from './report.ts';
import type {System} from './system.ts';
import {udevPath} from './udev-rules.ts';

interface HidNode {
  readonly name: string;
  /** Four lower-case hexadecimal digits, as udev rules write them. */
  readonly vendor: string;
  readonly product: string;
  readonly access: 'allowed' | 'denied' | 'absent';
}

/** HID devices and the right to open them. `surfaces` are those the desk knows; other devices are nobody's loss. */
export async function checkHid(system: System, surfaces: readonly Surface[]): Promise<readonly Row[]> {
  if (system.platform !== 'linux')
    return [{area: 'hid', check: 'devices', found: 'opened by the system', state: 'skipped'}];
  const names = (await system.list('/dev')).filter((name) => /^hidraw\d+$/.test(name));
  const nodes = await Promise.all(names.map((name) => readNode(system, name)));
  const udev = await system.list('/run/udev');
  return [
    udev.length > 0
      ? {area: 'hid', check: 'udev', found: 'runs', state: 'ok'}
      : {
          area: 'hid',
          check: 'udev',
          found: 'does not run: devices that are plugged in get no rights',
          state: 'warning',
          cure: 'in a container run it on the host and pass its devices in; else install udev',
        },
    devicesRow(nodes),
    ...nodes.filter((node) => node.access === 'denied' && matchHid(surfaces, node) !== undefined).map(deniedRow),
  ];
}

function devicesRow(nodes: readonly HidNode[]): Row {
  if (nodes.length === 0) return {area: 'hid', check: 'devices', found: 'none', state: 'ok'};
  const open = nodes.filter(({access}) => access === 'allowed').map(({name}) => name);
  const whose = open.length === 0 ? 'none open to you' : `open to you: ${open.join(', ')}`;
  return {area: 'hid', check: 'devices', found: `${nodes.length}, ${whose}`, state: 'ok'};
}

function deniedRow({name}: HidNode): Row {
  return {
    area: 'hid',
    check: 'permission',
    found: `${name} may not be opened`,
    state: 'missing',
    cure: `longthrow doctor --udev | sudo tee ${udevPath}, then sudo udevadm control --reload, and plug it in again`,
  };
}

/** `HID_ID=0003:00001397:000000B4` (bus, vendor, product) and `HID_NAME=…` of the kernel's description. */
async function readNode(system: System, node: string): Promise<HidNode> {
  const text = (await system.read(`/sys/class/hidraw/${node}/device/uevent`)) ?? '';
  const id = /^HID_ID=[0-9A-F]+:[0-9A-F]{4}([0-9A-F]{4}):[0-9A-F]{4}([0-9A-F]{4})/im.exec(text);
  const [vendor = '', product = ''] = [id?.[1], id?.[2]].map((digits) => digits?.toLowerCase());
  const name = plainText(/^HID_NAME=(.*)$/m.exec(text)?.[1] ?? '') || node;
  return {name, vendor, product, access: await system.access(`/dev/${node}`)};
}
