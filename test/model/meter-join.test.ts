import test from 'ava';
import fc from 'fast-check';
import {
  type MeterFrame,
  masterField,
  masterFields,
  masterMeter,
  stripField,
  stripFields,
  stripMeter,
} from '../../src/model/meter.ts';
import {joinFrames} from '../../src/model/meter-join.ts';

const strips = 2;
const length = strips * stripFields + masterFields;
const anyValues = fc.array(fc.float({min: 0, max: 4, noNaN: true}), {minLength: length, maxLength: length});

/** Frames of 1024, one after the other. */
function framesOf(all: readonly (readonly number[])[], change: Partial<MeterFrame> = {}): readonly MeterFrame[] {
  return all.map((values, index) => ({
    atFrame: index * 1024,
    frames: 1024,
    rolling: true,
    values: Float32Array.from(values),
    ...change,
  }));
}

const highest = [
  'inPeakLeft',
  'prePeakRight',
  'postPeakLeft',
  'inClipRun',
  'compressorReductionDb',
  'preTruePeakLeft',
  'preQuasiPeakRight',
] as const;
const added = [
  'preEnergyLeft',
  'preProduct',
  'nonFinite',
  'preSumRight',
  'preAverageLeft',
  'preWeightedProduct',
  'inEnergyRight',
] as const;

test('what adds up is added, of all else the highest stays, for each strip and the mix', (t) => {
  fc.assert(
    fc.property(fc.array(anyValues, {minLength: 2, maxLength: 4}), (all) => {
      const frames = framesOf(all);
      const [joined, ...rest] = joinFrames(frames);
      if (joined === undefined || rest.length > 0 || joined.frames !== frames.length * 1024) return false;
      const near = (one: number, other: number): boolean => Math.abs(one - other) <= 1e-5;
      for (let strip = 0; strip < strips; strip++) {
        for (const field of highest)
          if (stripMeter(joined, strip, field) !== Math.max(...frames.map((frame) => stripMeter(frame, strip, field))))
            return false;
        for (const field of added)
          if (
            !near(
              stripMeter(joined, strip, field),
              frames.reduce((sum, frame) => sum + stripMeter(frame, strip, field), 0),
            )
          )
            return false;
      }
      const outEnergy = frames.reduce((sum, frame) => sum + masterMeter(frame, 'outEnergyLeft'), 0);
      const busPeak = Math.max(...frames.map((frame) => masterMeter(frame, 'busPeakRight')));
      return near(masterMeter(joined, 'outEnergyLeft'), outEnergy) && masterMeter(joined, 'busPeakRight') === busPeak;
    }),
  );
  t.pass();
});

test('every field either adds up or keeps its highest: two blocks of 1 and 3 make 4 or 3', (t) => {
  const [joined] = joinFrames(framesOf([Array.from({length}, () => 1), Array.from({length}, () => 3)]));
  const sums = (names: readonly string[]): readonly string[] =>
    names.filter((name) => /Energy|Product|Sum|Average|Weighted|nonFinite|Overs/.test(name));
  const strip = Object.keys(stripField) as (keyof typeof stripField)[];
  const master = Object.keys(masterField) as (keyof typeof masterField)[];
  t.truthy(joined);
  if (joined === undefined) return;
  t.deepEqual(
    strip.filter((name) => stripMeter(joined, 1, name) === 4),
    sums(strip),
  );
  t.deepEqual(
    master.filter((name) => masterMeter(joined, name) === 4),
    sums(master),
  );
  t.is(joined.values.filter((value) => value === 3 || value === 4).length, length);
});

test('frames stay apart where something is missing, where the tape starts or stops, and where they are long', (t) => {
  const silent = Array.from({length}, () => 0);
  const [one, two] = framesOf([silent, silent]);
  t.truthy(one && two);
  if (one === undefined || two === undefined) return;
  t.is(joinFrames([one, {...two, atFrame: 2048}]).length, 2);
  t.is(joinFrames([one, {...two, rolling: false}]).length, 2);
  t.is(joinFrames([one, {...two, values: new Float32Array(masterFields)}]).length, 2);
  t.is(
    joinFrames([
      {...one, frames: 4000},
      {...two, atFrame: 4000},
    ]).length,
    2,
  );
  t.is(joinFrames([]).length, 0);
});

test('the newest word of the programme meters stays, and no frame is changed', (t) => {
  const ones = Array.from({length}, () => 1);
  const frames = framesOf([ones, ones, ones]);
  const program = {name: 'middle'} as unknown as NonNullable<MeterFrame['program']>;
  const [joined] = joinFrames(frames.map((frame, index) => (index === 1 ? {...frame, program} : frame)));
  t.is(joined?.program, program);
  t.true(frames.every(({values}) => values.every((value) => value === 1)));
});
