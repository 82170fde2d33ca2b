import test from 'ava';
import fc from 'fast-check';
import type {Opened, Port, Transport} from '../../src/transport/contract.ts';
import {type DriverTransport, supervisedTransport} from '../../src/transport/driver.ts';
import {createDriverConnections} from '../../src/transport/driver-connections.ts';
import type {DriverWear, ToDriver} from '../../src/transport/driver-message.ts';
import type {StartDriverProcess} from '../../src/transport/driver-process.ts';
import {createDriverServer} from '../../src/transport/driver-server.ts';
import type {ProcessLook} from '../../src/transport/driver-silence.ts';
import {memoryTransport} from '../../src/transport/memory.ts';
import {createPortBlame} from '../../src/transport/port-blame.ts';
import {contractLaws} from './contract-laws.ts';
import {fakeDrivers} from './fake-driver.ts';
import {settle, VirtualTimers} from './virtual-timers.ts';

const soon = (_delayMs: number, call: () => void): (() => void) => {
  const immediate = setImmediate(call);
  return () => clearImmediate(immediate);
};

for (const [name, seesPorts] of [
  ['a driver', false],
  ['a driver whose ports are seen without it', true],
] as const) {
  contractLaws(test, name, () => {
    const still = new VirtualTimers();
    const drivers = fakeDrivers((delayMs, call) => (delayMs >= 200 ? still.after(delayMs, call) : soon(delayMs, call)));
    const {devices} = drivers;
    const watchPorts = seesPorts ? {watchPorts: devices.watch} : {};
    return {
      transport: supervisedTransport('memory', drivers.start, {clock: still, ...watchPorts}),
      async settle() {
        for (let turn = 0; turn < 4; turn++) await settle();
      },
      plug(device) {
        const plugged = devices.plug(device);
        return {
          ...plugged,
          say: (bytes) => plugged.say(bytes),
          heard: () => plugged.heard.flatMap((bytes) => [...bytes]),
          setBusy: () => plugged.setBusy(true),
        };
      },
    };
  });
}

/** A driver over a virtual clock, with one device, and all that its users are told. */
function begin() {
  const timers = new VirtualTimers();
  const drivers = fakeDrivers(timers.after);
  const device = drivers.devices.plug('Desk');
  const transport = supervisedTransport('memory', drivers.start, {clock: timers});
  const lists: (readonly Port[])[] = [];
  const ends: string[] = [];
  let received = 0;
  return {
    timers,
    drivers,
    device,
    transport,
    lists,
    ends,
    get received() {
      return received;
    },
    watch: () => transport.watch((ports) => lists.push(ports)),
    async open() {
      const opening = transport.open(lists.at(-1)?.[0] ?? {id: 'memory:1', name: 'Desk', kind: 'memory'}, {
        received: (bytes) => {
          received += bytes.length;
        },
        lost: (reason) => ends.push(reason),
      });
      await timers.pass(100);
      const opened = await opening;
      if (opened.state !== 'open') throw new Error(opened.reason);
      return opened.connection;
    },
  };
}

test('nothing is started before anybody watches, asks or opens', async (t) => {
  const {drivers, watch, timers, transport, lists} = begin();
  await timers.pass(10_000);
  t.is(drivers.all.length, 0);
  watch();
  await timers.pass(100);
  t.deepEqual([drivers.all.length, lists.length, lists[0]?.length], [1, 1, 1]);
  t.deepEqual(await transport.availability(), {state: 'available'});
});

test('a driver that falls silent is killed within 1.1 s, and its port is open again within 1.3 s', async (t) => {
  const {drivers, watch, timers, open, ends, lists} = begin();
  watch();
  await timers.pass(3000);
  await open();
  drivers.newest.freeze();
  await timers.pass(600);
  t.deepEqual(ends, []);
  await timers.pass(500);
  t.deepEqual(ends, ['the memory driver stopped answering']);
  await timers.pass(200);
  t.deepEqual(
    lists.map(({length}) => length),
    [1, 0, 1],
  );
  await open();
  t.is(drivers.mostAtOnce, 1);
});

/** What becomes of a driver that says nothing, by what the system says of it tick by tick; answers when its connection is lost. */
const silences: readonly {
  readonly how: string;
  readonly look: (silentMs: number) => ProcessLook | undefined;
  readonly endsMs: readonly [number, number];
}[] = [
  {how: 'of which the system does not tell', look: () => undefined, endsMs: [900, 1100]},
  {how: 'that is stopped', look: () => ({condition: 'waiting', usedMs: 70}), endsMs: [900, 1100]},
  {how: 'that gets no time', look: () => ({condition: 'ready', usedMs: 70}), endsMs: [29_900, 30_200]},
  {
    how: 'that gets hardly any time',
    look: (ms) => ({condition: ms % 1000 < 100 ? 'waiting' : 'ready', usedMs: 70 + ms / 50}),
    endsMs: [5900, 8200],
  },
  {how: 'that turns in a circle', look: (ms) => ({condition: 'ready', usedMs: 70 + ms}), endsMs: [4300, 4600]},
  {
    how: 'that turns in a circle at half speed',
    look: (ms) => ({condition: 'ready', usedMs: 70 + ms / 2}),
    endsMs: [8300, 8600],
  },
  {how: 'that waits for a disk', look: () => ({condition: 'disk', usedMs: 70}), endsMs: [2600, 2900]},
];

for (const {how, look, endsMs} of silences) {
  test(`a driver ${how} is waited for as long as it could not have spoken, but not for ever`, async (t) => {
    const {drivers, watch, timers, open, ends} = begin();
    watch();
    await timers.pass(3000);
    await open();
    const {newest} = drivers;
    newest.freeze();
    let silentMs = 0;
    for (; ends.length === 0 && silentMs < 60_000; silentMs += 50) {
      newest.look = look(silentMs);
      await timers.pass(50);
    }
    t.true(silentMs >= endsMs[0] && silentMs <= endsMs[1], `after ${silentMs} ms`);
  });
}

test('what loading took is what a slow machine may take for anything else', async (t) => {
  const {drivers, watch, timers, open, ends} = begin();
  watch();
  drivers.newest.look = {condition: 'ready', usedMs: 12_000};
  await timers.pass(3000);
  await open();
  drivers.newest.freeze();
  let silentMs = 0;
  for (; ends.length === 0 && silentMs < 60_000; silentMs += 50) {
    drivers.newest.look = {condition: 'ready', usedMs: 12_100 + silentMs};
    await timers.pass(50);
  }
  t.true(silentMs > 12_200 && silentMs < 12_700, `after ${silentMs} ms`);
});

test('a driver that speaks now and then on a busy machine is never taken for one that hangs', async (t) => {
  const {drivers, watch, timers, open, ends, device} = begin();
  watch();
  await timers.pass(3000);
  await open();
  const {newest} = drivers;
  newest.freeze();
  for (let silence = 0; silence < 10; silence++) {
    for (let tick = 0; tick < 25; tick++) {
      // It is found waiting just after it has spoken, and once by chance.
      newest.look = {condition: tick < 2 || tick === 20 ? 'waiting' : 'ready', usedMs: 70 + silence * 20};
      await timers.pass(100);
    }
    newest.thaw();
    device.say(Uint8Array.of(1));
    await timers.pass(10);
    newest.freeze();
  }
  t.deepEqual([ends.length, drivers.all.length], [0, 1]);
});

test('one that takes long to load on a busy machine is waited for, one that hangs while it loads is not', async (t) => {
  for (const [condition, endsMs] of [
    ['ready', 300_000],
    ['waiting', 10_000],
  ] as const) {
    const {drivers, watch, timers} = begin();
    drivers.broken = true;
    watch();
    drivers.newest.look = {condition, usedMs: 70};
    await timers.pass(endsMs - 300);
    t.is(drivers.all.length, 1, condition);
    await timers.pass(700);
    t.is(drivers.all.length, 2, condition);
  }
});

test('where this program itself stood still its driver is not blamed', async (t) => {
  const {drivers, watch, timers, ends, open} = begin();
  watch();
  await timers.pass(3000);
  await open();
  // Nothing is called for a minute, as when a computer sleeps; then the clock is found to have gone on.
  timers.nowMs += 60_000;
  await timers.pass(1000);
  t.deepEqual([ends.length, drivers.all.length], [0, 1]);
});

test('a driver that ends at once after each start is tried less and less often, and says that it does not work', async (t) => {
  const {drivers, watch, timers, transport, lists, open} = begin();
  drivers.broken = true;
  watch();
  const starts: number[] = [];
  for (let second = 0; second < 240; second++) {
    if (drivers.newest.isAlive) drivers.newest.die('SIGSEGV');
    await timers.pass(1000);
    starts.push(drivers.all.length);
  }
  t.true((starts.at(-1) ?? 0) <= 16, `${starts.at(-1)} starts in four minutes`);
  t.true((starts.at(-1) ?? 0) - (starts.at(-70) ?? 0) >= 2, 'it is still tried');
  t.true(transport.health.isHopeless);
  const availability = await transport.availability();
  t.like(availability, {state: 'unavailable', reason: 'the memory driver stopped (SIGSEGV)'});
  t.deepEqual(lists, [[]]);
  const opened = await transport.open({id: 'memory:1', name: 'Desk', kind: 'memory'}, {received() {}, lost() {}});
  t.like(opened, {state: 'failed', reason: 'the memory driver stopped (SIGSEGV)'});
  drivers.broken = false;
  await timers.pass(31_000);
  t.false(transport.health.isHopeless);
  t.is(lists.at(-1)?.length, 1);
  await open();
});

test('one that hangs at once after each start is tried less and less often, too', async (t) => {
  const {drivers, watch, timers, transport, lists} = begin();
  watch();
  for (let passedMs = 0; passedMs < 240_000; passedMs += 20) {
    await timers.pass(20);
    if (lists.at(-1)?.length === 1) drivers.newest.freeze();
  }
  t.true(drivers.all.length <= 16, `${drivers.all.length} starts in four minutes`);
  t.true(transport.health.isHopeless);
  t.is(transport.health.failures, drivers.all.length);
  t.like(await transport.availability(), {state: 'unavailable', reason: 'the memory driver stopped answering'});
  t.is(drivers.mostAtOnce, 1);
});

test('a driver gives no sign of life before its transport is loaded', async (t) => {
  const told: string[] = [];
  let loaded = (): void => {};
  const loading = new Promise<Transport>((resolve) => {
    loaded = () => resolve(memoryTransport());
  });
  const server = createDriverServer(
    () => loading,
    ({type}) => told.push(type),
  );
  server.hear({type: 'begin', setup: {}, known: []});
  server.alive();
  await settle();
  server.alive();
  t.deepEqual(told, []);
  loaded();
  await settle();
  server.alive();
  t.deepEqual(told, ['alive', 'ports', 'alive']);
});

test('one that waits for a slow disk before its library takes seconds to load is given as long as any that loads', async (t) => {
  const {drivers, watch, timers, transport, lists} = begin();
  drivers.loadMs = 8000;
  watch();
  const {newest} = drivers;
  newest.look = {condition: 'disk', usedMs: 70};
  await timers.pass(400);
  newest.freeze();
  for (let workedMs = 0; workedMs < 7000; workedMs += 100) {
    newest.look = {condition: 'ready', usedMs: 70 + workedMs};
    await timers.pass(100);
  }
  newest.thaw();
  await timers.pass(1000);
  t.deepEqual([drivers.all.length, transport.health.failures, lists.length], [1, 0, 1]);
});

/** A desk that keeps open what there is, and opens again a second later what failed; how often each port was open. */
function keepOpen(transport: DriverTransport, timers: VirtualTimers) {
  const open = new Set<string>();
  const opened = new Map<string, number>();
  const reasons = new Map<string, string>();
  let ports: readonly Port[] = [];
  const tried = new Set<string>();
  const tryOpen = async (port: Port): Promise<void> => {
    if (tried.has(port.name) || open.has(port.name)) return;
    tried.add(port.name);
    const answer = await transport.open(port, {received() {}, lost: () => open.delete(port.name)});
    tried.delete(port.name);
    if (answer.state === 'open') {
      open.add(port.name);
      opened.set(port.name, (opened.get(port.name) ?? 0) + 1);
    } else {
      reasons.set(port.name, answer.reason);
      timers.after(1000, () => ports.some(({id}) => id === port.id) && void tryOpen(port));
    }
  };
  transport.watch((now) => {
    ports = now;
    for (const port of now) void tryOpen(port);
  });
  return {open, opened, reasons};
}

for (const names of [
  ['Bad', 'Good', 'Fine'],
  ['Good', 'Bad', 'Fine'],
] as const)
  test(`a device that hangs the driver whenever it is opened is left alone, and the others go on (${names.join(', ')})`, async (t) => {
    const timers = new VirtualTimers();
    const drivers = fakeDrivers(timers.after);
    for (const name of names) drivers.devices.plug(name);
    drivers.hangsOpening = 'Bad';
    const transport = supervisedTransport('memory', drivers.start, {clock: timers});
    const {open, opened, reasons} = keepOpen(transport, timers);
    await timers.pass(8000);
    const told = 'Bad took the memory driver with it 3 times when it was opened, and is left alone for a minute';
    t.deepEqual([...open].sort(), ['Fine', 'Good']);
    t.deepEqual(transport.health.leftAlone, [told]);
    t.is(reasons.get('Bad'), told);
    t.deepEqual([drivers.all.length, transport.health.isHopeless], [4, false]);
    // It is tried again after one minute, two more and four more.
    await timers.pass(432_000);
    t.is(drivers.all.length, 7);
    t.true((opened.get('Good') ?? 0) <= 7, `opened ${opened.get('Good')} times`);
    t.deepEqual([...open].sort(), ['Fine', 'Good']);
    drivers.hangsOpening = undefined;
    await timers.pass(480_000);
    t.deepEqual([...open].sort(), ['Bad', 'Fine', 'Good']);
    t.deepEqual([drivers.all.length, transport.health.leftAlone], [7, []]);
  });

test('a port is blamed for what happens in a row while it is opened, and for nothing once it opens or is unplugged', (t) => {
  let nowMs = 0;
  const blame = createPortBlame('MIDI', () => nowMs);
  const [bad, good]: readonly Port[] = ['Bad', 'Good'].map((name) => ({id: name, name, kind: 'midi'}));
  if (bad === undefined || good === undefined) return t.fail();
  blame.lost([bad, good]);
  blame.lost([bad]);
  blame.answered(good);
  t.deepEqual([blame.isSuspect(bad), blame.isSuspect(good), blame.refusals], [true, false, []]);
  blame.lost([bad]);
  t.is(blame.refusals.length, 1);
  for (const minutes of [1, 2, 4, 8, 16, 30, 30]) {
    nowMs += minutes * 60_000 - 1;
    t.regex(
      blame.refusal(bad) ?? '',
      /^Bad took the MIDI driver with it \d times .* for a minute$/,
      `${minutes} minutes`,
    );
    nowMs += 1;
    t.is(blame.refusal(bad), undefined, `${minutes} minutes`);
    blame.lost([bad]);
  }
  t.is(blame.refusal(good), undefined);
  blame.found([bad, good]);
  t.true(blame.isSuspect(bad));
  blame.found([good]);
  t.deepEqual([blame.isSuspect(bad), blame.refusal(bad)], [false, undefined]);
  blame.lost([good]);
  blame.lost([good]);
  blame.answered(good);
  blame.lost([good]);
  t.deepEqual(blame.refusals, []);
});

test('losses that are not in a row, and drivers that are renewed, are held against no port', async (t) => {
  const port: Port = {id: 'a', name: 'A', kind: 'midi'};
  const posted: ToDriver['type'][] = [];
  const connections = createDriverConnections(
    ({type}) => posted.push(type),
    createPortBlame('MIDI', () => 0),
    () => 0,
  );
  let number = 0;
  const open = async (end: () => void): Promise<string> => {
    number += 1;
    const opening = connections.open(port, undefined, {received() {}, lost() {}});
    end();
    return (await opening).state;
  };
  const fail = (failed: boolean) => () => connections.loseAll('lost', failed);
  const answer = () =>
    connections.told({type: 'opened', connection: number, opened: {state: 'busy', reason: 'held by another'}});
  const states: string[] = [];
  for (const end of [fail(true), fail(true), answer, fail(true), fail(false), fail(false), fail(true)])
    states.push(await open(end));
  t.deepEqual(states, ['failed', 'failed', 'busy', 'failed', 'failed', 'failed', 'failed']);
  t.is(posted.length, 7);
  await open(fail(true));
  t.is(posted.length, 8);
  await open(answer);
  t.is(posted.length, 8);
});

test('a driver that is killed every 1.5 s is back each time at once', async (t) => {
  const {drivers, watch, timers, open, ends} = begin();
  watch();
  for (let kill = 0; kill < 50; kill++) {
    await timers.pass(1400);
    await open();
    drivers.newest.die('SIGKILL');
  }
  t.is(drivers.all.length, 51);
  t.is(ends.length, 50);
});

test('what is sent to a driver that takes nothing is bounded: it is killed before its second is over', async (t) => {
  const {drivers, watch, timers, open, ends} = begin();
  watch();
  await timers.pass(3000);
  const connection = await open();
  drivers.newest.freeze();
  for (let sent = 0; sent < 5_000_000; sent += 100_000) connection.send(new Uint8Array(100_000));
  t.deepEqual(ends, ['the memory driver took nothing any more']);
  await timers.pass(200);
  t.deepEqual([drivers.all.length, drivers.mostAtOnce], [2, 1]);
});

const fresh: DriverWear = {listings: 0, files: 20, memoryMb: 45};
const wears: readonly {
  readonly name: string;
  readonly wear: DriverWear;
  readonly idle: boolean;
  readonly quiet: boolean;
  readonly busy: boolean;
}[] = [
  {name: 'fresh', wear: fresh, idle: false, quiet: false, busy: false},
  {name: 'after 10,000 listings', wear: {...fresh, listings: 10_000}, idle: true, quiet: true, busy: false},
  {name: 'after 100,000 listings', wear: {...fresh, listings: 100_000}, idle: true, quiet: true, busy: true},
  {name: 'with 100 files', wear: {...fresh, files: 100}, idle: true, quiet: false, busy: false},
  {name: 'with 110 files', wear: {...fresh, files: 110}, idle: true, quiet: true, busy: false},
  {name: 'with 170 files', wear: {...fresh, files: 170}, idle: true, quiet: true, busy: true},
  {name: 'with 300 MB', wear: {...fresh, memoryMb: 300}, idle: true, quiet: true, busy: false},
  {name: 'with 600 MB', wear: {...fresh, memoryMb: 600}, idle: true, quiet: true, busy: true},
];

for (const {name, wear, ...expected} of wears) {
  test(`a driver ${name} is renewed where that is due: idle, with a quiet connection, in traffic`, async (t) => {
    const renewed = async (use: 'idle' | 'quiet' | 'busy'): Promise<boolean> => {
      const {drivers, watch, timers, open, ends, transport} = begin();
      watch();
      await timers.pass(100);
      const connection = use === 'idle' ? undefined : await open();
      drivers.newest.wear = wear;
      timers.advance(59_000);
      t.is(drivers.all.length, 1, 'a young one is left alone');
      for (let passed = 0; passed < 40; passed++) {
        if (use === 'busy') connection?.send(Uint8Array.of(1));
        timers.advance(500);
        await settle();
      }
      const isRenewed = drivers.all.length > 1;
      if (isRenewed && use !== 'idle') t.deepEqual(ends, ['the memory driver is being renewed']);
      t.like(transport.health, {failures: 0, renewals: drivers.all.length - 1});
      return isRenewed;
    };
    t.deepEqual({idle: await renewed('idle'), quiet: await renewed('quiet'), busy: await renewed('busy')}, expected);
  });
}

test('a listener that closes the transport when it loses its connection leaves no process behind', async (t) => {
  const {drivers, timers, transport} = begin();
  transport.watch(() => {});
  await timers.pass(1000);
  const opening = transport.open(
    {id: 'memory:1', name: 'Desk', kind: 'memory'},
    {
      received() {},
      lost: () => void transport.close(),
    },
  );
  await timers.pass(100);
  await opening;
  drivers.newest.die('SIGSEGV');
  await timers.pass(5000);
  t.deepEqual(drivers.all.map(({isAlive}) => isAlive).includes(true), false);
});

test('what waits is counted from the desk to the line, wherever it waits', (t) => {
  const posted: ToDriver[] = [];
  const connections = createDriverConnections(
    (message) => posted.push(message),
    createPortBlame('serial', () => 0),
    () => 0,
  );
  const opening = connections.open({id: 'a', name: 'A', kind: 'serial'}, undefined, {received() {}, lost() {}});
  connections.told({type: 'opened', connection: 1, opened: {state: 'open', counts: true}});
  return opening.then((opened) => {
    if (opened.state !== 'open') return t.fail(opened.reason);
    const {connection} = opened;
    t.is(connection.waiting, 0);
    connection.send(new Uint8Array(100));
    connection.send(new Uint8Array(20));
    t.is(connection.waiting, 120);
    connections.told({type: 'taken', connection: 1, bytes: 100, waiting: 70});
    t.is(connection.waiting, 90);
    connections.told({type: 'taken', connection: 1, bytes: 120, waiting: 0});
    t.is(connection.waiting, 0);
    t.is(connections.untakenBytes, 0);
  });
});

test('what a device says as its port opens, and even that it is lost, is told after whoever opened it has gone on, through however many promises', async (t) => {
  for (const wrappers of [0, 1, 20]) {
    const happened: string[] = [];
    const start: StartDriverProcess = ({told}) => {
      setImmediate(() => told([{type: 'ports', ports: []}]));
      return {
        processId: 1,
        look: () => undefined,
        kill() {},
        post(message) {
          if (message.type !== 'open') return;
          const {connection} = message;
          setImmediate(() =>
            told([
              {type: 'received', connection, bytes: Uint8Array.of(1)},
              {type: 'opened', connection, opened: {state: 'open', counts: false}},
              {type: 'received', connection, bytes: Uint8Array.of(2)},
              {type: 'lost', connection, reason: 'unplugged'},
            ]),
          );
        },
      };
    };
    const transport = supervisedTransport('memory', start, {clock: new VirtualTimers()});
    const listener = {
      received: (bytes: Uint8Array) => void happened.push(`received ${bytes.join()}`),
      lost: (reason: string) => void happened.push(`lost ${reason}`),
    };
    const open = async (left: number): Promise<Opened> =>
      left === 0 ? transport.open({id: 'x', name: 'X', kind: 'memory'}, listener) : open(left - 1);
    const {state} = await open(wrappers);
    happened.push(state);
    await settle();
    t.deepEqual(happened, ['open', 'received 1', 'received 2', 'lost unplugged'], `${wrappers}`);
  }
});

type Deed =
  | {readonly type: 'pass'; readonly ms: number}
  | {readonly type: 'die' | 'freeze' | 'wear' | 'open' | 'send' | 'close' | 'pull'};

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {weight: 3, arbitrary: fc.integer({min: 0, max: 2500}).map((ms): Deed => ({type: 'pass', ms}))},
  {
    weight: 4,
    arbitrary: fc.constantFrom('die', 'freeze', 'wear', 'open', 'send', 'close', 'pull').map((type): Deed => ({type})),
  },
);

test('whatever happens to drivers there are never two at once, each connection ends exactly once, and the port comes back', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, {maxLength: 25}), fc.boolean(), async (deeds, isClosedAtLast) => {
      const timers = new VirtualTimers();
      const drivers = fakeDrivers(timers.after);
      const device = drivers.devices.plug('Desk');
      const transport = supervisedTransport('memory', drivers.start, {clock: timers});
      let ports: readonly Port[] = [];
      transport.watch((list) => {
        ports = list;
      });
      const lines: {close: (() => void) | undefined; send: (() => void) | undefined; ends: number}[] = [];
      const openings: Promise<void>[] = [];
      const doDeed = async (one: Deed): Promise<void> => {
        const newest = drivers.all.at(-1);
        if (one.type === 'pass') await timers.pass(one.ms);
        else if (one.type === 'die') newest?.die('SIGSEGV');
        else if (one.type === 'freeze') newest?.freeze();
        else if (one.type === 'wear' && newest) newest.wear = {...fresh, listings: 200_000};
        else if (one.type === 'send') for (const {send} of lines) send?.();
        else if (one.type === 'close') lines.at(-1)?.close?.();
        else if (one.type === 'pull') {
          device.pull();
          device.replug();
        } else if (one.type === 'open' && ports[0] !== undefined) {
          const line: (typeof lines)[number] = {close: undefined, send: undefined, ends: 0};
          openings.push(
            transport.open(ports[0], {received() {}, lost: () => (line.ends += 1)}).then((opened) => {
              if (opened.state !== 'open') return;
              lines.push(line);
              line.send = () => opened.connection.send(new Uint8Array(1_000_000));
              line.close = () => {
                line.close = undefined;
                if (line.ends === 0) line.ends += 1;
                opened.connection.close();
              };
            }),
          );
        }
        await settle();
      };
      for (const one of deeds) await doDeed(one);
      if (isClosedAtLast) {
        const ends = lines.map((line) => line.ends);
        const closing = transport.close();
        await timers.pass(3000);
        await closing;
        await Promise.all(openings);
        if (drivers.all.some(({isAlive}) => isAlive)) return false;
        if (ends.some((count, index) => lines[index]?.ends !== count)) return false;
      } else {
        // One that is being renewed at this very moment is no fault.
        drivers.newest.wear = fresh;
        await timers.pass(60_000);
        await Promise.all(openings);
        if (ports.length !== 1 || transport.health.isHopeless) return false;
        drivers.newest.die('SIGKILL');
        if (lines.some(({ends}) => ends !== 1)) return false;
      }
      return drivers.mostAtOnce <= 1 && lines.every(({ends}) => ends <= 1);
    }),
    {numRuns: Number(process.env['RUNS'] ?? 25)},
  );
  t.pass();
});
