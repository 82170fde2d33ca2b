import {spawn} from 'node:child_process';
import {copyFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {createInterface} from 'node:readline/promises';
import {DeskError, describeError} from '../../model/problem.ts';
import {exitCode} from '../exit-code.ts';
import {print} from './firmware.ts';

/** How firmware gets onto a board. */
export type FlashPlan =
  | {readonly type: 'run'; readonly program: string; readonly arguments: readonly string[]}
  | {readonly type: 'copy'; readonly from: string; readonly to: string};

/** Boards by their names: programmer and speed of their boot loaders, as their makers document them. */
const boards: Readonly<Record<string, {readonly part: string; readonly programmer: string; readonly baud: number}>> = {
  uno: {part: 'atmega328p', programmer: 'arduino', baud: 115_200},
  nano: {part: 'atmega328p', programmer: 'arduino', baud: 115_200},
  'nano-old': {part: 'atmega328p', programmer: 'arduino', baud: 57_600},
  leonardo: {part: 'atmega32u4', programmer: 'avr109', baud: 57_600},
  micro: {part: 'atmega32u4', programmer: 'avr109', baud: 57_600},
};

/** Names of the boards that avrdude is known to flash. */
const boardNames: readonly string[] = Object.keys(boards);

export interface FlashOptions {
  readonly board?: string;
  /** Port of the board, or the folder of the drive that its boot loader shows. */
  readonly to: string;
  /** Consent, given beforehand. */
  readonly yes?: boolean;
}

/** What would be done; throws a DeskError where that cannot be known. */
function flashPlan(file: string, {board, to}: FlashOptions): FlashPlan {
  if (/\.uf2$/i.test(file)) return {type: 'copy', from: file, to: join(to, basename(file))};
  const known = board === undefined ? undefined : boards[board];
  if (!/\.hex$/i.test(file)) throw new DeskError('usage', `${file}: give a .hex file (with --board) or a .uf2 file.`);
  if (known === undefined) throw new DeskError('usage', `Which board is it? Give --board: ${boardNames.join(', ')}.`);
  const {part, programmer, baud} = known;
  return {
    type: 'run',
    program: 'avrdude',
    arguments: ['-p', part, '-c', programmer, '-P', to, '-b', `${baud}`, '-D', '-U', `flash:w:${file}:i`],
  };
}

/** A plan as a line of a shell. */
function planLine(plan: FlashPlan): string {
  const words = plan.type === 'copy' ? ['cp', plan.from, plan.to] : [plan.program, ...plan.arguments];
  return words.map((word) => (/^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}

/** Prints the command that flashes a board, and runs it only if the person says so. */
export async function flashFirmware(file: string, options: FlashOptions): Promise<number> {
  const plan = flashPlan(file, options);
  print(planLine(plan));
  if (options.yes !== true && !(await consents())) {
    print('Nothing was run.');
    return exitCode.ok;
  }
  try {
    if (plan.type === 'copy') await copyFile(plan.from, plan.to);
    else await run(plan.program, plan.arguments);
  } catch (error) {
    throw new DeskError('transport.unavailable', `It was not flashed: ${describeError(error)}.`);
  }
  print('Done. The desk finds the surface again by itself.');
  return exitCode.ok;
}

async function consents(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({input: process.stdin, output: process.stdout});
  const answer = await terminal.question('Run this now? It replaces what is on the board. [y/N] ');
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

function run(program: string, given: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, given, {stdio: 'inherit'});
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code ?? 'a signal'}`)),
    );
  });
}
