import test from 'ava';
import {createAssessor} from '../../src/gain/assess.ts';
import {type MeterFrame, masterFields, stripField, stripFields} from '../../src/model/meter.ts';
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
