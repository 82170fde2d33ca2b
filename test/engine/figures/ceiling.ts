import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import {createLimiter} from '../../../src/engine/limiter/limiter.ts';
import {newMixer} from '../../../src/model/mixer.ts';
import {stem} from '../graph/routing-rig.ts';
import {hardCase, hardShapes, randomNumbers} from '../limiter/hard-cases.ts';
import {annexMeter, hannMeter, kaiserMeter, type Meter, truePeak} from '../limiter/true-peak.ts';
import {memoryStem} from '../memory-stem.ts';

/** The standard's example, what loudness meters use, and two finer ones; but for the first none is one of the limiter's own filters. */
const meters = [annexMeter(), hannMeter(4, 12), kaiserMeter(16, 24, 6), kaiserMeter(16, 32, 8)];
/** Nearly ideal: reads what no common meter does. */
const finest = kaiserMeter(10, 96, 10);
const shapes = Object.entries(hardShapes);

export interface CeilingFigure {
  readonly cases: number;
  /** The highest reading over the ceiling in dB of any meter: negative while the ceiling holds. */
  readonly overDb: number;
  readonly at: string;
  /** The same by an interpolator of 96 taps, on every tenth case. */
  readonly finestDb: number;
}

/** Hard cases through a whole graph (a strip, the mix, its limiter), read by oversampled meters. */
export async function ceilingFigure(sampleRate: number, cases: number): Promise<CeilingFigure> {
  const mixer = newMixer({strips: [stem('a')]});
  const limiter = await createLimiter({sampleRate});
  const graph = await createGraph({sampleRate, mixer, limiter});
  const atStart = graph.snapshot();
  const random = randomNumbers(sampleRate + 1);
  const blocks = Math.ceil((300 + limiter.latencyFrames + 16) / blockFrames) + 1;
  const left = new Float32Array(blocks * blockFrames);
  const right = new Float32Array(blocks * blockFrames);
  const values = new Float32Array(200);
  let overDb = Number.NEGATIVE_INFINITY;
  let at = '';
  let finestDb = Number.NEGATIVE_INFINITY;
  const read = (meter: Meter, ceilingDb: number): number =>
    20 * Math.log10(Math.max(truePeak(left, meter), truePeak(right, meter))) - ceilingDb;
  for (let index = 0; index < cases; index++) {
    const [name, shape] = shapes[index % shapes.length] ?? ['', () => () => 0];
    const frames = 60 + Math.floor(random() * 240);
    const input = hardCase(shape, index + sampleRate + 7, frames);
    const ceilingDb = index % 3 === 0 ? -1 : -12 * random();
    const releaseMs = 10 ** (1 + 2 * random());
    const masterParameters = {
      ...{'limiter.on': 1, 'limiter.ceilingDb': ceilingDb, 'limiter.releaseMs': releaseMs},
    };
    graph.restore(atStart);
    graph.set({...mixer, masterParameters}, true);
    const stems = [memoryStem(input.left, input.right)];
    for (let from = 0; from < left.length; from += blockFrames) {
      const part = [from, from + blockFrames] as const;
      graph.render(stems, from, 'rolling', left.subarray(...part), right.subarray(...part), values);
    }
    for (const meter of meters) {
      const reading = read(meter, ceilingDb);
      if (reading > overDb) {
        overDb = reading;
        at = `${name}, ${meter.name}`;
      }
    }
    if (index % 10 === Math.floor(index / 10) % 10) finestDb = Math.max(finestDb, read(finest, ceilingDb));
  }
  return {cases, overDb, at, finestDb};
}
