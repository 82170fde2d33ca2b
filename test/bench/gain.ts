import {createAssessor} from '../../src/gain/assess.ts';
import {type MeterFrame, masterFields, stripFields} from '../../src/model/meter.ts';
import {masterId, newMixer, newStrip} from '../../src/model/mixer.ts';
import {type Bench, cheapestOf} from './bench.ts';

const sampleRate = 48_000;
const blockFrames = 512;
const strips = 64;
const seconds = 60;
/** Verdicts and readings are asked for every 40 ms: more often than the desk asks for verdicts, a little less than it asks for readings. */
const looksPerSecond = 25;

/** A mix in which levels wander, so that rules raise and clear and windows are full. */
function wanderingFrames(): readonly MeterFrame[] {
  const blocks = Math.floor((seconds * sampleRate) / blockFrames);
  let seed = 1;
  const random = (): number => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  return Array.from({length: blocks}, (_, block) => {
    const values = new Float32Array(strips * stripFields + masterFields);
    const swell = 0.4 + 0.4 * Math.sin(block / 400);
    for (let index = 0; index < values.length; index += 1) values[index] = random() * swell;
    return {atFrame: block * blockFrames, frames: blockFrames, rolling: true, values};
  });
}

/** What it costs to judge a large desk. */
export const gainBench: Bench = {
  name: 'gain',
  about: 'Meters of 64 strips into readings and verdicts, 94 frames and 25 looks a second, in share of one core',
  async run() {
    const mixer = newMixer({
      strips: Array.from({length: strips}, (_, index) => newStrip({id: `s${index}`, name: `Strip ${index + 1}`})),
    });
    const frames = wanderingFrames();
    const blockMs = (blockFrames * 1000) / sampleRate;
    let changes = 0;
    let readings = 0;

    const {cpuSeconds} = await cheapestOf(3, () => {
      const assessor = createAssessor({sampleRate, mixer, expected: () => true});
      let nextLookMs = 0;
      changes = 0;
      readings = 0;
      for (const [block, frame] of frames.entries()) {
        const nowMs = (block + 1) * blockMs;
        assessor.push(frame, mixer, nowMs);
        if (nowMs < nextLookMs) continue;
        nextLookMs += 1000 / looksPerSecond;
        changes += assessor.verdicts(nowMs).length;
        for (const id of [...mixer.strips.map((strip) => strip.id), masterId])
          if (assessor.reading(id) !== undefined) readings += 1;
      }
    });
    return {
      figures: [
        {name: 'assessing 64 strips', value: (cpuSeconds / seconds) * 100, unit: '% of one core', bar: {atMost: 3}},
        {name: 'readings', value: readings / seconds, unit: '/s'},
        {name: 'verdict changes', value: changes / seconds, unit: '/s'},
      ],
    };
  },
};
