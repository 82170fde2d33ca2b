import test from 'ava';
import {holdCeiling} from '../../../src/engine/monitor/ceiling.ts';
import {createListening} from '../../../src/engine/monitor/listening.ts';
import {createReference} from '../../../src/engine/monitor/reference.ts';
import {newMixer} from '../../../src/model/mixer.ts';
import {newMonitor, speakers} from '../../../src/model/monitor.ts';
import {memoryStem} from '../memory-stem.ts';
import {noise} from './monitor-rig.ts';

const ceiling = 1 - 2 ** -23;
const silence = {left: new Float32Array(512), right: new Float32Array(512)};

test('what lies within the ceiling keeps every bit, what does not is held, and what is no number is silence', (t) => {
  const side = Float32Array.of(
    0.5,
    -0,
    ceiling,
    -ceiling,
    1,
    -1,
    3e38,
    Number.POSITIVE_INFINITY,
    -7,
    Number.NaN,
    1e-40,
  );
  const before = side.slice();
  holdCeiling(side);
  t.deepEqual(
    [...side],
    [...before.subarray(0, 4), ceiling, -ceiling, ceiling, ceiling, -ceiling, 0, before[10] ?? Number.NaN],
  );
});

test('a monitor turned up as far as it goes stays within the ceiling, through every speaker', (t) => {
  for (const speaker of speakers) {
    const monitor = {...newMonitor, levelDb: 10, speaker};
    const listening = createListening({
      sampleRate: 48_000,
      monitor,
      mixer: newMixer({strips: []}),
      mixLatencyFrames: 0,
    });
    let loudest = 0;
    for (let block = 0; block < 40; block++) {
      const [left, right] = [noise(512, block), noise(512, block)];
      listening.process(left, right, silence, true);
      for (const side of [left, right]) holdCeiling(side);
      for (const sample of [...left, ...right]) loudest = Math.max(loudest, Math.abs(sample));
    }
    t.true(loudest > 0.9 && loudest <= ceiling, `${speaker}: ${loudest}`);
  }
});

test('a reference file with nonsense in it is held like everything else, and the mix is whole again after it', (t) => {
  const listening = createListening({
    sampleRate: 48_000,
    monitor: newMonitor,
    mixer: newMixer({strips: []}),
    mixLatencyFrames: 0,
  });
  const nonsense = Float32Array.from({length: 512}, (_, n) => [Number.NaN, 1e38, Number.NEGATIVE_INFINITY][n % 3] ?? 0);
  const reference = createReference(memoryStem(nonsense), 48_000);
  listening.set({...newMonitor, speaker: 'car'}, {reference, gainDb: 40});
  for (let block = 0; block < 20; block++) {
    const [left, right] = [noise(512, block), noise(512, block)];
    if (block === 10) listening.set(newMonitor, undefined);
    listening.process(left, right, silence, true);
    for (const side of [left, right]) holdCeiling(side);
    t.true([...left, ...right].every((sample) => Math.abs(sample) <= ceiling));
    if (block > 14)
      t.deepEqual(
        left,
        noise(512, block).map((sample) => Math.max(-ceiling, Math.min(ceiling, sample))),
      );
  }
});
