import {extname, join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import {systemClock} from '../../src/app/clock.ts';
import {deviceTransport} from '../../src/app/firmware/device-transport.ts';
import {openLiveEngine} from '../../src/engine/live/live-engine.ts';
import type {Connection, Port, Transport} from '../../src/transport/contract.ts';
import {type DriverTransport, driverTransport, supervisedTransport} from '../../src/transport/driver.ts';
import {driverKinds} from '../../src/transport/driver-kinds.ts';
import {startDriverProcess} from '../../src/transport/driver-process.ts';
import {temporaryFolder, twoTones, until} from '../engine/live/live-rig.ts';
import {pidOf} from './driver-pid.ts';
import {compilePtyDevice, startPtyDevice} from './pty-device.ts';

/** How often each driver is killed, and as often stopped: 2 by rule, 50 where LONGTHROW_KILLS says so. */
const kills = Number(process.env['LONGTHROW_KILLS'] ?? 2);
const program = new URL(`driver-program${extname(import.meta.url)}`, import.meta.url);
const compiled = compilePtyDevice();
/** A driver that worked for less than half a second is started again with pauses; one that is stopped worked until its last sign of life, of which there are five a second. */
const lifeMs = 720;
/** How long it may take to be back, in ms: where nothing else runs, and where everything waits its turn. */
const quickMs = 2000;
const slowMs = 20_000;

const folder = await temporaryFolder();
test.after.always(() => folder.remove());

/** A driver whose process is to be ended, and how to tell that it is of use again. */
interface Victim {
  readonly name: string;
  readonly transport: DriverTransport;
  /** Resolves when the driver that runs now does its work. */
  works(): Promise<void>;
  close(): Promise<void>;
}

/** A device that says back what it hears: it works while bytes come back, which move a strip of the engine. */
function echoVictim(name: string, moved: (value: number) => void): Victim {
  const transport = supervisedTransport('memory', (listener) => startDriverProcess(program, 'memory', listener));
  let connection: Connection | undefined;
  let heard = (): void => {};
  const open = async (port: Port | undefined): Promise<void> => {
    if (port === undefined || connection !== undefined) return;
    const opened = await transport.open(port, {
      received: (bytes) => {
        moved(bytes[0] ?? 0);
        heard();
      },
      lost: () => {
        connection = undefined;
      },
    });
    if (opened.state === 'open') ({connection} = opened);
  };
  transport.watch(([port]) => void open(port));
  let count = 0;
  const traffic = setInterval(() => {
    count += 1;
    connection?.send(Uint8Array.of(count % 250, 0x40, 0x60));
  }, 4);
  return {
    name,
    transport,
    works: () =>
      new Promise((resolve) => {
        heard = resolve;
      }),
    async close() {
      clearInterval(traffic);
      await transport.close();
    },
  };
}

/** A kind as it comes with the desk, whatever is plugged in here: it works when it answers. */
function kindVictim(name: string, kind: keyof typeof driverKinds): Victim {
  const transport = driverTransport(kind);
  return {
    name,
    transport,
    async works() {
      await transport.availability();
    },
    close: () => transport.close(),
  };
}

/** The firmware's core on a real serial line, its faders moving: it works when the device has told again what it is. */
async function serialVictim(name: string, coreProgram: string): Promise<Victim> {
  const device = await startPtyDevice(coreProgram, 50);
  const transport = driverTransport('serial', {setup: {paths: [device.path]}});
  const devices: Transport = deviceTransport(transport, {
    clock: systemClock,
    mayOpen: ({id}) => id === device.path,
    progress: () => performance.now(),
    live: () => false,
    notice: () => {},
  });
  let come = (): void => {};
  let isThere = false;
  devices.watch(([port]) => {
    isThere = port !== undefined;
    if (port === undefined) return;
    void devices.open(port, {received: () => {}, lost: () => {}});
    come();
  });
  return {
    name,
    transport,
    works: () =>
      new Promise((resolve) => {
        come = resolve;
        if (isThere) resolve();
      }),
    async close() {
      await devices.close();
      device.end();
    },
  };
}

/** When the end of a process was noticed and when the driver was of use again, in ms. */
interface Return {
  readonly noticedMs: number;
  readonly backMs: number;
}

/** Ends a driver's process again and again. */
async function endAgainAndAgain({transport, works}: Victim, signal: 'SIGKILL' | 'SIGSTOP'): Promise<readonly Return[]> {
  const returns: Return[] = [];
  await works();
  for (let round = 0; round < kills; round++) {
    await delay(lifeMs + ((round * 37) % 100));
    const {failures} = transport.health;
    const startedMs = performance.now();
    process.kill(pidOf(transport), signal);
    while (transport.health.failures === failures) await delay(2);
    const noticedMs = performance.now() - startedMs;
    await works();
    returns.push({noticedMs, backMs: performance.now() - startedMs});
  }
  return returns;
}

test('whenever a driver is killed or stopped under traffic it is back soon, within two seconds where nothing else runs, and the sound goes on', async (t) => {
  t.timeout(300_000);
  const engine = await openLiveEngine({
    session: await twoTones(join(folder.path, 'session'), 30),
    cacheFolder: join(folder.path, 'cache'),
    lookAheadMs: 350,
    device: 'none',
    onProblem: ({reason}) => t.log(reason),
  });
  t.teardown(() => engine.close());
  engine.apply({type: 'playback.setLooping', looping: true});
  engine.apply({type: 'playback.play'});
  await until('it plays', () => engine.takeMeters().some(({rolling}) => rolling));
  const moved = (value: number): void => engine.apply({type: 'strip.setLevel', strip: 'low', levelDb: -value / 10});
  const victims = await Promise.all(
    (['SIGKILL', 'SIGSTOP'] as const).flatMap((signal) => [
      Promise.resolve({signal, victim: echoVictim('echo', moved)}),
      ...(Object.keys(driverKinds) as (keyof typeof driverKinds)[])
        .filter((kind) => kind !== 'serial' || compiled.state === 'absent')
        .map(async (kind) => ({signal, victim: kindVictim(kind, kind)})),
      ...(compiled.state === 'absent'
        ? []
        : [serialVictim('serial', compiled.program).then((victim) => ({signal, victim}))]),
    ]),
  );
  t.teardown(() => Promise.all(victims.map(({victim}) => victim.close())));
  const before = engine.status;
  const results = await Promise.all(
    victims.map(async ({signal, victim}) => ({signal, victim, returns: await endAgainAndAgain(victim, signal)})),
  );
  const after = engine.status;
  t.log(`late blocks ${after.lateBlocks - before.lateBlocks}, starved ${after.starvedBlocks - before.starvedBlocks}`);
  for (const {signal, victim, returns} of results) {
    const slowest = returns.reduce((worst, one) => (one.backMs > worst.backMs ? one : worst));
    const half = returns.map(({backMs}) => backMs).sort((one, other) => one - other)[returns.length >> 1] ?? 0;
    const most = `${slowest.backMs.toFixed(0)} ms (noticed after ${slowest.noticedMs.toFixed(0)})`;
    t.log(`${victim.name} ${signal} ×${returns.length}: back after ${half.toFixed(0)} ms, at most ${most}`);
  }
  for (const {victim, signal, returns} of results) {
    t.is(returns.length, kills);
    t.true(victim.transport.health.failures >= kills);
    // The long run is made where nothing else runs.
    const mostMs = kills >= 25 ? quickMs : slowMs;
    t.deepEqual(
      returns.filter(({backMs}) => backMs > mostMs),
      [],
      `${victim.name} ${signal}`,
    );
  }
  t.is(after.reason, before.reason);
  if (kills >= 25) t.is(after.lateBlocks, before.lateBlocks);
  t.is(engine.playback.state, 'playing');
});
