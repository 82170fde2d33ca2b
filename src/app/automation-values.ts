import type {Engine} from '../engine/contract.ts';
import type {MixerCommand} from '../model/command.ts';
import {type LaneId, laneKind, laneValue} from '../model/lane.ts';
import type {StripId} from '../model/mixer.ts';
import {lowestLevelDb} from '../model/taper.ts';
import type {LaneFollower, Taken} from './automation-follower.ts';
import type {LaneUnit} from './automation-lanes.ts';

/** What parameters that hands have are set to, as their lanes would say it. */
export interface LaneValues {
  /** The value where the tape is: of a level without what is added to it, in trim mode what is added. */
  valueOf(unit: LaneUnit): number;
  /**
   * A hand asks for a value; `isHeard`: of a level it means what is heard, not where a fader in trim mode stands. Returns the command that the engine was given;
   * undefined if it is an offset, for which there is none.
   */
  set(unit: LaneUnit, command: MixerCommand, isHeard: boolean): MixerCommand | undefined;
  /** What the engine must let go of, and what it adds to levels because of hands. */
  taken(units: Iterable<LaneUnit>): Taken;
}

/** Whether hands add to the level that is read, instead of setting it. */
export function isTrimmed({target, mode, isSafe}: Pick<LaneUnit, 'target' | 'mode' | 'isSafe'>): boolean {
  return mode === 'trim' && !isSafe && target.parameter === 'level';
}

/** The values of one engine's mixer. */
export function createLaneValues(engine: Engine, follower: () => LaneFollower): LaneValues {
  const levelDb = (unit: LaneUnit, heardDb: number): number =>
    heardDb <= lowestLevelDb ? heardDb : heardDb - follower().offsetDbNow(unit.target.strip);

  return {
    valueOf(unit) {
      const {target} = unit;
      if (isTrimmed(unit)) return unit.offsetDb ?? follower().offsetDbNow(target.strip);
      const value = laneValue(engine.mixer, target) ?? laneKind(target.parameter).standard;
      return target.parameter === 'level' ? levelDb(unit, value) : value;
    },
    set(unit, command, isHeard) {
      const {target} = unit;
      if (command.type !== 'strip.setLevel') {
        engine.apply(command);
        return command;
      }
      if (isTrimmed(unit)) {
        const {low, high} = laneKind('level.offset');
        const heardDb = laneValue(engine.mixer, target) ?? 0;
        const asked = isHeard ? command.levelDb - levelDb(unit, heardDb) : command.levelDb;
        if (!Number.isNaN(asked)) unit.offsetDb = Math.min(high, Math.max(low, asked));
        return undefined;
      }
      const bare = {...command, levelDb: levelDb(unit, command.levelDb)};
      engine.apply(bare);
      return bare;
    },
    taken(units) {
      const letGo = new Set<LaneId>();
      const offsetsDb = new Map<StripId, number>();
      for (const unit of units) {
        if (unit.isFollowed) continue;
        if (!isTrimmed(unit)) letGo.add(unit.id);
        else if (unit.offsetDb !== undefined) offsetsDb.set(unit.target.strip, unit.offsetDb);
      }
      return {letGo, offsetsDb};
    },
  };
}
