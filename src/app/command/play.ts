import type {SurfaceChoice} from '../chosen-surfaces.ts';
import type {Desk} from '../desk-contract.ts';
import {exitCode, exitCodeOf} from '../exit-code.ts';
import {finalStatus} from '../final-status.ts';
import {linesOf} from '../lines.ts';
import {startDesk} from '../start-desk.ts';
import {runLiveView} from '../terminal/live-view.ts';
import {statusLine} from '../terminal/status-line.ts';
import type {TimeCodeOptions} from '../time-code/desk-time-code.ts';

export interface PlayOptions extends TimeCodeOptions {
  readonly seconds?: number;
  readonly json?: boolean;
  readonly plain?: boolean;
  readonly device: boolean;
  readonly surfaces: boolean;
  /** Serial ports that may be opened beside those of boards. */
  readonly serial?: readonly string[];
  /** Ports that belong to other surfaces than their names would tell. */
  readonly surface?: readonly SurfaceChoice[];
  readonly stopped?: boolean;
  readonly readOnly?: boolean;
  /** Tracks to compare the mix with, beside those of the session. */
  readonly reference?: readonly string[];
  /** What the mix is delivered to, instead of what the session says. */
  readonly target?: string;
  readonly lookAhead: number;
  readonly reducedMotion?: boolean;
  /** A folder of mappings beside the usual one. */
  readonly mappings?: string;
  /** What controls do, if not what is usual. */
  readonly layout?: string;
  /** A file in which what goes over the ports of surfaces is recorded. */
  readonly record?: string;
}

/** How long surfaces, engine and disk may take to let go after a fault of our own. */
const closeWithinMs = 4000;

/** Plays a session on the desk until it is told to end; answers with the exit status. */
export async function play(path: string | undefined, options: PlayOptions): Promise<number> {
  const end = endings();
  const {device, surfaces, serial = [], reference: references = [], target, lookAhead: lookAheadMs} = options;
  const reducedMotion = options.reducedMotion === true || wantsReducedMotion(process.env);
  const wanted = {
    path,
    device: device ? 'default' : 'none',
    surfaces,
    serial,
    choices: options.surface ?? [],
    references,
    target,
    lookAheadMs,
    reducedMotion,
    readOnly: options.readOnly === true,
    mappings: options.mappings,
    layout: options.layout,
    record: options.record,
    timeCode: options,
  } as const;
  const started = await startDesk(wanted).catch((error: unknown) => {
    // Ctrl-C reaches the engine while it starts, too: then that is why it did not.
    if (end.interrupted()) return undefined;
    throw error;
  });
  if (started === undefined) return exitCode.interrupted;
  const desk = started;
  // Who follows another machine waits for it.
  const follows = options.timeCodeIn !== undefined || options.machineControlIn !== undefined;
  if (!options.stopped && !follows) desk.perform({type: 'playback.play'});
  const timer = options.seconds === undefined ? undefined : setTimeout(end.now, options.seconds * 1000);

  const {stdin, stdout, stderr} = process;
  const onTerminal = stdin.isTTY && stdout.isTTY && process.env['TERM'] !== 'dumb' && !options.json;
  if (onTerminal) {
    const how = await runLiveView(desk, {input: stdin, output: stdout}, options.plain === true, end.signal);
    if (how === 'interrupted') end.interrupt();
  } else {
    // With --json standard output belongs to the answer.
    await runStatusLines(desk, options.json ? stderr : stdout, end.signal);
  }
  clearTimeout(timer);

  const last = desk.status();
  let status: number = end.interrupted() ? exitCode.interrupted : exitCode.ok;
  try {
    await end.closing(desk);
  } catch (error) {
    say(
      stderr,
      linesOf(error).map((line) => `longthrow: ${line}`),
    );
    status = exitCodeOf(error);
  }
  if (options.json) say(stdout, [JSON.stringify(finalStatus(last), null, 2)]);
  else if (onTerminal) say(stdout, last.notices);
  const fault = end.fault();
  if (fault === undefined) return status;
  say(stderr, [`longthrow: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`]);
  return exitCode.failed;
}

/** What a user has set once for all runs, as with NO_COLOR: any value but none and 0. */
function wantsReducedMotion({LONGTHROW_REDUCED_MOTION: wanted = ''}: NodeJS.ProcessEnv): boolean {
  return wanted !== '' && wanted !== '0';
}

/** Writes lines where there still is a reader. */
function say(stream: NodeJS.WriteStream, lines: readonly string[]): void {
  if (stream.writable && lines.length > 0) stream.write(`${lines.join('\n')}\n`);
}

/** A status line a second, and every notice once, as it comes. */
async function runStatusLines(desk: Desk, sink: NodeJS.WriteStream, signal: AbortSignal): Promise<void> {
  const told = new Set<string>();
  const tell = (): void => {
    const fresh = desk.status().notices.filter((notice) => !told.has(notice));
    for (const notice of fresh) told.add(notice);
    say(sink, fresh);
  };
  tell();
  const lines = setInterval(() => {
    tell();
    say(sink, [statusLine(desk.status())]);
  }, 1000);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), {once: true});
  });
  clearInterval(lines);
  tell();
}

interface Endings {
  readonly signal: AbortSignal;
  now(): void;
  /** Ctrl-C, or a signal; the second one ends the program at once. */
  interrupt(): void;
  interrupted(): boolean;
  /** A fault of our own that ended the desk. */
  fault(): unknown;
  closing(desk: Desk): Promise<void>;
}

/**
 * All the ways a running desk ends: told to, interrupted, nobody left to read or type, or a fault of our own. Each is orderly:
 * the terminal is given back, surfaces go dark, and the session is written.
 */
function endings(): Endings {
  const ends = new AbortController();
  let interrupted = false;
  let fault: unknown;
  const now = (): void => ends.abort();
  const interrupt = (): void => {
    if (interrupted) process.exit(exitCode.interrupted);
    interrupted = true;
    now();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  for (const stream of [process.stdin, process.stdout, process.stderr]) {
    stream.removeAllListeners('error');
    stream.on('error', now);
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => {
      fault ??= error ?? new Error('an unknown fault');
      now();
    });
  }
  return {
    signal: ends.signal,
    now,
    interrupt,
    interrupted: () => interrupted,
    fault: () => fault,
    async closing(desk) {
      const closed = desk.close();
      if (fault === undefined) return closed;
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, closeWithinMs))]);
    },
  };
}
