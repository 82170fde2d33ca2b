/** Instruments made by code: what a small band records, each peaking at −10 dBFS, at any rate. */

export interface MadeSound {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export const instruments = ['kick', 'snare', 'hat', 'bass', 'guitar', 'pad', 'keys', 'vocal'] as const;
export type Instrument = (typeof instruments)[number];

export const isStereo: Readonly<Record<Instrument, boolean>> = {
  kick: false,
  snare: false,
  hat: false,
  bass: false,
  guitar: false,
  pad: true,
  keys: true,
  vocal: false,
};

/** Numbers −1…1 that look random and are the same every time (Park and Miller). */
export function randomOf(seed: number): () => number {
  let state = (seed * 7919 + 104_729) % 2_147_483_647;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return (state / 2_147_483_647) * 2 - 1;
  };
}

const peak = 10 ** (-10 / 20);

/** So many seconds of an instrument. */
export function soundOf(instrument: Instrument, seed: number, seconds: number, sampleRate: number): MadeSound {
  const frames = Math.round(seconds * sampleRate);
  const left = new Float32Array(frames);
  const right = isStereo[instrument] ? new Float32Array(frames) : left;
  const random = randomOf(seed);
  const voice = voices[instrument];
  // Two takes of one part: alike in their notes, not in their details.
  const takes = isStereo[instrument] ? [left, right] : [left];
  for (const [side, take] of takes.entries()) {
    const detail = random() * 0.002;
    for (let frame = 0; frame < frames; frame++) take[frame] = voice(frame / sampleRate, random, side * 0.37 + detail);
  }
  normalise(takes);
  return {left, right};
}

const turn = 2 * Math.PI;
const hit = (seconds: number, every: number, decay: number): number => Math.exp(-(seconds % every) / decay);
const noteOf = (seconds: number, notes: readonly number[], length: number): number =>
  notes[Math.floor(seconds / length) % notes.length] ?? 110;

/** What each plays at a moment; `side` moves the phases of the second take. */
const voices: Readonly<Record<Instrument, (seconds: number, random: () => number, side: number) => number>> = {
  kick: (s) => Math.sin(turn * 58 * (s % 0.5)) * hit(s, 0.5, 0.12),
  snare: (s, random) => (random() * 0.8 + Math.sin(turn * 190 * s) * 0.4) * hit(s + 0.5, 1, 0.09),
  hat: (s, random) => random() * hit(s, 0.25, 0.04),
  bass: (s) => {
    const hz = noteOf(s, [55, 55, 73.4, 82.4], 0.5);
    return (Math.sin(turn * hz * s) + 0.4 * Math.sin(turn * 2 * hz * s + 1)) * (0.5 + 0.5 * hit(s, 0.5, 0.25));
  },
  guitar: (s) => {
    const hz = noteOf(s, [196, 247, 294, 330], 0.75);
    return toneOf(5, hz * s, 1) * hit(s, 0.75, 0.3);
  },
  pad: (s, _random, side) => {
    let sum = 0;
    for (let index = 0; index < chord.length; index++)
      sum += Math.sin(turn * ((chord[index] ?? 0) + side * 0.6) * s + index * (1 + side * 5));
    return sum * (0.7 + 0.3 * Math.sin(turn * 0.21 * s));
  },
  keys: (s, _random, side) => {
    const hz = noteOf(s, [262, 330, 392, 523], 1);
    return toneOf(3, hz * s, side * 1.5) * hit(s, 1, 0.5);
  },
  vocal: (s) => {
    const sings = s % 4 < 3.2 ? Math.min(1, (s % 4) * 8) : 0;
    const hz = noteOf(s, [330, 370, 415, 330], 0.8) * (1 + 0.004 * Math.sin(turn * 5 * s));
    return toneOf(6, hz * s, 0, 1) * sings * (0.6 + 0.4 * Math.sin(turn * 1.3 * s) ** 2);
  },
};

const chord = [220, 277.2, 329.6, 440.5, 554, 660.3];

/** So many harmonics, each as much softer as it is higher, at so many turns of the lowest; `shift` and `spread` move their phases apart. */
function toneOf(harmonics: number, turns: number, shift: number, spread = 0): number {
  let sum = 0;
  for (let part = 1; part <= harmonics; part++) sum += Math.sin((turn * turns + shift + spread * part) * part) / part;
  return sum;
}

function normalise(takes: readonly Float32Array[]): void {
  let highest = 0;
  for (const take of takes) for (const sample of take) highest = Math.max(highest, Math.abs(sample));
  for (const take of takes)
    for (let frame = 0; frame < take.length; frame++) take[frame] = ((take[frame] ?? 0) * peak) / highest;
}
