import type {Lanes} from '../../model/lane-change.ts';
import type {Mixer} from '../../model/mixer.ts';
import type {Monitor} from '../../model/monitor.ts';
import type {PlaybackCommand} from '../../model/playback.ts';
import type {TapeSpan} from '../automation/lane-plan.ts';
import type {HeardReference} from '../monitor/listening.ts';
import type {AudioOutput} from './output.ts';
import type {HeardBlock, RendererOptions} from './renderer.ts';

/** What is to be heard goes in, what was heard comes out. */
export interface RenderLoop {
  /** New targets, and the lanes that move them while the tape plays (those of before if absent), from the returned frame on the device's clock on. */
  setMixer(mixer: Mixer, lanes?: Lanes): number;
  /** What is done to the mix on its way to the ears; heard as soon as any other change. */
  setMonitor(monitor: Monitor, reference?: HeardReference): void;
  /** Returns the frame on the device's clock from which the tape obeys. */
  command(command: PlaybackCommand): number;
  /** Renders what changed and what is missing at once; returns the blocks that became audible since the last call. */
  pump(): readonly HeardBlock[];
  /** Renders one chunk of what is to lie ready behind that, if any is missing; returns whether it did, so that more may be missing. */
  deepen(): boolean;
  /** How the tape is heard from now on, as far as is known. */
  heard(): readonly TapeSpan[];
  /** Whether the tape is meant to move; false again when it ran out. */
  readonly playing: boolean;
  /** From which frame on what was changed before the last pump is heard: later than was told then if the machine was too busy. */
  readonly changedFrame: number;
  readonly lateBlocks: number;
  readonly starvedBlocks: number;
}

export interface RenderLoopOptions extends RendererOptions {
  readonly output: AudioOutput;
  /** Sound that lies ready: as it is to be while nothing moves; in part as it was before the last change while something does. */
  readonly lookAheadFrames: number;
  /** Sound that lies ready with all changes in it while something moves. */
  readonly shallowFrames: number;
  /** A change goes into the first block that the device takes so long from now or later. */
  readonly guardFrames: number;
  /** So long after the last change all that lies ready is as it is to be. */
  readonly restFrames: number;
}
