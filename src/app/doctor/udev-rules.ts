import type {Surface} from '../../model/surface.ts';
import {boardVendors, teensyProducts, teensyVendor} from '../../transport/serial-ports.ts';

/** Where rules go that give rights to whoever sits at the machine: the number must be below 73. */
export const udevPath = '/etc/udev/rules.d/70-longthrow.rules';

/**
 * The udev rules that let the user who sits at the machine open all HID surfaces of the mappings, and boards that home-made surfaces are built of, as raw HID
 * and as serial ports. Text of a rules file.
 */
export function udevRules(surfaces: readonly Surface[]): string {
  const known = surfaces
    .filter(({hid = []}) => hid.length > 0)
    .flatMap(({maker, name, hid = []}) => [
      '',
      `# ${maker} ${name}`,
      ...hid.map(({vendor, product}) => rule('hidraw', vendor, product)),
    ]);
  const boards = boardVendors.flatMap((vendor) => [rule('hidraw', vendor), rule('tty', vendor)]);
  const teensy = teensyProducts.flatMap((product) => [
    rule('hidraw', teensyVendor, product),
    rule('tty', teensyVendor, product),
  ]);
  return [
    '# Surfaces that Longthrow may open. To put them in force:',
    `#   longthrow doctor --udev | sudo tee ${udevPath}`,
    '#   sudo udevadm control --reload && sudo udevadm trigger',
    ...known,
    '',
    '# Boards that surfaces are built of; modem programs leave them alone.',
    ...boards,
    ...teensy,
    '',
  ].join('\n');
}

function rule(subsystem: 'hidraw' | 'tty', vendor: string, product?: string): string {
  const device = product === undefined ? '' : `, ATTRS{idProduct}=="${product}"`;
  const alone = subsystem === 'tty' ? ', ENV{ID_MM_DEVICE_IGNORE}="1"' : '';
  return `SUBSYSTEM=="${subsystem}", ATTRS{idVendor}=="${vendor}"${device}, MODE="0660", TAG+="uaccess"${alone}`;
}
