import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {readFile, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {newMixer} from '../../src/model/mixer.ts';
import type {ParameterValues} from '../../src/model/parameter.ts';
import type {Session} from '../../src/model/session.ts';
import {sessionFileOf, writeSessionFile} from '../../src/session/save.ts';
import type {Bench, Figure, Result} from './bench.ts';
import {bigSession} from './big-session.ts';
import {processTree, residentMb, startProgram} from './program.ts';

const seconds = 60;
const rounds = 3;

/** Every strip busy: both filters, four bands, a compressor. */
const fullStrip: ParameterValues = {
  'hp.on': 1,
  'lp.on': 1,
  'eq1.on': 1,
  'eq1.gainDb': 3,
  'eq2.on': 1,
  'eq2.gainDb': -4,
  'eq3.on': 1,
  'eq3.gainDb': 2,
  'eq4.on': 1,
  'eq4.gainDb': -3,
  'comp.on': 1,
  'comp.thresholdDb': -24,
};

/** The whole program against others that mix files: from its start to its end, the file on the disk. */
export const bounceBench: Bench = {
  name: 'bounce',
  about:
    `64 stereo stems of ${seconds} s (24-bit WAV, 1.1 GB) to one 24-bit WAV by the built program, with its loudness report; ffmpeg and sox mix the same ` +
    `files and do nothing else. Wall time of whole processes, best of ${rounds} rounds in turn.`,
  async run() {
    const {session, remove} = await bigSession(seconds, 'noise');
    try {
      return await measure(session);
    } finally {
      await remove();
    }
  },
};

interface Cost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly memoryMb: number;
}

async function measure(session: Session): Promise<Result> {
  const {folder} = session;
  const files = session.stems.map(({path}) => path);
  const output = join(folder, 'mix.wav');
  const words = ['bounce', folder, '-o', output, '--replace', '--json'];
  const ours = (): ChildProcess => startProgram(words, folder);
  const sox = (): ChildProcess => spawn('sox', ['-m', ...files, '-b', '24', output], {stdio: 'ignore'});
  const ffmpeg = (): ChildProcess =>
    spawn(
      'ffmpeg',
      [
        ...['-v', 'error', '-y', '-nostdin', ...files.flatMap((file) => ['-i', file])],
        ...['-filter_complex', `amix=inputs=${files.length}:normalize=0`, '-c:a', 'pcm_s24le', output],
      ],
      {stdio: 'ignore'},
    );
  const best = new Map<string, Cost | undefined>();
  for (let round = 0; round < rounds; round++) {
    await write(session, {});
    await keepBest(best, 'faders only', ours);
    const plain = await readFile(output);
    await write(session, fullStrip);
    await keepBest(best, 'full strips', ours);
    // Strips whose processing does not sound would flatter.
    if (plain.equals(await readFile(output))) best.delete('full strips');
    await keepBest(best, 'sox', sox);
    await keepBest(best, 'ffmpeg', ffmpeg);
    await rm(output, {force: true});
  }
  const against = (name: string, other: string): Figure => {
    const [one, two] = [best.get(name)?.wallSeconds, best.get(other)?.wallSeconds];
    const value = one === undefined || two === undefined ? undefined : one / two;
    return {name: `${name} against ${other}`, value, unit: '× its time', bar: {atMost: 1}};
  };
  return {
    figures: [
      ...figuresOf('ours, faders only', best.get('faders only')),
      ...figuresOf('ours, full strips', best.get('full strips'), 'hp, lp, 4 bands and compressor on every strip'),
      ...figuresOf('sox -m', best.get('sox'), 'apt install sox'),
      ...figuresOf('ffmpeg amix', best.get('ffmpeg'), 'apt install ffmpeg'),
      against('faders only', 'sox'),
      against('full strips', 'ffmpeg'),
    ],
  };
}

async function write(session: Session, parameters: ParameterValues): Promise<void> {
  const mixer = newMixer({...session.mixer, strips: session.mixer.strips.map((strip) => ({...strip, parameters}))});
  const saved = await writeSessionFile(session.folder, sessionFileOf(session, mixer));
  if (saved.type === 'failed') throw new Error('the session of the bench cannot be written');
}

async function keepBest(best: Map<string, Cost | undefined>, name: string, start: () => ChildProcess): Promise<void> {
  const cost = await costOf(start);
  const known = best.get(name);
  if (cost !== undefined && cost.wallSeconds < (known?.wallSeconds ?? Number.POSITIVE_INFINITY)) best.set(name, cost);
}

/** What a process and those it starts cost from start to end; undefined where the program is not installed. Throws if it fails. */
async function costOf(start: () => ChildProcess): Promise<Cost | undefined> {
  const cpuBefore = childrenSeconds();
  const startedMs = performance.now();
  const child = start();
  child.stdout?.resume();
  child.stderr?.resume();
  let running = true;
  const ended = once(child, 'exit').finally(() => {
    running = false;
  });
  const failed = once(child, 'error').then(() => undefined);
  let memoryMb = 0;
  while (running && child.pid !== undefined) {
    const all = processTree(child.pid).reduce((sum, id) => sum + residentMb(id).all, 0);
    memoryMb = Math.max(memoryMb, all);
    await Promise.race([ended, delay(100)]);
  }
  const end = await Promise.race([ended, failed]);
  if (end === undefined) return undefined;
  if (end[0] !== 0) throw new Error(`${child.spawnargs.slice(0, 2).join(' ')} ended with ${end[0]}`);
  return {
    wallSeconds: (performance.now() - startedMs) / 1000,
    cpuSeconds: childrenSeconds() - cpuBefore,
    memoryMb,
  };
}

/** Processor seconds of all children that have ended, where the system has /proc; in hundredths. */
function childrenSeconds(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return Number.NaN;
  }
}

function figuresOf(name: string, cost: Cost | undefined, note = ''): readonly Figure[] {
  if (cost === undefined) {
    const why = note.startsWith('apt') ? `not installed: ${note}` : 'the strips’ processing does not sound';
    return [{name, value: undefined, unit: '', note: why}];
  }
  return [
    {name: `${name}: wall`, value: cost.wallSeconds, unit: 's', note: note.startsWith('apt') ? '' : note},
    {name: `${name}: processor`, value: cost.cpuSeconds, unit: 's'},
    {name: `${name}: memory`, value: cost.memoryMb, unit: 'MB resident'},
  ];
}
