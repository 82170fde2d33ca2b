import {applyCommand, type MixerCommand} from '../model/command.ts';
import {laneId, laneWrittenBy} from '../model/lane.ts';
import type {Lanes} from '../model/lane-change.ts';
import type {Mixer} from '../model/mixer.ts';
import {createShownMixer} from './automation/shown-mixer.ts';
import type {FollowedLane} from './contract.ts';

/** The mix as hands set it, and the lanes that move it. */
export interface FollowedMix {
  /** As lanes left it where it was last shown. */
  readonly mixer: Mixer;
  /** As hands set it. */
  readonly base: Mixer;
  readonly lanes: Lanes;
  /** False if the command changes nothing: the parameter of a lane that is followed cannot be set. Not shown yet. */
  apply(command: MixerCommand): boolean;
  /** What is let go stays where it is: returns the commands that keep it there, already applied. Not shown yet. */
  follow(lanes: readonly FollowedLane[]): readonly MixerCommand[];
  /** Looks where the tape is; true if `mixer` is another now. */
  show(): boolean;
}

/** `frame`: where the tape is heard now. */
export function createFollowedMix(initial: Mixer, frame: () => number): FollowedMix {
  const shown = createShownMixer();
  let base = initial;
  let mixer = initial;

  const set = (command: MixerCommand): boolean => {
    const before = base;
    base = applyCommand(before, command);
    return base !== before;
  };
  return {
    get mixer() {
      return mixer;
    },
    get base() {
      return base;
    },
    get lanes() {
      return shown.lanes;
    },
    apply(command) {
      const written = laneWrittenBy(command);
      return !(written !== undefined && shown.isFollowed(laneId(written.target))) && set(command);
    },
    follow: (lanes) => shown.follow(lanes, base, frame()).filter(set),
    show() {
      const before = mixer;
      mixer = shown.at(base, frame());
      return mixer !== before;
    },
  };
}
