import test from 'ava';
import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import {masterField, masterFields, stripField} from '../../../src/model/meter.ts';
import {newMixer} from '../../../src/model/mixer.ts';
import {samplesOf} from '../../samples.ts';
import {memoryStem} from '../memory-stem.ts';
import {renderBlock} from './rig.ts';
import {fitted, stem} from './routing-rig.ts';
import {sine} from './signal.ts';

const rates = [44_100, 48_000, 88_200, 96_000, 192_000];

/** Loudness of energies over frames, BS.1770: −0.691 + 10·log₁₀ of the sum of the mean squares. */
function loudness(left: number, right: number, frames: number): number {
  return -0.691 + 10 * Math.log10((left + right) / frames);
}

for (const sampleRate of rates) {
  test(`at ${sampleRate} Hz a tone of 997 Hz at −18 dBFS on both sides is −18.0 LUFS, at a strip and at the output`, async (t) => {
    const blocks = Math.ceil(sampleRate / blockFrames);
    const tone = sine(blocks * blockFrames, 997, sampleRate, 10 ** (-18 / 20));
    const mixer = newMixer({strips: [stem('a'), stem('b', {muted: true})]});
    const graph = await createGraph({sampleRate, mixer});
    const sums = [0, 0, 0, 0];
    let frames = 0;
    for (let block = 0; block < blocks; block++) {
      const {meters} = renderBlock(graph, fitted(mixer, [memoryStem(tone, tone)]), block * blockFrames);
      if (block < blocks / 2) continue;
      const master = meters.length - masterFields;
      [
        ...[stripField.preWeightedLeft, stripField.preWeightedRight],
        ...[master + masterField.outWeightedLeft, master + masterField.outWeightedRight],
      ].forEach((field, index) => {
        sums[index] = (sums[index] ?? 0) + (meters[field] ?? 0);
      });
      frames += blockFrames;
    }
    const [left = 0, right = 0, outLeft = 0, outRight = 0] = sums;
    t.true(Math.abs(loudness(left, right, frames) + 18) < 0.02, `${loudness(left, right, frames)}`);
    t.true(Math.abs(loudness(outLeft, outRight, frames) + 18) < 0.02);
  });

  test(`at ${sampleRate} Hz the true peak of a tone between its samples is found within 0.45 dB, where its sample peak is near`, async (t) => {
    for (const peak of [0.45, 0.8]) {
      // A quarter of the rate, an eighth of a turn off: every sample lies 3 dB under the peak.
      const tone = samplesOf(8 * blockFrames, (n) => peak * Math.sin((Math.PI / 2) * n + Math.PI / 4));
      const mixer = newMixer({strips: [stem('a')]});
      const graph = await createGraph({sampleRate, mixer});
      const stems = [
        memoryStem(
          tone,
          tone.map((value) => value / 4),
        ),
      ];
      renderBlock(graph, stems, 0);
      const {meters} = renderBlock(graph, stems, blockFrames);
      const left = meters[stripField.preTruePeakLeft] ?? 0;
      const out = meters[meters.length - masterFields + masterField.outTruePeakLeft];
      t.is(out, left);
      t.is(meters[stripField.preTruePeakRight], meters[stripField.prePeakRight], 'far from full scale');
      if (peak * Math.SQRT1_2 < 10 ** (-6 / 20)) t.is(left, meters[stripField.prePeakLeft] ?? 0);
      else t.true(Math.abs(20 * Math.log10(left / peak)) < 0.45, `${left}`);
    }
  });
}

test('a peak between the last sample of a block and the first of the next is found', async (t) => {
  const mixer = newMixer({strips: [stem('a')]});
  const graph = await createGraph({sampleRate: 48_000, mixer});
  const left = new Float32Array(3 * blockFrames);
  // Two samples of equal height: a half sinc between them is 1.27 times as high.
  left[blockFrames - 1] = 0.7;
  left[blockFrames] = 0.7;
  const stems = [memoryStem(left, left)];
  const peaks = [0, 1, 2].map(
    (block) => renderBlock(graph, stems, block * blockFrames).meters[stripField.preTruePeakLeft] ?? 0,
  );
  t.true((peaks[1] ?? 0) > 0.85, `${peaks}`);
  t.is(peaks[2], 0);
});
