/** What a hand does to a fader: the level in dB it means at so many seconds, 0…`seconds`. */
export interface Gesture {
  readonly name: string;
  readonly levelDb: (atSeconds: number) => number;
  /** Seconds between two messages of its fader, lowest and highest. */
  readonly everySeconds: readonly [number, number];
  /** Messages come so late at most, in seconds. */
  readonly lateSeconds: number;
  /** Seconds at which it jumps: no arm does, but a fader that is asked seldom may say so. */
  readonly jumps?: readonly number[];
  /** The fader trembles under the finger by so many 10-bit steps. */
  readonly tremble: number;
}

/** How long each lasts. */
export const gestureSeconds = 10;

/** One message of a fader. */
export interface Message {
  readonly atSeconds: number;
  readonly levelDb: number;
}

/** A chain of numbers 0…1 that looks random and is always the same. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** From one level to another as an arm moves: it speeds up and slows down (minimum jerk). */
function reach(from: number, to: number, share: number): number {
  const s = Math.min(1, Math.max(0, share));
  return from + (to - from) * (10 * s ** 3 - 15 * s ** 4 + 6 * s ** 5);
}

/** Levels that a mixing hand goes to: at that second, to that level, within that time. */
const phrases = [
  [0.6, -4, 0.4],
  [1.5, -6.5, 0.8],
  [2.9, -3, 0.25],
  [3.6, -12, 0.5],
  [5, -11, 1.2],
  [6.6, -2, 0.6],
  [7.4, -2.8, 0.3],
  [8.3, -25, 0.9],
] as const;

function phrase(atSeconds: number): number {
  let levelDb = -5;
  for (const [from, to, within] of phrases) levelDb = reach(levelDb, to, (atSeconds - from) / within);
  return levelDb;
}

/** At that second, to that level. */
const steps = [
  [1.5, -12],
  [3, -3],
  [4.2, -9],
  [6, -20],
  [8.5, -6],
] as const;

/** Rides as people make them. */
export const gestures: readonly Gesture[] = [
  {
    name: 'a ramp',
    levelDb: (at) => Math.max(-30, -3.5 * at),
    everySeconds: [0.01, 0.01],
    lateSeconds: 0,
    tremble: 0,
  },
  {
    name: 'steps',
    levelDb: (at) => steps.findLast(([from]) => at >= from)?.[1] ?? 0,
    everySeconds: [0.001, 0.001],
    lateSeconds: 0,
    jumps: steps.map(([at]) => at),
    tremble: 0,
  },
  {
    name: 'flicks',
    levelDb: (at) => steps.reduce((levelDb, [from, to]) => reach(levelDb, to, (at - from) / 0.06), 0),
    everySeconds: [0.005, 0.01],
    lateSeconds: 0,
    tremble: 1,
  },
  {
    name: 'a tremolo',
    levelDb: (at) => -8 + 3 * Math.sin(2 * Math.PI * at),
    everySeconds: [0.008, 0.01],
    lateSeconds: 0,
    tremble: 0,
  },
  {name: 'a mixing hand', levelDb: phrase, everySeconds: [0.006, 0.016], lateSeconds: 0.003, tremble: 1},
];

/** What the fader says while the gesture is made, in order of time, nothing while it rests; `travelDb` is a level so many 10-bit steps of travel away. */
export function messagesOf(
  {levelDb, everySeconds, lateSeconds, tremble}: Gesture,
  seed: number,
  travelDb: (levelDb: number, steps: number) => number,
): readonly Message[] {
  const roll = dice(seed);
  const [shortest, longest] = everySeconds;
  const messages: Message[] = [];
  let lastSeconds = 0;
  for (let at = 0; at < gestureSeconds; at += shortest + roll() * (longest - shortest)) {
    const atSeconds = Math.max(lastSeconds, at + roll() * lateSeconds);
    const steps = Math.round((roll() * 2 - 1) * tremble);
    const message = {atSeconds, levelDb: travelDb(levelDb(at), steps)};
    if (message.levelDb !== messages.at(-1)?.levelDb) messages.push(message);
    lastSeconds = atSeconds;
  }
  return messages;
}
