import {describeError} from '../../model/problem.ts';
import {exitCode} from '../exit-code.ts';
import {finalStatus} from '../final-status.ts';
import {startDesk} from '../start-desk.ts';
import {runLiveView} from '../terminal/live-view.ts';
import {statusLine} from '../terminal/status-line.ts';

export interface PlayOptions {
  readonly seconds?: number;
  readonly json?: boolean;
  readonly plain?: boolean;
  readonly device: boolean;
  readonly surfaces: boolean;
  readonly stopped?: boolean;
  readonly lookAhead: number;
}

/** Plays a session on the desk until it is told to end; answers with the exit status. */
export async function play(path: string | undefined, options: PlayOptions): Promise<number> {
  const ends = new AbortController();
  let interrupted = false;
  const interrupt = (): void => {
    if (interrupted) process.exit(exitCode.interrupted);
    interrupted = true;
    ends.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  process.on('SIGHUP', interrupt);

  const desk = await startDesk({
    path,
    device: options.device ? 'default' : 'none',
    surfaces: options.surfaces,
    lookAheadMs: options.lookAhead,
  });
  if (!options.stopped) desk.perform({type: 'playback.play'});
  const timer = options.seconds === undefined ? undefined : setTimeout(() => ends.abort(), options.seconds * 1000);

  const {stdin, stdout, stderr} = process;
  const onTerminal = stdin.isTTY && stdout.isTTY && process.env['TERM'] !== 'dumb' && !options.json;
  let how: 'quit' | 'interrupted' | 'ended' = 'ended';
  try {
    if (onTerminal) {
      how = await runLiveView(desk, {input: stdin, output: stdout}, options.plain === true, ends.signal);
    } else {
      // With --json standard output belongs to the answer.
      const sink = options.json ? stderr : stdout;
      for (const notice of desk.status().notices) sink.write(`${notice}\n`);
      const lines = setInterval(() => sink.write(`${statusLine(desk.status())}\n`), 1000);
      await new Promise<void>((resolve) => {
        if (ends.signal.aborted) resolve();
        ends.signal.addEventListener('abort', () => resolve(), {once: true});
      });
      clearInterval(lines);
    }
  } finally {
    clearTimeout(timer);
    const last = desk.status();
    const saved = await desk.close().catch((error: unknown) => describeError(error));
    if (typeof saved === 'string') stderr.write(`longthrow: ${saved}\n`);
    if (options.json) stdout.write(`${JSON.stringify(finalStatus(last), null, 2)}\n`);
    else if (onTerminal) for (const notice of last.notices) stdout.write(`${notice}\n`);
  }
  return interrupted || how === 'interrupted' ? exitCode.interrupted : exitCode.ok;
}
