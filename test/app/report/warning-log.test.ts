import test from 'ava';
import {createWarningLog, type LoggedWarning} from '../../../src/app/report/warning-log.ts';
import {factorFromDb} from '../../../src/model/decibel.ts';
import {type MeterFrame, masterField, masterFields, stripField, stripFields} from '../../../src/model/meter.ts';
import {newMixer, newStrip} from '../../../src/model/mixer.ts';

const sampleRate = 48_000;
const frames = 480;
const mixer = newMixer({strips: [newStrip({id: 'kick', name: 'Kick', group: 'drums', channels: 1})]});

/** A block of a strip that peaks at that level, on a bus as loud. */
function frameAt(atFrame: number, levelDb: number, clipRun = 0): MeterFrame {
  const values = new Float32Array(stripFields + masterFields);
  const peak = factorFromDb(levelDb);
  for (const field of [
    'inPeakLeft',
    'inPeakRight',
    'prePeakLeft',
    'prePeakRight',
    'postPeakLeft',
    'postPeakRight',
  ] as const) {
    values[stripField[field]] = peak;
  }
  values[stripField.inClipRun] = clipRun;
  for (const field of ['busPeakLeft', 'busPeakRight', 'outPeakLeft', 'outPeakRight'] as const) {
    values[stripFields + masterField[field]] = factorFromDb(-20);
  }
  return {atFrame, frames, rolling: true, values};
}

/** What is noted of a strip whose level (and clip run) is a function of the time. */
function logOf(
  seconds: number,
  levelAt: (at: number) => number,
  clipAt: (at: number) => number = () => 0,
): readonly LoggedWarning[] {
  const log = createWarningLog({sampleRate, mixer, expected: () => true});
  for (let atFrame = 0; atFrame < seconds * sampleRate; atFrame += frames) {
    log.push(frameAt(atFrame, levelAt(atFrame / sampleRate), clipAt(atFrame / sampleRate)));
  }
  return log.warnings();
}

const of = (warnings: readonly LoggedWarning[], rule: string): LoggedWarning | undefined =>
  warnings.find((warning) => warning.rule === rule && warning.strip === 'kick');

test('a level in the window is worth no word', (t) => {
  const noted = logOf(15, () => -9).filter(({rule}) =>
    ['hot', 'low', 'clip.in', 'silent', 'over.float'].includes(rule),
  );
  t.deepEqual(noted, []);
});

test('a hot strip is noted from where it was found to where it was mended', (t) => {
  const warning = of(
    logOf(20, (at) => (at < 10 ? -5 : -9)),
    'hot',
  );
  t.is(warning?.ranges.length, 1);
  const {fromSeconds = 0, toSeconds = 0} = warning?.ranges[0] ?? {};
  // Valid after 3 s of playing; the last 5 s must be mended.
  t.true(fromSeconds >= 2.9 && fromSeconds < 3.5, `${fromSeconds}`);
  t.true(toSeconds >= 14.5 && toSeconds < 16, `${toSeconds}`);
  t.is(warning?.advice, 'Kick peaks at -5 dBFS. Trim down 4 dB.');
});

test('what still stands at the end ends with the tape', (t) => {
  const [range] =
    of(
      logOf(10, () => -3),
      'hot',
    )?.ranges ?? [];
  t.true(Math.abs((range?.toSeconds ?? 0) - 10) < 0.1);
});

test('clips are noted where they lie, near ones as one, with the longest run', (t) => {
  const clips = (at: number): number => (near(at, 2) ? 4 : near(at, 3.5) ? 24 : near(at, 15) ? 5 : 0);
  const warning = of(
    logOf(20, () => -9, clips),
    'clip.in',
  );
  t.is(warning?.severity, 4);
  t.is(warning?.ranges.length, 2);
  const [first, second] = warning?.ranges ?? [];
  t.true(Math.abs((first?.fromSeconds ?? 0) - 2) < 0.1 && Math.abs((first?.toSeconds ?? 0) - 3.5) < 0.2);
  t.true(Math.abs((second?.fromSeconds ?? 0) - 15) < 0.1);
  t.regex(warning?.advice ?? '', /24 samples in a row/);
});

test('a clip in the first block is noted: alarms need no warming up', (t) => {
  const warning = of(
    logOf(
      1,
      () => -9,
      (at) => (at === 0 ? 5 : 0),
    ),
    'clip.in',
  );
  t.is(warning?.ranges.length, 1);
  t.true((warning?.ranges[0]?.fromSeconds ?? 1) < 0.05);
});

test('the worst comes first', (t) => {
  const severities = logOf(
    12,
    () => 1,
    () => 10,
  ).map(({severity}) => severity);
  t.true(severities.length >= 2);
  t.deepEqual(
    severities,
    [...severities].sort((one, other) => other - one),
  );
});

test('the same meters are noted alike, however often', (t) => {
  const once = logOf(12, (at) => -12 + at);
  t.deepEqual(
    logOf(12, (at) => -12 + at),
    once,
  );
});

function near(at: number, seconds: number): boolean {
  return Math.abs(at - seconds) < 0.004;
}
