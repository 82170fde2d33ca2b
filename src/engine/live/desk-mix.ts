import type {MixerCommand} from '../../model/command.ts';
import type {Lane, LaneId} from '../../model/lane.ts';
import type {Mixer} from '../../model/mixer.ts';
import type {FollowedLane} from '../contract.ts';
import {createFollowedMix} from '../followed-mix.ts';
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
  const mix = createFollowedMix(initial, frame);
  let changes = 0;
  let commands: MixerCommand[] = [];
  let lanes = new Map<LaneId, Lane | undefined>();

  return {
    get mixer() {
      return mix.mixer;
    },
    get base() {
      return mix.base;
    },
    get changes() {
      return changes;
    },
    apply(command) {
      if (!mix.apply(command)) return false;
      commands.push(command);
      changes++;
      mix.show();
      return true;
    },
    follow(followed) {
      commands.push(...mix.follow(followed));
      for (const {id, lane} of followed) lanes.set(id, lane);
    },
    show: mix.show,
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
      lanes = new Map(mix.lanes);
    },
  };
}
