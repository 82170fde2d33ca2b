import type {AutomationSettings} from './automation.ts';
import type {MixerCommand} from './command.ts';
import type {Step} from './history.ts';
import type {LaneId} from './lane.ts';
import type {MeterSettings} from './meter-settings.ts';
import type {Snapshot} from './snapshot.ts';
import type {Timeline} from './timeline.ts';

/**
 * What is written down while it happens, so that no crash takes it: in order, each entry whole or not at all. Steps are told after they took effect; what a
 * hand moves beside them comes as `moved`, newest value per setting, at least every 250 ms.
 */
export type JournalEntry =
  /** A step that can be taken back. */
  | {readonly type: 'step'; readonly step: Step}
  /** The last step was taken back, or the last taken back was taken again; the commands and lanes are what came of it. */
  | {readonly type: 'undone'}
  | {readonly type: 'redone'}
  | {readonly type: 'moved'; readonly commands: readonly MixerCommand[]}
  | {readonly type: 'settings'; readonly settings: AutomationSettings}
  | {readonly type: 'timeline'; readonly timeline: Timeline}
  | {readonly type: 'meters'; readonly meters: MeterSettings}
  /** Stands for the one of that name, or joins the list; undefined removes it. */
  | {readonly type: 'snapshot'; readonly name: string; readonly snapshot: Snapshot | undefined}
  /** Points of a pass that is still being written: it ends with a step; if it never does, these are what is left of it. */
  | {
      readonly type: 'pass.wrote';
      readonly pass: number;
      readonly name: string;
      readonly lane: LaneId;
      readonly frames: readonly number[];
      readonly values: readonly number[];
    }
  /** A pass ended with the step before this entry, or came to nothing. */
  | {readonly type: 'pass.ended'; readonly pass: number};
