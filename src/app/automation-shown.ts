import {type AutomationSettings, isSafe, modeOf} from '../model/automation.ts';
import type {AutomationStatus} from '../model/automation-status.ts';
import type {LaneId} from '../model/lane.ts';
import type {Lanes} from '../model/lane-change.ts';
import {type Mixer, masterId, type StripId} from '../model/mixer.ts';
import type {LaneFollower} from './automation-follower.ts';
import type {LaneUnit} from './automation-lanes.ts';

/** What is to be shown. */
export interface ShownAutomation {
  /** What was shown last, if nothing but the tape has moved since. */
  readonly last: AutomationStatus | undefined;
  readonly settings: AutomationSettings;
  readonly previewing: boolean;
  readonly units: Iterable<LaneUnit>;
  /** Lanes that are written, the one begun last at the end. */
  readonly written: Iterable<LaneId>;
  readonly follower: LaneFollower;
}

/** What people are shown of automation; the same object while nothing of it changes. */
export function statusOf({last, settings, previewing, units, written, follower}: ShownAutomation): AutomationStatus {
  const offsetsDb = offsetsOf(follower);
  if (last !== undefined) {
    const lanes = namesOf(follower.lanes, last.lanes);
    return lanes === last.lanes && isSameMap(last.offsetsDb, offsetsDb) ? last : {...last, lanes, offsetsDb};
  }
  const all = [...units];
  return {
    settings,
    lanes: namesOf(follower.lanes),
    writing: [...written].map((lane) => ({lane, by: all.find(({writes}) => writes === lane)?.by ?? ''})),
    previewing,
    previewed: new Set(all.filter(({isPreviewed}) => isPreviewed).map(({id}) => id)),
    offsetsDb,
  };
}

/** Gives the mixer as faders show it: of strips in trim mode not the level, but what is added to it. The same object while nothing of it changes. */
export function createHandMixer(follower: LaneFollower): (mixer: Mixer, settings: AutomationSettings) => Mixer {
  let last: {readonly mixer: Mixer; readonly settings: AutomationSettings; readonly offsets: Offsets} | undefined;
  let shown: Mixer | undefined;
  return (mixer, settings) => {
    const {mode, stripModes, laneModes} = settings;
    if (mode !== 'trim' && ![...stripModes.values(), ...laneModes.values()].includes('trim')) return mixer;
    const offsets = offsetsOf(follower);
    const isSame = last?.mixer === mixer && last.settings === settings && isSameMap(last.offsets, offsets);
    if (!isSame || shown === undefined) shown = withOffsets(mixer, settings, offsets);
    last = {mixer, settings, offsets};
    return shown;
  };
}

type Offsets = ReadonlyMap<StripId, number>;

function withOffsets(mixer: Mixer, settings: AutomationSettings, offsets: Offsets): Mixer {
  const levelOf = (strip: StripId, levelDb: number): number => {
    const target = {strip, parameter: 'level'} as const;
    const isTrimmed = modeOf(settings, target) === 'trim' && !isSafe(settings, target);
    return isTrimmed ? (offsets.get(strip) ?? 0) : levelDb;
  };
  return {
    ...mixer,
    masterLevelDb: levelOf(masterId, mixer.masterLevelDb),
    strips: mixer.strips.map((strip) => {
      const levelDb = levelOf(strip.id, strip.levelDb);
      return levelDb === strip.levelDb ? strip : {...strip, levelDb};
    }),
  };
}

const noOffsets: Offsets = new Map();

function offsetsOf(follower: LaneFollower): Offsets {
  if (follower.offsetStrips.length === 0) return noOffsets;
  const offsets = new Map<StripId, number>();
  for (const strip of follower.offsetStrips) {
    const offsetDb = follower.offsetDbNow(strip);
    if (offsetDb !== 0) offsets.set(strip, offsetDb);
  }
  return offsets;
}

function isSameMap<Key, Value>(one: ReadonlyMap<Key, Value>, other: ReadonlyMap<Key, Value>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}

/** Names are asked for with every picture, and change with edits and steps that are taken back only. */
const known = new WeakMap<Lanes, ReadonlySet<LaneId>>();

/** The names of all lanes; those told last, if they are still the same. */
function namesOf(lanes: Lanes, last?: ReadonlySet<LaneId>): ReadonlySet<LaneId> {
  const names = known.get(lanes) ?? (last !== undefined && hasKeys(lanes, last) ? last : new Set(lanes.keys()));
  known.set(lanes, names);
  return names;
}

function hasKeys<Key>(map: ReadonlyMap<Key, unknown>, keys: ReadonlySet<Key>): boolean {
  return map.size === keys.size && [...keys].every((key) => map.has(key));
}
