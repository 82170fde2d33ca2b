import type {AudioOutput} from './output.ts';

/**
 * Keeps time by the computer's own clock and plays nothing: for machines without a sound card. `nowMs` is a steadily rising clock.
 */
export function createSilentOutput(sampleRate: number, nowMs: () => number): AudioOutput {
  const startedMs = nowMs();
  const steadyFrame = (): number => ((nowMs() - startedMs) * sampleRate) / 1000;
  const clockFrame = (): number => Math.floor(steadyFrame());
  return {
    kind: 'silent',
    name: 'none',
    latencyFrames: 0,
    clockFrame,
    steadyFrame,
    clockFrameIn: (frames) => clockFrame() + frames,
    schedule: () => {},
    cut: () => {},
    close: async () => {},
  };
}
