/** Foresees a device's clock, which moves in steps: a device takes a whole cycle of sound at once, then nothing until the next. */
export interface DeviceClock {
  /** The frame the clock shows now. */
  frame(): number;
  /** The frame it would show if it moved evenly: what it shows when it has just moved, and more until it moves again. */
  steadyFrame(): number;
  /** The highest frame that it will show in `frames` frames' time: what starts there or later is not yet taken then. */
  frameIn(frames: number): number;
}

export interface DeviceClockOptions {
  readonly sampleRate: number;
  /** The frame that the device takes next; never falls. */
  readonly clockFrame: () => number;
  /** A steady clock, in ms. */
  readonly nowMs: () => number;
}

/** Steps by which a cycle is known. */
const stepsKept = 24;
/** So many of them must be alike; a look into the midst of a cycle makes two that are not. */
const stepsAlike = 0.6;
/** Shorter cycles are not told from looks that are far apart: the clock passes for a smooth one then, which is always safe. */
const shortestCycleFrames = 400;
/** How long it is remembered how early the device was at its earliest, twice: clocks drift apart. */
const windowMs = 5000;
/** However wrong the foresight is, a change need not wait longer than so. */
const mostCyclesAhead = 2;
const unknownCycleFrames = 1024;

/** Learns from every look at it; knows little before it was looked at for a second. */
export function createDeviceClock({sampleRate, clockFrame, nowMs}: DeviceClockOptions): DeviceClock {
  const steps: number[] = [];
  let cycleFrames: number | undefined;
  let lastFrame = clockFrame();
  let windowStartMs = nowMs();
  /** When the clock would have shown 0, at the earliest: seen in this window and the one before. */
  let origins = [originOf(lastFrame, windowStartMs), Number.POSITIVE_INFINITY];

  function originOf(frame: number, ms: number): number {
    return ms - (frame * 1000) / sampleRate;
  }
  const look = (): readonly [frame: number, ms: number] => {
    const frame = clockFrame();
    const ms = nowMs();
    const [newest = Number.POSITIVE_INFINITY, before = Number.POSITIVE_INFINITY] = origins;
    const origin = originOf(frame, ms);
    if (ms - windowStartMs > windowMs) {
      origins = [origin, newest];
      windowStartMs = ms;
    } else origins = [Math.min(newest, origin), before];
    if (frame !== lastFrame) {
      steps.push(frame - lastFrame);
      if (steps.length > stepsKept) steps.shift();
      lastFrame = frame;
      cycleFrames = cycleOf(steps);
    }
    return [frame, ms];
  };

  return {
    frame: () => look()[0],
    steadyFrame() {
      const [frame, ms] = look();
      const ahead = ((ms - Math.min(...origins)) * sampleRate) / 1000 - frame;
      return frame + Math.min(Math.max(0, ahead), mostCyclesAhead * (cycleFrames ?? unknownCycleFrames));
    },
    frameIn(frames) {
      const [frame, ms] = look();
      const ahead = ((ms - Math.min(...origins)) * sampleRate) / 1000 + frames - frame;
      const cycles = cycleFrames === undefined ? ahead : Math.floor(ahead / cycleFrames) * cycleFrames;
      const most = frames + mostCyclesAhead * (cycleFrames ?? unknownCycleFrames);
      return frame + Math.ceil(Math.min(Math.max(0, cycles), most));
    },
  };
}

/** The step that most are alike; undefined where there is none, or where it is short. */
function cycleOf(steps: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const step of steps) counts.set(step, (counts.get(step) ?? 0) + 1);
  for (const [step, count] of counts) {
    if (count >= stepsAlike * stepsKept && step >= shortestCycleFrames) return step;
  }
  return undefined;
}
