import {type AutomationMode, type AutomationSettings, newAutomationSettings} from './automation.ts';
import type {LaneId} from './lane.ts';
import type {StripId} from './mixer.ts';

/** A lane that is being written, and by whose hand: the name of a surface as people know it, `terminal`, or `page`; empty where no hand is on it (mode write). */
export interface LaneWriting {
  readonly lane: LaneId;
  readonly by: string;
}

/** What automation does now, as surfaces, terminal and page show it. A new object whenever something of it changed. */
export interface AutomationStatus {
  readonly settings: AutomationSettings;
  /** Lanes that have points. */
  readonly lanes: ReadonlySet<LaneId>;
  /** Lanes that are being written now, the one begun last at the end. */
  readonly writing: readonly LaneWriting[];
  /** Whether lanes that are touched leave automation, to be set by ear. */
  readonly previewing: boolean;
  /** Lanes that have left it. */
  readonly previewed: ReadonlySet<LaneId>;
  /** What is added to a strip's level now by what trim mode wrote or writes, in dB; absent for strips to which nothing is. */
  readonly offsetsDb: ReadonlyMap<StripId, number>;
}

/** Lanes would be read, but there is none. */
export const noAutomationStatus: AutomationStatus = {
  settings: newAutomationSettings,
  lanes: new Set(),
  writing: [],
  previewing: false,
  previewed: new Set(),
  offsetsDb: new Map(),
};

/** The mode of a strip's fader. */
export function stripMode({mode, stripModes, laneModes}: AutomationSettings, strip: StripId): AutomationMode {
  return laneModes.get(`${strip} level`) ?? stripModes.get(strip) ?? mode;
}

/** Whether a lane belongs to a strip, told by its name alone: lamps ask this twenty times a second. */
export function isLaneOf(lane: LaneId, strip: StripId): boolean {
  return lane.startsWith(`${strip} `);
}

/** What is being written of a strip; of several lanes its level, else the one begun last. */
export function writingOn({writing}: AutomationStatus, strip: StripId): LaneWriting | undefined {
  const own = writing.filter(({lane}) => isLaneOf(lane, strip));
  return own.find(({lane}) => lane.startsWith(`${strip} level`)) ?? own.at(-1);
}
