import {fork} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import os from 'node:os';
import {setTimeout as delay} from 'node:timers/promises';
import type {Connection, Port} from '../../src/transport/contract.ts';
import {supervisedTransport} from '../../src/transport/driver.ts';
import {driverKinds} from '../../src/transport/driver-kinds.ts';
import {startDriverProcess} from '../../src/transport/driver-process.ts';
import {projectFile} from '../project.ts';
import type {Bench, Figure} from './bench.ts';

const messages = 3000;
const restSeconds = 10;

/** What it costs that native libraries run in processes of their own. */
export const driversBench: Bench = {
  name: 'drivers',
  about:
    'A message of three bytes to a driver in a process of its own that says it back at once, and back, every 2 ms; halved, it is what the process adds one way. ' +
    'The built driver of each kind with nothing plugged in: from its start to its first words, memory (its share of what is shared included), processor.',
  async run() {
    const times = await roundTripsMs();
    const at = (share: number): number => (times[Math.floor(times.length * share)] ?? Number.NaN) / 2;
    const note = `${times.length} messages; load ${os.loadavg()[0]?.toFixed(1)}`;
    const figures: Figure[] = [
      {name: 'added one way, p50', value: at(0.5), unit: 'ms', bar: {atMost: 0.3}, note},
      {name: 'added one way, p99', value: at(0.99), unit: 'ms', note},
    ];
    for (const kind of Object.keys(driverKinds)) figures.push(...(await costOf(kind)));
    return {figures};
  },
};

async function roundTripsMs(): Promise<readonly number[]> {
  const program = new URL('../transport/driver-program.ts', import.meta.url);
  const transport = supervisedTransport('memory', (listener) => startDriverProcess(program, 'memory', listener));
  const port = await new Promise<Port>((resolve) => {
    transport.watch(([first]) => {
      if (first !== undefined) resolve(first);
    });
  });
  let heard = (): void => {};
  const opened = await transport.open(port, {received: () => heard(), lost: () => {}});
  if (opened.state !== 'open') throw new Error(opened.reason);
  const {connection}: {connection: Connection} = opened;
  const times: number[] = [];
  for (let count = 0; count < messages; count++) {
    const back = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const sentMs = performance.now();
    connection.send(Uint8Array.of(0xe2, count & 0x7f, 0x40));
    await back;
    times.push(performance.now() - sentMs);
    await delay(2);
  }
  await transport.close();
  return times.sort((one, other) => one - other);
}

async function costOf(kind: string): Promise<readonly Figure[]> {
  const startedMs = performance.now();
  const child = fork(projectFile('dist/transport/driver-main.js'), [kind], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.send([{type: 'begin', setup: {}, known: []}]);
  await once(child, 'message');
  const readyMs = performance.now() - startedMs;
  const beats = setInterval(() => child.send([{type: 'beat'}]), 1000);
  await delay(2000);
  const before = processorSeconds(child.pid);
  await delay(restSeconds * 1000);
  const share = ((processorSeconds(child.pid) - before) / restSeconds) * 100;
  const memory = memoryMb(child.pid);
  clearInterval(beats);
  child.send([{type: 'end'}]);
  await once(child, 'exit');
  return [
    {name: `${kind}: started`, value: readyMs, unit: 'ms'},
    {
      name: `${kind}: memory`,
      value: memory?.share,
      unit: 'MB',
      note: memory === undefined ? 'only Linux tells' : `${memory.own.toFixed(1)} MB of its own`,
    },
    {name: `${kind}: processor at rest`, value: share, unit: '% of a core'},
  ];
}

/** Linux: `utime` and `stime` of a process, in hundredths of a second. */
function processorSeconds(processId: number | undefined): number {
  if (process.platform !== 'linux') return Number.NaN;
  const fields = readFileSync(`/proc/${processId}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Linux: the proportional set size, and what is written to by this process alone. */
function memoryMb(processId: number | undefined): {readonly share: number; readonly own: number} | undefined {
  if (process.platform !== 'linux') return undefined;
  const text = readFileSync(`/proc/${processId}/smaps_rollup`, 'latin1');
  const read = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(text)?.[1]) / 1024;
  return {share: read('Pss'), own: read('Private_Dirty')};
}
