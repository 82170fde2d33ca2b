import {plainText} from '../../model/problem.ts';
import type {UsbFacts} from '../../transport/contract.ts';
import {isBoard, portOf} from '../../transport/serial-ports.ts';
import {groupCure, groupName} from './groups.ts';
import type {Row} from './report.ts';
import type {System} from './system.ts';

/** Serial ports, the right to open them, and what else reaches for them. */
export async function checkSerial(system: System): Promise<readonly Row[]> {
  if (system.platform !== 'linux')
    return [{area: 'serial', check: 'ports', found: 'listed by the system', state: 'skipped'}];
  const names = (await system.list('/dev')).filter((name) => /^tty(?:ACM|USB)\d+$/.test(name));
  return [
    ...(names.length === 0 ? [{area: 'serial', check: 'ports', found: 'none', state: 'ok'} as const] : []),
    ...(await Promise.all(names.map((name) => portRow(system, name)))),
    ...(await Promise.all(names.map((name) => permissionRow(system, name)))).flat(),
    ...(names.length > 0 ? await modemManagerRow(system) : []),
  ];
}

/** What the desk does with a port: boards are opened, whatever else it is may not like that. */
async function portRow(system: System, name: string): Promise<Row> {
  const usb = await usbOf(system, name);
  const port = `${name}${usb === undefined ? '' : ` (USB ${usb.vendor}:${usb.product})`}`;
  const found =
    usb !== undefined && isBoard({...portOf(`/dev/${name}`), usb})
      ? `${port}, a board: the desk opens it by itself`
      : `${port}, left alone; if a surface is on it: longthrow --serial /dev/${name}`;
  return {area: 'serial', check: 'port', found: plainText(found), state: 'ok'};
}

/** The USB device of a port stands one folder above what the kernel links to, or two for a chip that only turns USB into serial. */
async function usbOf(system: System, name: string): Promise<UsbFacts | undefined> {
  for (const above of ['..', '../..']) {
    const fact = async (file: string): Promise<string | undefined> =>
      (await system.read(`/sys/class/tty/${name}/device/${above}/${file}`))?.trim();
    const [vendor, product] = [await fact('idVendor'), await fact('idProduct')];
    if (vendor !== undefined && product !== undefined) return {vendor, product, serial: undefined};
  }
  return undefined;
}

async function permissionRow(system: System, name: string): Promise<readonly Row[]> {
  const path = `/dev/${name}`;
  if ((await system.access(path)) !== 'denied') return [];
  const id = await system.groupOf(path);
  const group = id === undefined ? 'dialout' : await groupName(system, id);
  return [
    {
      area: 'serial',
      check: 'permission',
      found: `${path} may not be opened`,
      state: 'missing',
      cure: await groupCure(system, group),
    },
  ];
}

/** ModemManager greets every new serial port with modem commands. */
async function modemManagerRow(system: System): Promise<readonly Row[]> {
  if (!(await system.programs()).includes('ModemManager')) return [];
  return [
    {
      area: 'serial',
      check: 'ModemManager',
      found: 'runs, and talks to new ports for some seconds',
      state: 'warning',
      cure: 'sudo systemctl disable --now ModemManager, unless you have a modem',
    },
  ];
}
