import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import {stripField} from '../../../src/model/meter.ts';
import {samplesOf} from '../../samples.ts';
import {mixerOf, renderBlock} from '../graph/rig.ts';
import {memoryStem} from '../memory-stem.ts';
import {createWorst, type Worst} from './worst.ts';

/** BS.1770-5, annex 1, tables 1 and 2: both sections at 48 kHz, b0 b1 b2 a1 a2. */
const table = [
  [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585],
  [1, -2, 1, -1.99004745483398, 0.99007225036621],
] as const;

/** The standard's response at 48 kHz in dB. */
function standardDb(hertz: number): number {
  const w = (2 * Math.PI * hertz) / 48_000;
  const squared = (c0: number, c1: number, c2: number): number =>
    (c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w)) ** 2 + (c1 * Math.sin(w) + c2 * Math.sin(2 * w)) ** 2;
  return table.reduce(
    (sum, [b0, b1, b2, a1, a2]) => sum + 10 * Math.log10(squared(b0, b1, b2) / squared(1, a1, a2)),
    0,
  );
}

/** How far the weighted energies of a strip's meter are from the standard's response, with tones from 20 Hz to 18 kHz; dB. */
export async function kWeightingFigure(sampleRate: number): Promise<Worst> {
  const worst = createWorst();
  const blocks = 160;
  const from = 32;
  const measured = (blocks - from) * blockFrames;
  const graph = await createGraph({sampleRate, mixer: mixerOf([{}])});
  const atStart = graph.snapshot();
  for (let step = 0; step <= 30; step++) {
    const about = 20 * (18_000 / 20) ** (step / 30);
    // A whole number of periods in what is measured.
    const hertz = (Math.max(1, Math.round((about * measured) / sampleRate)) * sampleRate) / measured;
    const tone = samplesOf(blocks * blockFrames, (n) => 0.25 * Math.sin((2 * Math.PI * hertz * n) / sampleRate));
    graph.restore(atStart);
    let plain = 0;
    let weighted = 0;
    for (let block = 0; block < blocks; block++) {
      const {meters} = renderBlock(graph, [memoryStem(tone, tone)], block * blockFrames);
      if (block < from) continue;
      plain += meters[stripField.preEnergyLeft] ?? 0;
      weighted += meters[stripField.preWeightedLeft] ?? 0;
    }
    worst.tell(10 * Math.log10(weighted / plain) - standardDb(hertz), `${hertz.toFixed(0)} Hz`);
  }
  return worst.found;
}
