import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import {join} from 'node:path';
import type {Bench, Figure} from './bench.ts';
import {startProgram} from './program.ts';

const coldRuns = 3;
const warmRuns = 5;

/** From the command to a desk that plays. */
export const startBench: Bench = {
  name: 'start',
  about:
    'The built program with the demo session, device and surfaces looked for as usual: from the command to its first line on standard error, ' +
    'which is written when engine and desk are ready, and to its end with --seconds 0. Medians.',
  async run() {
    const folder = await mkdtemp(join(os.tmpdir(), 'longthrow-bench-'));
    try {
      const cold: Start[] = [];
      for (let run = 0; run < coldRuns; run++) cold.push(await start(join(folder, `${run}`), []));
      const warm: Start[] = [];
      // Long enough once that all stems lie decoded in the cache.
      await start(join(folder, '0'), ['--seconds', '15']);
      for (let run = 0; run < warmRuns; run++) warm.push(await start(join(folder, '0'), []));
      const bare: Start[] = [];
      for (let run = 0; run < warmRuns; run++)
        bare.push(await start(join(folder, '0'), ['--no-device', '--no-surfaces']));
      return {
        figures: [
          ...figures('stems never decoded before', cold, 1500),
          ...figures('stems in the cache', warm, 1500),
          ...figures('in the cache, no device, no surfaces', bare, 1500),
        ],
      };
    } finally {
      await rm(folder, {recursive: true, force: true});
    }
  },
};

interface Start {
  readonly readyMs: number;
  readonly endMs: number;
}

async function start(cacheHome: string, options: readonly string[]): Promise<Start> {
  const startedMs = performance.now();
  const seconds = options.includes('--seconds') ? [] : ['--seconds', '0'];
  const program = startProgram(['--json', ...seconds, ...options], cacheHome);
  let readyMs = Number.NaN;
  let said = '';
  program.stdout?.resume();
  program.stderr?.on('data', (bytes: Buffer) => {
    if (said === '') readyMs = performance.now() - startedMs;
    said += bytes;
  });
  const [code] = await once(program, 'exit');
  if (code !== 0 || Number.isNaN(readyMs)) throw new Error(`the program ended with ${code}: ${said}`);
  return {readyMs, endMs: performance.now() - startedMs};
}

function figures(name: string, starts: readonly Start[], most: number): readonly Figure[] {
  const median = (times: readonly number[]): number =>
    [...times].sort((one, other) => one - other)[times.length >> 1] ?? Number.NaN;
  const ready = starts.map(({readyMs}) => readyMs);
  const note = `${ready.length} starts, ${Math.min(...ready).toFixed(0)} to ${Math.max(...ready).toFixed(0)}; load ${os.loadavg()[0]?.toFixed(1)}`;
  return [
    {name: `ready, ${name}`, value: median(ready), unit: 'ms', bar: {atMost: most}, note},
    {name: `ended, ${name}`, value: median(starts.map(({endMs}) => endMs)), unit: 'ms'},
  ];
}
