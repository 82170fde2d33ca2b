import {spawn} from 'node:child_process';
import type {Deed, Target} from './target.ts';
import {fromHex, toHex} from './vectors.ts';

/** How long a program may take over one answer, in ms of the real clock: longer is an endless loop. */
const patienceMs = 5000;

/**
 * A device as a program in virtual time: orders of `core/host/virtual-device.c` on its standard input, deeds and a line with a dot on its output.
 * Orders fail with a sentence when it ends, hangs or says what no such program says.
 */
export async function openVirtualDevice(program: string, given: readonly string[] = []): Promise<Target> {
  const child = spawn(program, given, {stdio: ['pipe', 'pipe', 'ignore']});
  const lines: string[] = [];
  let rest = '';
  let awaited = 1;
  let ending: string | undefined;
  let wake: (() => void) | undefined;
  let nowMs = 0;
  const finish = (reason: string): void => {
    ending ??= reason;
    wake?.();
  };
  child.on('error', ({message}) => finish(`the program does not start: ${message}`));
  child.on('close', (status, signal) => finish(`the program ended by itself (${signal ?? status})`));
  child.stdin.on('error', () => {});
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      if (line === '.') awaited--;
      else lines.push(line);
    }
    if (awaited <= 0) wake?.();
  });

  const answer = async (): Promise<readonly Deed[]> => {
    if (awaited > 0 && ending === undefined) {
      const timer = setTimeout(() => {
        // An answer may lie there that was not read yet, where it is this program that stood still.
        setImmediate(() => {
          if (awaited <= 0) return;
          finish('the program does not answer any more');
          child.kill('SIGKILL');
        });
      }, patienceMs);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      clearTimeout(timer);
      wake = undefined;
    }
    if (ending !== undefined) throw new Error(ending);
    return lines.splice(0).map(deedOf);
  };
  const order = (text: string): Promise<readonly Deed[]> => {
    awaited += text.split('\n').length;
    child.stdin.write(`${text}\n`);
    return answer();
  };

  // What it does on starting (outputs made safe) belongs to no check.
  await answer().catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    kind: 'virtual',
    now: () => nowMs,
    send: (bytes) => order(`rx ${toHex(bytes).replaceAll(' ', '')}`),
    advance: (toMs) => {
      nowMs = toMs;
      return order(`to ${toMs}`);
    },
    order,
    restart: () => order('restart 1'),
    end() {
      ending ??= 'it was ended';
      child.stdin.end();
      child.stdout.destroy();
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
      throw new Error(`the program says what no device in virtual time says: ${line.slice(0, 60)}`);
  }
}
