import test from 'ava';
import {drawDesk} from '../../../src/app/terminal/desk-frame.ts';
import {drawLoudness} from '../../../src/app/terminal/loudness-line.ts';
import {line, type Style, span} from '../../../src/app/terminal/style.ts';
import {deliveryTargets} from '../../../src/model/delivery-target.ts';
import {newMeterSettings} from '../../../src/model/meter-settings.ts';
import {meterTypeNames} from '../../../src/model/meter-type.ts';
import type {ProgramReading} from '../../../src/model/program.ts';
import {readingAt, sampleStatus} from './sample-status.ts';

const plain: Style = {colour: false, unicode: false};
const program: ProgramReading = {
  momentaryLufs: -18.24,
  shortTermLufs: -19,
  integratedLufs: -20.06,
  rangeLu: 12.26,
  rangeIsStable: false,
  maxMomentaryLufs: -15,
  maxShortTermLufs: -16,
  maxTruePeakDb: -10.3,
  truePeakDb: -12,
  samplePeakDb: -12.5,
  measuredSeconds: 10,
  lowShareDb: undefined,
  needles: {ppm1: [-9, -9], ppm2: [-9, -9], vu: [-20, -20], rms: [-20, -20]},
};

test('the line says momentary, short-term, integrated, range and true peak, with units, and fits 80 cells whatever the meter', (t) => {
  for (const type of meterTypeNames) {
    const status = sampleStatus(3, {program, meters: {...newMeterSettings, type}});
    const text = drawLoudness(status, 80, plain);
    t.true(text.length === 80, `${text.length}`);
    t.true(text.endsWith(' M -18.2 S -19.0 I -20.1 LUFS LRA ~12.3 LU TP -10.3 dBTP -'), text);
  }
  const paused = sampleStatus(3, {program, meters: {...newMeterSettings, type: 'ppm2-bbc', paused: true}});
  t.regex(drawLoudness(paused, 80, plain), /^- PPM BBC -18 -.* I -20.1 LUFS paused LRA ~12.3 LU TP -10.3 dBTP -$/);
});

test('a range is no longer doubted once it is stable, and silence is written as a terminal can', (t) => {
  const stable = sampleStatus(3, {program: {...program, rangeIsStable: true}});
  t.regex(drawLoudness(stable, 80, plain), / LRA 12\.3 LU /);
  const silent = sampleStatus(3, {program: {...program, integratedLufs: Number.NEGATIVE_INFINITY}});
  t.regex(drawLoudness(silent, 80, plain), / I -inf LUFS /);
  t.regex(drawLoudness(silent, 80, {colour: false, unicode: true}), / I -∞ LUFS /);
});

test('what has no room is left out, the integrated loudness last', (t) => {
  const status = sampleStatus(3, {program});
  t.regex(drawLoudness(status, 50, plain), /^- PEAK -+ I -20\.1 LUFS TP -10\.3 dBTP -$/);
  t.regex(drawLoudness(status, 30, plain), /^- PEAK -+ I -20\.1 LUFS -$/);
  for (let width = 1; width < 90; width++) t.true(drawLoudness(status, width, plain).length <= width);
  t.regex(drawLoudness(sampleStatus(3, {}), 80, plain), /^- PEAK -+$/, 'nothing is said of what is not heard');
});

test('strips and scale show the chosen meter: its marks, its numbers, and bars as high as it says', (t) => {
  const shown = {leftDb: -12, rightDb: -30, mark: 4.2};
  const status = sampleStatus(2, {
    meters: {...newMeterSettings, type: 'ppm2-bbc'},
    reading: () => ({...readingAt(-40), shown}),
  });
  const lines = drawDesk(status, {columns: 80, rows: 30}, plain);
  const text = lines.join('\n');
  t.true(text.includes(' 4.2 '), 'without a sign: the scale has none');
  for (const mark of [1, 2, 3, 4, 5, 6, 7])
    t.true(
      lines.some((line) => line.startsWith(`  ${mark} `)),
      `${mark}`,
    );
  t.false(text.includes('-40'));
  const peaks = drawDesk(sampleStatus(2, {reading: () => readingAt(-9)}), {columns: 80, rows: 30}, plain).join('\n');
  t.true(peaks.includes('-9.0'), 'without a chosen meter it is the peak');
});

const held = (integratedLufs: number, target: string, width = 80): string =>
  drawLoudness(
    sampleStatus(3, {program: {...program, integratedLufs}, meters: {...newMeterSettings, target}}),
    width,
    plain,
  );

test('with a delivery target the distance to it stands behind the integrated loudness', (t) => {
  t.regex(
    held(-16.2, 'spotify', 120),
    / M -18.2 S -19.0 I -16.2 LUFS \(2\.2 under Spotify -14\) LRA ~12.3 LU TP -10.3 dBTP -$/,
  );
  t.regex(held(-16.2, 'spotify'), / I -16.2 LUFS \(2\.2 under Spotify -14\) .*TP -10.3 dBTP -$/);
  t.regex(held(-12.5, 'spotify'), / \(1\.5 over Spotify -14\) /);
  t.regex(held(-14.04, 'spotify'), / \(on Spotify -14\) /);
  t.regex(held(Number.NEGATIVE_INFINITY, 'spotify'), / I -inf LUFS \(Spotify -14\) /);
  t.false(held(-16.2, 'cassette').includes('('), 'an unknown one says nothing');
});

test('every target leaves integrated loudness, distance and true peak on 80 cells, and no width overflows', (t) => {
  for (const {id} of deliveryTargets) {
    for (const type of meterTypeNames) {
      const meters = {...newMeterSettings, type, target: id};
      const text = drawLoudness(sampleStatus(3, {program: {...program, integratedLufs: -40}, meters}), 80, plain);
      t.is(text.length, 80);
      t.regex(text, / I -40\.0 LUFS \(\d+\.\d under .*TP -10\.3 dBTP -$/, id);
    }
    for (let width = 1; width < 130; width++) t.true(held(-16.2, id, width).length <= width);
  }
});

test('the true peak is an alarm above the ceiling of the target, else above -1 dBTP', (t) => {
  const colour: Style = {colour: true, unicode: false};
  const draw = (target?: string): string => {
    const meters = {...newMeterSettings, ...(target === undefined ? {} : {target})};
    return drawLoudness(sampleStatus(3, {program: {...program, maxTruePeakDb: -1.5}, meters}), 120, colour);
  };
  const alarm = line([span(' TP -1.5 dBTP', 'alarm')], 13, colour);
  t.is(draw().includes(alarm), false);
  t.true(draw('amazon-music').includes(alarm));
});
