import type {Mixer, Strip} from '../model/mixer.ts';
import {DeskError} from '../model/problem.ts';
import {anySoloed, levelFactor, stripGains} from './gain-plan.ts';
import {createKernel} from './kernel/kernel.ts';
import type {Stem} from './stem.ts';

/** Frames of every block a graph renders. */
export const blockFrames = 512;

/** What the tape does in a block. */
export type Motion = 'still' | 'rolling' | 'starting' | 'stopping';

/** The mixer as sound: the same for the live engine and for a bounce, latency 0. Never waits. */
export interface Graph {
  /** New targets; ramped from the next block on, or at once with `immediately` (before the first block). The strips must be as many as at the start. */
  set(mixer: Mixer, immediately: boolean): void;
  /**
   * Renders the next `blockFrames` into `left`, `right` and `meters` (strips × stripFields + masterFields values).
   * `rolling` reads the stems (in strip order) from `atFrame` on; `starting` and `stopping` read them too, but fade in or
   * out over the block, for starts in mid-tape, stops and locates without a click; `still` reads nothing.
   * Returns how many stems had frames that were not prepared: these are silence then.
   */
  render(
    stems: readonly (Stem | undefined)[],
    atFrame: number,
    motion: Motion,
    left: Float32Array,
    right: Float32Array,
    meters: Float32Array,
  ): number;
  /** All that outlives a block: ramps under way, runs of clipped samples. */
  snapshot(): Uint8Array;
  /** Goes back to a snapshot of this graph; the mixer that was set then is set again. */
  restore(snapshot: Uint8Array): void;
}

/** Makes a graph with the mixer's gains in force. Rejects with a DeskError where the kernel cannot be loaded. */
export async function createGraph(options: {readonly sampleRate: number; readonly mixer: Mixer}): Promise<Graph> {
  const strips = options.mixer.strips.length;
  const kernel = await createKernel({strips, sampleRate: options.sampleRate, blockFrames});
  /** Strips and audibility the gains were last computed from: values are never changed in place, so equal means the same gains. */
  const applied: {strip: Strip; audible: boolean}[] = [];

  const set = (mixer: Mixer, immediately: boolean): void => {
    if (mixer.strips.length !== strips) {
      throw new DeskError(
        'engine.failed',
        `This graph has ${strips} strips, the mixer ${mixer.strips.length}: open it anew.`,
      );
    }
    const soloed = anySoloed(mixer);
    mixer.strips.forEach((strip, index) => {
      const audible = !strip.muted && (strip.soloed || strip.soloSafe || !soloed);
      const last = applied[index];
      if (last?.strip === strip && last.audible === audible) return;
      applied[index] = {strip, audible};
      kernel.setStrip(index, stripGains(strip, audible));
    });
    kernel.setMaster(levelFactor(mixer.masterLevelDb));
    if (immediately) kernel.settle();
  };
  set(options.mixer, true);

  return {
    set,
    render(stems, atFrame, motion, left, right, meters) {
      let starved = 0;
      kernel.inputs.forEach((input, index) => {
        const stem = motion === 'still' ? undefined : stems[index];
        if (!stem) {
          input.left.fill(0);
          input.right.fill(0);
        } else if (!stem.read(atFrame, input.left, input.right)) starved++;
      });
      if (motion === 'starting') kernel.fade(blockFrames, 'in');
      if (motion === 'stopping') kernel.fade(blockFrames, 'out');
      kernel.render(blockFrames);
      left.set(kernel.output.left);
      right.set(kernel.output.right);
      meters.set(kernel.meters);
      return starved;
    },
    snapshot: () => kernel.snapshot(),
    restore(snapshot) {
      kernel.restore(snapshot);
      applied.length = 0;
    },
  };
}
