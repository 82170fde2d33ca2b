import {blockFrames} from '../../src/engine/graph.ts';
import type {LiveEngine} from '../../src/engine/live/live-contract.ts';
import type {Move} from './live-sound.ts';

/** What the engine itself says of its sound, where no device can be listened to. */
export interface Account {
  /** To be called as soon as a move was handed to the engine. */
  moved(move: Move): void;
  /** From each move to the frame from which the engine says it sounds, in ms; undefined for what was never applied. */
  delays(): readonly (number | undefined)[];
  end(): void;
}

/** `nowMs` is the clock of the moves. When a frame sounds is known from when its meters came, at the soonest. */
export function keepAccount(engine: LiveEngine, sampleRate: number, nowMs: () => number): Account {
  let changes = 0;
  let originMs = Number.POSITIVE_INFINITY;
  const moves: {readonly atMs: number; readonly changes: number}[] = [];
  /** The last word on so many changes. */
  const applied = new Map<number, number>();
  const endChanges = engine.onChanged((what) => {
    if (what === 'mixer') changes++;
  });
  engine.onApplied((count, atFrame) => applied.set(count, atFrame));
  const timer = setInterval(() => {
    for (const {atFrame} of engine.takeMeters()) {
      originMs = Math.min(originMs, nowMs() - ((atFrame + blockFrames) * 1000) / sampleRate);
    }
  }, 5);
  return {
    moved: ({atMs}) => void moves.push({atMs, changes}),
    delays() {
      const told = [...applied].sort(([one], [other]) => one - other);
      return moves.map(({atMs, changes: count}) => {
        const frame = told.find(([upTo]) => upTo >= count)?.[1];
        return frame === undefined ? undefined : originMs + (frame * 1000) / sampleRate - atMs;
      });
    },
    end() {
      clearInterval(timer);
      endChanges();
    },
  };
}
