import {groupCure, groupName} from './groups.ts';
import type {Row} from './report.ts';
import type {System} from './system.ts';

/** Serial ports, the right to open them, and what else reaches for them. */
export async function checkSerial(system: System): Promise<readonly Row[]> {
  if (system.platform !== 'linux')
    return [{area: 'serial', check: 'ports', found: 'listed by the system', state: 'skipped'}];
  const names = (await system.list('/dev')).filter((name) => /^tty(?:ACM|USB)\d+$/.test(name));
  return [
    (await system.hasProgram('udevadm'))
      ? {area: 'serial', check: 'udevadm', found: 'is there', state: 'ok'}
      : {
          area: 'serial',
          check: 'udevadm',
          found: 'is not there: ports cannot be told by maker and serial number',
          state: 'warning',
          cure: 'apt install udev (dnf, pacman, zypper: systemd)',
        },
    names.length === 0
      ? {area: 'serial', check: 'ports', found: 'none', state: 'ok'}
      : {area: 'serial', check: 'ports', found: names.join(', '), state: 'ok'},
    ...(await Promise.all(names.map((name) => permissionRow(system, name)))).flat(),
    ...(names.length > 0 ? await modemManagerRow(system) : []),
  ];
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
