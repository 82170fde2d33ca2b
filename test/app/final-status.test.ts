import test from 'ava';
import {finalStatus} from '../../src/app/final-status.ts';
import {newMeterSettings} from '../../src/model/meter-settings.ts';
import type {ProgramReading} from '../../src/model/program.ts';
import {sampleStatus} from './terminal/sample-status.ts';

const program: ProgramReading = {
  momentaryLufs: -18.246,
  shortTermLufs: -19,
  integratedLufs: -16.2,
  rangeLu: 12.26,
  rangeIsStable: false,
  maxMomentaryLufs: -15,
  maxShortTermLufs: -16,
  maxTruePeakDb: -0.3,
  truePeakDb: -12,
  samplePeakDb: -12.5,
  measuredSeconds: 40,
  lowShareDb: undefined,
  needles: {ppm1: [-9, -9], ppm2: [-9, -9], vu: [-20, -20], rms: [-20, -20]},
};

test('the last word tells the loudness of the mix and how far it is from its delivery target', (t) => {
  const meters = {...newMeterSettings, target: 'spotify'};
  t.like(finalStatus(sampleStatus(1, {program, meters})), {
    loudness: {integratedLufs: -16.2, momentaryLufs: -18.25, maxTruePeakDbtp: -0.3, measuredSeconds: 40},
    target: {id: 'spotify', name: 'Spotify', integratedLufs: -14, truePeakCeilingDbtp: -1, distanceLu: -2.2},
  });
});

test('without a target, or without sound, the last word says null', (t) => {
  t.like(finalStatus(sampleStatus(1, {program})), {target: null});
  const meters = {...newMeterSettings, target: 'spotify'};
  for (const heard of [undefined, {...program, integratedLufs: Number.NEGATIVE_INFINITY}])
    t.like(finalStatus(sampleStatus(1, {program: heard, meters})), {
      loudness: {integratedLufs: null},
      target: {id: 'spotify', distanceLu: null},
    });
});

test('of a reference the low end is told, too', (t) => {
  const {engine} = sampleStatus(1, {});
  const reference = {state: 'ready', integratedLufs: -9, truePeakDb: -0.2, gainDb: -7, missingDb: 0} as const;
  const references = [
    {...reference, name: 'one', lowShareDb: -3.456},
    {...reference, name: 'two', lowShareDb: undefined},
  ];
  t.like(finalStatus(sampleStatus(1, {engine: {...engine, references}})), {
    references: [{lowShareDb: -3.46}, {lowShareDb: null}],
  });
});
