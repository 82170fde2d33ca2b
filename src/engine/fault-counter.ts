import type {EffectUnit} from './effects/effect-unit.ts';
import type {Limiter} from './limiter/limiter.ts';

/**
 * Tells in the meters what effects and limiter silenced since the last block, since they count by themselves: a block of a return that an effect broke
 * counts as one sample there, what the limiter silenced as samples of the mix. `fieldOf` gives the place of a return's
 * count in a meter frame, or that of the mix (undefined).
 */
export function createFaultCounter(
  effects: readonly (EffectUnit | undefined)[],
  limiter: Limiter | undefined,
  fieldOf: (index: number | undefined) => number,
): (meters: Float32Array) => void {
  /** What each effect had counted when it was last looked at. */
  const counted = new WeakMap<EffectUnit, number>();
  let silenced = 0;
  const add = (meters: Float32Array, field: number, count: number): void => {
    if (count > 0) meters[field] = (meters[field] ?? 0) + count;
  };
  return (meters) => {
    effects.forEach((effect, index) => {
      if (effect === undefined) return;
      add(meters, fieldOf(index), effect.faults - (counted.get(effect) ?? 0));
      counted.set(effect, effect.faults);
    });
    if (limiter === undefined) return;
    add(meters, fieldOf(undefined), limiter.silencedSamples - silenced);
    silenced = limiter.silencedSamples;
  };
}
