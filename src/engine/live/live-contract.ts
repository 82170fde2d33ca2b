import type {Problem} from '../../model/problem.ts';
import type {Session} from '../../model/session.ts';
import type {Engine} from '../contract.ts';

export interface LiveEngineOptions {
  readonly session: Session;
  readonly cacheFolder: string;
  readonly lookAheadMs: number;
  readonly device: 'default' | 'none';
  /** Told of every stem that could not be read or failed while playing; of the same again after a restart. */
  readonly onProblem: (problem: Problem) => void;
}

export interface LiveEngine extends Engine {
  /** The process that makes the sound now, for who measures it; undefined while there is none. */
  readonly processId: number | undefined;
  onApplied(listener: AppliedListener): void;
}

/**
 * Told when changes of the mixer have reached the graph: how many of all that `onChanged` told so far, the frame on the device's clock from
 * which they sound, and when it was, in ms of the clock that all processes share (`performance.timeOrigin + performance.now()`).
 */
export type AppliedListener = (changes: number, atFrame: number, atMs: number) => void;

/** Said when a reference is asked for and the session names none. */
export const noReference: Problem = {
  path: 'references',
  reason: 'there is no track to compare the mix with',
  hint: 'Name some in session.json ("references"), or start with --reference FILE.',
  severity: 'warning',
};
