import test from 'ava';
import {createMeterBridge} from '../../../src/gain/meter-bridge.ts';
import {type MeterFrame, masterField, masterFields, stripField, stripFields} from '../../../src/model/meter.ts';
import {type MeterSettings, newMeterSettings} from '../../../src/model/meter-settings.ts';
import type {MeterTypeName} from '../../../src/model/meter-type.ts';
import {masterId, newMixer, newStrip} from '../../../src/model/mixer.ts';
import type {ProgramReading} from '../../../src/model/program.ts';
import {isWithin} from '../loudness/measure.ts';

const rate = 48_000;
const frames = 480;
const mixer = newMixer({strips: [newStrip({id: 'one', name: 'One'}), newStrip({id: 'two', name: 'Two'})]});
const silence = Number.NEGATIVE_INFINITY;

/** What the kernel says of a block of a steady sine on both sides, 6 dB less on the right. */
function steady(peakDb: number, atFrame: number, program?: ProgramReading): MeterFrame {
  const values = new Float32Array(2 * stripFields + masterFields);
  const sides = [10 ** (peakDb / 20), 10 ** ((peakDb - 6) / 20)] as const;
  for (const [side, peak] of sides.entries()) {
    const power = frames * (peak ** 2 / 2);
    for (const [strip, names] of [
      [stripField.prePeakLeft, peak],
      [stripField.preTruePeakLeft, peak],
      [stripField.preQuasiPeakLeft, peak],
      [stripField.preAverageLeft, (frames * peak * 2) / Math.PI],
      [stripField.preEnergyLeft, power],
      [stripField.preWeightedLeft, power],
    ] as const)
      values[strip + side] = names;
    const master = values.length - masterFields;
    values[master + masterField.outPeakLeft + side] = peak;
    values[master + masterField.outTruePeakLeft + side] = peak;
    values[master + masterField.outEnergyLeft + side] = power;
    values[master + masterField.outWeightedLeft + side] = power;
  }
  return {atFrame, frames, rolling: true, values, ...(program === undefined ? {} : {program})};
}

const program: ProgramReading = {
  momentaryLufs: -20,
  shortTermLufs: -20,
  integratedLufs: -20,
  rangeLu: 5,
  rangeIsStable: false,
  maxMomentaryLufs: -20,
  maxShortTermLufs: -20,
  maxTruePeakDb: -3,
  truePeakDb: -3,
  samplePeakDb: -3,
  measuredSeconds: 10,
  lowShareDb: undefined,
  needles: {ppm1: [-9, -10], ppm2: [-10, -11], vu: [-18, -19], rms: [-20, -21]},
};

const settingsOf = (type: MeterTypeName): MeterSettings => ({...newMeterSettings, type});

/** A steady sine of −18 dBFS on the left for two seconds: what each meter says of it. */
const marks: readonly (readonly [MeterTypeName, mark: number, leftDb: number, rightDb: number])[] = [
  ['peak', -18, -18, -24],
  ['true-peak', -18, -18, -24],
  ['ppm1-din', -9, -12, -16],
  ['ppm1-nordic', 0, -12, -16],
  ['ppm2-bbc', 4, -12, -30],
  ['ppm2-ebu', 0, -12, -30],
  ['vu', 0, -7.5, -20],
  ['k20', 2, -4.5, -9],
  ['k14', -4, -9, -14],
  ['loudness', -20.7, -6.7, -6.7],
];

for (const [type, mark, leftDb, rightDb] of marks) {
  test(`a strip’s ${type} meter says ${mark} of a tone at line-up level`, (t) => {
    const bridge = createMeterBridge(rate);
    for (let block = 0; block < 200; block++)
      bridge.push(steady(-18, block * frames), mixer, settingsOf(type), block * 10);
    const shown = bridge.shown('one', 2000);
    t.true(isWithin(shown?.mark ?? 99, mark, 0.06), `${shown?.mark}`);
    t.true(isWithin(shown?.leftDb ?? 99, leftDb, 0.2), `${shown?.leftDb}`);
    t.true(isWithin(shown?.rightDb ?? 99, rightDb, 0.2), `${shown?.rightDb}`);
    t.deepEqual(bridge.shown('two', 2000), {leftDb: silence, rightDb: silence, mark: silence});
    t.is(bridge.shown('three', 2000), undefined);
  });
}

test('the mix shows what the programme meters say, peaks by itself', (t) => {
  const shown = (type: MeterTypeName): number | undefined => {
    const bridge = createMeterBridge(rate);
    bridge.push(steady(-6, 0, program), mixer, settingsOf(type), 0);
    return bridge.shown(masterId, 0)?.mark;
  };
  t.is(shown('ppm1-din'), 0);
  t.is(shown('ppm2-bbc'), 6);
  t.is(shown('vu'), 0);
  t.is(shown('k20'), 0);
  t.is(shown('loudness'), -20);
  t.true(isWithin(shown('peak') ?? 0, -6, 1e-6));
});

test('peak meters fall as fast as the desk says, and lost frames let them fall on', (t) => {
  const bridge = createMeterBridge(rate);
  const settings = {...newMeterSettings, fallDbPerSecond: 20};
  bridge.push(steady(-6, 0), mixer, settings, 0);
  bridge.push(steady(silence, rate), mixer, settings, 1000);
  t.true(isWithin(bridge.shown('one', 1000)?.mark ?? 0, -6, 0.3), 'held for 1 s');
  bridge.push(steady(silence, 2 * rate), mixer, settings, 2000);
  t.true(isWithin(bridge.shown('one', 2000)?.mark ?? 0, -26, 0.5), `${bridge.shown('one', 2000)?.mark}`);
});

test('nothing is shown once no frames come, nor of a mixer of another size, nor of the type before', (t) => {
  const bridge = createMeterBridge(rate);
  t.is(bridge.shown('one', 0), undefined);
  t.is(bridge.program(0), undefined);
  bridge.push(steady(-6, 0, program), mixer, newMeterSettings, 0);
  t.is(bridge.program(499), program);
  t.not(bridge.shown('one', 499), undefined);
  t.is(bridge.shown('one', 500), undefined);
  t.is(bridge.program(500), undefined);
  bridge.push(steady(-6, frames), newMixer({strips: []}), newMeterSettings, 600);
  t.is(bridge.shown('one', 600), undefined);
  bridge.push(steady(silence, 2 * frames), mixer, settingsOf('true-peak'), 700);
  t.is(bridge.shown('one', 700)?.mark, silence);
});
