import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import {stripField, stripFields} from '../../../src/model/meter.ts';
import {laneOf} from '../../automation/any-lane.ts';
import {openRig, temporaryFolder, twoTones, until} from './live-rig.ts';

const folder = await temporaryFolder();
const cache = join(folder.path, 'cache');
const tones = await twoTones(join(folder.path, 'tones'), 30);
test.after.always(() => folder.remove());

const low = 0;
const half = laneOf([0, 20 * Math.log10(0.5)]);

test('lanes that are followed are heard and shown; what is let go stays there, and a fresh process follows them again', async (t) => {
  const {engine, heard, told, signal} = await openRig(t, tones, cache);
  const levelDb = (): number => engine.mixer.strips[low]?.levelDb ?? Number.NaN;
  const ratio = (values: Float32Array): number =>
    (values[low * stripFields + stripField.postPeakLeft] ?? 0) /
    (values[low * stripFields + stripField.prePeakLeft] ?? 0);
  const sounds = (level: number) => (frame: {readonly values: Float32Array; readonly rolling: boolean}) =>
    frame.rolling && Math.abs(ratio(frame.values) - level) < 1e-3;

  engine.follow([{id: 'low level', lane: half}]);
  t.true(Math.abs(levelDb() + 6.02) < 0.01, 'shown at once');
  t.true(told.includes('mixer'));
  engine.apply({type: 'strip.setLevel', strip: 'low', levelDb: 3});
  t.true(Math.abs(levelDb() + 6.02) < 0.01, 'the lane wins');
  engine.apply({type: 'playback.play'});
  await heard('the lane is heard', sounds(0.5));

  signal('SIGKILL');
  await until('it was started again', () => (engine.status.reason ?? '').includes('was started again'));
  await heard('the lane is heard again', sounds(0.5));

  engine.follow([{id: 'low level', lane: laneOf([0, 0], [20 * 48_000, -60])}]);
  await heard('another lane is heard', (frame) => frame.rolling && ratio(frame.values) > 0.6);
  const toldBefore = told.length;
  const shown = levelDb();
  await until('the fade is shown', () => levelDb() < shown - 0.5);
  t.true(told.slice(toldBefore).includes('lanes'));

  engine.follow([{id: 'low level', lane: undefined}]);
  const kept = levelDb();
  t.true(kept < 0 && kept > -60);
  await heard('it stays where it was let go', sounds(10 ** (kept / 20)));
  t.is(levelDb(), kept);
});

test('the frame that is heard goes on between the blocks, never back, and wraps with its loop', async (t) => {
  const {engine} = await openRig(t, tones, cache);
  engine.apply({type: 'playback.setLoop', loop: {inFrame: 1000, outFrame: 15_000}});
  engine.apply({type: 'playback.setLooping', looping: true});
  engine.apply({type: 'playback.play'});
  await until('it plays', () => engine.playback.frame > 0);
  const frames: number[] = [];
  let wraps = 0;
  let {lateBlocks} = engine.status;
  const betweenBlocks = (): boolean => new Set(frames.map((frame) => frame % 512)).size > 30;
  // A busy machine looks seldom: then it takes more rounds.
  for (let looks = 0; looks < 2000 && (wraps < 3 || !betweenBlocks()); looks++) {
    const {frame} = engine.playback;
    const last = frames.at(-1) ?? 0;
    if (frame < last) {
      wraps++;
      // An engine that stood still was heard less far than it had promised.
      const stoodStill = engine.status.lateBlocks > lateBlocks;
      if (last - frame < 4096 && !stoodStill) t.fail(`back from ${last} to ${frame}`);
    }
    ({lateBlocks} = engine.status);
    if (frame >= 15_000) t.fail(`${frame} is behind the loop`);
    frames.push(frame);
    await delay(1);
  }
  t.true(wraps >= 3);
  t.true(betweenBlocks(), 'not in steps of blocks');
  engine.apply({type: 'playback.locate', frame: 9000});
  t.is(engine.playback.frame, 9000);
});
