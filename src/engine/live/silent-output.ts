import type {AudioOutput} from './output.ts';

/**
 * Keeps time by the computer's own clock and plays nothing: for machines without a sound card. `nowMs` is a steadily rising clock.
 */
export function createSilentOutput(sampleRate: number, nowMs: () => number): AudioOutput {
  const startedMs = nowMs();
  return {
    kind: 'silent',
    name: 'none',
    latencyFrames: 0,
    clockFrame: () => Math.floor(((nowMs() - startedMs) * sampleRate) / 1000),
    schedule: () => {},
    cut: () => {},
    close: async () => {},
  };
}
