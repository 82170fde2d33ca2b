import {matchSurface} from '../../mapping/match-surface.ts';
import {DeskError, plainText} from '../../model/problem.ts';
import {learnedSurface} from '../../surface/learn/learned-surface.ts';
import type {Port, Transport} from '../../transport/contract.ts';
import {driverTransport} from '../../transport/driver.ts';
import {exitCode} from '../exit-code.ts';
import {type LearnEnd, type LearnTerminal, runLearner} from '../learn/learn-dialogue.ts';
import {deskMappings, ownMappingPath, writeMapping} from '../own-mappings.ts';
import {isWanted} from '../record/practice-desk.ts';
import {readKeys} from '../terminal/key.ts';

export interface LearnOptions {
  /** A folder for own mappings that is not the usual one. */
  readonly mappings?: string;
  readonly replace?: boolean;
}

/** How long the system may take to list its ports. */
const listWithinMs = 3000;

/** Learns a surface that no mapping knows, with the user's hands; writes nothing unless it is finished. */
export async function learnSurface(wanted: string | undefined, options: LearnOptions): Promise<number> {
  const {stdin, stdout} = process;
  if (!stdin.isTTY || !stdout.isTTY) throw new DeskError('usage', 'Learning asks and shows: it needs a terminal.');
  const mappings = await deskMappings(options.mappings);
  const transport = driverTransport('midi');
  const terminal: LearnTerminal = {input: stdin, write: (text) => void stdout.write(text)};
  let status: number = exitCode.ok;
  try {
    const port = await choosePort(transport, wanted, terminal);
    const known = matchSurface(mappings.surfaces, port.name);
    if (known !== undefined) {
      terminal.write(
        `${plainText(port.name)} is known already, as ${known.maker} ${known.name}. What is learned takes its place.\n`,
      );
    }
    const end = await runLearner(transport, port, terminal);
    if (end.state !== 'finished') return ended(end, terminal);
    status = await keep(end, port, known?.id, options, terminal);
  } finally {
    await transport.close();
  }
  if (status !== exitCode.ok) return status;
  terminal.write('Start the demo with it now? y: yes   n: no\n');
  if ((await readKey(terminal, ['y', 'n', 'enter'])) !== 'y') return status;
  const {play} = await import('./play.ts');
  const {mappings: folder} = options;
  const usual = {device: true, surfaces: true, serial: [], surface: [], reference: [], lookAhead: 350};
  return play(undefined, folder === undefined ? usual : {...usual, mappings: folder});
}

function ended(end: Exclude<LearnEnd, {state: 'finished'}>, terminal: LearnTerminal): number {
  if (end.state === 'lost') throw new DeskError('transport.unavailable', `${end.reason}. Nothing was written.`);
  terminal.write('Nothing was written.\n');
  return exitCode.interrupted;
}

async function keep(
  {learner}: Extract<LearnEnd, {state: 'finished'}>,
  port: Port,
  knownId: string | undefined,
  options: LearnOptions,
  terminal: LearnTerminal,
): Promise<number> {
  const learned = learnedSurface(learner, port.name);
  const {file, left} = learned;
  // A file of the same name takes the place of what was known.
  const id = knownId ?? learned.id;
  for (const line of left) terminal.write(`${line}\n`);
  if (file === undefined) {
    terminal.write('Nothing was learned, and nothing was written.\n');
    return exitCode.problemsFound;
  }
  const path = ownMappingPath({kind: 'surfaces', id, file}, options.mappings);
  await writeMapping(path, file, options.replace === true);
  const controls = learner.found.size;
  terminal.write(
    `Wrote ${path}: ${controls} controls. It works from now on: "longthrow" finds the surface by its port's name.\n`,
  );
  return exitCode.ok;
}

/** The port that was asked for by name; the only one; or the one that is chosen by its number. */
async function choosePort(transport: Transport, wanted: string | undefined, terminal: LearnTerminal): Promise<Port> {
  const availability = await transport.availability();
  if (availability.state === 'unavailable') {
    throw new DeskError(
      'transport.unavailable',
      `MIDI: ${plainText(availability.reason)} – ${plainText(availability.cure)}`,
    );
  }
  const all = await listPorts(transport);
  const ports = wanted === undefined ? all : all.filter((port) => isWanted([wanted], port));
  const [only, ...others] = ports;
  if (only === undefined) {
    const what =
      wanted === undefined ? 'No MIDI port is there.' : `No MIDI port has "${plainText(wanted)}" in its name.`;
    throw new DeskError('transport.unavailable', `${what} Plug the device in; "longthrow surfaces" lists the ports.`);
  }
  if (others.length === 0) return only;
  const list = ports.map((port, index) => `  ${index + 1}  ${plainText(port.name)}`);
  terminal.write(`Which port?\n${list.join('\n')}\n`);
  const digits = ports.slice(0, 9).map((_, index) => String(index + 1));
  const chosen = await readKey(terminal, digits);
  if (chosen === undefined) throw new DeskError('usage', 'No port was chosen.');
  return ports[Number(chosen) - 1] ?? only;
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

/** The ports as the transport tells them first. */
function listPorts(transport: Transport): Promise<readonly Port[]> {
  return new Promise((resolve) => {
    let end: () => void = () => {};
    const settle = (ports: readonly Port[]): void => {
      clearTimeout(timer);
      resolve(ports);
      setImmediate(() => end());
    };
    const timer = setTimeout(() => settle([]), listWithinMs);
    end = transport.watch(settle);
  });
}
