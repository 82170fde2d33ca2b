import test from 'ava';
import fc from 'fast-check';
import type {Connection, Port} from '../../src/transport/contract.ts';
import {type MemoryDevice, memoryTransport} from '../../src/transport/memory.ts';
import {contractLaws} from './contract-laws.ts';

contractLaws(test, 'memory', () => {
  const transport = memoryTransport();
  return {
    transport,
    settle: async () => {},
    plug(name) {
      const device = transport.plug(name);
      return {
        ...device,
        say: (bytes) => device.say(bytes),
        heard: () => device.heard.flatMap((bytes) => [...bytes]),
        setBusy: () => device.setBusy(true),
      };
    },
  };
});

async function connect(device: MemoryDevice, transport = memoryTransport()): Promise<[Connection, number[]]> {
  const received: number[] = [];
  const port: Port = device.port ?? {id: '', name: '', kind: 'memory'};
  const opened = await transport.open(port, {received: (bytes) => received.push(...bytes), lost() {}});
  if (opened.state !== 'open') throw new Error(opened.reason);
  return [opened.connection, received];
}

test('any bytes arrive whole and in order, in whatever chunks they are said', async (t) => {
  const transport = memoryTransport();
  const device = transport.plug('Desk');
  const [, received] = await connect(device, transport);
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 40}), fc.integer({min: -1, max: 50}), (bytes, chunkLength) => {
      received.length = 0;
      device.say(bytes, chunkLength);
      return received.join() === bytes.join();
    }),
  );
  t.pass();
});

test('chunks are at most as long as wished, and never empty', async (t) => {
  const transport = memoryTransport();
  const device = transport.plug('Desk');
  const lengths: number[] = [];
  const port: Port = device.port ?? {id: '', name: '', kind: 'memory'};
  await transport.open(port, {received: (bytes) => lengths.push(bytes.length), lost() {}});
  device.say(new Uint8Array(7), 3);
  device.say(new Uint8Array(0), 3);
  t.deepEqual(lengths, [3, 3, 1]);
});

test('the device hears each message as it was handed over, at once and later', async (t) => {
  const transport = memoryTransport();
  const device = transport.plug('Desk');
  const [connection] = await connect(device, transport);
  const live: number[][] = [];
  const stop = device.onHeard((bytes) => live.push([...bytes]));
  const message = Uint8Array.of(0xd0, 1);
  connection.send(message);
  message[1] = 9;
  stop();
  connection.send(message);
  t.deepEqual(live, [[0xd0, 1]]);
  t.deepEqual(
    device.takeHeard().map((bytes) => [...bytes]),
    [
      [0xd0, 1],
      [0xd0, 9],
    ],
  );
  t.deepEqual(device.takeHeard(), []);
  t.is(device.heard.length, 2);
});

test('devices of one name are ports of their own', async (t) => {
  const transport = memoryTransport();
  const devices = [transport.plug('Desk'), transport.plug('Desk')];
  t.not(devices[0]?.port?.id, devices[1]?.port?.id);
  t.is((await transport.availability()).state, 'available');
});

test('a device says whether the host holds it, and replugging what is plugged changes nothing', async (t) => {
  const transport = memoryTransport();
  const device = transport.plug('Desk');
  const port = device.port;
  device.replug();
  t.is(device.port, port);
  t.false(device.connected);
  const [connection] = await connect(device, transport);
  t.true(device.connected);
  connection.close();
  t.false(device.connected);
  device.pull();
  device.pull();
  t.is(device.port, undefined);
});
