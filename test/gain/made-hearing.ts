import {createWarningLog, type LoggedWarning} from '../../src/app/report/warning-log.ts';
import {blockFrames} from '../../src/engine/graph.ts';
import {createProgramMeter} from '../../src/engine/program-meter.ts';
import {createWholeGraph} from '../../src/engine/whole-graph.ts';
import {masterFields, stripFields} from '../../src/model/meter.ts';
import {memoryStem} from '../engine/memory-stem.ts';
import {type MadeSession, sampleRate} from './made-sessions.ts';

/** Plays a made session through the real graph, offline, and tells what the desk would have said. */
export async function hear({mixer, sounds, facts}: MadeSession, seconds: number): Promise<readonly LoggedWarning[]> {
  const {graph} = await createWholeGraph({sampleRate, mixer});
  const log = createWarningLog({sampleRate, mixer, expected: () => true, facts: () => facts});
  const program = createProgramMeter(sampleRate);
  const stems = sounds.map(({left, right}) => (left === right ? memoryStem(left) : memoryStem(left, right)));
  const output = [new Float32Array(blockFrames), new Float32Array(blockFrames)] as const;
  const values = new Float32Array(mixer.strips.length * stripFields + masterFields);
  for (let atFrame = 0; atFrame + blockFrames <= seconds * sampleRate; atFrame += blockFrames) {
    graph.render(stems, atFrame, 'rolling', output[0], output[1], values);
    const reading = program.push(output[0], output[1], blockFrames, true);
    const frame = {atFrame, frames: blockFrames, rolling: true, values: values.slice()};
    log.push(reading === undefined ? frame : {...frame, program: reading});
  }
  return log.warnings();
}
