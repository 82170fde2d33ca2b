import {createWarningLog, type LoggedWarning} from '../../src/app/report/warning-log.ts';
import {blockFrames} from '../../src/engine/graph.ts';
import {createProgramMeter} from '../../src/engine/program-meter.ts';
import {createWholeGraph} from '../../src/engine/whole-graph.ts';
import {createBlockSummer} from '../../src/gain/block-summer.ts';
import {masterField, masterFields, stripField, stripFields} from '../../src/model/meter.ts';
import {memoryStem} from '../engine/memory-stem.ts';
import {type MadeSession, sampleRate, seconds} from './made-sessions.ts';

/** Plays a made session through the real graph, offline, and tells what the desk would have said. */
export async function hear({mixer, sounds, facts}: MadeSession): Promise<readonly LoggedWarning[]> {
  const {graph} = await createWholeGraph({sampleRate, mixer});
  const log = createWarningLog({sampleRate, mixer, expected: () => true, facts: () => facts});
  const program = createProgramMeter(sampleRate);
  const stems = sounds.map(({left, right}) => (left === right ? memoryStem(left) : memoryStem(left, right)));
  const output = [new Float32Array(blockFrames), new Float32Array(blockFrames)] as const;
  const values = new Float32Array(mixer.strips.length * stripFields + masterFields);
  const complete = completer(sounds.length);
  for (let atFrame = 0; atFrame + blockFrames <= seconds * sampleRate; atFrame += blockFrames) {
    graph.render(stems, atFrame, 'rolling', output[0], output[1], values);
    const reading = program.push(output[0], output[1], blockFrames, true);
    const frame = {atFrame, frames: blockFrames, rolling: true, values: values.slice()};
    complete(frame.values, {mixer, sounds, facts}, atFrame, output);
    log.push(reading === undefined ? frame : {...frame, program: reading});
  }
  return log.warnings();
}

/**
 * Fills the fields that this kernel leaves at zero, from what went in (times the trim, so of strips without processing) and what came out. A kernel that fills them is left as it is.
 */
function completer(strips: number) {
  const summers = Array.from({length: strips + 1}, () => createBlockSummer({sampleRate, truePeak: false}));
  return (
    values: Float32Array,
    {mixer, sounds}: MadeSession,
    atFrame: number,
    output: readonly [Float32Array, Float32Array],
  ): void => {
    for (const [index, sound] of sounds.entries()) {
      const at = index * stripFields;
      const has = (field: keyof typeof stripField): boolean => (values[at + stripField[field]] ?? 0) !== 0;
      if (!has('inPeakLeft') || has('inEnergyLeft')) continue;
      const left = sound.left.subarray(atFrame, atFrame + blockFrames);
      const right = sound.right.subarray(atFrame, atFrame + blockFrames);
      const sums = summers[index]?.add(left, right, left.length);
      if (sums === undefined) continue;
      const trim = 10 ** ((mixer.strips[index]?.trimDb ?? 0) / 20);
      const put = (field: keyof typeof stripField, value: number): void => {
        values[at + stripField[field]] = value;
      };
      put('inEnergyLeft', sums.energyLeft);
      put('inEnergyRight', sums.energyRight);
      put('preSumLeft', sums.sumLeft * trim);
      put('preSumRight', sums.sumRight * trim);
      put('preAverageLeft', averageOf(left) * trim);
      put('preAverageRight', averageOf(right) * trim);
      put('preWeightedProduct', sums.weightedProduct * trim * trim);
    }
    const at = strips * stripFields;
    if ((values[at + masterField.outWeightedProduct] ?? 0) !== 0) return;
    const sums = summers[strips]?.add(output[0], output[1], blockFrames);
    values[at + masterField.outWeightedProduct] = sums?.weightedProduct ?? 0;
    values[at + masterField.outSumLeft] = sums?.sumLeft ?? 0;
    values[at + masterField.outSumRight] = sums?.sumRight ?? 0;
  };
}

function averageOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += Number.isFinite(sample) ? Math.abs(sample) : 0;
  return sum;
}
