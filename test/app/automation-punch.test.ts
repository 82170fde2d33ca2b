import test from 'ava';
import {automationBench} from './automation-bench.ts';

const vox = 'vox level';

test('punched in on the fly, the selected strip is written from now on; punched out, it is read again', (t) => {
  const {perform, select, play, roll, move, touch, release, at, steps, writing} = automationBench();
  select('vox');
  play();
  roll(1);
  perform({type: 'automation.punch'});
  t.deepEqual(writing(), ['vox level by desk']);
  roll(1);
  touch(vox);
  move(vox, -10);
  release(vox);
  roll(1);
  t.is(writing().length, 1, 'it is written though no hand is on');
  perform({type: 'automation.punch'});
  t.deepEqual(writing(), []);
  t.deepEqual(steps(), ['ride Lead Vocal 0:01–0:03']);
  t.deepEqual([at(vox, 1.5), at(vox, 2.5), at(vox, 3.5)], [0, -10, 0]);
});

test('what is touched is punched in, and goes on after the release', (t) => {
  const {perform, select, play, roll, move, touch, release, writing, stop, steps} = automationBench();
  select('vox');
  play();
  roll(1);
  touch('kick level');
  move('kick level', -20);
  perform({type: 'automation.punch'});
  release('kick level');
  roll(1);
  t.deepEqual(writing(), ['kick level by unit']);
  stop();
  t.deepEqual(steps(), ['ride Kick 0:01–0:02']);
});

test('another machine that records punches in what waits in write mode, and no more; when it ends that, it is read again', (t) => {
  const {perform, select, play, roll, move, at, steps, writing} = automationBench({mode: 'read'});
  select('kick');
  play();
  roll(1);
  perform({type: 'automation.record', on: true});
  t.deepEqual(writing(), [], 'nothing is in write mode');
  perform({type: 'automation.setMode', scope: {type: 'strip', strip: 'kick'}, mode: 'touch'});
  perform({type: 'automation.setMode', scope: {type: 'strip', strip: 'vox'}, mode: 'write'});
  t.deepEqual(writing(), [], 'it waits');
  perform({type: 'automation.record', on: true});
  t.deepEqual(writing().toSorted(), ['vox level by desk', 'vox mute by desk', 'vox pan by desk']);
  roll(1);
  move(vox, -10);
  roll(1);
  perform({type: 'automation.record', on: false});
  t.deepEqual(writing(), []);
  perform({type: 'automation.record', on: false});
  t.is(steps().length, 1);
  t.deepEqual([at(vox, 1.5), at(vox, 2.5)], [0, -10]);
});

for (const [how, away] of [
  ['is stopped', ({stop}) => stop()],
  ['is located', ({locate}) => locate(5)],
] as const satisfies readonly (readonly [string, (bench: ReturnType<typeof automationBench>) => void])[])
  test(`write mode is for one pass, also if that was punched out before the tape ${how}: no later start overwrites it`, (t) => {
    const bench = automationBench({mode: 'read'});
    const {automation, perform, play, stop, locate, roll, move, at, writing} = bench;
    const modeOfVox = () => automation.kept.automation.settings.stripModes.get('vox');
    play();
    roll(1);
    perform({type: 'automation.setMode', scope: {type: 'strip', strip: 'vox'}, mode: 'write'});
    for (let take = 0; take < 2; take++) {
      perform({type: 'automation.record', on: true});
      roll(1);
      move(vox, -10);
      roll(1);
      perform({type: 'automation.record', on: false});
      t.is(modeOfVox(), 'write', 'it may be punched in again');
      roll(1);
    }
    away(bench);
    t.is(modeOfVox(), 'touch');
    stop();
    locate(0);
    play();
    t.deepEqual(writing(), []);
    roll(3);
    t.is(at(vox, 2.5), -10);
  });

test('write mode that has written nothing yet, or was chosen anew, waits on for the next start', (t) => {
  const {perform, play, stop, roll, writing} = automationBench({mode: 'read'});
  const write = (mode: 'write' | 'touch'): void =>
    perform({type: 'automation.setMode', scope: {type: 'strip', strip: 'vox'}, mode});
  play();
  roll(1);
  write('write');
  stop();
  play();
  t.is(writing().length, 3);
  perform({type: 'automation.record', on: true});
  perform({type: 'automation.record', on: false});
  write('touch');
  write('write');
  stop();
  play();
  t.is(writing().length, 3);
});

test('punched while the tape stands, it is written from where it plays', (t) => {
  const {perform, select, play, roll, stop, writing, steps, locate} = automationBench();
  select('vox');
  locate(2);
  perform({type: 'automation.punch'});
  t.deepEqual(writing(), []);
  play();
  t.deepEqual(writing(), ['vox level by desk']);
  roll(1);
  stop();
  t.deepEqual(steps(), ['ride Lead Vocal 0:02–0:03']);
  perform({type: 'automation.punch'});
  perform({type: 'automation.punch'});
  play();
  t.deepEqual(writing(), [], 'asked again, it is not');
});

test('in read nothing can be punched in', (t) => {
  const {perform, select, play, writing} = automationBench({mode: 'read'});
  select('vox');
  play();
  perform({type: 'automation.punch'});
  t.deepEqual(writing(), []);
});

test('a preview is heard and not written, comes back when it is given up, and is written when it is punched', (t) => {
  const {automation, perform, play, roll, move, touch, release, levelDb, steps, writing, stop, at} = automationBench();
  play();
  roll(1);
  touch(vox);
  move(vox, -10);
  roll(1);
  release(vox);
  roll(1);
  perform({type: 'automation.preview'});
  touch(vox);
  move(vox, -30);
  release(vox);
  roll(1);
  t.is(levelDb(0), -30);
  t.deepEqual([...automation.status.previewed], [vox]);
  t.true(automation.status.previewing);
  perform({type: 'automation.preview'});
  t.is(levelDb(0), 0);
  t.is(automation.status.previewed.size, 0);
  t.is(steps().length, 1);
  perform({type: 'automation.preview'});
  touch(vox);
  move(vox, -20);
  release(vox);
  perform({type: 'automation.punchPreview'});
  t.deepEqual(writing(), ['vox level by unit']);
  roll(1);
  stop();
  t.deepEqual([levelDb(0), at(vox, 3.9), at(vox, 4.5)], [-20, 0, -20]);
  t.is(steps().at(-1), 'ride Lead Vocal 0:04–0:05');
});

for (const [to, values] of [
  ['start', [-20, -20, -10, -5]],
  ['end', [0, -10, -20, -20]],
  ['loop', [0, -20, -20, -5]],
  ['next-point', [0, -10, -20, -5]],
] as const)
  test(`write to ${to}: a value that was set by ear while the tape stood is written there and nowhere else`, (t) => {
    const {automation, perform, play, roll, move, touch, release, at, steps, stop, locate, engine} = automationBench();
    perform({type: 'automation.setGlide', glideMs: 0});
    const rate = engine.status.sampleRate;
    engine.apply({type: 'playback.setLoop', loop: {inFrame: 1.5 * rate, outFrame: 3.5 * rate}});
    play();
    for (const [seconds, level] of [
      [1, -10],
      [4, -5],
    ] as const) {
      locate(seconds);
      touch(vox);
      move(vox, level);
      roll(2);
      release(vox);
    }
    stop();
    locate(2.5);
    touch(vox);
    move(vox, -20);
    release(vox);
    perform({type: 'automation.writeTo', to});
    // At 0.5 s, 1.8 s, between 2.5 s and the next point, and at 5 s.
    t.deepEqual([at(vox, 0.5), at(vox, 1.8), at(vox, 2.8), at(vox, 5)], [...values]);
    t.regex(steps().at(-1) ?? '', /^write Lead Vocal level (to|over) the /);
    automation.history.undo();
    t.deepEqual([at(vox, 0.5), at(vox, 1.8), at(vox, 5)], [0, -10, -5]);
  });

test('write to the end in mid-ride is one step with the ride, and the hand writes no more', (t) => {
  const {automation, perform, play, roll, move, touch, release, at, steps, writing} = automationBench();
  play();
  roll(1);
  touch(vox);
  move(vox, -10);
  roll(1);
  move(vox, -20);
  perform({type: 'automation.writeTo', to: 'end'});
  t.deepEqual(writing(), []);
  t.is(steps().length, 1);
  roll(1);
  release(vox);
  t.is(steps().length, 1);
  t.deepEqual([at(vox, 0.5), at(vox, 1.5), at(vox, 2.5), at(vox, 50)], [0, -10, -20, -20]);
  automation.history.undo();
  t.is(at(vox, 1.5), undefined);
});

test('lanes are edited as one step, and what cannot be done is said', (t) => {
  const {automation, perform, play, roll, move, touch, release, at, steps, said} = automationBench();
  play();
  roll(1);
  touch(vox);
  move(vox, -10);
  roll(1);
  release(vox);
  perform({type: 'automation.edit', lanes: [vox, 'kick level'], edit: {type: 'offset', by: 3}});
  t.is(at(vox, 1.5), -7);
  t.is(said.at(-1), 'kick level has no points yet.');
  perform({type: 'automation.edit', lanes: [vox], edit: {type: 'clear'}});
  t.is(at(vox, 1.5), undefined);
  t.is(said.at(-1), 'Done: clear Lead Vocal level.');
  t.is(steps().length, 3);
  automation.history.undo();
  t.is(at(vox, 1.5), -7);
});
