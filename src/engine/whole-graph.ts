import {effectKinds} from '../model/effect.ts';
import type {Mixer} from '../model/mixer.ts';
import {createSwitchingEffect} from './effects/switching-effect.ts';
import {createGraph, type Graph} from './graph.ts';
import {createLimiter} from './limiter/limiter.ts';

/** A graph with everything in it that a mixer can ask for. */
export interface WholeGraph {
  readonly graph: Graph;
}

export interface WholeGraphOptions {
  readonly sampleRate: number;
  readonly mixer: Mixer;
  /** All that the mixer will become, where that is known: effects of other kinds are not made then. Whatever it may be, if absent. */
  readonly becomes?: readonly Mixer[] | undefined;
}

/**
 * The graph of a mixer with the limiter of the mix and the effects of its returns: the same live and in a bounce. An effect of another kind is there at
 * the block in which the mixer asks for it.
 */
export async function createWholeGraph({sampleRate, mixer, becomes}: WholeGraphOptions): Promise<WholeGraph> {
  const returns = mixer.strips.flatMap((strip, place) =>
    strip.kind === 'return' ? [{place, effect: strip.effect}] : [],
  );
  const [limiter, ...effects] = await Promise.all([
    createLimiter({sampleRate}),
    ...returns.map(({place, effect}) => {
      const kinds = becomes?.flatMap(({strips}) => strips[place]?.effect?.kind ?? []) ?? effectKinds;
      return effect && createSwitchingEffect(effect, kinds, sampleRate);
    }),
  ]);
  return {graph: await createGraph({sampleRate, mixer, effects, limiter})};
}
