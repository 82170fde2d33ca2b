import type {AutomationMode, AutomationScope} from './automation.ts';
import type {LaneId} from './lane.ts';
import type {StripId} from './mixer.ts';

/** How far a punched value is written: from where the tape is back to the start, on to the end, over the loop, or up to the lane's next point. */
export type WriteTo = 'start' | 'end' | 'loop' | 'next-point';

/** What is done to a part of lanes, in the units of their parameters; `fromFrame` up to, not at, `toFrame`; all of the lane if absent. */
export type LaneEdit =
  /** Leaves out what the line does without. `tolerance` as a share of the parameter's travel, 0.002 if absent. */
  | {readonly type: 'thin'; readonly tolerance?: number}
  /** Averages over so many ms. */
  | {readonly type: 'smooth'; readonly overMs: number}
  /** Later by so many ms, earlier if negative. */
  | {readonly type: 'shift'; readonly byMs: number}
  /** Levels and gains by so many dB, all else by so much in its unit. */
  | {readonly type: 'offset'; readonly by: number}
  /** Stretches the way from `around` (the part's mean if absent) by a factor. */
  | {readonly type: 'scale'; readonly factor: number; readonly around?: number}
  | {readonly type: 'clear'}
  /** Replaces the same part of another lane, of a parameter of the same kind. */
  | {readonly type: 'copy'; readonly to: LaneId};

/** What a hand or key asks of automation. */
export type AutomationIntent =
  /** `mode` undefined: that of what it belongs to. */
  | {readonly type: 'automation.setMode'; readonly scope: AutomationScope; readonly mode: AutomationMode | undefined}
  /** A mode button: sets the mode for the selected strip, or back to that of the desk if it has that mode already. */
  | {readonly type: 'automation.modeKey'; readonly mode: AutomationMode; readonly strip: StripId | 'desk'}
  | {readonly type: 'automation.setSafe'; readonly scope: AutomationScope; readonly safe: boolean}
  | {readonly type: 'automation.setGlide'; readonly glideMs: number}
  /** Punch in on the fly: lanes in touch, latch or write of what is touched, else of the selected strip, write from now on; asked again, they stop. */
  | {readonly type: 'automation.punch'}
  /** Another machine records, or ends it: what is in write mode is punched in, or what was punched in is punched out. */
  | {readonly type: 'automation.record'; readonly on: boolean}
  /** Writes the values as they stand of all lanes that write, are touched or previewed. */
  | {readonly type: 'automation.writeTo'; readonly to: WriteTo}
  /** Touched lanes leave automation and can be set by ear; asked again, they go back to it. */
  | {readonly type: 'automation.preview'}
  /** Writes what was previewed, from now on. */
  | {readonly type: 'automation.punchPreview'}
  /** What was added in trim mode becomes part of the level's lane. */
  | {readonly type: 'automation.mergeTrim'; readonly strips: readonly StripId[] | 'all'}
  | {
      readonly type: 'automation.edit';
      readonly lanes: readonly LaneId[];
      readonly edit: LaneEdit;
      readonly fromFrame?: number;
      readonly toFrame?: number;
    };

export function isAutomationIntent(intent: {readonly type: string}): intent is AutomationIntent {
  return intent.type.startsWith('automation.');
}
