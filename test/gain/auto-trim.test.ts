import test from 'ava';
import fc from 'fast-check';
import {createTrimListener, trimFinding} from '../../src/gain/auto-trim.ts';
import type {Finding} from '../../src/model/assistance.ts';
import {applyCommand} from '../../src/model/command.ts';
import {factorFromDb} from '../../src/model/decibel.ts';
import {type MeterFrame, masterFields, stripField, stripFields} from '../../src/model/meter.ts';
import {type Mixer, newMixer, newStrip} from '../../src/model/mixer.ts';

const sampleRate = 48_000;
const frames = 480;

const table: readonly (readonly [workingPeakDb: number | undefined, trimDb: number, finding: Finding])[] = [
  [-5, 0, {type: 'change', fromDb: 0, toDb: -4, limited: false}],
  [-5, -3, {type: 'change', fromDb: -3, toDb: -7, limited: false}],
  [-20, 2, {type: 'change', fromDb: 2, toDb: 13, limited: false}],
  [-5.3, 0, {type: 'change', fromDb: 0, toDb: -3.5, limited: false}],
  [-12, 0, {type: 'fine'}],
  [-6, 7, {type: 'fine'}],
  [-45, 0, {type: 'change', fromDb: 0, toDb: 24, limited: true}],
  [-45, 24, {type: 'fine'}],
  [30, 0, {type: 'change', fromDb: 0, toDb: -24, limited: true}],
  [undefined, 0, {type: 'silent'}],
  [Number.NEGATIVE_INFINITY, 0, {type: 'silent'}],
  [Number.NaN, 0, {type: 'silent'}],
  [Number.POSITIVE_INFINITY, 0, {type: 'silent'}],
  [-5, Number.NaN, {type: 'silent'}],
];

for (const [workingPeakDb, trimDb, finding] of table) {
  test(`a strip that peaks at ${workingPeakDb} dBFS with a trim of ${trimDb} dB: ${JSON.stringify(finding)}`, (t) => {
    t.deepEqual(trimFinding(workingPeakDb, trimDb), finding);
  });
}

test('the proposed trim lands in the window, wherever the strip peaks, unless the trim ends before', (t) => {
  fc.assert(
    fc.property(
      fc.double({min: -80, max: 40, noNaN: true}),
      fc.double({min: -24, max: 24, noNaN: true}),
      (peak, trim) => {
        const finding = trimFinding(peak, trim);
        if (finding.type === 'silent') return false;
        const landedDb = peak + (finding.type === 'change' ? finding.toDb - trim : 0);
        const toDb = finding.type === 'change' ? finding.toDb : trim;
        const isEnd = (finding.type === 'change' && finding.limited) || Math.abs(toDb) === 24;
        return toDb >= -24 && toDb <= 24 && (isEnd || (landedDb >= -12 && landedDb <= -6));
      },
    ),
  );
  t.pass();
});

function desk(...trims: readonly number[]): Mixer {
  return newMixer({strips: trims.map((trimDb, index) => newStrip({id: `s${index}`, name: `S${index}`, trimDb}))});
}

/** A frame in which strips peak so at `pre`. */
function frameOf(rolling: boolean, ...peaks: readonly number[]): MeterFrame {
  const values = new Float32Array(peaks.length * stripFields + masterFields);
  for (const [index, peak] of peaks.entries()) {
    values[index * stripFields + stripField.prePeakLeft] = peak / 2;
    values[index * stripFields + stripField.prePeakRight] = peak;
  }
  return {atFrame: 0, frames, rolling, values};
}

function listening(mixer: Mixer) {
  const listener = createTrimListener(sampleRate);
  listener.listenTo(mixer.strips.map(({id}) => id));
  return {
    ...listener,
    hear(seconds: number, peaksDb: readonly number[], at: Mixer = mixer, rolling = true): void {
      const frame = frameOf(rolling, ...peaksDb.map(factorFromDb));
      for (let count = 0; count < (seconds * sampleRate) / frames; count++) listener.push(frame, at);
    },
  };
}

const toDb = (finding: Finding | undefined): number | undefined =>
  finding?.type === 'change' ? finding.toDb : undefined;

test('any constant level is brought into the window by what was heard of it, within the range of the trim', (t) => {
  fc.assert(
    fc.property(
      fc.double({min: -32, max: 14, noNaN: true}),
      fc.integer({min: -48, max: 48}),
      fc.constantFrom(0.5, 1.5, 4),
      (recordedDb, halves, seconds) => {
        const trimDb = halves / 2;
        const mixer = desk(trimDb);
        const listener = listening(mixer);
        listener.hear(seconds, [recordedDb + trimDb]);
        const finding = listener.findings(mixer).get('s0');
        const landedDb = recordedDb + (toDb(finding) ?? trimDb);
        const heardDb = recordedDb + trimDb;
        // Meters are told in single precision: what lies this near the edge of silence may be on either side.
        if (Math.abs(heardDb + 50) < 0.001) return true;
        const isQuiet = heardDb < -50;
        return isQuiet ? finding?.type === 'silent' : landedDb >= -12.001 && landedDb <= -5.999;
      },
    ),
    {numRuns: 60},
  );
  t.pass();
});

test('silent strips are untouched, and what is no number is silence', (t) => {
  const mixer = desk(0, 0, 0);
  const listener = listening(mixer);
  listener.hear(4, [-70, Number.NaN, Number.NEGATIVE_INFINITY]);
  t.deepEqual([...listener.findings(mixer).values()], [{type: 'silent'}, {type: 'silent'}, {type: 'silent'}]);
});

test('while the tape stands still nothing is heard', (t) => {
  const mixer = desk(0);
  const listener = listening(mixer);
  listener.hear(4, [-3], mixer, false);
  t.deepEqual(listener.findings(mixer).get('s0'), {type: 'silent'});
});

test('less than three seconds are judged by their loudest block, more by the working peak: one stray hit does not count', (t) => {
  const mixer = desk(0);
  const short = listening(mixer);
  short.hear(1, [-20]);
  short.hear(0.1, [-4]);
  t.is(toDb(short.findings(mixer).get('s0')), -5);
  const long = listening(mixer);
  long.hear(12, [-20]);
  long.hear(0.1, [-4]);
  t.is(toDb(long.findings(mixer).get('s0')), 11);
});

test('the loudest part counts however long ago it was played while the key was held', (t) => {
  const mixer = desk(0);
  const listener = listening(mixer);
  listener.hear(8, [-4]);
  listener.hear(40, [-20]);
  t.is(toDb(listener.findings(mixer).get('s0')), -5);
});

test('a trim that is turned while the key is held is reckoned in, before and after', (t) => {
  const mixer = desk(0);
  const turned = applyCommand(mixer, {type: 'strip.setTrim', strip: 's0', trimDb: -6});
  const listener = listening(mixer);
  listener.hear(5, [-1]);
  // The sound still carries the old trim for a moment: that is not taken for the new one.
  listener.hear(0.2, [-1], turned);
  listener.hear(5, [-7], turned);
  t.deepEqual(listener.findings(turned).get('s0'), {type: 'fine'});
  const back = applyCommand(turned, {type: 'strip.setTrim', strip: 's0', trimDb: 0});
  t.is(toDb(listener.findings(back).get('s0')), -8);
});

test('only strips that are listened to are found, and those that are gone are not', (t) => {
  const mixer = desk(0, 0);
  const listener = createTrimListener(sampleRate);
  listener.listenTo(['s1', 'gone']);
  for (let count = 0; count < 400; count++) listener.push(frameOf(true, 0.9, 0.9), mixer);
  t.deepEqual([...listener.findings(mixer).keys()], ['s1']);
});

test('a frame of another mixer is passed over', (t) => {
  const mixer = desk(0, 0);
  const listener = listening(mixer);
  for (let count = 0; count < 400; count++) listener.push(frameOf(true, 0.9), mixer);
  t.deepEqual(listener.findings(mixer).get('s0'), {type: 'silent'});
});
