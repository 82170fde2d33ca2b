import {type Effect, type EffectKind, newEffect} from '../../model/effect.ts';
import {DeskError} from '../../model/problem.ts';
import {createEffect, type EffectUnit, type SingleEffect} from './effect-unit.ts';

/** The old effect leaves and the new one comes in over so many frames after a change of kind. */
const fadeFrames = 512;

interface State {
  readonly kind: EffectKind;
  /** The kind that was there before, and frames of its leaving that are over. */
  readonly leaving: {readonly kind: EffectKind; readonly frames: number} | undefined;
  readonly units: ReadonlyMap<EffectKind, Uint8Array>;
}

/**
 * An effect that can become any of these kinds at the edge of a block: all of them are there from the start, and those that are not heard cost
 * nothing, so that a change of kind is as sudden, and as repeatable to the bit, as one of a value. The new one begins in silence and its input
 * fades in over 512 frames, while the old one fades out; what that still had to say is lost. A kind that is not among them changes nothing.
 * A snapshot stands for the state only in this effect and as it is. Rejects as `createEffect` does.
 */
export async function createSwitchingEffect(
  effect: Effect,
  kinds: readonly EffectKind[],
  sampleRate: number,
): Promise<EffectUnit> {
  const wanted = [...new Set([effect.kind, ...kinds])];
  const made = await Promise.all(
    wanted.map(
      async (kind) => [kind, await createEffect(kind === effect.kind ? effect : newEffect(kind), sampleRate)] as const,
    ),
  );
  const units: ReadonlyMap<EffectKind, SingleEffect> = new Map(made);
  const snapshots = new WeakMap<Uint8Array, State>();
  const oldLeft = new Float32Array(fadeFrames);
  const oldRight = new Float32Array(fadeFrames);
  let {kind} = effect;
  let leaving: State['leaving'];

  /** The part of a block that falls into the fade. */
  const fade = (
    left: Float32Array,
    right: Float32Array,
    from: {readonly kind: EffectKind; readonly frames: number},
  ) => {
    const old = {left: oldLeft.subarray(0, left.length), right: oldRight.subarray(0, left.length)};
    old.left.set(left);
    old.right.set(right);
    units.get(from.kind)?.process(old.left, old.right);
    const share = (frame: number): number => (from.frames + frame + 0.5) / fadeFrames;
    for (let frame = 0; frame < left.length; frame++) {
      left[frame] = (left[frame] ?? 0) * share(frame);
      right[frame] = (right[frame] ?? 0) * share(frame);
    }
    units.get(kind)?.process(left, right);
    for (let frame = 0; frame < left.length; frame++) {
      left[frame] = (left[frame] ?? 0) + (old.left[frame] ?? 0) * (1 - share(frame));
      right[frame] = (right[frame] ?? 0) + (old.right[frame] ?? 0) * (1 - share(frame));
    }
    const frames = from.frames + left.length;
    leaving = frames < fadeFrames ? {...from, frames} : undefined;
  };

  return {
    latencyFrames: 0,
    get faults() {
      return [...units.values()].reduce((sum, unit) => sum + unit.faults, 0);
    },
    process(left, right) {
      const faded = leaving === undefined ? 0 : Math.min(left.length, fadeFrames - leaving.frames);
      if (leaving !== undefined) fade(left.subarray(0, faded), right.subarray(0, faded), leaving);
      if (faded < left.length) units.get(kind)?.process(left.subarray(faded), right.subarray(faded));
    },
    set(next) {
      const unit = units.get(next.kind);
      if (unit === undefined) return;
      if (next.kind === kind) {
        unit.set(next);
        return;
      }
      if (leaving?.kind === next.kind && leaving.frames === 0) {
        // It was to leave at this very edge, and stays.
        leaving = undefined;
        unit.set(next);
      } else {
        leaving = {kind, frames: 0};
        unit.begin(next);
      }
      ({kind} = next);
    },
    snapshot() {
      const snapshot = new Uint8Array();
      const states = [...units].map(([of, unit]) => [of, unit.snapshot()] as const);
      snapshots.set(snapshot, {kind, leaving, units: new Map(states)});
      return snapshot;
    },
    restore(snapshot) {
      const state = snapshots.get(snapshot);
      if (state === undefined)
        throw new DeskError('engine.failed', 'This snapshot is of another effect: make a new one.');
      ({kind, leaving} = state);
      for (const [of, unit] of units) {
        const was = state.units.get(of);
        if (was !== undefined) unit.restore(was);
      }
    },
  };
}
