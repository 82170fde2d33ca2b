import test from 'ava';
import {loudnessFields, type ReportedFile, reportJson, reportText} from '../../src/app/bounce-report.ts';
import type {LoudnessReading} from '../../src/gain/loudness.ts';

const silence = Number.NEGATIVE_INFINITY;
const loudness: LoudnessReading = {
  momentaryLufs: -20,
  shortTermLufs: -20,
  integratedLufs: -16.04321,
  rangeLu: 6.25,
  rangeIsStable: true,
  maxMomentaryLufs: -11.96,
  maxShortTermLufs: 0.04,
  truePeakDb: 0.31,
  samplePeakDb: -0.12,
  peakToLoudnessDb: 16.35321,
  measuredSeconds: 90,
  nonFinite: 0,
};
const silent: LoudnessReading = {
  ...loudness,
  integratedLufs: silence,
  rangeLu: 0,
  rangeIsStable: false,
  maxMomentaryLufs: silence,
  maxShortTermLufs: silence,
  truePeakDb: silence,
  samplePeakDb: silence,
  peakToLoudnessDb: undefined,
};
const files: readonly ReportedFile[] = [
  {name: '01 Kick.wav', frames: 4_320_000, peakDb: 1.5, overs: 12, loudness},
  {name: '02 Nothing at all.wav', frames: 48_000, peakDb: silence, overs: 0, loudness: silent},
];

test('the report for people is a table with a unit for everything', (t) => {
  t.is(
    reportText(files, 48_000),
    [
      'file                   length      I   LRA  max M  max S  true peak  sample peak   PLR',
      '01 Kick.wav            1:30.0  -16.0   6.3  -12.0    0.0       +0.3         -0.1  16.4',
      '02 Nothing at all.wav  0:01.0   -inf  0.0*   -inf   -inf       -inf         -inf     -',
      '',
      'I integrated loudness, max M and max S highest momentary (400 ms) and short-term (3 s) loudness, all in LUFS.',
      'LRA loudness range in LU. True peak in dBTP, sample peak in dBFS. PLR true peak above I, in dB.',
      '* shorter than 60 s: the range says little.',
      '01 Kick.wav: 12 samples up to +1.5 dBFS were held by the ceiling.',
      'Measured after ITU-R BS.1770-5, EBU Tech 3341 and 3342.',
      '',
    ].join('\n'),
  );
});

test('the report for programs says the same in numbers, silence as null', (t) => {
  const report = JSON.parse(reportJson(files, 48_000));
  t.is(report.schemaVersion, 1);
  t.is(report.sampleRate, 48_000);
  t.deepEqual(report.files[0], {
    file: '01 Kick.wav',
    seconds: 90,
    integratedLufs: -16.043,
    rangeLu: 6.25,
    rangeIsStable: true,
    maxMomentaryLufs: -11.96,
    maxShortTermLufs: 0.04,
    truePeakDbtp: 0.31,
    samplePeakDbfs: -0.12,
    peakToLoudnessDb: 16.353,
    samplesHeldByCeiling: 12,
  });
  t.is(report.files[1].integratedLufs, null);
  t.is(report.files[1].peakToLoudnessDb, null);
  t.false(reportJson(files, 48_000).includes('NaN'));
  t.is(loudnessFields({...loudness, rangeLu: -0}).rangeLu, 0);
});
