import test from 'ava';
import {createAssessor} from '../../src/gain/assess.ts';
import {type MeterFrame, masterField, masterFields, stripField, stripFields} from '../../src/model/meter.ts';
import {masterId, newMixer, newStrip} from '../../src/model/mixer.ts';

const on = newMixer({strips: [newStrip({id: 'one', name: 'One', parameters: {'comp.on': 1}})]});
const off = newMixer({strips: [newStrip({id: 'one', name: 'One'})]});

function frame(atFrame: number, reductionDb: number): MeterFrame {
  const values = new Float32Array(stripFields + masterFields);
  values[stripField.compressorReductionDb] = reductionDb;
  return {atFrame, frames: 480, rolling: true, values};
}

test('what the compressor turns down is read while it is on, rises at once and goes back 30 dB a second', (t) => {
  const assessor = createAssessor({sampleRate: 48_000, mixer: on, expected: () => true});
  assessor.push(frame(0, 6), on, 0);
  t.is(assessor.reading('one')?.gainReductionDb, 6);
  for (let block = 1; block <= 10; block++) assessor.push(frame(block * 480, 0), on, block * 10);
  t.true(Math.abs((assessor.reading('one')?.gainReductionDb ?? 0) - 3) < 1e-6);
  assessor.push(frame(11 * 480, 0), off, 110);
  t.is(assessor.reading('one')?.gainReductionDb, undefined);
  t.is(assessor.reading(masterId)?.gainReductionDb, undefined);
});

test('a reduction that is no number is none', (t) => {
  const assessor = createAssessor({sampleRate: 48_000, mixer: on, expected: () => true});
  assessor.push(frame(0, Number.NaN), on, 0);
  t.is(assessor.reading('one')?.gainReductionDb, 0);
});

test('compressor and gate together are read while one of them is on; of the bus compressor and limiter', (t) => {
  const table = [
    [{}, undefined],
    [{'comp.on': 1}, 6],
    [{'gate.on': 1}, 20],
    [{'comp.on': 1, 'gate.on': 1}, 26],
  ] as const;
  for (const [parameters, expected] of table) {
    const mixer = newMixer({
      strips: [newStrip({id: 'one', name: 'One', parameters})],
      masterParameters: {'comp.on': 1, 'limiter.on': 1},
    });
    const assessor = createAssessor({sampleRate: 48_000, mixer, expected: () => true});
    const first = frame(0, 6);
    first.values[stripField.gateReductionDb] = 20;
    const master = first.values.length - masterFields;
    first.values[master + masterField.compressorReductionDb] = 2;
    first.values[master + masterField.limiterReductionDb] = 1;
    assessor.push(first, mixer, 0);
    t.is(assessor.reading('one')?.dynamicsReductionDb, expected);
    t.is(assessor.reading(masterId)?.dynamicsReductionDb, 3);
    t.is(assessor.reading(masterId)?.gainReductionDb, 2);
    assessor.push(frame(480, 0), mixer, 10);
    const later = assessor.reading('one')?.dynamicsReductionDb;
    t.true(expected === undefined ? later === undefined : Math.abs((later ?? 0) - (expected - 0.3)) < 1e-6);
  }
});

test('behind a limiter only what it let through is a clip', (t) => {
  for (const [limiter, overs, expected] of [
    [0, 0, 'raise'],
    [1, 0, undefined],
    [1, 3, 'raise'],
  ] as const) {
    const mixer = newMixer({strips: on.strips, masterParameters: limiter === 1 ? {'limiter.on': 1} : {}});
    const assessor = createAssessor({sampleRate: 48_000, mixer, expected: () => true});
    const {values} = frame(0, 0);
    const master = values.length - masterFields;
    values[master + masterField.outPeakLeft] = 1.2;
    values[master + masterField.outOvers] = overs;
    assessor.push({...frame(0, 0), values}, mixer, 0);
    const found = assessor.verdicts(10).find(({rule}) => rule === 'clip.out');
    t.is(found?.verdict === 'raise' ? 'raise' : undefined, expected);
  }
});
