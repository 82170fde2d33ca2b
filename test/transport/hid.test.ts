import {spawn, spawnSync} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {extname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {shippedMappings} from '../../src/mapping/folder.ts';
import {loadMappings} from '../../src/mapping/load.ts';
import {unpackReports} from '../../src/model/hid-report.ts';
import {createDialect} from '../../src/surface/dialect.ts';
import {interfacesOf} from '../../src/transport/hid-library.ts';
import {numbersReports, pathOf, portsOf, usagesOf} from '../../src/transport/hid-ports.ts';
import {conversation, deviceTree, drawnKey, ioctlTree, keyDescriptor} from './hid-rig.ts';

const {surfaces} = await loadMappings(shippedMappings);
const program = fileURLToPath(new URL(`./hid-program${extname(import.meta.url)}`, import.meta.url));
const hasUmockdev = process.platform === 'linux' && spawnSync('umockdev-run', ['--version']).status === 0;

/** Runs the program with a made device; its lines. */
async function underUmockdev(files: Readonly<Record<string, string | Buffer>>): Promise<readonly object[]> {
  const folder = await mkdtemp(join(tmpdir(), 'longthrow-hid-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const [tree, ioctls, script] = ['tree', 'ioctls', 'script'].map((name) => join(folder, name));
  const device = ['-d', tree ?? '', '-i', `/dev/hidraw0=${ioctls}`, '-s', `/dev/hidraw0=${script}`];
  const child = spawn('umockdev-run', [...device, '--', process.execPath, ...process.execArgv, program]);
  let out = '';
  child.stdout.on('data', (piece: Buffer) => {
    out += piece.toString();
  });
  await new Promise((resolve) => child.on('close', resolve));
  await rm(folder, {recursive: true});
  return out
    .trim()
    .split('\n')
    .map((line): object => JSON.parse(line));
}

test('keys on the real library: listed, opened, lit, drawn, heard and reset, byte for byte', async (t) => {
  const surface = surfaces.find(({id}) => id === 'stream-deck');
  if (surface === undefined) return t.fail('there is no mapping of a Stream Deck');
  if (!hasUmockdev) {
    t.log('no umockdev here (apt-get install umockdev): the HID library was not tried');
    t.pass();
    return;
  }
  const dialect = createDialect(surface);
  const features = [...dialect.hello(), ...dialect.goodbye()].flatMap(unpackReports).map(({bytes}) => bytes);
  const packets = dialect.write([drawnKey]).flatMap(({bytes}) => unpackReports(bytes).map((report) => report.bytes));
  t.deepEqual(
    packets.map(({length}) => length),
    packets.map(() => 1024),
  );
  const pressed = new Uint8Array(512);
  pressed.set([1, 0, 15, 0, 0, 0, 1]);
  const lifted = new Uint8Array(512);
  lifted.set([1, 0, 15, 0]);

  const lines = await underUmockdev({
    tree: deviceTree('0fd9', '0080', 'Stream Deck MK.2', 'AL00TEST0001'),
    ioctls: ioctlTree(features),
    script: conversation(packets, [pressed, lifted]),
  });
  t.deepEqual(lines, [
    {
      ports: [
        {
          id: 'hid:/dev/hidraw0#0003:0FD9:0080.0001',
          name: 'Stream Deck MK.2 AL00TEST0001',
          kind: 'hid',
          usb: {vendor: '0fd9', product: '0080', serial: 'AL00TEST0001'},
          hid: {interface: 0, usages: [{page: 12, usage: 1}], numbered: true},
        },
      ],
      surface: 'stream-deck',
    },
    {opened: ['busy', 'open']},
    {type: 'button.pressed', control: 'select.3'},
    {type: 'button.released', control: 'select.3'},
    {ended: true},
  ]);
});

test('usages are those of the outermost collections', (t) => {
  const of = (hex: string) => usagesOf(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  t.deepEqual(of(keyDescriptor), [{page: 0x0c, usage: 1}]);
  // A keyboard with a consumer part; collections within collections do not count.
  t.deepEqual(of('05 01 09 06 A1 01 05 07 A1 02 C0 C0 05 0C 09 01 A1 01 C0'), [
    {page: 1, usage: 6},
    {page: 12, usage: 1},
  ]);
  t.deepEqual(of('0B 01 00 00 FF A1 01 C0'), [{page: 0xff00, usage: 1}]);
  t.deepEqual(of('FE 02 00 AA BB 06 60 FF 09 61 A1 01'), [{page: 0xff60, usage: 0x61}]);
  t.true(numbersReports(Buffer.from('0601FF0901A10185010902C0', 'hex')));
  t.false(numbersReports(Buffer.from('0601FF0901A1010902C0', 'hex')));
  for (const broken of ['', '05', 'A1', 'FE', 'C0 C0', 'FF FF FF']) t.deepEqual(of(broken), []);
});

test('a device is named by product and serial number, equal ones by a count, and opened by its path', (t) => {
  const found = {
    path: '/dev/hidraw3',
    stamp: '0003:077D:0410.0002',
    name: 'PowerMate',
    vendor: '077d',
    product: '0410',
    serial: undefined,
    interfaceNumber: 0,
    usages: [],
  };
  const ports = portsOf([
    found,
    {...found, path: '/dev/hidraw4', serial: 'A1'},
    {...found, name: '', path: 'IOService:/#1'},
    found,
  ]);
  t.deepEqual(
    ports.map(({name}) => name),
    ['PowerMate', 'PowerMate A1', 'HID 077d:0410', '2- PowerMate'],
  );
  t.deepEqual(ports.map(pathOf), ['/dev/hidraw3', '/dev/hidraw4', 'IOService:/#1', '/dev/hidraw3']);
});

test('what the library lists once a usage is one interface', (t) => {
  const device = {
    vendorId: 0xfd9,
    productId: 0x80,
    path: 'p',
    serialNumber: ' S ',
    product: 'Keys',
    release: 1,
    interface: 2,
  };
  const found = interfacesOf([
    {...device, usagePage: 12, usage: 1},
    {...device, usagePage: 0xff00, usage: 2},
    {vendorId: 1, productId: 2, release: 0, interface: 0},
  ]);
  t.is(found.length, 1);
  t.like(found[0], {vendor: '0fd9', product: '0080', serial: 'S', interfaceNumber: 2, stamp: ''});
  t.deepEqual(found[0]?.usages, [
    {page: 12, usage: 1},
    {page: 0xff00, usage: 2},
  ]);
});
