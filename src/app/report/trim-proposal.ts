import {targetWindow} from '../../gain/headroom.ts';

/** A trim that puts a strip in the middle of the target window, and the fader that leaves the mix as it is. */
export interface TrimProposal {
  /** What the trim is now, and what it should be, in dB. */
  readonly fromDb: number;
  readonly toDb: number;
  /** What the fader moves by to make up for it, in dB. */
  readonly faderDb: number;
  /** The trim ends before the middle of the window is reached. */
  readonly limited: boolean;
}

const lowestTrimDb = -24;
const highestTrimDb = 24;
/** Fine enough for levels that are different in every performance. */
const stepDb = 0.5;

/** Proposes a trim by the working peak of the loudest passage behind it; none where it lies in the window, or is unknown. */
export function proposeTrim(workingPeakDb: number | undefined, trimDb: number): TrimProposal | undefined {
  if (workingPeakDb === undefined || !Number.isFinite(workingPeakDb)) return undefined;
  if (workingPeakDb >= targetWindow.lowDb && workingPeakDb <= targetWindow.highDb) return undefined;
  const wanted = Math.round((trimDb + targetWindow.centreDb - workingPeakDb) / stepDb) * stepDb;
  const toDb = Math.min(highestTrimDb, Math.max(lowestTrimDb, wanted)) + 0;
  if (toDb === trimDb) return undefined;
  return {fromDb: trimDb, toDb, faderDb: trimDb - toDb, limited: toDb !== wanted};
}
