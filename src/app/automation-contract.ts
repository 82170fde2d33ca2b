import type {Engine} from '../engine/contract.ts';
import type {Automation} from '../model/automation.ts';
import type {AutomationIntent} from '../model/automation-intent.ts';
import type {AutomationStatus} from '../model/automation-status.ts';
import type {MixerCommand} from '../model/command.ts';
import type {History} from '../model/history.ts';
import type {JournalEntry} from '../model/journal.ts';
import type {LaneId} from '../model/lane.ts';
import type {Mixer, StripId} from '../model/mixer.ts';
import type {PlaybackCommand} from '../model/playback.ts';
import type {Hands} from './automation-hands.ts';
import type {Clock} from './clock.ts';
import type {DeskHistory} from './desk-history.ts';

/** What automation is made of. */
export interface AutomationOptions {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly automation: Automation;
  readonly history: History;
  readonly journal: (entry: JournalEntry) => void;
  readonly selected: () => StripId | undefined;
  /** Says in a sentence what was done, or why nothing was. */
  readonly tell: (sentence: string) => void;
  /** `status` or the lanes are others. */
  readonly changed: () => void;
}

/** What outlives the desk: its mixer without what trim mode adds to levels, the lanes that move it, and the steps that can be taken back. */
export interface KeptDesk {
  readonly mixer: Mixer;
  readonly automation: Automation;
  readonly history: History;
}

/** Lanes, hands and tape together: what is followed, what is written, and the one history of it. */
export interface AutomationDesk {
  readonly history: DeskHistory;
  readonly status: AutomationStatus;
  /** The mixer as hands set it: levels in trim mode are what is added to them. */
  readonly handMixer: Mixer;
  readonly kept: KeptDesk;
  isTouched(lane: LaneId): boolean;
  /** Whether a command would change nothing that lasts, because a lane moves what it sets. */
  isMoved(command: MixerCommand): boolean;
  /** Hands at controls, and keys. */
  readonly hands: Pick<Hands, 'touched' | 'moved' | 'leave' | 'lost'>;
  perform(intent: AutomationIntent): void;
  /** The engine obeys, and what is written ends or begins with it. */
  obey(command: PlaybackCommand): void;
  /** What the engine told of. */
  playbackChanged(): void;
  mixerChanged(): void;
  /** To be called often: the tape may have gone round. */
  look(): void;
  /** Ends what is being written as it is, and tells the journal all. */
  end(): void;
}
