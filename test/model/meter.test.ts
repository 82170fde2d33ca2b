import test from 'ava';
import {holdsLoss, type MeterFrame, masterField, masterFields, stripField, stripFields} from '../../src/model/meter.ts';

const strips = 3;
function frameWith(index: number, value: number): MeterFrame {
  const values = new Float32Array(strips * stripFields + masterFields);
  values[index] = value;
  return {atFrame: 0, frames: 512, rolling: true, values};
}

test('a frame holds a loss if any strip or the output lost samples, and not for being loud', (t) => {
  const master = strips * stripFields;
  const lost = [
    stripField.inClipRun,
    stripField.nonFinite,
    2 * stripFields + stripField.inClipRun,
    2 * stripFields + stripField.nonFinite,
    master + masterField.outOvers,
    master + masterField.nonFinite,
  ];
  const fields = strips * stripFields + masterFields;
  const ofStrips = Array.from({length: strips}, (_, strip) =>
    [stripField.inClipRun, stripField.nonFinite].map((field) => strip * stripFields + field),
  ).flat();
  for (const index of lost) t.true(holdsLoss(frameWith(index, 1)));
  for (let index = 0; index < fields; index++)
    if (!lost.includes(index) && !ofStrips.includes(index)) t.false(holdsLoss(frameWith(index, 1)), `${index}`);
});
