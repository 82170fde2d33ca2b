import type {RenderLoop} from '../../../src/engine/live/render-loop-contract.ts';
import type {HeardBlock} from '../../../src/engine/live/renderer.ts';

/** Chunks that a round of the engine leaves time for, at the most. */
const chunksARound = 3;

/** A whole round: what is due at once, then what is to lie ready behind it. */
export function pumped(loop: RenderLoop): readonly HeardBlock[] {
  const heard = loop.pump();
  for (let chunk = 0; chunk < chunksARound && loop.deepen(); chunk++);
  return heard;
}
