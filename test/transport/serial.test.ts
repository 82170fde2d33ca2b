import {readdirSync, readlinkSync} from 'node:fs';
import test from 'ava';
import {systemClock} from '../../src/app/clock.ts';
import {deviceTransport} from '../../src/app/firmware/device-transport.ts';
import type {Port} from '../../src/transport/contract.ts';
import {createPortKeeper} from '../../src/transport/port-keeper.ts';
import {serialTransport} from '../../src/transport/serial.ts';
import {isBoard, portOf} from '../../src/transport/serial-ports.ts';
import {compilePtyDevice, startPtyDevice} from './pty-device.ts';
import {VirtualTimers} from './virtual-timers.ts';

const compiled = compilePtyDevice();

function devicesAt(path: string) {
  let blocks = 0;
  const transport = deviceTransport(serialTransport({paths: [path], list: async () => []}), {
    clock: systemClock,
    mayOpen: () => true,
    progress: () => ++blocks,
    live: () => false,
    notice: () => {},
  });
  const found = new Promise<Port>((resolve) => {
    transport.watch((ports) => {
      if (ports[0] !== undefined) resolve(ports[0]);
    });
  });
  return {transport, found};
}

/** Files come and go while they are looked through. */
function isLinkTo(path: string, target: string): boolean {
  try {
    return readlinkSync(path) === target;
  } catch {
    return false;
  }
}

test('only boards are opened unasked', (t) => {
  const usb = (vendor: string, product: string) => portOf('/dev/ttyUSB0', 'x', {vendor, product, serial: undefined});
  for (const [vendor, product] of [
    ['2341', '0043'],
    ['2E8A', '000a'],
    ['16c0', '0483'],
  ] as const)
    t.true(isBoard(usb(vendor, product)), `${vendor}:${product}`);
  for (const [vendor, product] of [
    ['0403', '6001'],
    ['1a86', '7523'],
    ['10c4', 'ea60'],
    ['16c0', '05dc'],
  ] as const)
    t.false(isBoard(usb(vendor, product)), `${vendor}:${product}`);
  t.false(isBoard(portOf('/dev/ttyS0')));
});

test('a port that is not there is gone, and paths are watched', async (t) => {
  const transport = serialTransport({paths: ['/dev/no-such-port'], list: async () => []});
  const listed = await new Promise<readonly Port[]>((resolve) => transport.watch(resolve));
  t.deepEqual(listed, []);
  const opened = await transport.open(portOf('/dev/no-such-port'), {received: () => {}, lost: () => {}});
  t.is(opened.state, 'gone');
  await transport.close();
  const after = await transport.open(portOf('/dev/no-such-port'), {received: () => {}, lost: () => {}});
  t.is(after.state, 'failed');
});

test('a system whose ports cannot be listed has none', async (t) => {
  const transport = serialTransport({list: () => Promise.reject(new Error('spawn udevadm ENOENT'))});
  t.deepEqual(await new Promise((resolve) => transport.watch(resolve)), []);
  await transport.close();
});

if (compiled.state === 'absent') {
  test('without a compiler the line is not tested', (t) => t.log(compiled.reason) ?? t.pass());
} else {
  const {program} = compiled;

  test('the core in C is found behind a real serial port, is heard, shown things, and told good-bye', async (t) => {
    const device = await startPtyDevice(program);
    t.teardown(device.end);
    const {transport, found} = devicesAt(device.path);
    const port = await found;
    t.is(port.surface?.name, 'Eight strips');
    t.is(port.surface?.strips, 8);
    const heard = new Promise<Uint8Array>((resolve) => {
      void transport.open(port, {received: resolve, lost: () => {}});
    });
    device.obey('fader 2 40000');
    t.truthy(await device.line((line) => line === 'linked 1', 1000));
    t.true((await heard).length > 0);
    const before = device.lines.length;
    await transport.close();
    t.truthy(await device.line((line) => line === 'linked 0' && device.lines.lastIndexOf(line) >= before, 500));
  });

  test('a program that is gone is found again by the next, and no file stays open', async (t) => {
    const device = await startPtyDevice(program);
    t.teardown(device.end);
    let first: number | undefined;
    for (let round = 0; round < 3; round++) {
      const {transport, found} = devicesAt(device.path);
      await found;
      await transport.close();
      const open = readdirSync('/proc/self/fd').length;
      first ??= open;
      t.true(open <= first, `${open} files after round ${round}, ${first} after the first`);
    }
  });

  test('a port is opened once however many ask at the same time, and given back where its transport was closed meanwhile', async (t) => {
    const device = await startPtyDevice(program);
    t.teardown(device.end);
    const port = portOf(device.path);
    const files = (): number =>
      readdirSync('/proc/self/fd').filter((fd) => isLinkTo(`/proc/self/fd/${fd}`, device.path)).length;
    const listener = {received: () => {}, lost: () => t.fail()};
    for (const closesEarly of [false, true]) {
      const transport = serialTransport({list: async () => []});
      const opening = Promise.all([transport.open(port, listener), transport.open(port, listener)]);
      if (closesEarly) await transport.close();
      const states = (await opening).map(({state}) => state).sort();
      if (closesEarly) t.false(states.includes('open'));
      else t.deepEqual([states, files()], [['busy', 'open'], 1]);
      await transport.close();
      t.is(files(), 0);
    }
  });

  test('a device that dies is lost by its silence', async (t) => {
    const device = await startPtyDevice(program);
    t.teardown(device.end);
    const {transport, found} = devicesAt(device.path);
    const port = await found;
    const lost = new Promise<string>((resolve) => {
      void transport.open(port, {received: () => {}, lost: resolve});
    });
    device.child.kill('SIGSTOP');
    t.is(await lost, 'it fell silent');
    device.child.kill('SIGCONT');
    await transport.close();
  });
}

test('a system that takes its time to list its ports, or never does, has lost none for that', async (t) => {
  const timers = new VirtualTimers();
  let answer = (): void => {};
  let isSlow = false;
  let ports: readonly Port[] = [portOf('/dev/ttyACM0')];
  const keeper = createPortKeeper({
    list: () =>
      new Promise((resolve) => {
        answer = () => resolve(ports);
        if (!isSlow) answer();
      }),
    everyMs: () => 500,
    watchesHeld: false,
    after: timers.after,
  });
  const lists: number[] = [];
  let ends = 0;
  keeper.watch((now) => lists.push(now.length));
  keeper.hold('/dev/ttyACM0', {received() {}, lost: () => (ends += 1)}, async () => {});
  await timers.pass(2000);
  isSlow = true;
  await timers.pass(20_000);
  t.deepEqual([lists, ends], [[1], 0]);
  answer();
  await timers.pass(100_000);
  t.deepEqual([lists, ends], [[1], 0]);
  isSlow = false;
  ports = [];
  await timers.pass(31_000);
  t.deepEqual([lists, ends], [[1, 0], 1]);
  await keeper.close();
});
