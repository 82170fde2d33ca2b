import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync} from 'node:fs';
import {extname} from 'node:path';
import {createInterface} from 'node:readline';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import type {Connection, Port} from '../../src/transport/contract.ts';
import {type DriverTransport, supervisedTransport} from '../../src/transport/driver.ts';
import {startDriverProcess} from '../../src/transport/driver-process.ts';
import {lookAt} from '../../src/transport/process-look.ts';
import {isRunning, until} from '../engine/live/live-rig.ts';
import {pidOf} from './driver-pid.ts';

const program = new URL(`driver-program${extname(import.meta.url)}`, import.meta.url);

function echoDriver(): DriverTransport {
  return supervisedTransport('memory', (listener) => startDriverProcess(program, 'memory', listener));
}

/** The first port that is listed from now on. */
function listed(transport: DriverTransport): Promise<Port> {
  return new Promise((resolve) => {
    const end = transport.watch(([first]) => {
      if (first === undefined) return;
      resolve(first);
      setImmediate(() => end());
    });
  });
}

interface Echo {
  readonly connection: Connection;
  readonly lost: Promise<string>;
  /** Sends bytes and resolves when as many came back. */
  back(bytes: Uint8Array): Promise<void>;
}

async function openEcho(transport: DriverTransport): Promise<Echo> {
  let missing = 0;
  let arrived = (): void => {};
  let lose: (reason: string) => void = () => {};
  const lost = new Promise<string>((resolve) => (lose = resolve));
  const opened = await transport.open(await listed(transport), {
    received(bytes) {
      missing -= bytes.length;
      if (missing === 0) arrived();
    },
    lost: (reason) => lose(reason),
  });
  if (opened.state !== 'open') throw new Error(opened.reason);
  const {connection} = opened;
  return {
    connection,
    lost,
    back: (bytes) =>
      new Promise((resolve) => {
        arrived = resolve;
        missing = bytes.length;
        connection.send(bytes);
      }),
  };
}

test('bytes go through the process and come back, and it ends when its transport is closed', async (t) => {
  const transport = echoDriver();
  const {connection, back} = await openEcho(transport);
  await back(Uint8Array.of(0xe2, 0x40, 0x60));
  await back(new Uint8Array(100_000).fill(7));
  t.is(connection.waiting, undefined);
  const processId = pidOf(transport);
  t.true(isRunning(processId));
  t.is(transport.health.failures, 0);
  await transport.close();
  t.false(isRunning(processId));
  t.is((await transport.open({id: 'memory:1', name: 'Echo', kind: 'memory'}, silent)).state, 'failed');
});

const silent = {received: () => {}, lost: () => {}};

const ways = [
  {how: 'is killed', order: undefined, signal: 'SIGKILL', reason: 'the memory driver stopped (SIGKILL)'},
  {how: 'is stopped', order: undefined, signal: 'SIGSTOP', reason: 'the memory driver stopped answering'},
  {how: 'crashes', order: [255, 1], signal: undefined, reason: 'the memory driver stopped (SIGSEGV)'},
  {how: 'hangs in a call', order: [255, 2], signal: undefined, reason: 'the memory driver stopped answering'},
  {how: 'throws', order: [255, 4], signal: undefined, reason: 'the memory driver stopped (the library threw)'},
] as const;

test('the system tells a process that waits or is stopped from one that is at work, and how long that was', async (t) => {
  const script = "process.on('message', (ms) => { for (const end = Date.now() + ms; Date.now() < end;); });";
  const child = spawn(process.execPath, ['-e', script], {stdio: ['ignore', 'ignore', 'ignore', 'ipc']});
  t.teardown(() => child.kill('SIGKILL'));
  const {pid = 0} = child;
  await until('it waits', () => lookAt(pid)?.condition === 'waiting');
  child.send(60_000);
  await until('it is at work', () => lookAt(pid)?.condition === 'ready');
  const {usedMs = 0} = lookAt(pid) ?? {};
  await until('it had time', () => (lookAt(pid)?.usedMs ?? 0) > usedMs + 20);
  child.kill('SIGSTOP');
  await until('it is stopped', () => lookAt(pid)?.condition === 'waiting');
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  t.is(lookAt(pid), undefined);
});

test('however a driver ends, its connections are lost with the reason, and the next one takes over', async (t) => {
  await Promise.all(
    ways.map(async ({how, order, signal, reason}) => {
      const transport = echoDriver();
      const lists: number[] = [];
      transport.watch((ports) => lists.push(ports.length));
      const {connection, lost, back} = await openEcho(transport);
      await back(Uint8Array.of(1));
      const processId = pidOf(transport);
      if (order !== undefined) connection.send(Uint8Array.from(order));
      if (signal !== undefined) process.kill(processId, signal);
      t.is(await lost, reason, how);
      const again = await openEcho(transport);
      await again.back(Uint8Array.of(2));
      t.deepEqual(lists, [1, 0, 1], how);
      t.like(transport.health, {failures: 1, reason, isHopeless: false});
      t.false(isRunning(processId));
      await transport.close();
    }),
  );
});

test('no file stays open and no process is left over, however often a driver is renewed', async (t) => {
  const transport = echoDriver();
  const files = (): number => readdirSync('/proc/self/fd').length;
  let most = 0;
  for (let round = 0; round < 4; round++) {
    const {lost, back} = await openEcho(transport);
    await back(Uint8Array.of(round));
    if (round === 1) most = files();
    if (round > 1) t.true(files() <= most, `${files()} files in round ${round}, ${most} before`);
    const processId = pidOf(transport);
    // A driver that ends at once after its start is started again with pauses.
    await delay(550);
    process.kill(processId, 'SIGKILL');
    await lost;
    t.false(isRunning(processId));
  }
  await transport.close();
  t.is(transport.health.processId, undefined);
});

test('the terminal may signal the whole group: a driver goes on until its desk ends it', async (t) => {
  const transport = echoDriver();
  const {back} = await openEcho(transport);
  await back(Uint8Array.of(1));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(pidOf(transport), signal);
  await back(Uint8Array.of(2));
  t.is(transport.health.failures, 0);
  await transport.close();
});

test('a driver whose desk was killed ends by itself', async (t) => {
  const script = fileURLToPath(new URL(`orphaning-desk${extname(import.meta.url)}`, import.meta.url));
  const desk = spawn(process.execPath, [...process.execArgv, script], {stdio: ['ignore', 'pipe', 'ignore']});
  t.teardown(() => desk.kill('SIGKILL'));
  const [line] = await once(createInterface(desk.stdout), 'line');
  const driver = Number(line);
  t.true(isRunning(driver));
  const startedMs = performance.now();
  desk.kill('SIGKILL');
  await until('the driver is gone', () => !isRunning(driver));
  t.log(`gone after ${(performance.now() - startedMs).toFixed(0)} ms`);
  t.false(isRunning(driver));
});

test('a driver that cannot be started at all is told, not thrown', async (t) => {
  const absent = new URL('no-such-program.js', import.meta.url);
  const transport = supervisedTransport('memory', (listener) => startDriverProcess(absent, 'memory', listener));
  transport.watch(() => {});
  await until('it has failed', () => transport.health.failures > 0);
  t.is(transport.health.reason, 'the memory driver stopped (exit code 1)');
  await transport.close();
});
