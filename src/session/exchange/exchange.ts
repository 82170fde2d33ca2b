import type {Lanes} from '../../model/lane-change.ts';
import type {Mixer} from '../../model/mixer.ts';
import type {Problem} from '../../model/problem.ts';

/** What lanes are exchanged with: names of strips, the rate of frames, and the tempo that sequencers count by. */
export interface ExchangeStage {
  readonly mixer: Mixer;
  readonly sampleRate: number;
}

/** Automation as the contents of a file, and in sentences what it could not carry as it is. */
export interface LaneExport<Content> {
  readonly content: Content;
  readonly lanes: number;
  readonly points: number;
  readonly notes: readonly string[];
}

/** The lanes of a file, all of it understood, or every reason why it was not: never a part of it. */
export type LaneImport =
  | {readonly type: 'lanes'; readonly lanes: Lanes; readonly warnings: readonly Problem[]}
  | {readonly type: 'refused'; readonly problems: readonly Problem[]};

/** Largest file that is read, in bytes. */
export const largestImportBytes = 64_000_000;
/** The last frame that a lane can have a point at. */
export const lastFrame = 2 ** 31 - 2;
/** As many problems of a file are told; the rest is counted. */
export const mostProblems = 20;

/** A refusal with the first problems, and how many there are beyond. */
export function refusedImport(path: string, problems: readonly Problem[]): LaneImport {
  const more = problems.length - mostProblems;
  const rest: readonly Problem[] =
    more > 0 ? [{path, reason: `has ${more} more problems like these`, severity: 'error'}] : [];
  return {type: 'refused', problems: [...problems.slice(0, mostProblems), ...rest]};
}
