import {readdirSync, readFileSync} from 'node:fs';
import type {ProcessLook} from './driver-silence.ts';

/** Linux counts processor time for programs in hundredths of a second, whatever the machine. */
const tickMs = 10;

/** Looks at a process of this system; undefined where the system does not tell, or there is no such process. */
export function lookAt(processId: number): ProcessLook | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const folder = `/proc/${processId}`;
    const {usedMs} = readStat(readFileSync(`${folder}/stat`, 'latin1'));
    // One thread may wait for another that has no time.
    const states = readdirSync(`${folder}/task`).map(
      (thread) => readStat(readFileSync(`${folder}/task/${thread}/stat`, 'latin1')).state,
    );
    const condition = states.includes('R') ? 'ready' : states.includes('D') ? 'disk' : 'waiting';
    return {condition, usedMs};
  } catch {
    return undefined;
  }
}

/**
 * The `stat` of a process or thread: its number, its name in brackets, which may hold anything, then fields with a space between: 3 its state (R ready, D waits for a disk, S sleeps,
 * T is stopped …), 14 and 15 its processor time in programs and in the kernel (proc(5)).
 */
function readStat(text: string): {readonly state: string; readonly usedMs: number} {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return {state: fields[0] ?? '', usedMs: (Number(fields[11]) + Number(fields[12])) * tickMs};
}
