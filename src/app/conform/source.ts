import {spawn} from 'node:child_process';
import {stat} from 'node:fs/promises';
import {resolve} from 'node:path';
import {DeskError} from '../../model/problem.ts';
import {portSource, programSource} from './line-target.ts';
import type {TargetSource} from './target.ts';
import {openVirtualDevice} from './virtual-device.ts';

/** Programs that speak say something at once; others may be slow to start. */
const firstWordMs = 2000;

/** The device behind a name: a serial port, or a program that is started; throws a `DeskError` where there is none. */
export async function sourceOf(name: string, given: readonly string[]): Promise<TargetSource> {
  const facts = await stat(name).catch(() => undefined);
  if (facts?.isFile()) {
    const program = resolve(name);
    if (!(await speaksOrders(program, given))) return programSource(program, given);
    return {name, kind: 'virtual', open: () => openVirtualDevice(program, given), close: async () => {}};
  }
  if (facts?.isCharacterDevice() || /^COM\d+$/i.test(name)) {
    const {serialTransport} = await import('../../transport/serial.ts');
    const transport = serialTransport({paths: [name]});
    const availability = await transport.availability();
    if (availability.state === 'unavailable')
      throw new DeskError('transport.unavailable', `${availability.reason}\n${availability.cure}`);
    return portSource(transport, {id: name, name, kind: 'serial'});
  }
  throw new DeskError(
    'usage',
    `${name}: there is neither a serial port nor a program of this name\nGive the path of a port (/dev/ttyACM0, COM3) or of a program.`,
  );
}

/** Whether a program begins with a line of words, as devices in virtual time do; frames begin with a delimiter. */
function speaksOrders(program: string, given: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, given, {stdio: ['pipe', 'pipe', 'ignore']});
    const settle = (is: boolean): void => {
      clearTimeout(timer);
      resolve(is);
      child.kill();
    };
    const timer = setTimeout(() => settle(false), firstWordMs);
    child.on('error', () => settle(false));
    child.on('close', () => settle(false));
    child.stdin.on('error', () => {});
    child.stdout.once('data', (bytes: Buffer) => settle(/^[.\d]/.test(bytes.toString('latin1'))));
  });
}
