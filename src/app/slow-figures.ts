import type {ProgramReading} from '../model/program.ts';
import type {Reading} from '../model/reading.ts';
import {type MixFigures, noFigures} from '../surface/mix-digits.ts';

/** Ticks of the lamp clock (50 ms) for which figures stand: four a second can be read. */
const standTicks = 5;

/** Reads the figures of the mix for segment displays, and keeps them for 250 ms: all units show the same ones. */
export function createSlowFigures(
  program: () => ProgramReading | undefined,
  master: () => Reading | undefined,
): (lampTick: number) => MixFigures {
  let figures = noFigures;
  let readAt: number | undefined;
  return (lampTick) => {
    const period = Math.floor(lampTick / standTicks);
    if (period !== readAt) figures = {program: program(), peakDb: master()?.peakDb};
    readAt = period;
    return figures;
  };
}
