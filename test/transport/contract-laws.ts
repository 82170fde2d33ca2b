import type {TestFn} from 'ava';
import type {Connection, Port, Transport} from '../../src/transport/contract.ts';

/** A transport with one device behind it, and the hand that moves the world. */
export interface World {
  readonly transport: Transport;
  plug(name: string): WorldDevice;
  /** Lets time pass until what has happened is known. */
  settle(): Promise<void>;
}

export interface WorldDevice {
  say(bytes: Uint8Array): void;
  heard(): readonly number[];
  pull(): void;
  replug(): void;
  setBusy(): void;
  /** The driver refuses the next use of the open port. */
  fail(reason: string): void;
}

/** The promises of the contract, checked on any transport. */
export function contractLaws(test: TestFn, name: string, makeWorld: () => World): void {
  const begin = async (device = 'Desk') => {
    const world = makeWorld();
    const plugged = world.plug(device);
    const seen: (readonly Port[])[] = [];
    const stop = world.transport.watch((ports) => seen.push(ports));
    await world.settle();
    const received: Uint8Array[] = [];
    const losses: string[] = [];
    const listener = {
      received: (bytes: Uint8Array) => void received.push(bytes),
      lost: (reason: string) => void losses.push(reason),
    };
    const port = (): Port => seen.at(-1)?.find((candidate) => candidate.name === device) ?? missingPort(device);
    const open = async (): Promise<Connection> => {
      const opened = await world.transport.open(port(), listener);
      if (opened.state !== 'open') throw new Error(opened.reason);
      return opened.connection;
    };
    return {...world, device: plugged, seen, stop, received, losses, listener, port, open};
  };

  test(`${name}: a watcher is told the ports at once, and again whenever they change`, async (t) => {
    const {device, seen, settle, plug, stop} = await begin();
    const names = () => seen.map((ports) => ports.map((port) => port.name));
    t.deepEqual(names(), [['Desk']]);
    plug('Extender');
    await settle();
    device.pull();
    await settle();
    t.deepEqual(names(), [['Desk'], ['Desk', 'Extender'], ['Extender']]);
    stop();
    device.replug();
    await settle();
    t.is(seen.length, 3);
  });

  test(`${name}: bytes arrive as they were said and belong to the listener`, async (t) => {
    const {device, received, open, settle} = await begin();
    await open();
    device.say(Uint8Array.of(0xe0, 0x01, 0x40));
    device.say(Uint8Array.of(0x90, 0x68, 0x7f));
    await settle();
    t.deepEqual(
      [...received].flatMap((bytes) => [...bytes]),
      [0xe0, 0x01, 0x40, 0x90, 0x68, 0x7f],
    );
    t.true(received.every((bytes) => bytes.length > 0 && bytes.constructor === Uint8Array));
    t.not(received[0]?.buffer, received[1]?.buffer);
  });

  test(`${name}: what is sent is heard at once`, async (t) => {
    const {device, open} = await begin();
    const connection = await open();
    connection.send(Uint8Array.of(0xe0, 0x00, 0x40));
    connection.send(Uint8Array.of(0xd0, 0x2a));
    t.deepEqual(device.heard(), [0xe0, 0x00, 0x40, 0xd0, 0x2a]);
  });

  test(`${name}: after close nothing is received, sent or lost, however often it is closed`, async (t) => {
    const {device, received, losses, open, settle} = await begin();
    const connection = await open();
    connection.close();
    connection.close();
    device.say(Uint8Array.of(0xe0, 0, 0));
    connection.send(Uint8Array.of(0xd0, 0));
    device.pull();
    await settle();
    t.deepEqual([received.length, losses.length, device.heard().length], [0, 0, 0]);
  });

  test(`${name}: a pulled cable is told once, and the port goes from the list`, async (t) => {
    const {device, seen, losses, received, open, settle} = await begin();
    const connection = await open();
    device.pull();
    await settle();
    t.deepEqual(losses, ['unplugged']);
    t.deepEqual(seen.at(-1), []);
    t.notThrows(() => connection.send(Uint8Array.of(0xd0, 0)));
    connection.close();
    device.replug();
    await settle();
    device.say(Uint8Array.of(0xe0, 0, 0));
    t.deepEqual([losses.length, received.length, device.heard().length], [1, 0, 0]);
  });

  test(`${name}: a replugged device is back under its name, and its port opens again`, async (t) => {
    const {device, received, port, open, settle} = await begin();
    await open();
    const before = port();
    device.pull();
    await settle();
    device.replug();
    await settle();
    t.is(port().name, before.name);
    const connection = await open();
    device.say(Uint8Array.of(1));
    connection.send(Uint8Array.of(0xd0, 2));
    await settle();
    t.deepEqual(
      received.map((bytes) => [...bytes]),
      [[1]],
    );
    t.deepEqual(device.heard(), [0xd0, 2]);
  });

  test(`${name}: a port that is open, held by others, or no longer there is an answer, not an exception`, async (t) => {
    const {device, transport, listener, port, open, settle} = await begin();
    const connection = await open();
    const old = port();
    t.is((await transport.open(old, listener)).state, 'busy');
    connection.close();
    device.setBusy();
    t.is((await transport.open(old, listener)).state, 'busy');
    device.pull();
    await settle();
    t.is((await transport.open(old, listener)).state, 'gone');
  });

  test(`${name}: a failing driver is a loss with its reason`, async (t) => {
    const {device, losses, open, settle} = await begin();
    const connection = await open();
    device.fail('broken pipe');
    await settle();
    t.notThrows(() => connection.send(Uint8Array.of(0xd0, 0)));
    t.deepEqual(losses, ['broken pipe']);
  });

  test(`${name}: a closed transport tells nothing, opens nothing, and closes again`, async (t) => {
    const {device, transport, listener, losses, received, seen, port, open, settle} = await begin();
    const old = port();
    await open();
    await transport.close();
    await transport.close();
    device.say(Uint8Array.of(1));
    device.pull();
    await settle();
    t.deepEqual([losses.length, received.length, seen.length], [0, 0, 1]);
    t.is((await transport.open(old, listener)).state, 'failed');
    transport.watch(() => t.fail());
    await settle();
  });

  test(`${name}: what a listener does while it listens harms nothing`, async (t) => {
    const {device, transport, port, settle} = await begin();
    const got: number[] = [];
    const opened = await transport.open(port(), {
      received(bytes) {
        got.push(...bytes);
        if (opened.state === 'open') opened.connection.close();
      },
      lost: () => t.fail(),
    });
    device.say(Uint8Array.of(1));
    device.say(Uint8Array.of(2));
    await settle();
    t.deepEqual(got, [1]);
  });
}

function missingPort(name: string): Port {
  throw new Error(`${name} is not listed`);
}
