import {type ChildProcess, execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {access, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import type {Heard} from './live-sound.ts';

const run = promisify(execFile);
const server = `longthrow-bench-${process.pid}`;

/** A sound device made of programs: a JACK server with a clock of its own (real-time scheduling where allowed) and a recorder as its loudspeaker. */
export interface LiveDevice {
  readonly sampleRate: number;
  readonly periodFrames: number;
  /** The recorder hears the client that came last: the engine as `one`, its rival as `two`. */
  connect(to: 'one' | 'two'): Promise<void>;
  /** Ends everything; what was heard of both. */
  end(): Promise<DeviceSound>;
}

/** What the device got from engine and rival, and how often its own clock was late. */
export interface DeviceSound {
  readonly one: Heard;
  readonly two: Heard;
  readonly lateCycles: number;
}

/** A sentence, or undefined where JACK, its header and a compiler are there. */
export async function whatIsMissing(): Promise<string | undefined> {
  const has = (program: string): Promise<boolean> =>
    run(program, ['--version']).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
    );
  if (!(await has('jackd'))) return 'no JACK (apt install jackd2 libjack-jackd2-dev)';
  if (!(await has('cc'))) return 'no C compiler (apt install gcc)';
  const header = await access('/usr/include/jack/jack.h').catch(() => 'none');
  return header === 'none' ? 'no header of JACK (apt install libjack-jackd2-dev)' : undefined;
}

/** Compiles the recorder into a folder; its path. */
export async function buildRecorder(folder: string): Promise<string> {
  const path = join(folder, 'recorder');
  await run('cc', ['-O2', '-o', path, fileURLToPath(new URL('./live-recorder.c', import.meta.url)), '-ljack', '-lm']);
  return path;
}

/** Starts server and recorder; children that are started until `end` find this server and no other. Rejects if it does not run within 10 s. */
export async function startDevice(
  recorder: string,
  file: string,
  {sampleRate, periodFrames, seconds}: {sampleRate: number; periodFrames: number; seconds: number},
): Promise<LiveDevice> {
  const known = {JACK_DEFAULT_SERVER: server, JACK_NO_START_SERVER: '1', JACK_NO_AUDIO_RESERVATION: '1'};
  Object.assign(process.env, known);
  const driver = ['-d', 'dummy', '-r', `${sampleRate}`, '-p', `${periodFrames}`];
  // It goes with its last client, whatever becomes of us.
  const jack = spawn('jackd', ['-n', server, '-T', '-R', '-P', '60', ...driver], {stdio: 'ignore'});
  const listening = await startRecorder(recorder, [`${seconds}`, file], jack);
  const {child, told} = listening;
  const ports = new Set(await outputs());

  return {
    sampleRate,
    periodFrames,
    async connect(to) {
      const deadlineMs = performance.now() + 10_000;
      for (let added: readonly string[] = []; ; added = (await outputs()).filter((port) => !ports.has(port))) {
        const right = added[1];
        if (right !== undefined) {
          for (const port of added) ports.add(port);
          await run('jack_connect', [right, `recorder:${to}`]);
          return;
        }
        if (performance.now() > deadlineMs) throw new Error('no sound came to the device');
        await delay(50);
      }
    },
    async end() {
      const ended = once(child, 'exit');
      child.stdin?.end();
      const [code] = await ended;
      jack.kill();
      await exitOf(jack);
      for (const name of Object.keys(known)) delete process.env[name];
      if (code !== 0) throw new Error(`the recorder failed (${code})`);
      const sound = await floats32(`${file}.sound`);
      const clock = await floats64(`${file}.clock`);
      const side = (index: 0 | 1): Heard => ({
        samples: sound.filter((_, at) => at % 2 === index),
        sampleRate,
        cycleFrames: clock.filter((_, at) => at % 2 === 0),
        cycleMs: clock.filter((_, at) => at % 2 === 1),
      });
      return {one: side(0), two: side(1), lateCycles: Number(/late (\d+)/.exec(told.join('\n'))?.[1] ?? 0)};
    },
  };
}

async function startRecorder(
  recorder: string,
  words: readonly string[],
  jack: ChildProcess,
): Promise<{readonly child: ChildProcess; readonly told: readonly string[]}> {
  for (let attempt = 0; attempt < 40; attempt++) {
    await delay(250);
    if (jack.exitCode !== null) throw new Error(`jackd ended (${jack.exitCode})`);
    const child = spawn(recorder, words, {stdio: ['pipe', 'pipe', 'ignore']});
    const told: string[] = [];
    const lines = createInterface({input: child.stdout});
    lines.on('line', (line) => told.push(line));
    await Promise.race([once(lines, 'line'), once(child, 'exit')]);
    if (told.includes('recording')) return {child, told};
  }
  jack.kill();
  throw new Error('jackd does not answer');
}

async function outputs(): Promise<readonly string[]> {
  const {stdout} = await run('jack_lsp', []);
  return stdout.split('\n').filter((port) => port.length > 0 && !/^(system|recorder):/.test(port));
}

async function exitOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const kill = setTimeout(() => child.kill('SIGKILL'), 2000);
  await once(child, 'exit');
  clearTimeout(kill);
}

async function floats32(path: string): Promise<Float32Array> {
  return new Float32Array(new Uint8Array(await readFile(path)).buffer);
}

async function floats64(path: string): Promise<Float64Array> {
  return new Float64Array(new Uint8Array(await readFile(path)).buffer);
}
