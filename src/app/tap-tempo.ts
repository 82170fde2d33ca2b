import {tapped, tempoOfTaps} from '../model/tempo.ts';
import type {Clock} from './clock.ts';

/** Takes beats as hands give them; `set` is told of the tempo of the last ones, in quarter notes a minute, as soon as there are enough. */
export function createTapTempo(clock: Clock, set: (tempoBpm: number) => void): () => void {
  let tapsMs: readonly number[] = [];
  return () => {
    tapsMs = tapped(tapsMs, clock.now());
    const tempoBpm = tempoOfTaps(tapsMs);
    if (tempoBpm !== undefined) set(tempoBpm);
  };
}
