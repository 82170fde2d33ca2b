import {monitorEventLoopDelay} from 'node:perf_hooks';
import {setTimeout as delay} from 'node:timers/promises';
import type {LineTransport} from '../../src/app/firmware/attendance.ts';
import {deskTaper, positionOf} from '../../src/model/taper.ts';
import {serialTransport} from '../../src/transport/serial.ts';
import {decodeBody} from '../../src/wire/longthrow/codec.ts';
import {newFramer, step} from '../../src/wire/longthrow/framer.ts';
import {travelsOf} from '../../src/wire/longthrow/travel.ts';
import {openSerialDesk} from '../firmware/serial-desk.ts';
import {compilePtyDevice, startPtyDevice} from '../transport/pty-device.ts';
import type {Bench, Figure, Result} from './bench.ts';

const seconds = 10;
const movesPerSecond = 100;
const onTheWayMs = 2000;
/** Bytes that 115,200 baud carry in a second. */
const lineBytes = 11_520;

/** How soon a fader of a home-made surface is a level, and what its line carries. */
export const serialBench: Bench = {
  name: 'serial',
  about:
    `The firmware core in C on a pseudo-terminal paced as 115,200 baud: 8 faders under hands at ${movesPerSecond} Hz for ${seconds} s, meters of 8 strips moving; ` +
    'from the last byte of a frame to the command at the engine.',
  async run(): Promise<Result> {
    const compiled = compilePtyDevice();
    if (compiled.state === 'absent')
      return {figures: [{name: 'frame to level, p50', value: undefined, unit: 'ms', note: compiled.reason}]};
    return measure(compiled.program);
  },
};

async function measure(program: string): Promise<Result> {
  const device = await startPtyDevice(program, movesPerSecond);
  const count = {toDevice: 0, toHost: 0};
  const lines = serialTransport({paths: [device.path], list: async () => []});
  const {engine, close} = openSerialDesk(counted(lines, count));
  /** When a strip was first set to a position. */
  const applied = new Map<string, number>();
  const apply = engine.apply.bind(engine);
  engine.apply = (command) => {
    if (command.type === 'strip.setLevel') {
      const value = Math.round(positionOf(deskTaper, command.levelDb) * 0xffff);
      const key = `${command.strip.slice(1)} ${value}`;
      if (!applied.has(key)) applied.set(key, Number(process.hrtime.bigint()) / 1e6);
    }
    apply(command);
  };
  try {
    await delay(2500);
    const from = Number(process.hrtime.bigint()) / 1e6;
    const before = {...count};
    const loopDelay = monitorEventLoopDelay({resolution: 2});
    loopDelay.enable();
    await delay(seconds * 1000);
    loopDelay.disable();
    const bytes = {toDevice: count.toDevice - before.toDevice, toHost: count.toHost - before.toHost};
    const to = Number(process.hrtime.bigint()) / 1e6;
    // What was told in the last moments is still on its way, on a busy machine for a while.
    await delay(onTheWayMs);
    const told = firstTellings(device.lines).filter(({atMs}) => atMs >= from && atMs <= to);
    const took = told.flatMap(({key, atMs}) => {
      const at = applied.get(key);
      return at === undefined ? [] : [at - atMs];
    });
    took.sort((one, other) => one - other);
    const percentile = (share: number): number | undefined => took[Math.floor((took.length - 1) * share)];
    const share = (sent: number): Figure['value'] => (100 * sent) / (seconds * lineBytes);
    return {
      figures: [
        {name: 'frame to level, p50', value: percentile(0.5), unit: 'ms', bar: {atMost: 2}},
        {name: 'frame to level, p99', value: percentile(0.99), unit: 'ms', bar: {atMost: 5}},
        {name: 'frame to level, max', value: took.at(-1), unit: 'ms'},
        {name: 'frame to level, p95', value: percentile(0.95), unit: 'ms'},
        {
          name: 'event loop late, p99',
          value: Math.max(0, loopDelay.percentile(99) / 1e6 - 2),
          unit: 'ms',
          note: 'the machine itself',
        },
        {
          name: 'moves measured',
          value: took.length,
          unit: '',
          note: `of ${told.length} that were told first in this time`,
        },
        {name: 'moves lost', value: told.length - took.length, unit: '', bar: {atMost: 0}},
        {name: 'line to the host', value: share(bytes.toHost), unit: '%', bar: {atMost: 60}},
        {name: 'line to the device', value: share(bytes.toDevice), unit: '%', bar: {atMost: 60}},
      ],
    };
  } finally {
    await close();
    device.end();
  }
}

/** When each position of a fader was told first: the time at which the last byte of its frame went out. */
function firstTellings(lines: readonly string[]): readonly {readonly key: string; readonly atMs: number}[] {
  const first = new Map<string, number>();
  for (const line of lines) {
    const [time = '', hex = ''] = line.split(' ');
    if (!/^\d{10,}$/.test(time)) continue;
    const bytes = Uint8Array.from(Buffer.from(`00${hex}00`, 'hex'));
    for (const framed of step(newFramer(), bytes).frames) {
      if (framed.type !== 'body' || framed.body[2] !== 0x10) continue;
      // The session is not known here, and need not be: its check was right when it was written.
      const message = travelsIn(framed.body);
      for (const {index, value} of message) {
        const key = `${index} ${value}`;
        if (!first.has(key)) first.set(key, Number(time) / 1e6);
      }
    }
  }
  return [...first].map(([key, atMs]) => ({key, atMs}));
}

function travelsIn(body: Uint8Array): ReturnType<typeof travelsOf> {
  for (let session = 0; session < 256; session++) {
    const decoded = decodeBody(body, session);
    if (decoded.state === 'good' && decoded.frame.message.type === 'faders') return travelsOf(decoded.frame.message);
  }
  return [];
}

/** The same lines, with their bytes counted. */
function counted(under: LineTransport, count: {toDevice: number; toHost: number}): LineTransport {
  return {
    ...under,
    async open(port, listener) {
      const opened = await under.open(port, {
        ...listener,
        lost: listener.lost,
        received(bytes) {
          count.toHost += bytes.length;
          listener.received(bytes);
        },
      });
      if (opened.state !== 'open') return opened;
      const {connection} = opened;
      return {
        state: 'open',
        connection: {
          get waiting() {
            return connection.waiting ?? 0;
          },
          send(bytes) {
            count.toDevice += bytes.length;
            connection.send(bytes);
          },
          close: () => connection.close(),
        },
      };
    },
  };
}
