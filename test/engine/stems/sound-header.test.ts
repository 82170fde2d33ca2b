import test from 'ava';
import {
  checkHeader,
  copyAgain,
  endsEarly,
  problemOf,
  refuse,
  refuseCut,
  type SoundHeader,
} from '../../../src/engine/stems/sound-header.ts';

const header: SoundHeader = {
  format: 'wav',
  channels: 2,
  sampleRate: 48_000,
  lengthFrames: 100,
  bits: 16,
  body: {coding: 'linear', encoding: {kind: 'int', bytes: 2, littleEndian: true}, dataOffset: 44},
};

test('a header of a sound that the desk can play is passed on as it is', (t) => {
  t.deepEqual(checkHeader(header), {type: 'header', header});
});

for (const [change, reason] of [
  [{channels: 0}, /^0 channels/],
  [{channels: 3}, /^3 channels: only mono and stereo can be used$/],
  [{channels: 65_535}, /^65535 channels/],
  [{sampleRate: 0}, /sample rate is 0 Hz/],
  [{sampleRate: 3999}, /only 4000 to 192000 Hz/],
  [{sampleRate: 192_001}, /only 4000 to 192000 Hz/],
  [{sampleRate: Number.NaN}, /sample rate is NaN Hz/],
  [{lengthFrames: 0}, /^no samples$/],
  [{lengthFrames: -5}, /^no samples$/],
  [{lengthFrames: Number.NaN}, /^no samples$/],
  [{lengthFrames: 2 ** 50}, /impossible length/],
] as const) {
  test(`a header with ${JSON.stringify(change)} is refused`, (t) => {
    const read = checkHeader({...header, ...change});
    t.regex(read.type === 'refused' ? read.reason : 'read', reason);
  });
}

test('the rates at both ends of the range are played', (t) => {
  for (const sampleRate of [4000, 192_000]) t.is(checkHeader({...header, sampleRate}).type, 'header');
});

test('what is missing is told in seconds, or in samples where that says more', (t) => {
  t.is(endsEarly(57_600, 48_000), 'ends 1.2 s early');
  t.is(endsEarly(4800, 48_000), 'ends 0.1 s early');
  t.is(endsEarly(4799, 48_000), 'ends 4799 samples early');
  t.is(endsEarly(1, 48_000), 'ends 1 sample early');
});

test('a cut file is to be copied again', (t) => {
  t.deepEqual(refuseCut(48_000, 48_000), {type: 'refused', reason: 'ends 1.0 s early', hint: copyAgain});
});

test('a refusal becomes an error at the path, with a hint only where there is one', (t) => {
  t.deepEqual(problemOf('/a', refuse('it is empty')), {path: '/a', reason: 'it is empty', severity: 'error'});
  const problem = problemOf('/a', refuse('it is empty', 'Record something.'));
  t.deepEqual(problem, {path: '/a', reason: 'it is empty', hint: 'Record something.', severity: 'error'});
});
