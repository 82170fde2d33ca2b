import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import {type Comparison, type ComparisonOptions, createComparison} from '../../../src/engine/monitor/comparison.ts';
import type {Stem} from '../../../src/engine/stem.ts';
import {type Monitor, newMonitor} from '../../../src/model/monitor.ts';
import type {Problem} from '../../../src/model/problem.ts';
import {memoryStem} from '../memory-stem.ts';
import {tone} from './monitor-rig.ts';

const sampleRate = 48_000;
const B = (referenceNumber: number): Monitor => ({...newMonitor, reference: 'on', referenceNumber});
const side = (dbfs: number, seconds = 2): Float32Array => tone(seconds * sampleRate, 997, 10 ** (dbfs / 20));
const track = (dbfs: number): Stem => memoryStem(side(dbfs), side(dbfs));

interface Rig {
  readonly comparison: Comparison;
  readonly problems: readonly Problem[];
  readonly news: () => number;
  /** The mix is heard, at a loudness, for so many seconds. */
  hear(lufs: number, seconds: number): void;
}

async function rig(stems: readonly (Stem | 'refused')[], given: Partial<ComparisonOptions> = {}): Promise<Rig> {
  const problems: Problem[] = [];
  let news = 0;
  const comparison = createComparison({
    files: stems.map((_, index) => ({path: `/music/${index}.wav`})),
    sampleRate,
    async open(path) {
      const stem = stems[Number(path.slice('/music/'.length, -'.wav'.length))];
      const problem: Problem = {path, reason: 'is no audio file', severity: 'error'};
      return stem === undefined || stem === 'refused' ? {type: 'refused', problem} : {type: 'stem', stem};
    },
    pause: () => Promise.resolve(),
    changed: () => news++,
    failed: (problem) => problems.push(problem),
    ...given,
  });
  for (let turns = 0; turns < 50; turns++) await turn();
  return {
    comparison,
    problems,
    news: () => news,
    hear(lufs, seconds) {
      const sound = side(lufs, 1);
      for (let second = 0; second < seconds; second++) comparison.mixHeard(sound, sound);
    },
  };
}

const nearly = (one: number | undefined, other: number): boolean => Math.abs((one ?? Number.NaN) - other) < 0.1;

test('A is the mix; B the chosen reference, matched to what was heard of the mix', async (t) => {
  const {comparison, hear} = await rig([track(-9), track(-25)]);
  hear(-18, 5);
  t.is(comparison.heardWith(newMonitor), undefined);
  t.true(nearly(comparison.heardWith(B(1))?.gainDb, -9));
  const second = comparison.heardWith(B(2));
  t.true(nearly(second?.gainDb, 7));
  t.not(second?.reference, comparison.heardWith(B(1))?.reference);
  t.is(comparison.heardWith(B(3)), undefined);
  const [one, two] = comparison.readings;
  t.like(one, {name: '0.wav', state: 'ready', missingDb: 0});
  t.true(nearly(one?.integratedLufs, -9) && nearly(one?.truePeakDb, -9) && nearly(two?.gainDb, 7));
});

test('while it is heard its gain stands still; back at A it follows the mix', async (t) => {
  const {comparison, hear} = await rig([track(-9)]);
  hear(-18, 5);
  comparison.heardWith(B(1));
  hear(-30, 70);
  t.true(nearly(comparison.heardWith({...B(1), dim: true})?.gainDb, -9));
  comparison.heardWith(newMonitor);
  hear(-30, 2);
  t.true(nearly(comparison.heardWith(B(1))?.gainDb, -21));
});

test('until three seconds of the mix were heard it is not matched and says so; then it is, even while it is heard', async (t) => {
  const {comparison, hear, news} = await rig([track(-9)]);
  t.is(comparison.heardWith(B(1))?.gainDb, 0);
  t.is(comparison.readings[0]?.missingDb, undefined);
  const before = news();
  hear(-18, 2);
  t.is(news(), before);
  hear(-18, 3);
  t.is(news(), before + 1);
  t.true(nearly(comparison.heardWith(B(1))?.gainDb, -9));
  t.is(comparison.readings[0]?.missingDb, 0);
});

test('a reference that would clip is turned up less, and says what is missing', async (t) => {
  const {comparison, hear} = await rig([track(-4)]);
  hear(0, 5);
  t.true(nearly(comparison.heardWith(B(1))?.gainDb, 3));
  t.true(nearly(comparison.readings[0]?.missingDb, 1));
});

test('while a reference is measured the mix stays, and comes when it is done', async (t) => {
  let goOn: () => void = () => {};
  const {comparison, news} = await rig([track(-9)], {pause: () => new Promise((resolve) => (goOn = resolve))});
  t.is(comparison.heardWith(B(1)), undefined);
  t.is(comparison.readings[0]?.state, 'measuring');
  for (let step = 0; step < 20; step++) {
    goOn();
    await turn();
    await turn();
  }
  t.is(news(), 1);
  t.is(comparison.readings[0]?.state, 'ready');
  t.not(comparison.heardWith(B(1)), undefined);
});

test('files that are missing, refused, empty, or fail on the way are told, and leave the others alone', async (t) => {
  const failing: Stem = {...track(-9), prepare: () => Promise.reject(new Error('the disk is gone'))};
  const empty = memoryStem(new Float32Array(0));
  const stems = [track(-9), 'refused', empty, failing, track(-12)] as const;
  const files = stems.map((_, index) => ({path: `/music/${index}.wav`, ...(index === 0 && {missing: true as const})}));
  const {comparison, problems} = await rig(stems, {files});
  t.deepEqual(
    comparison.readings.map(({state}) => state),
    ['failed', 'failed', 'failed', 'failed', 'ready'],
  );
  t.deepEqual(
    problems.map(({path, reason}) => [path, reason]),
    [
      ['/music/1.wav', 'is no audio file'],
      ['/music/2.wav', 'holds no sound'],
      ['/music/3.wav', 'cannot be compared with: the disk is gone'],
    ],
  );
  t.is(comparison.heardWith(B(1)), undefined);
  t.not(comparison.heardWith(B(5)), undefined);
});

test('a file that vanishes later gives the mix back', async (t) => {
  let broken = false;
  const stem = track(-9);
  const fragile: Stem = {
    ...stem,
    prepare: (at, frames) => (broken ? Promise.reject(new Error('gone')) : stem.prepare(at, frames)),
  };
  const {comparison, problems, news} = await rig([fragile]);
  t.not(comparison.heardWith(B(1)), undefined);
  broken = true;
  const before = news();
  comparison.prepareAhead(40_000);
  await turn();
  t.is(comparison.heardWith(B(1)), undefined);
  t.is(problems[0]?.reason, 'can no longer be read: gone');
  t.is(news(), before + 1);
});

test('it is prepared twice in the time that it asks for, and after a jump at once', async (t) => {
  const asked: number[] = [];
  const counting: Stem = {
    ...track(-9),
    async prepare(atFrame) {
      asked.push(atFrame);
    },
  };
  const {comparison} = await rig([counting]);
  asked.length = 0;
  for (let frame = 0; frame < 60_000; frame += 1000) comparison.prepareAhead(frame);
  t.deepEqual(asked, [0, 17_000, 34_000, 51_000]);
});

test('closing gives every file back, and ends a measurement', async (t) => {
  const closes: string[] = [];
  const stemOf = (name: string): Stem => ({...track(-9), close: async () => void closes.push(name)});
  const {comparison} = await rig([stemOf('one')]);
  await comparison.close();
  t.deepEqual(closes, ['one', 'one']);
  let goOn: () => void = () => {};
  const measuring = await rig([stemOf('two')], {pause: () => new Promise((resolve) => (goOn = resolve))});
  const closed = measuring.comparison.close();
  goOn();
  await closed;
  t.deepEqual(closes, ['one', 'one', 'two']);
  t.is(measuring.news(), 0);
});

test('how much low end a reference has is measured with its loudness, of samples that are no number, too', async (t) => {
  const low = tone(4 * sampleRate, 50, 0.1);
  const both = low.map((sample, frame) => sample + 0.1 * Math.sin((2 * Math.PI * 3000 * frame) / sampleRate));
  both[100] = Number.NaN;
  const {comparison} = await rig([memoryStem(low, low), memoryStem(both, both), track(-9)]);
  const [one, two, three] = comparison.readings;
  t.true(nearly(one?.lowShareDb, 0), `${one?.lowShareDb}`);
  t.true(nearly(two?.lowShareDb, -3.01), `${two?.lowShareDb}`);
  t.is(three?.state, 'ready');
  t.is(three?.lowShareDb, undefined, 'of 2 s little can be said');
});
