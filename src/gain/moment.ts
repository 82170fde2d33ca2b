import type {StripId} from '../model/mixer.ts';
import type {ProgramReading} from '../model/program.ts';
import type {BusPrediction} from './bus-prediction.ts';
import type {Channel} from './channel.ts';
import type {Facts} from './facts.ts';
import type {Shared} from './masking.ts';
import type {VocalBalance} from './vocal-balance.ts';
import type {Words} from './wording.ts';

/** What a measure says of a channel now. A side that is undefined cannot be crossed; the value is what the texts tell. */
export interface Found {
  readonly toRaise: number | undefined;
  readonly toClear: number | undefined;
  readonly value: number | undefined;
  /** Further numbers and words of the texts. */
  readonly words?: Words;
  /** What is found changed by our own hand alone: what is past is past at once. */
  readonly byHand?: true;
}

/** What measures need besides the channel. */
export interface Moment {
  /** Age of the newest meter frame, ms; undefined while the first is still awaited. */
  readonly ageMs: number | undefined;
  /** Frames that came since the last outage. */
  readonly goodFrames: number;
  /** Whether a clip of the strip lies under the playhead. */
  readonly expected: (channel: Channel) => boolean;
  /** Level in dBFS that 0 VU stands for. */
  readonly lineUpDb: number;
  /** What the programme meters said last. */
  readonly program: ProgramReading | undefined;
  readonly facts: Facts;
  /** The mixer was changed since the last look. */
  readonly mixerChanged: boolean;
  /** Strips are left out by a solo: what is heard is not the mix. */
  readonly soloing: boolean;
  readonly prediction: () => BusPrediction | undefined;
  readonly vocals: () => VocalBalance | undefined;
  /** Whether any strip that feeds the mix plays now. */
  readonly mixPlays: () => boolean;
  readonly shared: (strip: StripId) => Shared | undefined;
  readonly nameOf: (strip: StripId) => string;
}

/** While the tape stands still nothing is found, and nothing is over. */
export const paused: Found = {toRaise: undefined, toClear: undefined, value: undefined};

/** A measure that raises and clears by one number. */
export function same(value: number, words?: Words): Found {
  return words === undefined ? {toRaise: value, toClear: value, value} : {toRaise: value, toClear: value, value, words};
}

/** How a measure is taken; undefined means that there is no valid input. */
export type Take = (channel: Channel, moment: Moment) => Found | undefined;
