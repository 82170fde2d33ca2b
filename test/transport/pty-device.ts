import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import {type Compiled, compileCore} from '../firmware/compiler.ts';

/** The core in C on a pseudo-terminal, in real time, paced like 115,200 baud; see pty-device.c for what it tells and obeys. */
export interface PtyDevice {
  /** Where a host finds it. */
  readonly path: string;
  /** All lines it wrote, oldest first. */
  readonly lines: readonly string[];
  readonly child: ChildProcessWithoutNullStreams;
  obey(order: string): void;
  /** Waits for a line that fits; undefined if none came in time. */
  line(fits: (line: string) => boolean, withinMs: number): Promise<string | undefined>;
  end(): void;
}

const sources = ['../../test/transport/pty-device.c', 'longthrow.c'];

/** Compiles the program, once for its sources as they are. */
export function compilePtyDevice(): Compiled {
  return process.platform === 'win32'
    ? {state: 'absent', reason: 'there are no pseudo-terminals here'}
    : compileCore('pty-device', sources);
}

/** The same for a board whose frames go in HID reports: another one, by its name and number. */
export function compileHidDevice(): Compiled {
  return compileCore('hid-device', sources, ['-DLT_HID=1', '-DLT_MTU=62']);
}

/** Starts a device whose faders move so many times a second under hands; 0 leaves them at rest. It speaks on a terminal that is there, or on one of its own. */
export async function startPtyDevice(program: string, moves = 0, terminal?: string): Promise<PtyDevice> {
  const child = spawn(program, [`${moves}`, ...(terminal === undefined ? [] : [terminal])]);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({input: child.stdout}).on('line', (text) => {
    lines.push(text);
    for (const look of waiting) look();
  });
  const line = (fits: (text: string) => boolean, withinMs: number): Promise<string | undefined> =>
    new Promise((resolve) => {
      const settle = (found: string | undefined): void => {
        clearTimeout(timer);
        waiting.delete(look);
        resolve(found);
      };
      const look = (): void => {
        const found = lines.find(fits);
        if (found !== undefined) settle(found);
      };
      const timer = setTimeout(() => settle(undefined), withinMs);
      waiting.add(look);
      look();
    });
  const path = await line(() => true, 30_000);
  if (path === undefined) throw new Error('the device did not start');
  return {
    path,
    lines,
    child,
    line,
    obey: (order) => child.stdin.write(`${order}\n`),
    end: () => child.kill('SIGKILL'),
  };
}
