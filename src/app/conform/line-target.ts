import {spawn} from 'node:child_process';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Port, Transport} from '../../transport/contract.ts';
import type {Deed, Target, TargetSource} from './target.ts';

/** A pipe of bytes in real time. */
interface Line {
  send(bytes: Uint8Array): void;
  close(): void;
}

/** How long a board may take to restart when its port opens is the hello's affair; a program may have started after this. */
const settleMs = 50;

/** A firmware as a program: frames on its standard input and output, in real time; started anew for each check. */
export function programSource(program: string, given: readonly string[] = []): TargetSource {
  return {
    name: program,
    kind: 'program',
    async open() {
      const start = (received: (bytes: Uint8Array) => void, lost: (reason: string) => void): Line => {
        const child = spawn(program, given, {stdio: ['pipe', 'pipe', 'ignore']});
        child.on('error', ({message}) => lost(`the program does not start: ${message}`));
        child.on('close', (status, signal) => lost(`the program ended by itself (${signal ?? status})`));
        child.stdin.on('error', () => {});
        child.stdout.on('data', (bytes: Buffer) => received(new Uint8Array(bytes)));
        return {
          send: (bytes) => void child.stdin.write(bytes),
          close: () => void child.kill(),
        };
      };
      const target = lineTarget('program', start);
      await target.advance(settleMs);
      return target;
    },
    close: async () => {},
  };
}

/** A port of any transport: opened once, since opening restarts many boards. */
export function portSource(transport: Transport, port: Port): TargetSource {
  let received: (bytes: Uint8Array) => void = () => {};
  let lost: ((reason: string) => void) | undefined;
  let gone: string | undefined;
  let line: Line | undefined;
  return {
    name: port.name,
    kind: 'port',
    async open() {
      if (line === undefined) {
        const opened = await transport.open(port, {
          received: (bytes) => received(bytes),
          lost(reason) {
            gone = reason;
            lost?.(reason);
          },
        });
        if (opened.state !== 'open') throw new Error(opened.reason);
        line = opened.connection;
      }
      const connection = line;
      return lineTarget('port', (hear, told) => {
        received = hear;
        lost = told;
        if (gone !== undefined) told(gone);
        return {
          send: (bytes) => connection.send(bytes),
          close() {
            received = () => {};
            lost = undefined;
          },
        };
      });
    },
    close: () => transport.close(),
  };
}

function lineTarget(
  kind: 'program' | 'port',
  start: (received: (bytes: Uint8Array) => void, lost: (reason: string) => void) => Line,
): Target {
  const begun = performance.now();
  const deeds: Deed[] = [];
  let gone: string | undefined;
  let generation = 0;
  const now = (): number => performance.now() - begun;
  const open = (): Line => {
    generation += 1;
    const own = generation;
    return start(
      (bytes) => {
        if (own === generation) deeds.push({type: 'sent', atMs: now(), bytes});
      },
      (reason) => {
        if (own === generation) gone ??= reason;
      },
    );
  };
  let line = open();
  const take = (): readonly Deed[] => {
    if (gone !== undefined) throw new Error(gone);
    return deeds.splice(0);
  };
  const again = async (): Promise<readonly Deed[]> => {
    line.close();
    gone = undefined;
    line = open();
    await sleep(settleMs);
    return take();
  };
  return {
    kind,
    now,
    async send(bytes) {
      line.send(bytes);
      return take();
    },
    async advance(toMs) {
      await sleep(Math.max(1, toMs - now()));
      return take();
    },
    order: () => Promise.reject(new Error('a device in real time takes no orders')),
    ...(kind === 'program' && {restart: again}),
    end() {
      generation += 1;
      line.close();
    },
  };
}
