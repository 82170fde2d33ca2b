import {laneValueAt} from '../automation/read-out.ts';
import {kindOf} from '../automation/write-pass.ts';
import type {Engine, FollowedLane} from '../engine/contract.ts';
import {type AutomationSettings, modeOf} from '../model/automation.ts';
import {applyCommand} from '../model/command.ts';
import {emptyLane, type Lane, type LaneId, laneId, laneTarget, laneValue, laneWrittenBy} from '../model/lane.ts';
import type {Lanes} from '../model/lane-change.ts';
import type {Mixer, StripId} from '../model/mixer.ts';
import {lowestLevelDb} from '../model/taper.ts';
import type {HistoryLanes} from './desk-history.ts';

/** Parameters that hands or passes have, and what they say of them. */
export interface Taken {
  /** Lanes that are let go. */
  readonly letGo: ReadonlySet<LaneId>;
  /** What hands in trim mode add to levels now, in dB. */
  readonly offsetsDb: ReadonlyMap<StripId, number>;
}

/** The lanes of the desk, and which of them the engine follows: all that have points, but for those that are off or that somebody has. */
export interface LaneFollower extends HistoryLanes {
  /** Tells the engine what it is to follow now, as far as that is news. */
  sync(): void;
  /** What is added to a strip's level where the tape is, in dB; 0 where nothing is. */
  offsetDbNow(strip: StripId): number;
  /** Strips whose level something is added to. */
  readonly offsetStrips: readonly StripId[];
  /** The mixer without what is added to levels: with the lanes it gives what is heard. */
  readonly bareMixer: Mixer;
}

export interface FollowerOptions {
  readonly engine: Engine;
  readonly lanes: Lanes;
  readonly settings: () => AutomationSettings;
  readonly taken: () => Taken;
}

/** The lane that is added to a strip's level. */
export function offsetLaneOf(strip: StripId): LaneId {
  return laneId({strip, parameter: 'level.offset'});
}

/** Nothing is followed until the first `sync`. */
export function createLaneFollower({engine, lanes: given, settings, taken}: FollowerOptions): LaneFollower {
  let lanes = given;
  let followed: ReadonlyMap<LaneId, Lane> = new Map();
  let offsetStrips: readonly StripId[] = [];
  /** Strips whose level stayed, offset and all, when both were let go. */
  const withOffset = new Set<StripId>();

  function wanted(): ReadonlyMap<LaneId, Lane> {
    const {letGo, offsetsDb} = taken();
    const next = new Map<LaneId, Lane>();
    for (const [id, lane] of lanes) {
      const target = laneTarget(id);
      if (target === undefined || letGo.has(id)) continue;
      const owner = target.parameter === 'level.offset' ? levelOf(target.strip) : target;
      if (modeOf(settings(), owner) !== 'off') next.set(id, lane);
    }
    for (const [strip, offsetDb] of offsetsDb) {
      const id = offsetLaneOf(strip);
      const known = followed.get(id);
      next.set(id, known?.frames.length === 1 && known.values[0] === offsetDb ? known : steady(offsetDb));
    }
    return next;
  }

  function sync(): void {
    const next = wanted();
    const news: FollowedLane[] = [];
    for (const [id, lane] of next) if (followed.get(id) !== lane) news.push({id, lane});
    for (const id of followed.keys()) if (!next.has(id)) news.push({id, lane: undefined});
    if (news.length === 0) return;
    for (const one of news) settleOffset(one, next);
    followed = next;
    offsetStrips = offsetStripsOf(next.keys());
    engine.follow(news);
  }

  /** The engine leaves a level where it is heard when its offset goes; a level that no lane moves must be what it was without it when the offset comes or is no more. */
  function settleOffset({id, lane}: FollowedLane, next: ReadonlyMap<LaneId, Lane>): void {
    const target = laneTarget(id);
    if (target?.parameter !== 'level.offset') return;
    const {strip} = target;
    if (lane === undefined) {
      if (lanes.has(id)) withOffset.add(strip);
      else engine.follow([{id, lane: steady(0)}]);
      return;
    }
    const heardDb = withOffset.delete(strip) ? laneValue(engine.mixer, levelOf(strip)) : undefined;
    if (heardDb === undefined || heardDb <= lowestLevelDb || next.has(laneId(levelOf(strip)))) return;
    engine.apply({type: 'strip.setLevel', strip, levelDb: heardDb - valueHere(id, lane)});
  }

  function valueHere(id: LaneId, lane: Lane): number {
    const kind = kindOf(id);
    return kind === undefined || lane.frames.length === 0 ? 0 : laneValueAt(lane, kind.curve, engine.playback.frame);
  }

  function offsetDbNow(strip: StripId): number {
    const id = offsetLaneOf(strip);
    return valueHere(id, followed.get(id) ?? emptyLane);
  }

  return {
    get lanes() {
      return lanes;
    },
    become(next) {
      lanes = next;
      sync();
    },
    sync,
    isMoved(command) {
      const written = laneWrittenBy(command);
      return written !== undefined && followed.has(laneId(written.target));
    },
    offsetDbNow,
    get offsetStrips() {
      return offsetStrips;
    },
    get bareMixer() {
      return offsetStrips.reduce((mixer, strip) => {
        const heardDb = laneValue(mixer, levelOf(strip));
        if (heardDb === undefined || heardDb <= lowestLevelDb) return mixer;
        return applyCommand(mixer, {type: 'strip.setLevel', strip, levelDb: heardDb - offsetDbNow(strip)});
      }, engine.mixer);
    },
  };
}

function offsetStripsOf(ids: Iterable<LaneId>): readonly StripId[] {
  return [...ids].flatMap((id) => {
    const target = laneTarget(id);
    return target?.parameter === 'level.offset' ? [target.strip] : [];
  });
}

function levelOf(strip: StripId) {
  return {strip, parameter: 'level'} as const;
}

/** A lane that says one value everywhere. */
function steady(value: number): Lane {
  return {frames: Int32Array.of(0), values: Float64Array.of(value)};
}
