import test from 'ava';
import fc from 'fast-check';
import {dbFromFactor, factorFromDb, formatDb} from '../../src/model/decibel.ts';
import {
  type MeterFrame,
  masterField,
  masterFields,
  masterMeter,
  stripFields,
  stripMeter,
} from '../../src/model/meter.ts';
import {formatClock, timecodeDigits} from '../../src/model/playback.ts';
import {DeskError, describeError, plainText} from '../../src/model/problem.ts';
import {
  encoderParameter,
  faderParameter,
  isParameter,
  newView,
  type Page,
  pageNumber,
  parameterNames,
  slotAt,
} from '../../src/model/view.ts';
import {anyText} from '../any-text.ts';

test('a factor leads back to its decibels, and silence to silence', (t) => {
  fc.assert(
    fc.property(
      fc.double({min: -120, max: 40, noNaN: true}),
      (gainDb) => Math.abs(dbFromFactor(factorFromDb(gainDb)) - gainDb) < 1e-9,
    ),
  );
  t.is(factorFromDb(Number.NEGATIVE_INFINITY), 0);
  t.is(dbFromFactor(0), Number.NEGATIVE_INFINITY);
});

for (const [levelDb, text] of [
  [-6.04, '-6.0'],
  [3.46, '+3.5'],
  [-0.01, '0.0'],
  [0, '0.0'],
  [Number.NEGATIVE_INFINITY, '-∞'],
] as const) {
  test(`${levelDb} dB reads ${text}`, (t) => t.is(formatDb(levelDb), text));
}

test('a display without the sign shows silence in its own way', (t) =>
  t.is(formatDb(Number.NEGATIVE_INFINITY, '-inf'), '-inf'));

for (const [frame, clock, digits] of [
  [0, '0:00.0', '0000000000'],
  [48_000 * 62.5, '1:02.5', '0000102012'],
  [48_000 * 3661, '61:01.0', '0010101000'],
  [-5, '0:00.0', '0000000000'],
] as const) {
  test(`frame ${frame} at 48 kHz is ${clock} and ${digits} on a time display`, (t) => {
    t.is(formatClock(frame, 48_000), clock);
    t.is(timecodeDigits(frame, 48_000), digits);
  });
}

test('text from a device loses what could steer a terminal', (t) => {
  t.is(plainText('X\u001b[2J-Touch\r\n\u202e'), 'X [2J-Touch');
  fc.assert(fc.property(anyText(), (text) => !/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/.test(plainText(text))));
});

test('anything thrown has one line to show', (t) => {
  t.is(describeError(new DeskError('usage', 'say\nwhat')), 'say what');
  t.is(describeError('thrown text'), 'thrown text');
  t.is(describeError(undefined), 'undefined');
});

test('an error keeps what caused it', (t) => {
  const cause = new Error('disk');
  t.is(new DeskError('file.unreadable', 'x', cause).cause, cause);
  t.false('cause' in new DeskError('usage', 'x'));
});

test('strips are read from the front of a meter frame, the master from its end', (t) => {
  const values = Float32Array.from({length: 2 * stripFields + masterFields}, (_, index) => index);
  const frame: MeterFrame = {atFrame: 0, frames: 512, rolling: true, values};
  t.is(stripMeter(frame, 1, 'inPeakLeft'), stripFields);
  t.is(masterMeter(frame, 'busPeakLeft'), 2 * stripFields);
  t.is(masterMeter(frame, 'outOvers'), 2 * stripFields + masterField.outOvers);
  t.is(stripMeter(frame, 99, 'inPeakLeft'), 0);
});

test('a page is shown from its offset on, and numbered by eights', (t) => {
  const layer = {id: 'level', short: 'LV', fader: 'level', encoder: 'pan'} as const;
  const page: Page = {id: 'p', name: 'P', short: 'PP', slots: ['pan', null, 'trim', ...Array<null>(13).fill(null)]};
  const view = newView({layer, page});
  t.deepEqual([slotAt(view, 0), slotAt(view, 1), slotAt(view, 2), slotAt(view, 16)], ['pan', null, 'trim', undefined]);
  t.is(slotAt({...view, pageOffset: 2}, 0), 'trim');
  t.is(slotAt(newView({layer}), 0), undefined);
  t.deepEqual(pageNumber(view), {number: 1, count: 2});
  t.deepEqual(pageNumber({...view, pageOffset: 8}), {number: 2, count: 2});
});

test('parameters are known by name', (t) => {
  for (const name of ['level', 'polarity', 'effect.8', 'eq4.q', 'send8.pre']) t.true(isParameter(name), name);
  for (const name of ['volume', 'effect.9', 'toString', '']) t.false(isParameter(name), name);
  t.is(new Set(parameterNames).size, parameterNames.length);
});

test('flip swaps what faders and encoders carry', (t) => {
  const view = newView({layer: {id: 'level', short: 'LV', fader: 'level', encoder: 'pan'}});
  t.deepEqual([faderParameter(view), encoderParameter(view)], ['level', 'pan']);
  const flipped = {...view, flipped: true};
  t.deepEqual([faderParameter(flipped), encoderParameter(flipped)], ['pan', 'level']);
});
