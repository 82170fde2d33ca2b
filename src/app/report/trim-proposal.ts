import {trimFinding} from '../../gain/auto-trim.ts';

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

/** Proposes a trim by the working peak of the loudest passage behind it; none where it lies in the window, or is unknown. */
export function proposeTrim(workingPeakDb: number | undefined, trimDb: number): TrimProposal | undefined {
  const finding = trimFinding(workingPeakDb, trimDb);
  if (finding.type !== 'change') return undefined;
  const {fromDb, toDb, limited} = finding;
  return {fromDb, toDb, faderDb: fromDb - toDb, limited};
}
