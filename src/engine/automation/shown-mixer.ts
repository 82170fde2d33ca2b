import type {MixerCommand} from '../../model/command.ts';
import {type LaneId, laneCommand, laneId, laneValue} from '../../model/lane.ts';
import type {Lanes} from '../../model/lane-change.ts';
import type {Mixer} from '../../model/mixer.ts';
import type {FollowedLane} from '../contract.ts';
import {following, type LaneReader, noLanes, readersOf} from './followed-lanes.ts';
import {createLaneOverlay} from './lane-overlay.ts';

/** The mixer as lanes leave it at a frame: what a desk shows, and what stays where a lane is let go. */
export interface ShownMixer {
  readonly lanes: Lanes;
  /** Lanes that are followed from now on, or no longer; returns the commands after which what was let go stays where it is at a frame. */
  follow(changes: readonly FollowedLane[], base: Mixer, frame: number): readonly MixerCommand[];
  isFollowed(id: LaneId): boolean;
  /** The same object as long as neither mixer nor values change. */
  at(base: Mixer, frame: number): Mixer;
}

/** No lane is followed at first. */
export function createShownMixer(): ShownMixer {
  let lanes = noLanes;
  let readers = readersOf(lanes);
  let values = new Float64Array();
  let overlay = createLaneOverlay([]);

  const at = (base: Mixer, frame: number): Mixer => {
    for (const [place, {cursor}] of readers.entries()) values[place] = cursor.valueAt(frame);
    return overlay.over(base, values);
  };
  return {
    get lanes() {
      return lanes;
    },
    follow(changes, base, frame) {
      const shown = at(base, frame);
      const next = following(lanes, changes);
      const kept = readers
        .filter(({id}) => !next.has(id))
        .flatMap((reader) => keeping(reader, shown, (id) => next.has(id), frame));
      lanes = next;
      readers = readersOf(lanes);
      values = new Float64Array(readers.length);
      overlay = createLaneOverlay(readers.map(({target}) => target));
      return kept;
    },
    isFollowed: (id) => lanes.has(id),
    at,
  };
}

/** What keeps a parameter where it is when its lane goes. A level and its offset are one sound: what is still followed of them is not set. */
function keeping(
  {target, cursor}: LaneReader,
  shown: Mixer,
  isStillFollowed: (id: LaneId) => boolean,
  frame: number,
): readonly MixerCommand[] {
  const {strip, parameter} = target;
  const level = {strip, parameter: 'level'} as const;
  if (parameter === 'level.offset' && isStillFollowed(laneId(level))) return [];
  const hasOffset = parameter === 'level' && isStillFollowed(laneId({strip, parameter: 'level.offset'}));
  const kept = parameter === 'level.offset' ? level : target;
  const value = hasOffset ? cursor.valueAt(frame) : laneValue(shown, kept);
  const command = value === undefined ? undefined : laneCommand(kept, value);
  return command === undefined ? [] : [command];
}
