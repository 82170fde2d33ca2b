import test from 'ava';
import type {Port} from '../../src/transport/contract.ts';
import {midiTransport} from '../../src/transport/midi.ts';
import {contractLaws} from './contract-laws.ts';
import {FakeMidi} from './fake-midi.ts';
import {settle, VirtualTimers} from './virtual-timers.ts';

function makeWorld() {
  const midi = new FakeMidi();
  const timers = new VirtualTimers();
  const transport = midiTransport({load: midi.load, after: timers.after});
  return {midi, timers, transport};
}

contractLaws(test, 'midi', () => {
  const {midi, timers, transport} = makeWorld();
  return {
    transport,
    settle: () => timers.pass(1000),
    plug(name) {
      const device = midi.plug(name);
      return {
        say: (bytes) => device.received?.(bytes),
        heard: () => device.heard.flatMap((bytes) => [...bytes]),
        pull: () => midi.pull(device),
        replug: () => midi.replug(device),
        setBusy: () => {
          device.busy = true;
        },
        fail: (reason) => {
          device.failing = reason;
        },
      };
    },
  };
});

const silent = {received() {}, lost() {}};

test('nothing is loaded before the first call', (t) => {
  const {midi, transport} = makeWorld();
  t.deepEqual([transport.kind, midi.drivers], ['midi', 0]);
});

test('without MIDI there are no ports, the reason is told, and it is asked again every two seconds', async (t) => {
  const {midi, timers, transport} = makeWorld();
  midi.available = false;
  midi.plug('Desk');
  const seen: (readonly Port[])[] = [];
  transport.watch((ports) => seen.push(ports));
  await timers.pass(5000);
  t.deepEqual(seen, [[]]);
  t.deepEqual(await transport.availability(), {state: 'unavailable', reason: 'no sequencer', cure: 'load it'});
  t.deepEqual(await transport.open({id: 'x', name: 'Desk', kind: 'midi'}, silent), {
    state: 'failed',
    reason: 'no sequencer',
  });
  midi.available = true;
  await timers.pass(2000);
  t.deepEqual(
    seen.map((ports) => ports.length),
    [0, 1],
  );
});

test('a hint from the system is followed when the system has come to rest, without waiting for the next listing', async (t) => {
  const {midi, timers, transport} = makeWorld();
  const seen: [number, number][] = [];
  transport.watch((ports) => seen.push([timers.nowMs, ports.length]));
  await timers.pass(10);
  midi.hint();
  await timers.pass(20);
  midi.plug('Desk');
  midi.hint();
  await timers.pass(20);
  midi.plug('Extender');
  midi.hint();
  await timers.pass(100);
  t.deepEqual(seen, [
    [0, 0],
    [80, 2],
  ]);
});

test('a loss is told within a second without any hint', async (t) => {
  const {midi, timers, transport} = makeWorld();
  const device = midi.plug('Desk');
  let ports: readonly Port[] = [];
  transport.watch((now) => {
    ports = now;
  });
  await timers.pass(130);
  const lost: number[] = [];
  for (const port of ports) await transport.open(port, {received() {}, lost: () => lost.push(timers.nowMs)});
  midi.pull(device);
  const pulledAtMs = timers.nowMs;
  await timers.pass(1000);
  t.true(lost.length === 1 && (lost[0] ?? Number.POSITIVE_INFINITY) - pulledAtMs <= 1000);
});

test('a cable pulled and replugged between two listings is a loss and another port', async (t) => {
  const {midi, timers, transport} = makeWorld();
  const device = midi.plug('Desk');
  let ports: readonly Port[] = [];
  transport.watch((now) => {
    ports = now;
  });
  await timers.pass(0);
  const [before] = ports;
  const losses: string[] = [];
  if (before) await transport.open(before, {received() {}, lost: (reason) => losses.push(reason)});
  midi.pull(device);
  midi.replug(device);
  await timers.pass(500);
  t.deepEqual(losses, ['unplugged']);
  t.is(ports[0]?.name, before?.name);
  t.not(ports[0]?.id, before?.id);
});

test('a loss is told before the list without the port', async (t) => {
  const {midi, timers, transport} = makeWorld();
  const device = midi.plug('Desk');
  const story: string[] = [];
  let ports: readonly Port[] = [];
  transport.watch((now) => {
    ports = now;
    story.push(`${now.length} ports`);
  });
  await timers.pass(0);
  for (const port of ports) await transport.open(port, {received() {}, lost: (reason) => story.push(reason)});
  midi.pull(device);
  await timers.pass(500);
  t.deepEqual(story, ['1 ports', 'unplugged', '0 ports']);
});

test('however often ports are opened, closed, refused and lost, every handle is given back', async (t) => {
  const {midi, timers, transport} = makeWorld();
  const device = midi.plug('Desk');
  let ports: readonly Port[] = [];
  const stop = transport.watch((now) => {
    ports = now;
  });
  await timers.pass(0);
  for (let round = 0; round < 30; round += 1) {
    device.busy = round % 3 === 0;
    for (const port of ports) {
      const opened = await transport.open(port, silent);
      t.is(opened.state, device.busy ? 'busy' : 'open');
      t.is(midi.handles, device.busy ? 0 : 2);
      if (opened.state === 'open' && round % 2 === 0) opened.connection.close();
    }
    midi.pull(device);
    await timers.pass(500);
    midi.replug(device);
    await timers.pass(500);
    t.is(midi.handles, 0);
  }
  stop();
  await transport.close();
  t.deepEqual([midi.handles, midi.drivers, midi.hinted, timers.pending], [0, 0, 0, 0]);
});

test('several messages in one send go to the driver one by one', async (t) => {
  const {midi, timers, transport} = makeWorld();
  const device = midi.plug('Desk');
  let ports: readonly Port[] = [];
  transport.watch((now) => {
    ports = now;
  });
  await timers.pass(0);
  for (const port of ports) {
    const opened = await transport.open(port, silent);
    if (opened.state === 'open') opened.connection.send(Uint8Array.of(0xe0, 1, 2, 0xf0, 0, 0xf7, 0xd0, 3));
  }
  t.deepEqual(
    device.heard.map((bytes) => [...bytes]),
    [
      [0xe0, 1, 2],
      [0xf0, 0, 0xf7],
      [0xd0, 3],
    ],
  );
});

test('a driver that breaks loses its ports and is loaded again', async (t) => {
  const {midi, timers, transport} = makeWorld();
  midi.plug('Desk');
  const seen: number[] = [];
  const losses: string[] = [];
  let ports: readonly Port[] = [];
  transport.watch((now) => {
    ports = now;
    seen.push(now.length);
  });
  await timers.pass(0);
  for (const port of ports) await transport.open(port, {received() {}, lost: (reason) => losses.push(reason)});
  midi.broken = true;
  await timers.pass(500);
  t.deepEqual([losses.length, midi.drivers, midi.handles], [1, 0, 0]);
  midi.broken = false;
  await timers.pass(3000);
  t.deepEqual(seen, [1, 0, 1]);
});

test('nothing is listed while nobody watches and nothing is open', async (t) => {
  const {midi, timers, transport} = makeWorld();
  const stop = transport.watch(() => {});
  await timers.pass(1000);
  stop();
  await timers.pass(1000);
  const {lists} = midi;
  await timers.pass(10_000);
  t.is(midi.lists, lists);
});

test('closed while it loads, a transport gives the driver back', async (t) => {
  const {midi, transport} = makeWorld();
  transport.watch(() => t.fail());
  await transport.close();
  await settle();
  t.is(midi.drivers, 0);
});
