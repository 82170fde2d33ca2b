import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import {fromHex} from './vector.ts';

/** Something a device did, at a time in ms. Bytes come in pieces, as the line takes them. */
export type Deed =
  | {readonly type: 'sent'; readonly atMs: number; readonly bytes: Uint8Array}
  /** `kind` is the number of the message type. */
  | {
      readonly type: 'shown';
      readonly atMs: number;
      readonly kind: number;
      readonly index: number;
      readonly value: number;
    }
  | {readonly type: 'text'; readonly atMs: number; readonly index: number; readonly text: string}
  | {readonly type: 'linked' | 'identify' | 'boot'; readonly atMs: number; readonly value: number}
  | {readonly type: 'motors-off' | 'cut'; readonly atMs: number};

/** The core in C as a program in virtual time: orders of `core/host/virtual-device.c` in, deeds out. */
export interface VirtualDevice {
  /** Carries out orders one after the other, and gives what the device did meanwhile. */
  obey(...orders: readonly string[]): Promise<readonly Deed[]>;
  end(): void;
}

/** Starts the program; what it does on starting is in the first answer. */
export function startVirtualDevice(program: string): VirtualDevice {
  const child: ChildProcessWithoutNullStreams = spawn(program);
  const lines: string[] = [];
  let rest = '';
  let awaited = 1;
  let wake: (() => void) | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      if (line === '.') awaited--;
      else lines.push(line);
    }
    if (awaited === 0) wake?.();
  });
  return {
    async obey(...orders) {
      awaited += orders.length;
      if (orders.length > 0) child.stdin.write(`${orders.join('\n')}\n`);
      if (awaited > 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      return lines.splice(0).map(deedOf);
    },
    end() {
      child.stdin.end();
    },
  };
}

function deedOf(line: string): Deed {
  const [time = '0', what, one = '', two = '', three = ''] = line.split(' ');
  const atMs = Number(time);
  switch (what) {
    case 'tx':
      return {type: 'sent', atMs, bytes: fromHex(one)};
    case 'shown':
      return {type: 'shown', atMs, kind: Number(one), index: Number(two), value: Number(three)};
    case 'motor':
      return {type: 'shown', atMs, kind: 0x20, index: Number(one), value: Number(two)};
    case 'text':
      return {type: 'text', atMs, index: Number(one), text: new TextDecoder().decode(fromHex(two))};
    case 'motors-off':
    case 'cut':
      return {type: what, atMs};
    case 'linked':
    case 'identify':
    case 'boot':
      return {type: what, atMs, value: Number(one)};
    default:
      throw new Error(`the virtual device says: ${line}`);
  }
}
