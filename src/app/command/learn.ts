import {stat} from 'node:fs/promises';
import {DeskError, plainText} from '../../model/problem.ts';
import type {Surface} from '../../model/surface.ts';
import {learnedSurface} from '../../surface/learn/learned-surface.ts';
import {newLearner} from '../../surface/learn/learner-state.ts';
import type {Port} from '../../transport/contract.ts';
import {driverTransport} from '../../transport/driver.ts';
import {exitCode} from '../exit-code.ts';
import {deviceAt, type LearnEnd, type LearnTerminal, runLearner} from '../learn/learn-dialogue.ts';
import {type LearnablePort, learnablePorts, learnedPort, rightsFor} from '../learn/learn-port.ts';
import {deskMappings, ownMappingPath, writeMapping} from '../own-mappings.ts';
import {surfaceAt} from '../port-surface.ts';
import {readKeys} from '../terminal/key.ts';

export interface LearnOptions {
  /** A folder for own mappings that is not the usual one. */
  readonly mappings?: string;
  readonly replace?: boolean;
}

/** Learns a surface that no mapping knows, with the user's hands; writes nothing unless it is finished. */
export async function learnSurface(wanted: string | undefined, options: LearnOptions): Promise<number> {
  const {stdin, stdout} = process;
  if (!stdin.isTTY || !stdout.isTTY) throw new DeskError('usage', 'Learning asks and shows: it needs a terminal.');
  const mappings = await deskMappings(options.mappings);
  const transports = [driverTransport('midi'), driverTransport('hid')];
  const terminal: LearnTerminal = {input: stdin, write: (text) => void stdout.write(text)};
  let status: number = exitCode.ok;
  try {
    const chosen = await choosePort(await learnablePorts(transports, wanted), terminal);
    if (chosen === undefined) return stopped(terminal);
    const {port, transport} = chosen;
    const known = surfaceAt(mappings.surfaces, port);
    const path = pathFor(port, known, options);
    // Better asked now than after ten minutes of work.
    if (!(await mayWrite(path, known, port, options, terminal))) return stopped(terminal);
    const end = await runLearner(transport, port, terminal);
    if (end.state === 'stopped') return stopped(terminal);
    if (end.state === 'lost') throw lost(end, port);
    status = await keep(end, port, path, terminal);
  } finally {
    await Promise.all(transports.map((transport) => transport.close()));
  }
  if (status !== exitCode.ok) return status;
  terminal.write('Start the demo with it now? y: yes   n: no\n');
  if ((await readKey(terminal, ['y', 'n', 'enter'])) !== 'y') return status;
  const {play} = await import('./play.ts');
  const {mappings: folder} = options;
  const usual = {device: true, surfaces: true, serial: [], surface: [], reference: [], lookAhead: 350};
  return play(undefined, folder === undefined ? usual : {...usual, mappings: folder});
}

function stopped(terminal: LearnTerminal): number {
  terminal.write('Nothing was written.\n');
  return exitCode.interrupted;
}

function lost({reason}: Extract<LearnEnd, {state: 'lost'}>, port: Port): DeskError {
  const rights = /may not be opened/.test(reason) ? rightsFor(port, process.platform) : undefined;
  const cure = rights === undefined ? '' : `\n${rights}`;
  return new DeskError('transport.unavailable', `${reason}. Nothing was written.${cure}`);
}

/** A file of the same name takes the place of what was known. */
function pathFor(port: Port, known: Surface | undefined, {mappings}: LearnOptions): string {
  const id = known?.id ?? learnedSurface(newLearner(deviceAt(port)), learnedPort(port)).id;
  return ownMappingPath({kind: 'surfaces', id, file: {}}, mappings);
}

/** Tells what is known of the device already, and asks before anything of one's own is written over. */
async function mayWrite(
  path: string,
  known: Surface | undefined,
  port: Port,
  {replace}: LearnOptions,
  terminal: LearnTerminal,
): Promise<boolean> {
  if (known !== undefined) {
    const name = `${known.maker} ${known.name}`.trim();
    terminal.write(`${plainText(port.name)} is known already, as ${name}: the desk finds it without being taught.\n`);
  }
  const isThere = (await stat(path).catch(() => undefined)) !== undefined;
  if (replace === true || (known === undefined && !isThere)) return true;
  terminal.write(`Learn it anew${isThere ? `, and write over ${path}` : ', in place of that'}? y: yes   n: no\n`);
  return (await readKey(terminal, ['y', 'n'])) === 'y';
}

async function keep(
  {learner}: Extract<LearnEnd, {state: 'finished'}>,
  port: Port,
  path: string,
  terminal: LearnTerminal,
): Promise<number> {
  const {file, left, notes} = learnedSurface(learner, learnedPort(port));
  for (const line of [...left, ...notes]) terminal.write(`${line}\n`);
  if (file === undefined) {
    terminal.write('Nothing was learned, and nothing was written.\n');
    return exitCode.problemsFound;
  }
  // Whether it may was asked before.
  await writeMapping(path, file, true);
  const controls = learner.found.size - left.length;
  const by = learner.device.kind === 'hid' ? 'USB numbers' : "port's name";
  terminal.write(
    [
      `Wrote ${path}: ${controls} ${controls === 1 ? 'control' : 'controls'}.`,
      `It works from now on: "longthrow" finds the surface by its ${by}. "longthrow monitor" shows what each control does.`,
      '',
    ].join('\n'),
  );
  return exitCode.ok;
}

/** The only port, or the one that is chosen by its number; undefined if the user stops. */
async function choosePort(
  ports: readonly LearnablePort[],
  terminal: LearnTerminal,
): Promise<LearnablePort | undefined> {
  const [only] = ports;
  if (ports.length === 1) return only;
  const shown = ports.slice(0, 9);
  const list = shown.map(({port}, index) => `  ${index + 1}  ${plainText(port.name)} (${port.kind.toUpperCase()})`);
  const more = ports.length > shown.length ? '  … give a part of the name to see others: longthrow learn NAME\n' : '';
  terminal.write(`Which device?\n${list.join('\n')}\n${more}  q: stop\n`);
  const chosen = await readKey(
    terminal,
    shown.map((_, index) => String(index + 1)),
  );
  return chosen === undefined ? undefined : ports[Number(chosen) - 1];
}

/** Waits for one of these keys; undefined if the input ends, or the user stops. */
function readKey({input}: LearnTerminal, wanted: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const finish = (key: string | undefined): void => {
      input.off('data', heard);
      input.off('end', gone);
      input.setRawMode(false);
      input.pause();
      resolve(key);
    };
    const gone = (): void => finish(undefined);
    const heard = (chunk: Buffer | string): void => {
      for (const key of readKeys(String(chunk))) {
        if (key === 'q' || key === 'ctrl-c' || key === 'escape') finish(undefined);
        else if (wanted.includes(key)) finish(key);
      }
    };
    input.setRawMode(true);
    input.resume();
    input.on('data', heard);
    input.on('end', gone);
  });
}
