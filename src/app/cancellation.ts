import {exitCode} from './exit-code.ts';
import {createProgress} from './progress.ts';

/** Tells of what has been done, 0…1. */
type ShowProgress = (fraction: number) => void;

/**
 * Does work that writes files, with a progress bar, until Ctrl-C: then the work is told by the signal, must reject, and leave nothing half-written. Returns its
 * exit status, or that of an interruption.
 */
export async function untilCancelled(
  label: string,
  work: (showProgress: ShowProgress, signal: AbortSignal, endProgress: () => void) => Promise<number>,
): Promise<number> {
  const progress = createProgress(label, process.stderr);
  const cancel = new AbortController();
  const interrupt = (): void => cancel.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    return await work(progress.show, cancel.signal, progress.end);
  } catch (error) {
    if (!cancel.signal.aborted) throw error;
    process.stderr.write('Cancelled; nothing was written.\n');
    return exitCode.interrupted;
  } finally {
    progress.end();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
