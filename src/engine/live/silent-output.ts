import type {AudioOutput} from './output.ts';

/**
 * Keeps time by the computer's own clock and plays nothing: for machines without a sound card. `nowMs` is a steadily rising clock.
 */
export function createSilentOutput(sampleRate: number, nowMs: () => number): AudioOutput {
  const startedMs = nowMs();
  const clockFrame = (): number => Math.floor(((nowMs() - startedMs) * sampleRate) / 1000);
  return {
    kind: 'silent',
    name: 'none',
    latencyFrames: 0,
    clockFrame,
    clockFrameIn: (frames) => clockFrame() + frames,
    schedule: () => {},
    cut: () => {},
    close: async () => {},
  };
}
