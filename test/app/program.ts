import {type ChildProcessByStdio, execFile, spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Readable} from 'node:stream';
import {fileURLToPath} from 'node:url';
import type {TestFn} from 'ava';
import {projectFile} from '../project.ts';

/** What came of a program that was run to its end. */
export interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** The built program with a cache, a configuration and a folder of its own, which goes when the tests of the file have ended. It has no terminal. */
export interface Program {
  readonly scratch: string;
  /** Runs it to its end. */
  run(...words: readonly string[]): Promise<Run>;
  /** Starts it, with another cache if one is named; it writes into pipes. */
  start(words: readonly string[], cache?: string): ChildProcessByStdio<null, Readable, Readable>;
  /** Starts it, and presses Ctrl-C as soon as its lines, of both streams together, say what is waited for. */
  runUntil(said: RegExp, ...words: readonly string[]): Promise<Run>;
}

const main = fileURLToPath(projectFile('dist/app/main.js'));
/** So long the slowest machine may take, in milliseconds. */
const patienceMs = 80_000;

export function programIn(test: TestFn, name: string): Program {
  const scratch = mkdtempSync(join(tmpdir(), `longthrow-${name}-`));
  test.after.always(() => rmSync(scratch, {recursive: true, force: true}));
  const environment = (cache = join(scratch, 'cache')): NodeJS.ProcessEnv => ({
    ...process.env,
    XDG_CACHE_HOME: cache,
    XDG_CONFIG_HOME: join(scratch, 'config'),
    NO_COLOR: '1',
  });
  const start: Program['start'] = (words, cache) =>
    spawn(process.execPath, [main, ...words], {env: environment(cache), stdio: ['ignore', 'pipe', 'pipe']});
  return {
    scratch,
    start,
    run: (...words) =>
      new Promise((resolve) => {
        const options = {env: environment(), timeout: patienceMs, maxBuffer: 2 ** 26};
        const child = execFile(process.execPath, [main, ...words], options, (_, out, err) =>
          resolve({status: child.exitCode, out, err}),
        );
        child.stdin?.end();
      }),
    runUntil(said, ...words) {
      const child = start(words);
      const told = {out: '', err: ''};
      let isStopping = false;
      const hear = (stream: 'out' | 'err', bytes: Buffer): void => {
        told[stream] += bytes;
        if (isStopping || !said.test(told.out + told.err)) return;
        // A second one would end it at once.
        isStopping = true;
        child.kill('SIGINT');
      };
      child.stdout.on('data', (bytes: Buffer) => hear('out', bytes));
      child.stderr.on('data', (bytes: Buffer) => hear('err', bytes));
      const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      return new Promise((resolve) => {
        child.once('close', (status) => {
          clearTimeout(timer);
          resolve({status, ...told});
        });
      });
    },
  };
}
