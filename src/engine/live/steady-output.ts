import type {AudioOutput} from './output.ts';

/** A device whose clock has not moved for so long is gone. */
const lostAfterMs = 1000;
/** A device that is gone is looked for this often. */
const retryEveryMs = 2000;

export interface SteadyOutput extends AudioOutput {
  /** To be called often: notices that the device is gone, and that it is back. */
  check(): void;
}

export interface SteadyOptions {
  readonly first: AudioOutput;
  readonly silent: () => AudioOutput;
  /** Opens the device again; undefined if it is not there. */
  readonly reopen: () => Promise<AudioOutput | undefined>;
  readonly nowMs: () => number;
  /** Told when the device went (`undefined`: it is back). */
  readonly changed: (output: AudioOutput, reason: string | undefined) => void;
}

/**
 * One output whose clock never stops: when the device goes (headphones pulled, a server restarted) time goes on silently, and the sound
 * comes back with the device.
 */
export function createSteadyOutput({first, silent, reopen, nowMs, changed}: SteadyOptions): SteadyOutput {
  let current = first;
  /** Frame of this output at which the current one's clock stood at 0. */
  let offset = 0;
  let seenFrame = first.clockFrame();
  let movedMs = nowMs();
  let triedMs = Number.NEGATIVE_INFINITY;
  let reopening = false;
  let lost = false;
  let closed = false;

  const use = (next: AudioOutput): void => {
    offset += current.clockFrame() - next.clockFrame();
    current = next;
    seenFrame = next.clockFrame();
    movedMs = nowMs();
  };
  const tryAgain = async (): Promise<void> => {
    reopening = true;
    triedMs = nowMs();
    const found = await reopen().catch(() => undefined);
    reopening = false;
    if (found === undefined) return;
    if (closed) return found.close();
    const before = current;
    lost = false;
    use(found);
    await before.close();
    changed(found, undefined);
  };

  return {
    get kind() {
      return current.kind;
    },
    get name() {
      return current.name;
    },
    get latencyFrames() {
      return current.latencyFrames;
    },
    clockFrame: () => current.clockFrame() + offset,
    steadyFrame: () => (current.steadyFrame?.() ?? current.clockFrame()) + offset,
    clockFrameIn: (frames) => current.clockFrameIn(frames) + offset,
    schedule: (atFrame, left, right) => current.schedule(atFrame - offset, left, right),
    cut: (atFrame) => current.cut(atFrame - offset),
    check() {
      if (closed) return;
      const frame = current.clockFrame();
      if (frame !== seenFrame) {
        seenFrame = frame;
        movedMs = nowMs();
      } else if (current.kind === 'device' && nowMs() - movedMs > lostAfterMs) {
        lost = true;
        triedMs = nowMs();
        // Closing a device that is gone may never end: nobody waits for it.
        current.close().catch(() => {});
        use(silent());
        changed(current, 'the sound device is gone');
      }
      if (lost && !reopening && nowMs() - triedMs >= retryEveryMs) void tryAgain();
    },
    async close() {
      closed = true;
      await current.close();
    },
  };
}
