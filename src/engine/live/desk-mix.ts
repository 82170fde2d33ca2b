import {applyCommand, type MixerCommand} from '../../model/command.ts';
import {type Lane, type LaneId, laneId, laneWrittenBy} from '../../model/lane.ts';
import type {Mixer} from '../../model/mixer.ts';
import {createShownMixer} from '../automation/shown-mixer.ts';
import type {FollowedLane} from '../contract.ts';
import type {ToEngine} from './message.ts';

/** The mix on the desk's side: what hands set, the lanes that move it, and what the engine's process has not been told of them. */
export interface DeskMix {
  /** As lanes leave it where it was last shown. */
  readonly mixer: Mixer;
  /** As hands set it. */
  readonly base: Mixer;
  /** How often hands have changed it. */
  readonly changes: number;
  /** False if the command changes nothing: the parameter of a lane that is followed cannot be set. */
  apply(command: MixerCommand): boolean;
  /** What is let go stays where it is. Whether that is shown, `show` says. */
  follow(lanes: readonly FollowedLane[]): void;
  /** Looks where the tape is; true if the mixer is another now. */
  show(): boolean;
  /** Everything since the last call, for the process; undefined if there is nothing. */
  takeUnsent(): Extract<ToEngine, {type: 'mixer'}> | undefined;
  /** A fresh process begins with `base`, and must be told of all lanes. */
  beginAnew(): void;
}

/** `frame`: where the tape is heard now. */
export function createDeskMix(initial: Mixer, frame: () => number): DeskMix {
  const shown = createShownMixer();
  let base = initial;
  let mixer = initial;
  let changes = 0;
  let commands: MixerCommand[] = [];
  let lanes = new Map<LaneId, Lane | undefined>();

  const set = (command: MixerCommand): boolean => {
    const next = applyCommand(base, command);
    if (next === base) return false;
    base = next;
    commands.push(command);
    return true;
  };
  return {
    get mixer() {
      return mixer;
    },
    get base() {
      return base;
    },
    get changes() {
      return changes;
    },
    apply(command) {
      const written = laneWrittenBy(command);
      if (written !== undefined && shown.isFollowed(laneId(written.target))) return false;
      if (!set(command)) return false;
      changes++;
      mixer = shown.at(base, frame());
      return true;
    },
    follow(followed) {
      for (const command of shown.follow(followed, base, frame())) set(command);
      for (const {id, lane} of followed) lanes.set(id, lane);
    },
    show() {
      const before = mixer;
      mixer = shown.at(base, frame());
      return mixer !== before;
    },
    takeUnsent() {
      if (commands.length + lanes.size === 0) return undefined;
      const followed = [...lanes].map(([id, lane]): FollowedLane => ({id, lane}));
      const message = {type: 'mixer', commands, lanes: followed, changes} as const;
      commands = [];
      lanes = new Map();
      return message;
    },
    beginAnew() {
      commands = [];
      lanes = new Map(shown.lanes);
    },
  };
}
