import type {Change} from '../../src/model/picture.ts';

/** What is drawn on the first key. */
export const drawnKey: Change = {
  output: 'key.select.1',
  cell: {
    type: 'key',
    top: 'Kick',
    bottom: '-6.0',
    colour: 'red',
    hue: 'orange',
    brightness: 1,
    level: 12,
  },
  because: 'test',
};

/** A report descriptor of a consumer device: input report 1 of 511 bytes, output report 2 of 1,023, feature report 3 of 31. */
export const keyDescriptor = [
  '05 0C 09 01 A1 01 15 00 26 FF 00 75 08',
  '85 01 0A 00 FF 96 FF 01 81 02 85 02 0A 00 FF 96 FF 03 91 02 85 03 0A 00 FF 95 1F B1 02 C0',
]
  .join(' ')
  .replaceAll(' ', '');

const root = '/devices/pci0000:00/0000:00:14.0/usb1/1-1';

/** The device tree of one USB device with one HID interface, as umockdev reads it. */
export function deviceTree(vendor: string, product: string, name: string, serial: string): string {
  const id = `0003:${vendor.toUpperCase()}:${product.toUpperCase()}.0001`;
  return [
    `P: ${root}`,
    'E: DEVTYPE=usb_device',
    'E: SUBSYSTEM=usb',
    `A: idVendor=${vendor}`,
    `A: idProduct=${product}`,
    'A: manufacturer=Lab',
    `A: product=${name}`,
    `A: serial=${serial}`,
    'A: bcdDevice=0100',
    '',
    `P: ${root}/1-1:1.0`,
    'E: DEVTYPE=usb_interface',
    'E: SUBSYSTEM=usb',
    'A: bInterfaceNumber=00',
    '',
    `P: ${root}/1-1:1.0/${id}`,
    `E: HID_ID=0003:0000${vendor.toUpperCase()}:0000${product.toUpperCase()}`,
    `E: HID_NAME=${name}`,
    'E: HID_PHYS=usb-0000:00:14.0-1/input0',
    `E: HID_UNIQ=${serial}`,
    'E: SUBSYSTEM=hid',
    `H: report_descriptor=${keyDescriptor}`,
    '',
    `P: ${root}/1-1:1.0/${id}/hidraw/hidraw0`,
    'N: hidraw0',
    `L: device=../../../${id}`,
    'E: DEVNAME=/dev/hidraw0',
    'E: MAJOR=240',
    'E: MINOR=0',
    'E: SUBSYSTEM=hidraw',
    '',
  ].join('\n');
}

/** Answers to the system calls of a raw device, and the feature reports that it takes, byte for byte. */
export function ioctlTree(features: readonly Uint8Array[]): string {
  const length = keyDescriptor.length / 2;
  const size = Buffer.from(Uint32Array.of(length).buffer).toString('hex').toUpperCase();
  return [
    '@DEV /dev/hidraw0',
    `HIDIOCGRDESCSIZE 0 ${size}`,
    `HIDIOCGRDESC 0 ${size}${keyDescriptor}${'00'.repeat(4096 - length)}`,
    ...features.map((bytes) => `HIDIOCSFEATURE ${bytes.length} ${Buffer.from(bytes).toString('hex').toUpperCase()}`),
    '',
  ].join('\n');
}

/** What is written to the device, which must come byte for byte, and then what it says. */
export function conversation(written: readonly Uint8Array[], said: readonly Uint8Array[]): Buffer {
  const line = (operation: string, bytes: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from(`${operation} `), escaped(bytes), Buffer.from('\n')]);
  return Buffer.concat([...written.map((bytes) => line('w 0', bytes)), ...said.map((bytes) => line('r 20', bytes))]);
}

/** Bytes up to 32 and the caret are written as a caret and a letter, all others as they are. */
function escaped(bytes: Uint8Array): Buffer {
  return Buffer.from(
    [...bytes].flatMap((byte) => (byte === 0x5e ? [0x5e, 0x60] : byte < 32 ? [0x5e, byte + 64] : [byte])),
  );
}
