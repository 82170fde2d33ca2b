import type {MixerCommand} from '../../model/command.ts';
import type {MeterFrame} from '../../model/meter.ts';
import type {MeterSettings} from '../../model/meter-settings.ts';
import type {Mixer} from '../../model/mixer.ts';
import type {Monitor, ReferenceReading} from '../../model/monitor.ts';
import type {PlaybackCommand} from '../../model/playback.ts';
import type {Problem} from '../../model/problem.ts';
import type {ReferenceFile, StemFile} from '../../model/session.ts';
import type {TapeSpan} from '../automation/lane-plan.ts';
import type {EngineStatus, FollowedLane} from '../contract.ts';

/** What the desk tells the engine's process. */
export type ToEngine =
  | {readonly type: 'open'; readonly setup: EngineSetup}
  /** Changes since the last message, in order, then the lanes that are followed from now on or no longer; `changes` counts all of them until now. */
  | {
      readonly type: 'mixer';
      readonly commands: readonly MixerCommand[];
      readonly lanes: readonly FollowedLane[];
      readonly changes: number;
    }
  | {readonly type: 'playback'; readonly command: PlaybackCommand; readonly serial: number}
  | {readonly type: 'monitor'; readonly monitor: Monitor}
  /** The settings as they are now, and whether loudness begins anew. */
  | {readonly type: 'meters'; readonly meters: MeterSettings; readonly reset: boolean}
  | {readonly type: 'close'};

export interface EngineSetup {
  readonly mixer: Mixer;
  readonly monitor: Monitor;
  readonly meters: MeterSettings;
  readonly stems: readonly StemFile[];
  readonly references: readonly ReferenceFile[];
  readonly sampleRate: number;
  readonly cacheFolder: string;
  readonly lookAheadMs: number;
  /** `none` keeps time without a device. */
  readonly device: 'default' | 'none';
}

/** What the engine's process tells the desk. */
export type FromEngine =
  /** What the start does next; its code is loaded when the first comes. */
  | {readonly type: 'stage'; readonly stage: 'device' | 'stems'}
  | {readonly type: 'ready'; readonly status: EngineStatus; readonly lengthFrames: number}
  | {readonly type: 'failed'; readonly reason: string}
  /**
   * So many changes of all are in the graph from `atFrame` (device clock) on; `atMs` is when they were put there, on the clock of all processes. Told again
   * if the machine was too busy for that frame.
   */
  | {readonly type: 'applied'; readonly changes: number; readonly atFrame: number; readonly atMs: number}
  /** Blocks that became audible, oldest first. */
  | {
      readonly type: 'heard';
      readonly frames: readonly MeterFrame[];
      /** How the tape is heard from `atMs` on (the machine's clock), as far as is known. */
      readonly tape: readonly TapeSpan[];
      readonly atMs: number;
      readonly playing: boolean;
      /** The last playback command that `playing` and `tape` know of. */
      readonly takenSerial: number;
      readonly lateBlocks: number;
      readonly starvedBlocks: number;
    }
  | {readonly type: 'problems'; readonly problems: readonly Problem[]}
  /** What is known of each reference, whenever it changes. */
  | {readonly type: 'references'; readonly references: readonly ReferenceReading[]}
  /** The sound device went or came back. */
  | {
      readonly type: 'output';
      readonly output: EngineStatus['output'];
      readonly deviceName: string;
      readonly reason: string | undefined;
      readonly cure: string | undefined;
    };
