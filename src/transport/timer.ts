import {describeError} from '../model/problem.ts';

/** Calls once after so many milliseconds, and returns the way out. */
export type After = (delayMs: number, call: () => void) => () => void;

/** By the timers of the system. */
export const systemAfter: After = (delayMs, call) => {
  const timer = setTimeout(call, delayMs);
  return () => clearTimeout(timer);
};

/** How long the system may take for what it is asked, in milliseconds. */
const patienceMs = 3000;

/** The answer, or `otherwise` if it takes too long. Rejects as the answer does. */
export function within<Value>(
  answer: Promise<Value>,
  otherwise: Value,
  ms: number = patienceMs,
  after: After = systemAfter,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const endWait = after(ms, () => resolve(otherwise));
    answer.then(
      (value) => {
        endWait();
        resolve(value);
      },
      (error: unknown) => {
        endWait();
        reject(error instanceof Error ? error : new Error(describeError(error)));
      },
    );
  });
}
