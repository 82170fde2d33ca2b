import {once} from 'node:events';
import {text} from 'node:stream/consumers';
import {setTimeout as delay} from 'node:timers/promises';
import type {Bench, Result} from './bench.ts';
import {bigSession} from './big-session.ts';
import {processTree, residentMb, startProgram} from './program.ts';

const minutes = 10;
const seconds = 10;

/** Memory of the whole program with a large session. */
export const memoryBench: Bench = {
  name: 'memory',
  about: `The built program plays 64 stereo stems of ${minutes} minutes (24-bit WAV, 11 GB) for ${seconds} s; memory of desk and engine.`,
  async run() {
    const {session, remove} = await bigSession(minutes * 60, 'sparse');
    try {
      return await measure(session.folder);
    } finally {
      await remove();
    }
  },
};

async function measure(folder: string): Promise<Result> {
  const program = startProgram([folder, '--json', '--seconds', `${seconds}`, '--no-surfaces'], folder);
  const answer = program.stdout === null ? Promise.resolve('') : text(program.stdout);
  program.stderr?.resume();
  const ended = once(program, 'exit');
  let running = true;
  ended.finally(() => {
    running = false;
  });
  let most = {sum: 0, desk: 0, engine: 0, shared: 0};
  while (running) {
    const [desk, ...others] = processTree(program.pid ?? 0).map(residentMb);
    const engine = others.reduce((sum, {all}) => sum + all, 0);
    const shared = others.reduce((sum, one) => sum + one.shared, 0);
    const sum = (desk?.all ?? 0) + engine;
    if (sum > most.sum) most = {sum, desk: desk?.all ?? 0, engine, shared};
    await Promise.race([ended, delay(100)]);
  }
  const [code] = await ended;
  const {playback, audio} = JSON.parse(await answer);
  if (code !== 0 || !(playback.seconds > seconds / 2))
    throw new Error(`the program ended with ${code} at ${playback.seconds} s`);
  if (most.sum === 0) {
    return {figures: [{name: 'memory', value: undefined, unit: 'MB', note: 'only measured where there is /proc'}]};
  }
  const note = `${most.shared.toFixed(0)} MB of program and libraries counted twice`;
  return {
    figures: [
      {name: 'desk and engine at their most', value: most.sum, unit: 'MB resident', bar: {atMost: 400}, note},
      {name: 'desk', value: most.desk, unit: 'MB resident'},
      {name: 'engine', value: most.engine, unit: 'MB resident'},
      {name: 'blocks without their samples', value: audio.starvedBlocks, unit: '', bar: {atMost: 0}},
      {name: 'late blocks', value: audio.lateBlocks, unit: ''},
    ],
  };
}
