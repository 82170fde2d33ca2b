import {type LaneId, type LaneTarget, laneId} from './lane.ts';
import type {Lanes} from './lane-change.ts';
import type {StripId} from './mixer.ts';

/**
 * What lanes do: nothing (`off`), move their parameter (`read`), and are written beside: while touched, from a touch to the stop,
 * always while the tape plays, or (`trim`) by what the hand adds to the level that is read.
 */
export const automationModes = ['off', 'read', 'touch', 'latch', 'write', 'trim'] as const;
export type AutomationMode = (typeof automationModes)[number];

/** What a mode or protection is set for: the whole desk, a strip, or one lane. */
export type AutomationScope =
  | {readonly type: 'desk'}
  | {readonly type: 'strip'; readonly strip: StripId}
  | {readonly type: 'lane'; readonly lane: LaneId};

/** How the lanes of a session are used; the nearest says it: the lane's own mode, that of its strip, that of the desk. */
export interface AutomationSettings {
  readonly mode: AutomationMode;
  readonly stripModes: ReadonlyMap<StripId, AutomationMode>;
  readonly laneModes: ReadonlyMap<LaneId, AutomationMode>;
  /** Protected: read, and never written, whatever the mode. */
  readonly safeStrips: ReadonlySet<StripId>;
  readonly safeLanes: ReadonlySet<LaneId>;
  /** How long a value takes back to its lane when the hand lets go, in ms, 0…10,000. */
  readonly glideMs: number;
}

/** All automation of a session. */
export interface Automation {
  readonly lanes: Lanes;
  readonly settings: AutomationSettings;
}

/** Lanes are read, none is written, none is there. */
export const newAutomationSettings: AutomationSettings = {
  mode: 'read',
  stripModes: new Map(),
  laneModes: new Map(),
  safeStrips: new Set(),
  safeLanes: new Set(),
  glideMs: 300,
};
export const newAutomation: Automation = {lanes: new Map(), settings: newAutomationSettings};

/** The mode in force for a lane. Trim is for levels: any other lane of the strip is touched instead. */
export function modeOf({mode, stripModes, laneModes}: AutomationSettings, target: LaneTarget): AutomationMode {
  const wanted = laneModes.get(laneId(target)) ?? stripModes.get(target.strip) ?? mode;
  return wanted === 'trim' && target.parameter !== 'level' ? 'touch' : wanted;
}

/** Whether a lane is never to be written. */
export function isSafe({safeStrips, safeLanes}: AutomationSettings, target: LaneTarget): boolean {
  return safeStrips.has(target.strip) || safeLanes.has(laneId(target));
}

/** Which mode the desk, a strip or a lane has of its own; undefined: that of what it belongs to. */
export function ownMode(settings: AutomationSettings, scope: AutomationScope): AutomationMode | undefined {
  switch (scope.type) {
    case 'desk':
      return settings.mode;
    case 'strip':
      return settings.stripModes.get(scope.strip);
    case 'lane':
      return settings.laneModes.get(scope.lane);
  }
}

/** Settings with another mode for the desk, a strip or a lane; undefined gives it up (the desk falls back to read). */
export function withMode(
  settings: AutomationSettings,
  scope: AutomationScope,
  mode: AutomationMode | undefined,
): AutomationSettings {
  switch (scope.type) {
    case 'desk':
      return {...settings, mode: mode ?? 'read'};
    case 'strip':
      return {...settings, stripModes: withEntry(settings.stripModes, scope.strip, mode)};
    case 'lane':
      return {...settings, laneModes: withEntry(settings.laneModes, scope.lane, mode)};
  }
}

/** Settings with a strip or lane protected, or no longer. The desk as a whole is not: that is what read is for. */
export function withSafe(settings: AutomationSettings, scope: AutomationScope, safe: boolean): AutomationSettings {
  switch (scope.type) {
    case 'desk':
      return settings;
    case 'strip':
      return {...settings, safeStrips: withMember(settings.safeStrips, scope.strip, safe)};
    case 'lane':
      return {...settings, safeLanes: withMember(settings.safeLanes, scope.lane, safe)};
  }
}

function withEntry<Key, Value>(
  map: ReadonlyMap<Key, Value>,
  key: Key,
  value: Value | undefined,
): ReadonlyMap<Key, Value> {
  const next = new Map(map);
  if (value === undefined) next.delete(key);
  else next.set(key, value);
  return next;
}

function withMember<Member>(set: ReadonlySet<Member>, member: Member, is: boolean): ReadonlySet<Member> {
  const next = new Set(set);
  if (is) next.add(member);
  else next.delete(member);
  return next;
}
