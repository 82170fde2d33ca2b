import type {MixerCommand} from '../model/command.ts';
import type {Lane, LaneId} from '../model/lane.ts';
import type {MeterFrame} from '../model/meter.ts';
import type {MeterCommand, MeterSettings} from '../model/meter-settings.ts';
import type {Mixer} from '../model/mixer.ts';
import type {Monitor, MonitorCommand, ReferenceReading} from '../model/monitor.ts';
import type {Playback, PlaybackCommand} from '../model/playback.ts';

/** A mixer engine: the only truth about the mix. Surfaces ask, it answers, pictures follow. */
export interface Engine {
  readonly mixer: Mixer;
  /** What is done to the mix on its way to the ears only. */
  readonly monitor: Monitor;
  /** Which meter is shown, and whether loudness is being integrated. */
  readonly meters: MeterSettings;
  /** Freshly read each time: the frame that is heard now. */
  readonly playback: Playback;
  readonly status: EngineStatus;
  /** Takes effect at once in `mixer` and within the look-ahead in the sound. Never throws; nonsense changes nothing. */
  apply(command: MixerCommand | PlaybackCommand | MonitorCommand | MeterCommand): void;
  /**
   * Lanes that move the mix from now on, by the frame that is heard; undefined lets go of one, and its parameter stays where it is. While a lane is
   * followed `mixer` holds what it says where the tape is, and commands for its parameter change nothing that lasts. A `level.offset` is added to its level.
   */
  follow(lanes: readonly FollowedLane[]): void;
  /**
   * Told after every change of `mixer`, of `playback` (not of its frame) and of `status`, and (`loss`) when frames came in which samples were lost;
   * returns the way out. `lanes` stands for `mixer` where the tape moved the mixer along its lanes and nothing else did.
   */
  onChanged(listener: (what: Changed) => void): () => void;
  /** How fast the tape goes, 1 as its clock does; absent where the rate is a sound device's, which nobody sets. */
  setSpeed?(speed: number): void;
  /** All meter frames that became audible since the last call, oldest first; empty means none. */
  takeMeters(): readonly MeterFrame[];
  /** Ends sound, threads and files. Idempotent. */
  close(): Promise<void>;
}

/** A lane that is to be followed, or no longer. */
export interface FollowedLane {
  readonly id: LaneId;
  readonly lane: Lane | undefined;
}

/** What of an engine changed. */
export type Changed = 'mixer' | 'lanes' | 'monitor' | 'meters' | 'playback' | 'status' | 'loss';

export interface EngineStatus {
  /** `silent`: time is kept without a device; `reason` and `cure` then say why. */
  readonly output: 'device' | 'silent';
  readonly deviceName: string;
  readonly reason: string | undefined;
  readonly cure: string | undefined;
  readonly sampleRate: number;
  readonly lookAheadMs: number;
  /** Blocks that were ready only after their time had come. */
  readonly lateBlocks: number;
  /** What is known of each reference of the session; absent where there is none. */
  readonly references?: readonly ReferenceReading[];
  /** Blocks in which a stem's samples were not yet there and silence stood in. */
  readonly starvedBlocks: number;
}
