import {fork} from 'node:child_process';
import {once} from 'node:events';
import {copyFile, mkdtemp, open, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Stem} from '../../src/engine/stem.ts';
import {createStemOpener, type StemOpener} from '../../src/engine/stems/stem-opener.ts';
import {waveHeader} from '../../src/engine/stems/wave-writer.ts';
import {longFlac} from '../engine/stems/long-flac.ts';
import type {Bench, Figure} from './bench.ts';

const stems = 64;
const minutes = 10;
const blockFrames = 512;
const streamedSeconds = 10;
/** Frames prepared before they are read, as the live engine does. */
const aheadFrames = 4096;
const flacStems = 10;
const flacSeconds = 30;

/** Stems from disk: memory and cost of many long linear ones, and how soon compressed ones are ready. */
export const stemsBench: Bench = {
  name: 'stems',
  about: `${stems} stereo 24-bit WAV stems of ${minutes} minutes streamed, ${flacStems} FLAC stems opened for the first time`,
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'longthrow-bench-'));
    try {
      for (let index = 0; index < stems; index++) await makeSparse(join(folder, `${index}.wav`));
      const streamed = await inChild('--stream-stems', folder);
      await rm(join(folder, '0.wav'));
      await writeFile(join(folder, '0.flac'), await longFlac(flacSeconds));
      for (let index = 1; index < flacStems; index++) {
        await copyFile(join(folder, '0.flac'), join(folder, `${index}.flac`));
      }
      return {figures: [...streamed, ...(await inChild('--open-flac', folder))]};
    } finally {
      await rm(folder, {recursive: true, force: true});
    }
  },
};

/** Zeros that take no room on the disk but are read like any other samples. */
async function makeSparse(path: string): Promise<void> {
  const frames = minutes * 60 * 48_000;
  const file = await open(path, 'w');
  await file.write(waveHeader({kind: 'int', bytes: 3, littleEndian: true}, 2, 48_000, frames));
  await file.truncate(80 + frames * 6);
  await file.close();
}

/** The figures of a process of its own, so that its memory is nothing else's. */
async function inChild(task: string, folder: string): Promise<readonly Figure[]> {
  const child = fork(fileURLToPath(import.meta.url), [task, folder], {execArgv: ['--import=tsx']});
  let figures: readonly Figure[] = [];
  child.on('message', (message: readonly Figure[]) => {
    figures = message;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0 || figures.length === 0) throw new Error(`the process of ${task} ended with ${code}`);
  return figures;
}

async function openAll(opener: StemOpener, paths: readonly string[]): Promise<Stem[]> {
  const opened = await Promise.all(paths.map((path) => opener.open(path)));
  return opened.map((one) => {
    if (one.type === 'refused') throw new Error(one.problem.reason);
    return one.stem;
  });
}

async function streamStems(folder: string): Promise<Figure[]> {
  const opener = createStemOpener({sampleRate: 48_000, cacheFolder: join(folder, 'cache')});
  const startedMs = performance.now();
  const all = await openAll(
    opener,
    Array.from({length: stems}, (_, index) => join(folder, `${index}.wav`)),
  );
  const openMs = performance.now() - startedMs;
  const [left, right] = [new Float32Array(blockFrames), new Float32Array(blockFrames)];
  const readMs: number[] = [];
  const cpu = process.cpuUsage();
  for (let frame = 0; frame < streamedSeconds * 48_000; frame += blockFrames) {
    await Promise.all(all.map((stem) => stem.prepare(frame, aheadFrames)));
    const before = performance.now();
    let whole = true;
    for (const stem of all) whole = stem.read(frame, left, right) && whole;
    readMs.push(performance.now() - before);
    if (!whole) throw new Error(`silence at ${frame}`);
  }
  const {user, system} = process.cpuUsage(cpu);
  readMs.sort((a, b) => a - b);
  const at = (share: number): number => readMs[Math.floor(share * (readMs.length - 1))] ?? 0;
  for (const stem of all) await stem.close();
  await opener.close();
  return [
    {name: 'open 64 WAV stems', value: openMs, unit: 'ms'},
    {name: 'memory of the process', value: process.resourceUsage().maxRSS / 1024, unit: 'MB', bar: {atMost: 400}},
    {name: 'read a block of all, median', value: at(0.5), unit: 'ms', bar: {atMost: 1}},
    {name: 'read a block of all, p99', value: at(0.99), unit: 'ms'},
    {name: 'processor for disk and reading', value: (user + system) / 1e4 / streamedSeconds, unit: '% of a core'},
  ];
}

async function openFlac(folder: string): Promise<Figure[]> {
  const paths = Array.from({length: flacStems}, (_, index) => join(folder, `${index}.flac`));
  const figures: Figure[] = [];
  for (const [sampleRate, name, bar] of [
    [44_100, 'at their rate', {atMost: 1500}],
    [44_100, 'at their rate, again', {atMost: 500}],
    [48_000, 'at another rate', undefined],
  ] as const) {
    const cpu = process.cpuUsage();
    const startedMs = performance.now();
    const opener = createStemOpener({sampleRate, cacheFolder: join(folder, 'cache')});
    const all = await openAll(opener, paths);
    await Promise.all(all.map((stem) => stem.prepare(0, 2 * sampleRate)));
    const value = performance.now() - startedMs;
    const {user, system} = process.cpuUsage(cpu);
    const note = `${((user + system) / 1000).toFixed(0)} ms of processor`;
    const figure = {name: `open ${flacStems} FLAC stems ${name}`, value, unit: 'ms', note};
    figures.push(bar === undefined ? figure : {...figure, bar});
    await Promise.all(all.map((stem) => stem.prepare(stem.lengthFrames - 1, 1)));
    // Finished files are flushed before they count; one prepared to its end is finished soon after.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    for (const stem of all) await stem.close();
    await opener.close();
  }
  return figures;
}

const [, , task, folder] = process.argv;
if (folder !== undefined && process.send !== undefined && (task === '--stream-stems' || task === '--open-flac')) {
  process.send(task === '--stream-stems' ? await streamStems(folder) : await openFlac(folder));
  process.disconnect();
}
