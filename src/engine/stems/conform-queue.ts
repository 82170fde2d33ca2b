import {setImmediate} from 'node:timers/promises';
import {DeskError} from '../../model/problem.ts';
import {type ConformJob, conform} from './conform.ts';
import {refuseFailure} from './sound.ts';

/** What becomes of a job. `frames` can be read from its part file, or from the final file under its final name. */
export type ConformNews =
  | {readonly type: 'progressed'; readonly id: number; readonly frames: number}
  | {readonly type: 'finished'; readonly id: number}
  | {
      readonly type: 'failed';
      readonly id: number;
      /** `source`: the file is damaged or cannot be read. `cache`: the result cannot be written. */
      readonly blame: 'source' | 'cache';
      readonly reason: string;
      readonly hint?: string;
    };

/** Jobs that share one thread. */
export interface ConformQueue {
  start(job: ConformJob): void;
  /** Ends all work and removes what is unfinished. Idempotent. */
  stop(): Promise<void>;
}

interface Running {
  readonly id: number;
  readonly work: AsyncGenerator<number, void>;
  frames: number;
}

/** Works a piece of that job at a time that has the fewest frames done, so that the first seconds of all come first. */
export function createConformQueue(tell: (news: ConformNews) => void, work = conform): ConformQueue {
  const jobs = new Set<Running>();
  let stopped = false;
  let loop: Promise<void> | undefined;

  async function advance(job: Running): Promise<void> {
    try {
      const result = await job.work.next();
      if (result.done === true) {
        jobs.delete(job);
        tell({type: 'finished', id: job.id});
        return;
      }
      job.frames = result.value;
      tell({type: 'progressed', id: job.id, frames: job.frames});
    } catch (error) {
      jobs.delete(job);
      const {reason, hint} = refuseFailure(error);
      const blame = error instanceof DeskError && error.code === 'file.unwritable' ? 'cache' : 'source';
      const cure = blame === 'cache' ? 'Free some space there, or change the permissions.' : hint;
      tell({type: 'failed', id: job.id, blame, reason, ...(cure === undefined ? {} : {hint: cure})});
    }
  }

  async function run(): Promise<void> {
    while (jobs.size > 0 && !stopped) {
      let least: Running | undefined;
      for (const job of jobs) if (least === undefined || job.frames < least.frames) least = job;
      if (least !== undefined) await advance(least);
      await setImmediate();
    }
    loop = undefined;
  }

  return {
    start(job) {
      if (stopped) return;
      jobs.add({id: job.id, work: work(job), frames: 0});
      loop ??= run();
    },
    async stop() {
      stopped = true;
      await loop;
      await Promise.allSettled([...jobs].map((job) => job.work.return()));
      jobs.clear();
    },
  };
}
