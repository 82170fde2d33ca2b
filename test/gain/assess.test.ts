import test from 'ava';
import fc from 'fast-check';
import {createAssessor} from '../../src/gain/assess.ts';
import {factorFromDb} from '../../src/model/decibel.ts';
import {masterFields, stripFields} from '../../src/model/meter.ts';
import {masterId, newStrip} from '../../src/model/mixer.ts';
import type {Reading} from '../../src/model/reading.ts';
import {kick, rehearse, twoStrips, withKick} from './rehearsal.ts';
import {frameOf} from './sound-frame.ts';

const expected = () => true;

function numbers(reading: Reading | undefined): readonly number[] {
  if (reading === undefined) return [Number.NaN];
  const {peakDb, leftDb, rightDb, inPeakDb, postPeakDb, workingPeakDb = 0} = reading;
  return [peakDb, leftDb, rightDb, inPeakDb, postPeakDb, workingPeakDb];
}

test('readings tell each tap of a strip, and bus and output of the mix', (t) => {
  const assessor = createAssessor({sampleRate: 48_000, mixer: twoStrips, expected});
  t.deepEqual(assessor.reading(kick), {
    peakDb: Number.NEGATIVE_INFINITY,
    leftDb: Number.NEGATIVE_INFINITY,
    rightDb: Number.NEGATIVE_INFINITY,
    inPeakDb: Number.NEGATIVE_INFINITY,
    postPeakDb: Number.NEGATIVE_INFINITY,
    workingPeakDb: undefined,
    clipped: false,
    stale: true,
  });
  const frame = frameOf({in: -20, pre: -10, post: -14, bus: -8, out: -7}, {atFrame: 0, frames: 480});
  frame.values[3] = factorFromDb(-12);
  assessor.push(frame, twoStrips, 0);
  assessor.verdicts(0);
  t.is(assessor.reading(kick)?.stale, undefined);
  const near = (reading: Reading | undefined, levels: readonly number[]): void => {
    t.true(numbers(reading).every((value, index) => Math.abs(value - (levels[index] ?? 0)) < 0.001));
  };
  near(assessor.reading(kick), [-10, -10, -12, -20, -14, 0]);
  near(assessor.reading(masterId), [-7, -7, -7, -8, -7, 0]);
  t.is(assessor.reading('nobody'), undefined);
});

test('no frame whatsoever, in any order, leaves a NaN or an endless level in a reading or a text', (t) => {
  const values = fc.array(fc.oneof(fc.float(), fc.constantFrom(0, 1, 2, Number.NaN, Number.POSITIVE_INFINITY)), {
    minLength: 2 * stripFields + masterFields,
    maxLength: 2 * stripFields + masterFields,
  });
  const frames = fc.array(
    fc.record({
      values,
      frames: fc.oneof(fc.integer({min: 1, max: 60_000}), fc.double()),
      atFrame: fc.oneof(fc.integer({min: 0, max: 10_000_000}), fc.double()),
      rolling: fc.boolean(),
      trimDb: fc.double({min: -24, max: 24}),
    }),
    {maxLength: 30},
  );
  fc.assert(
    fc.property(frames, (pushed) => {
      const assessor = createAssessor({sampleRate: 48_000, mixer: twoStrips, expected});
      return pushed.every(({trimDb, ...frame}, index) => {
        const nowMs = index * 400;
        assessor.push({...frame, values: Float32Array.from(frame.values)}, withKick({trimDb}), nowMs);
        const texts = assessor.verdicts(nowMs).map(({short, advice}) => short + advice);
        const levels = [...numbers(assessor.reading(kick)), ...numbers(assessor.reading(masterId))];
        return (
          !texts.some((text) => /NaN|Infinity|undefined/.test(text)) &&
          !levels.some((levelDb) => Number.isNaN(levelDb) || levelDb > 150)
        );
      });
    }),
  );
  t.pass();
});

test('blocks of 1 to 4096 frames come to the same verdicts and readings', (t) => {
  const sampleRate = 8000;
  const lengthFrames = 16 * sampleRate;
  const levelAt = (frame: number): number => {
    if (frame % 1600 >= 400) return -90;
    return frame < 9 * sampleRate ? -4 : -9;
  };
  const play = (block: number) => {
    const assessor = createAssessor({sampleRate, mixer: twoStrips, expected});
    const found: string[] = [];
    let readDb = 0;
    let nextLook = 0;
    for (let atFrame = 0; atFrame < lengthFrames; atFrame += block) {
      // Highest level of the block, from the two frames at which the level can rise.
      const end = atFrame + block - 1;
      const rise = Math.ceil(atFrame / 1600) * 1600;
      const pre = Math.max(levelAt(atFrame), rise <= end ? levelAt(rise) : -90);
      const nowMs = ((atFrame + block) * 1000) / sampleRate;
      assessor.push(frameOf({pre, bus: pre, out: pre}, {atFrame, frames: block}), twoStrips, nowMs);
      if (atFrame + block < nextLook) continue;
      nextLook += 512;
      for (const {strip, rule, verdict, short} of assessor.verdicts(nowMs))
        if (strip !== 'pad' && verdict === 'raise') found.push(`${strip} ${rule} ${short}`);
      if (atFrame + block <= 8 * sampleRate) readDb = assessor.reading(kick)?.workingPeakDb ?? 0;
    }
    return {found: [...new Set(found)].toSorted(), readDb};
  };
  const single = play(1);
  t.deepEqual(single.found, ['kick hot HOT +5', 'master bus.head BUS -4']);
  for (const block of [2, 13, 64, 128, 480, 512, 1024, 4096]) {
    const {found, readDb} = play(block);
    t.deepEqual(found, single.found, `${block} frames`);
    t.true(Math.abs(readDb - single.readDb) < 0.001, `${block} frames`);
  }
});

test('nothing is told twice: without news there are no verdicts', (t) => {
  const desk = rehearse();
  desk.run(4000, () => ({pre: -9, bus: -10, out: -10}));
  const before = desk.changes.length;
  desk.run(20_000, () => ({pre: -9, bus: -10, out: -10}));
  t.is(desk.changes.length, before);
  t.true(before > 0);
});

test('a frame of another desk is passed over', (t) => {
  const assessor = createAssessor({sampleRate: 48_000, mixer: twoStrips, expected});
  assessor.push(frameOf({pre: 0}, {atFrame: 0, frames: 480, strips: 3}), twoStrips, 0);
  assessor.push(frameOf({pre: 0}, {atFrame: 0, frames: 0}), twoStrips, 0);
  t.is(assessor.reading(kick)?.peakDb, Number.NEGATIVE_INFINITY);
});

test('strips keep their history when the desk is put in another order, new ones begin with none', (t) => {
  const desk = rehearse();
  desk.run(6000, () => ({pre: -4}));
  const [first, second] = twoStrips.strips;
  const mixer = {
    ...twoStrips,
    strips: [second, first, newStrip({id: 'new', name: 'New'})].filter((s) => s !== undefined),
  };
  desk.assessor.push(frameOf({pre: -9}, {atFrame: 6000 * 48, frames: 480, strips: 3}), mixer, 6010);
  t.true(Math.abs((desk.assessor.reading(kick)?.workingPeakDb ?? 0) - -4) < 0.001);
  t.true(Math.abs((desk.assessor.reading('pad')?.workingPeakDb ?? 0) - -9) < 0.001);
  t.is(desk.assessor.reading('new')?.workingPeakDb, undefined);
});

test('a rule that is switched off is never heard of', (t) => {
  const desk = rehearse({changes: [{rule: 'hot', only: 'drums', on: false}]});
  desk.run(10_000, () => ({pre: -2}));
  t.false(desk.changes.some(({rule, strip}) => rule === 'hot' && strip === kick));
  t.true(desk.changes.some(({rule, strip}) => rule === 'hot' && strip === 'pad'));
});

test('a renamed strip is called by its new name', (t) => {
  const desk = rehearse();
  desk.run(6000, () => ({pre: -4}));
  desk.mixer = withKick({name: 'Bass drum'});
  desk.run(6500, () => ({pre: -4}));
  t.like(desk.changes.at(-1), {rule: 'hot', advice: 'Bass drum peaks at -4 dBFS. Trim down 5 dB.'});
});
