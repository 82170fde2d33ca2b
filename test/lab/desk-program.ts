import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, readFileSync} from 'node:fs';
import {until} from './surface.ts';

/** The whole program as a user starts it, with `--json`: its status goes by on standard error, and is printed whole at the end. */
export interface DeskProgram {
  /** The last status line. */
  status(): string;
  /** What it said beside its status. */
  notices(): readonly string[];
  /** Files that it and all its processes have open, and how many processes that are. */
  resources(): Promise<{readonly files: number; readonly processes: number}>;
  /** Ends it as a user does; answers with what it says then. */
  end(): Promise<unknown>;
}

/** The emulated processor now and then lets Node crash while it starts, or is too busy to start the sound in time: that says nothing of the program. */
const attempts = 4;
const isOfTheMachine = /SIGILL|SIGSEGV|SIGTRAP|did not start within/;

/** Starts it and waits until it shows a status. What it said last is written where this process fails. */
export async function startDesk(given: readonly string[]): Promise<DeskProgram> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(given);
    } catch (error) {
      if (attempt === attempts || !isOfTheMachine.test(String(error))) throw error;
      console.log('the emulated processor let the program down while it started; again');
    }
  }
}

async function startOnce(given: readonly string[]): Promise<DeskProgram> {
  // As users have it: no right to a raised priority, with which the sound would take all that the emulated processor can do.
  const asUser = ['--bounding-set', '-sys_nice', process.execPath];
  const program = spawn('setpriv', [...asUser, 'dist/app/main.js', ...given, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = {out: '', errors: ''};
  program.stdout.on('data', (text) => {
    said.out += text;
  });
  program.stderr.on('data', (text) => {
    said.errors += text;
  });
  const ended = once(program, 'exit');
  const isStarted = (): boolean => {
    if (program.exitCode === null && program.signalCode === null)
      return /^\d+:\d\d\.\d (playing|stopped)/m.test(said.errors);
    throw new Error(`the program ended with ${program.signalCode ?? `status ${program.exitCode}`}: ${said.errors}`);
  };
  await until('the program', isStarted, 300_000);
  process.on('exit', (status) => {
    if (status !== 0) console.error(`the program's last words:\n${said.errors.split('\n').slice(-30).join('\n')}`);
  });
  const pid = program.pid ?? 0;
  return {
    status: () => said.errors.trimEnd().split('\n').at(-1) ?? '',
    notices: () => said.errors.split('\n').filter((line) => line !== '' && !/^\d+:\d\d\.\d /.test(line)),
    async resources() {
      // What a look at the ports has open for a moment does not count.
      const looks: {files: number; processes: number}[] = [];
      for (let look = 0; look < 40; look += 1) {
        const processes = familyOf(pid);
        looks.push({files: processes.reduce((sum, one) => sum + openFilesOf(one), 0), processes: processes.length});
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return looks.reduce((least, one) => (one.files < least.files ? one : least));
    },
    async end() {
      program.kill('SIGINT');
      await ended;
      return JSON.parse(said.out);
    },
  };
}

/** A process and all that it started. */
function familyOf(pid: number): readonly number[] {
  const parents = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return [[Number(name), Number(/\) \S+ (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1])] as const];
    } catch {
      return [];
    }
  });
  const childrenOf = (parent: number): readonly number[] =>
    parents.flatMap(([child, itsParent]) => (itsParent === parent ? [child, ...childrenOf(child)] : []));
  return [pid, ...childrenOf(pid)];
}

function openFilesOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}
