import type {Engine} from '../engine/contract.ts';
import type {Automation} from '../model/automation.ts';
import type {History} from '../model/history.ts';
import type {JournalEntry} from '../model/journal.ts';
import type {Layout} from '../model/layout.ts';
import type {StripId} from '../model/mixer.ts';
import type {RuleChange} from '../model/rule-change.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {Surface} from '../model/surface.ts';
import type {Intent} from '../surface/intent.ts';
import type {Transport} from '../transport/contract.ts';
import type {Hand} from './automation-touches.ts';
import type {Clock} from './clock.ts';
import type {DeskStatus} from './desk-status.ts';

/** A running desk, as terminal, page and tests see it. */
export interface Desk {
  status(): DeskStatus;
  /** Does what a hand on any surface asks for; without one a key of the terminal does. */
  perform(intent: Intent, hand?: Hand): void;
  /** Ends surfaces and sound; resolves when both have let go. Idempotent. */
  close(): Promise<void>;
}

/** What a desk is made of. */
export interface DeskOptions {
  readonly sessionName: string;
  readonly engine: Engine;
  readonly surfaces: readonly Surface[];
  readonly layout: Layout;
  readonly transports: readonly Transport[];
  /** Whether a strip should be heard at all: it has a stem. */
  readonly hasSound: (strip: StripId) => boolean;
  /** What the session changes in the gain table. */
  readonly ruleChanges?: readonly RuleChange[];
  readonly clock: Clock;
  /** Nothing blinks, and no texts take turns; no if absent. */
  readonly reducedMotion?: boolean;
  /** Lanes and modes to begin with; none if absent. */
  readonly automation?: Automation;
  /** Mixes to come back to; none if absent. */
  readonly snapshots?: readonly Snapshot[];
  /** Steps of earlier runs that can be taken back; none if absent. */
  readonly history?: History;
  /** Told of everything that must survive a crash, in order, within 250 ms; nobody is if absent. */
  readonly journal?: (entry: JournalEntry) => void;
  /** Told of each block of sound that was heard of the engine; nobody is if absent. */
  readonly blockHeard?: () => void;
  /** What is missing on this machine, a line each; freshly read. */
  readonly notices: () => readonly string[];
  /** Save on the surface or in the terminal was pressed. */
  readonly save: () => void;
}
