import {rmsDb} from './level-convention.ts';

/** How much of the sound's energy lies below 120 Hz. */
export interface LowShare {
  /** Takes the next frames; all samples must be finite. */
  push(left: Float32Array, right: Float32Array, frames: number): void;
  /** Energy below 120 Hz in all of it, both sides together, over the last 20 s, in dB; undefined before 3 s of it were louder than −60 dBFS RMS. */
  shareDb(): number | undefined;
  /** The same of everything since the start, in whole tenths of a second. */
  wholeDb(): number | undefined;
  reset(): void;
}

/** A Butterworth low-pass of the fourth order: −3 dB at 120 Hz, −24 dB an octave above. */
const lowEndHertz = 120;
const qualities = [1 / (2 * Math.cos(Math.PI / 8)), 1 / (2 * Math.cos((3 * Math.PI) / 8))] as const;
const cellsASecond = 10;
const cells = 20 * cellsASecond;
const fewestHeard = 3 * cellsASecond;
const heardDb = -60;
const faint = 1e-20;

/** b₀ (b₁ is twice that, b₂ the same), a₁ and a₂ of a low-pass section (Bristow-Johnson's cookbook). */
function section(quality: number, sampleRate: number): readonly [b0: number, a1: number, a2: number] {
  const w = (2 * Math.PI * lowEndHertz) / sampleRate;
  const alpha = Math.sin(w) / (2 * quality);
  const a0 = 1 + alpha;
  return [(1 - Math.cos(w)) / 2 / a0, (-2 * Math.cos(w)) / a0, (1 - alpha) / a0];
}

/** A meter that has heard nothing. `sampleRate` in hertz. */
export function createLowShare(sampleRate: number): LowShare {
  const [b0, a1, a2] = section(qualities[0], sampleRate);
  const [d0, c1, c2] = section(qualities[1], sampleRate);
  const cellFrames = Math.round(sampleRate / cellsASecond);
  /** Two delays of each section, left then right. */
  const delays = new Float64Array(8);
  const all = new Float64Array(cells);
  const low = new Float64Array(cells);
  let open = 0;
  let frames = 0;
  let allNow = 0;
  let lowNow = 0;
  let allEver = 0;
  let lowEver = 0;
  let heardEver = 0;

  function run(samples: Float32Array, from: number, to: number, at: number): void {
    let s1 = delays[at] ?? 0;
    let s2 = delays[at + 1] ?? 0;
    let t1 = delays[at + 2] ?? 0;
    let t2 = delays[at + 3] ?? 0;
    let energy = 0;
    let lowEnergy = 0;
    for (let frame = from; frame < to; frame++) {
      const x = samples[frame] ?? 0;
      const bx = b0 * x;
      const y = bx + s1;
      s1 = 2 * bx - a1 * y + s2;
      s2 = bx - a2 * y;
      const dy = d0 * y;
      const z = dy + t1;
      t1 = 2 * dy - c1 * z + t2;
      t2 = dy - c2 * z;
      energy += x * x;
      lowEnergy += z * z;
    }
    delays[at] = Math.abs(s1) < faint ? 0 : s1;
    delays[at + 1] = Math.abs(s2) < faint ? 0 : s2;
    delays[at + 2] = Math.abs(t1) < faint ? 0 : t1;
    delays[at + 3] = Math.abs(t2) < faint ? 0 : t2;
    allNow += energy;
    lowNow += lowEnergy;
  }

  const isHeard = (energy: number): boolean => rmsDb(energy / 2 / cellFrames) > heardDb;

  return {
    push(left, right, pushed) {
      for (let from = 0; from < pushed; ) {
        const to = Math.min(pushed, from + cellFrames - frames);
        run(left, from, to, 0);
        run(right, from, to, 4);
        frames += to - from;
        from = to;
        if (frames < cellFrames) continue;
        all[open] = allNow;
        low[open] = lowNow;
        open = (open + 1) % cells;
        allEver += allNow;
        lowEver += lowNow;
        if (isHeard(allNow)) heardEver++;
        frames = allNow = lowNow = 0;
      }
    },
    shareDb() {
      const heard = all.reduce((count, energy) => count + (isHeard(energy) ? 1 : 0), 0);
      if (heard < fewestHeard) return undefined;
      const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
      return 10 * Math.log10(sum(low) / sum(all));
    },
    wholeDb: () => (heardEver < fewestHeard ? undefined : 10 * Math.log10(lowEver / allEver)),
    reset() {
      for (const values of [delays, all, low]) values.fill(0);
      open = frames = allNow = lowNow = allEver = lowEver = heardEver = 0;
    },
  };
}
