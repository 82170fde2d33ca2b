import type {Effect} from '../model/effect.ts';
import type {Mixer} from '../model/mixer.ts';
import {createEffect} from './effects/effect-unit.ts';
import {createGraph, type Graph} from './graph.ts';
import {createLimiter} from './limiter/limiter.ts';

/** A graph with everything in it that a mixer can ask for. */
export interface WholeGraph {
  readonly graph: Graph;
  /** Makes the effects that the mixer asks for now and did not before; the graph has them when it resolves. */
  followEffects(mixer: Mixer): Promise<void>;
}

/** The graph of a mixer with the limiter of the mix and the effects of its returns: the same live and in a bounce. */
export async function createWholeGraph({
  sampleRate,
  mixer,
}: {
  readonly sampleRate: number;
  readonly mixer: Mixer;
}): Promise<WholeGraph> {
  const kinds = returnsOf(mixer).map((effect) => effect?.kind);
  const [limiter, ...effects] = await Promise.all([
    createLimiter({sampleRate}),
    ...returnsOf(mixer).map((effect) => effect && createEffect(effect, sampleRate)),
  ]);
  const graph = await createGraph({sampleRate, mixer, effects, limiter});
  return {
    graph,
    async followEffects(next) {
      for (const [index, effect] of returnsOf(next).entries()) {
        if (effect === undefined || effect.kind === kinds[index]) continue;
        kinds[index] = effect.kind;
        const unit = await createEffect(effect, sampleRate);
        // Another one may have been asked for meanwhile.
        if (kinds[index] === effect.kind) graph.setEffect(index, unit);
      }
    },
  };
}

function returnsOf(mixer: Mixer): readonly (Effect | undefined)[] {
  return mixer.strips.flatMap((strip) => (strip.kind === 'return' ? [strip.effect] : []));
}
