import {DeskError, plainText} from '../../model/problem.ts';
import type {LearnedPort} from '../../surface/learn/learned-surface.ts';
import type {Availability, HidUsage, Port, Transport} from '../../transport/contract.ts';
import {listPorts} from '../port-list.ts';
import {isWanted} from '../record/wanted-port.ts';

/** A port that can be learned, and the transport that opens it. */
export interface LearnablePort {
  readonly port: Port;
  readonly transport: Transport;
}

/**
 * The ports that can be learned: all whose name has `wanted` in it; without it those of MIDI devices and of HID devices that are no keyboards or
 * mice. Throws a DeskError if there are none, with what to do about it.
 */
export async function learnablePorts(
  transports: readonly Transport[],
  wanted: string | undefined,
): Promise<readonly LearnablePort[]> {
  const found = await Promise.all(transports.map(portsOn));
  const all = found.flatMap(({ports}) => ports);
  const ports = all.filter(({port}) => (wanted === undefined ? isUsualPort(port) : isWanted([wanted], port)));
  if (ports.length > 0) return ports;
  const lacking = found.flatMap(({lack}) => lack ?? []);
  const what =
    wanted === undefined ? 'No MIDI or HID device is there.' : `No port has "${plainText(wanted)}" in its name.`;
  const others = all.length === 0 ? '' : ` There are: ${all.map(({port}) => plainText(port.name)).join(', ')}.`;
  const cure = lacking.length > 0 ? lacking.join(' ') : 'Plug the device in, switch it on, and try again.';
  throw new DeskError('transport.unavailable', `${what}${others} ${cure}`);
}

async function portsOn(
  transport: Transport,
): Promise<{readonly ports: readonly LearnablePort[]; readonly lack?: string}> {
  const availability: Availability = await transport.availability();
  if (availability.state === 'unavailable') {
    const {reason, cure} = availability;
    return {ports: [], lack: `${transport.kind.toUpperCase()}: ${plainText(reason)} – ${plainText(cure)}.`};
  }
  const ports = await listPorts(transport);
  return {ports: ports.map((port) => ({port, transport}))};
}

/** What people mean by a surface, if they name none: the system's own loop, keyboards and mice are not. */
export function isUsualPort({kind, name, hid}: Port): boolean {
  if (kind === 'hid' || hid !== undefined) return hid?.usages.some((usage) => !isSystemUsage(usage)) === true;
  return !/^Midi Through/i.test(name);
}

/** Generic desktop: pointer, mouse, keyboard, keypad, system control; digitizers; sensors; batteries. */
function isSystemUsage({page, usage}: HidUsage): boolean {
  return (page === 0x01 && [0x01, 0x02, 0x06, 0x07, 0x80].includes(usage)) || [0x0d, 0x20, 0x84, 0x85].includes(page);
}

/** What a file says of where a device was learned. */
export function learnedPort({name, usb, hid}: Port): LearnedPort {
  const page = hid?.usages[0]?.page;
  const {serial} = usb ?? {};
  // HID devices bear their own number behind their name; the mapping is for all of their kind.
  const own = serial !== undefined && name.endsWith(` ${serial}`) ? name.slice(0, -serial.length).trim() : name;
  return {
    name: own,
    ...(usb === undefined ? {} : {usb: {vendor: usb.vendor, product: usb.product}}),
    ...(page === undefined ? {} : {usagePage: page}),
  };
}

/** What lets the user open a HID device of no mapping, where the system asks for a rule; undefined elsewhere. */
export function rightsFor({kind, usb}: Port, platform: NodeJS.Platform): string | undefined {
  if (kind !== 'hid' || usb === undefined || platform !== 'linux') return undefined;
  const rule = `SUBSYSTEM=="hidraw", ATTRS{idVendor}=="${usb.vendor}", ATTRS{idProduct}=="${usb.product}", MODE="0660", TAG+="uaccess"`;
  return [
    'If you lack the right to open it, this gives it to you:',
    `  echo '${rule}' | sudo tee /etc/udev/rules.d/70-longthrow-${usb.vendor}-${usb.product}.rules`,
    '  sudo udevadm control --reload && sudo udevadm trigger',
  ].join('\n');
}
