import test from 'ava';
import {automationBench} from './automation-bench.ts';

const vox = 'vox level';
const offset = 'vox level.offset';

/** A bench with a vocal that is at −10 dB from 1 s to 3 s, the tape at its start. */
function ridden() {
  const bench = automationBench();
  bench.play();
  bench.roll(1);
  bench.touch(vox);
  bench.move(vox, -10);
  bench.roll(2);
  bench.release(vox);
  bench.stop();
  bench.locate(0);
  return bench;
}

/** What the fader of the vocal shows, in dB. */
const shows = ({automation}: ReturnType<typeof ridden>): number =>
  Math.round((automation.handMixer.strips[0]?.levelDb ?? Number.NaN) * 100) / 100;

test('in trim the fader shows what is added, its hand adds to the level that is read, and the lane of the level stays', (t) => {
  const bench = ridden();
  const {automation, setMode, play, roll, touch, move, release, levelDb, at, steps, writing, locate, stop} = bench;
  const written = automation.kept.automation.lanes.get(vox);
  setMode('trim');
  t.is(shows(bench), 0);
  locate(1.5);
  play();
  t.deepEqual([levelDb(0), shows(bench)], [-10, 0]);
  touch(vox);
  move(vox, 3);
  t.deepEqual([levelDb(0), shows(bench)], [-7, 3]);
  t.deepEqual(writing(), ['vox level.offset by unit']);
  t.is(automation.status.offsetsDb.get('vox'), 3);
  roll(1);
  t.deepEqual([levelDb(0), shows(bench)], [-7, 3]);
  release(vox);
  roll(1);
  stop();
  t.is(steps().at(-1), 'trim ride Lead Vocal 0:01–0:02');
  t.deepEqual([at(offset, 1.4), at(offset, 2), at(offset, 3)], [0, 3, 0]);
  t.is(automation.kept.automation.lanes.get(vox), written);
  setMode('read');
  locate(2);
  t.deepEqual([levelDb(0), shows(bench)], [-7, -7], 'read has it, too, and the fader shows the sum');
});

test('merged, the sum is in the level, sounds as before, and is taken back as one step', (t) => {
  const bench = ridden();
  const {automation, perform, setMode, play, roll, touch, move, release, levelDb, at, steps, locate, stop, said} =
    bench;
  setMode('trim');
  locate(1.5);
  play();
  touch(vox);
  move(vox, 3);
  roll(1);
  release(vox);
  stop();
  setMode('touch');
  perform({type: 'automation.mergeTrim', strips: 'all'});
  t.is(steps().at(-1), 'merge trim of Lead Vocal');
  t.deepEqual([at(vox, 1.4), at(vox, 2), at(offset, 2)], [-10, -7, undefined]);
  locate(2);
  t.is(levelDb(0), -7);
  automation.history.undo();
  t.deepEqual([at(vox, 2), at(offset, 2), levelDb(0)], [-10, 3, -7]);
  automation.history.undo();
  t.deepEqual([at(offset, 2), levelDb(0)], [undefined, -10]);
  perform({type: 'automation.mergeTrim', strips: ['kick']});
  t.is(said.at(-1), 'There is no trim to merge.');
});

test('trim over a level without a lane leaves the level where it is once it is taken back', (t) => {
  const {automation, setMode, play, roll, touch, move, release, levelDb, locate, stop} = automationBench();
  setMode('trim');
  play();
  touch('kick level');
  move('kick level', -4);
  t.is(levelDb(1), -10);
  roll(1);
  release('kick level');
  stop();
  locate(0.5);
  t.is(levelDb(1), -10);
  t.is(automation.kept.mixer.strips[1]?.levelDb, -6, 'what is kept of the mixer is without it');
  setMode('off');
  t.is(levelDb(1), -10);
  setMode('read');
  t.is(levelDb(1), -10);
  t.is(automation.kept.mixer.strips[1]?.levelDb, -6);
  automation.history.undo();
  t.is(levelDb(1), -6);
});

test('a hand that rides the level over a trim writes what the level is without it', (t) => {
  const bench = ridden();
  const {setMode, play, roll, touch, move, release, levelDb, at, locate, stop} = bench;
  setMode('trim');
  locate(1.5);
  play();
  touch(vox);
  move(vox, 3);
  roll(1);
  release(vox);
  stop();
  setMode('touch');
  locate(2);
  play();
  touch(vox);
  move(vox, -1);
  t.is(levelDb(0), -1);
  roll(0.2);
  t.is(levelDb(0), -1);
  release(vox);
  t.is(at(vox, 2.1), -4);
  t.is(levelDb(0), -1);
});

test('keys ask for what is heard: in trim the difference is added', (t) => {
  const {automation, setMode, locate, play, levelDb, roll, stop, at} = ridden();
  setMode('trim');
  locate(1.5);
  play();
  automation.hands.moved(
    {unit: 'terminal', control: 'keys', by: 'terminal'},
    {
      type: 'strip.setLevel',
      strip: 'vox',
      levelDb: -9,
    },
  );
  t.is(levelDb(0), -9);
  t.deepEqual(automation.status.writing, [{lane: offset, by: 'terminal'}]);
  roll(0.7);
  stop();
  t.is(at(offset, 1.8), 1);
});

test('other parameters than the level are touched in trim', (t) => {
  const {play, roll, touch, move, release, at, steps} = automationBench({mode: 'trim'});
  play();
  roll(1);
  touch('vox pan');
  move('vox pan', 0.5);
  roll(1);
  release('vox pan');
  t.is(at('vox pan', 1.5), 0.5);
  t.deepEqual(steps(), ['pan Lead Vocal 0:01–0:02']);
});

test('a level that a hand holds is written as it is held, while the trim over it moves', (t) => {
  const bench = ridden();
  const {setMode, play, roll, touch, move, release, levelDb, at, locate, stop} = bench;
  setMode('trim');
  locate(1);
  play();
  touch(vox);
  for (let step = 0; step <= 20; step++) {
    move(vox, step / 5);
    roll(0.1);
  }
  release(vox);
  stop();
  setMode('touch');
  locate(1);
  play();
  touch(vox);
  move(vox, -20);
  roll(0.5);
  const earlyDb = levelDb(0);
  roll(1);
  t.true(levelDb(0) - earlyDb > 1, 'what is added rises');
  release(vox);
  for (const seconds of [1.1, 1.5, 2, 2.4]) t.is(at(vox, seconds), -20);
});
