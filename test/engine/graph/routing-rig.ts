import type {EffectUnit} from '../../../src/engine/effects/effect-unit.ts';
import {blockFrames, createGraph, type Graph} from '../../../src/engine/graph.ts';
import type {Stem} from '../../../src/engine/stem.ts';
import {type Mixer, newMixer, newStrip, type Strip} from '../../../src/model/mixer.ts';
import {memoryStem} from '../memory-stem.ts';
import {renderBlock} from './rig.ts';

/** A constant that goes through gains as through a ruler. */
export function level(value: number, right = value, frames = 64 * blockFrames): Stem {
  return memoryStem(new Float32Array(frames).fill(value), new Float32Array(frames).fill(right));
}

export function stem(id: string, given: Partial<Strip> = {}): Strip {
  return newStrip({id, name: id, ...given});
}

export function group(id: string, given: Partial<Strip> = {}): Strip {
  return newStrip({id, name: id, kind: 'group', ...given});
}

export function answer(id: string, given: Partial<Strip> = {}): Strip {
  return newStrip({id, name: id, kind: 'return', ...given});
}

export function vca(id: string, given: Partial<Strip> = {}): Strip {
  return newStrip({id, name: id, kind: 'vca', ...given});
}

/** An effect that only multiplies, and remembers how often it was asked. */
export function multiplier(factor: number): EffectUnit & {readonly blocks: number} {
  let blocks = 0;
  return {
    latencyFrames: 0,
    faults: 0,
    get blocks() {
      return blocks;
    },
    process(left, right) {
      blocks++;
      left.forEach((value, n) => {
        left[n] = value * factor;
        right[n] = (right[n] ?? 0) * factor;
      });
    },
    set() {},
    snapshot: () => Uint8Array.of(blocks),
    restore([before = 0]) {
      blocks = before;
    },
  };
}

/** What a mixer makes of constant stems: both sides of the output and of the solo bus at the end of the first block. */
export async function heard(
  mixer: Mixer | readonly Strip[],
  stems: readonly (Stem | undefined)[],
  effects: readonly (EffectUnit | undefined)[] = [],
): Promise<{left: number; right: number; soloLeft: number; soloRight: number; graph: Graph; meters: Float32Array}> {
  const whole = 'strips' in mixer ? mixer : newMixer({strips: mixer});
  const graph = await createGraph({sampleRate: 48_000, mixer: whole, effects});
  const {left, right, meters} = renderBlock(graph, fitted(whole, stems), 0);
  const at = blockFrames - 1;
  return {
    left: left[at] ?? Number.NaN,
    right: right[at] ?? Number.NaN,
    soloLeft: graph.solo.left[at] ?? Number.NaN,
    soloRight: graph.solo.right[at] ?? Number.NaN,
    graph,
    meters,
  };
}

/** As many stems as strips. */
export function fitted(mixer: Mixer, stems: readonly (Stem | undefined)[]): readonly (Stem | undefined)[] {
  return mixer.strips.map((_, place) => stems[place]);
}
