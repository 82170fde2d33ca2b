import {integratedPower, lufsOfPower, powerOfLufs} from '../../gain/loudness-gate.ts';
import {createLoudnessProgram} from '../../gain/loudness-program.ts';

/** How loud a mix in progress is: what was heard of it last, so that a mix that becomes louder is measured louder. */
export interface MixLoudness {
  /** Takes what was heard next, of any length. */
  push(left: Float32Array, right: Float32Array): void;
  /** Integrated loudness (BS.1770, both gates) of the last minute that was heard, in LUFS; undefined until three seconds of it were loud enough to count. */
  integratedLufs(): number | undefined;
}

/** Gating blocks begin every 100 ms. */
const blocksASecond = 10;
const rememberedBlocks = 60 * blocksASecond;
const fewestBlocks = 3 * blocksASecond;
/** A gating block is 400 ms long: the first values are of less. */
const firstBlocks = 3;

/** A measurement that has heard nothing yet. */
export function createMixLoudness(sampleRate: number): MixLoudness {
  const program = createLoudnessProgram({sampleRate, weights: [1, 1], truePeak: false});
  const powers = new Float64Array(rememberedBlocks);
  const blockFrames = Math.max(1, Math.round(sampleRate / blocksASecond));
  const silence = powerOfLufs(-70);
  let blocks = 0;
  let missingFrames = blockFrames;
  return {
    push(left, right) {
      for (let from = 0; from < left.length; ) {
        const count = Math.min(missingFrames, left.length - from);
        program.push([left.subarray(from, from + count), right.subarray(from, from + count)], count);
        from += count;
        missingFrames -= count;
        if (missingFrames > 0) continue;
        missingFrames = blockFrames;
        if (blocks >= firstBlocks) {
          const lufs = program.momentaryLufs();
          powers[(blocks - firstBlocks) % rememberedBlocks] = Number.isFinite(lufs) ? powerOfLufs(lufs) : 0;
        }
        blocks++;
      }
    },
    integratedLufs() {
      const known = powers.subarray(0, Math.max(0, Math.min(rememberedBlocks, blocks - firstBlocks)));
      const loud = known.reduce((count, power) => count + (power > silence ? 1 : 0), 0);
      return loud < fewestBlocks ? undefined : lufsOfPower(integratedPower(known));
    },
  };
}
