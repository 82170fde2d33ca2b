import test from 'ava';
import fc from 'fast-check';
import {createStripChannel, follow} from '../../src/gain/channel.ts';
import {takeStrip} from '../../src/gain/hearing.ts';
import {type MeterFrame, masterFields, stripField, stripFields} from '../../src/model/meter.ts';
import {joinFrames} from '../../src/model/meter-join.ts';
import {newMixer, newStrip} from '../../src/model/mixer.ts';

const sampleRate = 8000;
const strip = newStrip({id: 'vox', name: 'Vox', group: 'vocals', parameters: {'comp.on': 1}});
const mixer = newMixer({strips: [strip]});

interface Block {
  readonly peak: number;
  readonly reductionDb: number;
  readonly level: number;
  readonly frames: number;
}

/** Blocks that follow each other, as often as is said. */
function framesOf(blocks: readonly Block[], times: number): readonly MeterFrame[] {
  const frames: MeterFrame[] = [];
  let atFrame = 0;
  for (let time = 0; time < times; time++)
    for (const {peak, reductionDb, level, frames: length} of blocks) {
      const values = new Float32Array(stripFields + masterFields);
      values[stripField.prePeakLeft] = peak;
      values[stripField.compressorReductionDb] = reductionDb;
      values[stripField.inEnergyLeft] = level * length;
      values[stripField.preEnergyLeft] = (level * length) / 2;
      values[stripField.postEnergyRight] = (level * length) / (1 + reductionDb);
      values[stripField.preAverageLeft] = level * length;
      values[stripField.preAverageRight] = (level * length) / 3;
      frames.push({atFrame, frames: length, rolling: true, values});
      atFrame += length;
    }
  return frames;
}

/** What is known of the strip after these frames, of all that is a mean. */
function meansOf(frames: readonly MeterFrame[]): readonly (number | undefined)[] {
  const channel = createStripChannel(sampleRate, strip);
  follow(channel, strip, mixer, sampleRate);
  for (const frame of frames) takeStrip(channel, frame, 0);
  const {memory} = channel;
  if (memory === undefined) return [];
  const {reduction, before, behind, afterFader, behindFader, vu} = memory;
  return [
    ...[reduction, before, behind, afterFader, behindFader].map((mean) => mean.value()),
    ...vu.map(({factor}) => factor),
  ];
}

test('blocks that were joined have the same means as single ones, also where the strip plays in some of them only', (t) => {
  const block = fc.record({
    // Around −50 dBFS: some play, some rest.
    peak: fc.constantFrom(0, 0.003, 0.0033, 0.5),
    reductionDb: fc.double({min: 0, max: 20, noNaN: true}),
    level: fc.double({min: 0, max: 1, noNaN: true}),
    frames: fc.constantFrom(256, 480, 512),
  });
  fc.assert(
    fc.property(fc.array(block, {minLength: 2, maxLength: 20}), (blocks) => {
      const frames = framesOf([{peak: 0.5, reductionDb: 6, level: 0.1, frames: 512}, ...blocks], 50);
      const joined = joinFrames(frames);
      t.deepEqual(meansOf(joined), meansOf(frames));
      t.deepEqual(meansOf(joinFrames(joined)), meansOf(frames), 'joined once more');
      return joined.length < frames.length / 2;
    }),
    {numRuns: 40},
  );
});

test('the mean reduction of a compressor that lets go between syllables is the mean of its blocks, however many are joined', (t) => {
  // 15 dB at each of four syllables a second, let go within 80 ms.
  const blocks = Array.from({length: 25}, (_, at) => ({
    peak: 0.3,
    reductionDb: 15 * Math.exp(-(at * 10) / 80),
    level: 0.1,
    frames: 80,
  }));
  const meanDb = blocks.reduce((sum, {reductionDb}) => sum + reductionDb, 0) / blocks.length;
  for (const frames of [framesOf(blocks, 40), joinFrames(framesOf(blocks, 40))]) {
    const [reductionDb = Number.NaN] = meansOf(frames);
    t.true(Math.abs(reductionDb - meanDb) < 0.7, `${reductionDb} dB of ${meanDb}`);
  }
});
