import {type Actor, createActor} from 'xstate';
import {laneMachine} from '../machines/lane.ts';
import type {LaneEmitted, LaneEvent} from '../machines/lane-words.ts';
import {type AutomationMode, type AutomationSettings, isSafe, modeOf} from '../model/automation.ts';
import {type LaneId, type LaneTarget, laneId} from '../model/lane.ts';

/** One parameter that hands or passes may have, with its statechart. */
export interface LaneUnit {
  readonly id: LaneId;
  readonly target: LaneTarget;
  readonly mode: AutomationMode;
  readonly isSafe: boolean;
  /** Its lane has it. */
  readonly isFollowed: boolean;
  readonly isWriting: boolean;
  readonly isPreviewed: boolean;
  /** A hand is on it. */
  readonly isTouched: boolean;
  send(event: LaneEvent): void;
  /** Whose hand moved it last. */
  by: string;
  /** The lane that its pass writes, while one does. */
  writes: LaneId | undefined;
  /** In trim mode, what a hand adds to it. */
  offsetDb: number | undefined;
  /** It was punched in and may be punched out. */
  punched: boolean;
  /** Write mode has written it since the tape played, or jumped; it stays in that mode. */
  wroteAlways: boolean;
}

/** All parameters that hands were on while automation could concern it, and those in write mode. */
export interface LaneUnits {
  /** Made when it is first asked for. */
  of(target: LaneTarget): LaneUnit;
  get(id: LaneId): LaneUnit | undefined;
  readonly all: Iterable<LaneUnit>;
  /** Tells every statechart. */
  tell(event: LaneEvent): void;
  /** Tells each what mode and protection it has now. */
  settle(settings: AutomationSettings): void;
  end(): void;
}

/** `heard` is told of what the statecharts emit. */
export function createLaneUnits(
  settings: () => AutomationSettings,
  isPlaying: () => boolean,
  heard: (unit: LaneUnit, event: LaneEmitted) => void,
): LaneUnits {
  const units = new Map<LaneId, LaneUnit>();
  const actors = new Set<Actor<typeof laneMachine>>();

  function create(id: LaneId, target: LaneTarget): LaneUnit {
    const now = settings();
    const input = {mode: modeOf(now, target), safe: isSafe(now, target), playing: isPlaying()};
    const actor = createActor(laneMachine, {input});
    const has = (tag: 'followed' | 'writing' | 'previewed'): boolean => actor.getSnapshot().hasTag(tag);
    const unit: LaneUnit = {
      id,
      target,
      get mode() {
        return actor.getSnapshot().context.mode;
      },
      get isSafe() {
        return actor.getSnapshot().context.safe;
      },
      get isFollowed() {
        return has('followed');
      },
      get isWriting() {
        return has('writing');
      },
      get isPreviewed() {
        return has('previewed');
      },
      get isTouched() {
        return actor.getSnapshot().context.hands.length > 0;
      },
      send: (event) => actor.send(event),
      by: '',
      writes: undefined,
      offsetDb: undefined,
      punched: false,
      wroteAlways: false,
    };
    actor.on('*', (event) => heard(unit, event));
    actor.start();
    actors.add(actor);
    units.set(id, unit);
    return unit;
  }

  return {
    of(target) {
      const id = laneId(target);
      return units.get(id) ?? create(id, target);
    },
    get: (id) => units.get(id),
    get all() {
      return units.values();
    },
    tell(event) {
      for (const unit of units.values()) unit.send(event);
    },
    settle(now) {
      for (const unit of units.values()) {
        const mode = modeOf(now, unit.target);
        const safe = isSafe(now, unit.target);
        if (mode !== 'write') unit.wroteAlways = false;
        if (mode !== unit.mode || safe !== unit.isSafe) unit.send({type: 'settings.changed', mode, safe});
      }
    },
    end() {
      for (const actor of actors) actor.stop();
      units.clear();
    },
  };
}
