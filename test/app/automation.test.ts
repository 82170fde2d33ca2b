import test from 'ava';
import {automationBench, rate} from './automation-bench.ts';

const vox = 'vox level';

test('latch goes on with the last value after the release, until the tape stops', (t) => {
  const {play, roll, stop, touch, move, release, at, steps, writing} = automationBench({mode: 'latch'});
  play();
  roll(1);
  touch(vox);
  move(vox, -10);
  roll(0.5);
  release(vox);
  roll(2);
  t.deepEqual(writing(), ['vox level by unit']);
  stop();
  t.deepEqual(steps(), ['ride Lead Vocal 0:01–0:03']);
  t.deepEqual([at(vox, 0.5), at(vox, 1.2), at(vox, 3.4), at(vox, 4)], [0, -10, -10, 0]);
});

test('what is touched in latch while the tape stands is written from where it plays', (t) => {
  const {play, roll, stop, touch, move, release, at, levelDb, locate} = automationBench({mode: 'latch'});
  touch(vox);
  move(vox, -8);
  release(vox);
  locate(5);
  t.is(levelDb(0), -8);
  play();
  roll(1);
  stop();
  t.deepEqual([at(vox, 5), at(vox, 5.99)], [-8, -8]);
});

test('what is set in touch while the tape stands is heard until it plays, then the lane is read again', (t) => {
  const {play, roll, stop, touch, move, release, levelDb, locate, steps} = automationBench();
  play();
  touch(vox);
  move(vox, -4);
  roll(1);
  release(vox);
  roll(1);
  stop();
  locate(0.5);
  t.is(levelDb(0), -4);
  touch(vox);
  move(vox, -30);
  release(vox);
  t.is(levelDb(0), -30);
  play();
  t.is(levelDb(0), -4);
  stop();
  touch(vox);
  move(vox, -30);
  release(vox);
  locate(0.2);
  t.is(levelDb(0), -4);
  t.is(steps().length, 1);
});

test('write mode writes level, pan and mute of every strip from the start to the stop as one step, and falls back to touch', (t) => {
  const {automation, play, roll, stop, move, touch, release, at, steps, writing} = automationBench({mode: 'write'});
  play();
  t.is(writing().length, 12);
  roll(1);
  touch(vox);
  move(vox, -10);
  release(vox);
  roll(1);
  t.is(writing().length, 12);
  stop();
  t.deepEqual(steps(), ['write 12 lanes 0:00–0:02']);
  t.is(automation.status.settings.mode, 'touch');
  t.deepEqual(
    [at(vox, 0.5), at(vox, 1.5), at('kick level', 1), at('master level', 1), at('kick mute', 1)],
    [0, -10, -6, 0, 0],
  );
  play();
  t.deepEqual(writing(), []);
});

test('write mode leaves safe strips alone', (t) => {
  const {perform, play, writing} = automationBench({mode: 'write'});
  perform({type: 'automation.setSafe', scope: {type: 'strip', strip: 'kick'}, safe: true});
  perform({type: 'automation.setSafe', scope: {type: 'lane', lane: 'vox pan'}, safe: true});
  play();
  t.deepEqual(
    writing().filter((lane) => lane.startsWith('kick') || lane.startsWith('vox')),
    ['vox level by desk', 'vox mute by desk'],
  );
});

test('each round of a loop is a pass and a step of its own, ended at the out point and begun at the in point', (t) => {
  const {automation, play, roll, loop, locate, touch, move, release, at, steps, stop} = automationBench();
  loop(2, 4);
  locate(2);
  play();
  roll(0.5);
  touch(vox);
  move(vox, -10);
  roll(2);
  move(vox, -20);
  roll(0.5);
  release(vox);
  stop();
  t.deepEqual(steps(), ['ride Lead Vocal 0:02–0:04', 'ride Lead Vocal 0:02–0:03']);
  t.deepEqual(
    [at(vox, 2.2), at(vox, 2.4), at(vox, 2.8), at(vox, 3.5), at(vox, 3.999), at(vox, 4.1)],
    [-10, -10, -20, -10, -10, 0],
  );
  automation.history.undo();
  t.deepEqual([at(vox, 2.2), at(vox, 2.8), at(vox, 3.5)], [0, -10, -10]);
  automation.history.undo();
  t.is(at(vox, 3), undefined);
});

test('undo while the tape plays changes what is heard, redo brings it back, and both say its name', (t) => {
  const {automation, play, roll, locate, touch, move, release, levelDb} = automationBench();
  play();
  roll(1);
  touch(vox);
  move(vox, -10);
  roll(2);
  release(vox);
  locate(2);
  roll(0.1);
  t.is(levelDb(0), -10);
  t.is(automation.history.next.undo, 'ride Lead Vocal 0:01–0:03');
  t.is(automation.history.undo(), 'Undone: ride Lead Vocal 0:01–0:03.');
  t.is(levelDb(0), 0, 'a lane that came to nothing leaves its parameter where it was before');
  t.is(automation.history.redo(), 'Redone: ride Lead Vocal 0:01–0:03.');
  t.is(levelDb(0), -10);
});

test('a mute that is pressed in touch is one step at that frame and holds until the next', (t) => {
  const {play, roll, stop, move, at, steps, engine, locate} = automationBench();
  play();
  roll(12);
  move('kick mute', 1);
  roll(2);
  move('kick mute', 0);
  roll(1);
  stop();
  t.deepEqual(steps(), ['mute Kick 0:12', 'unmute Kick 0:14']);
  t.deepEqual([at('kick mute', 11.99), at('kick mute', 12), at('kick mute', 13.99), at('kick mute', 14)], [0, 1, 1, 0]);
  locate(13);
  t.true(engine.mixer.strips[1]?.muted);
  play();
  roll(0.5);
  move('kick mute', 0);
  t.deepEqual([at('kick mute', 13.4), at('kick mute', 13.5), at('kick mute', 14.5)], [1, 0, 0]);
});

test('a mute that is pressed in latch is written until the stop, over what was there', (t) => {
  const {play, roll, stop, move, at, locate, setMode} = automationBench();
  play();
  roll(1);
  move('kick mute', 1);
  roll(1);
  move('kick mute', 0);
  roll(1);
  stop();
  setMode('latch');
  locate(0.5);
  play();
  move('kick mute', 1);
  roll(2);
  stop();
  t.deepEqual([at('kick mute', 0.4), at('kick mute', 0.6), at('kick mute', 2.2), at('kick mute', 2.6)], [0, 1, 1, 0]);
});

test('a control without sense counts as touched while it moves and half a second longer', (t) => {
  const {play, roll, move, writing, steps, at} = automationBench();
  play();
  roll(1);
  for (let tick = 1; tick <= 10; tick++) {
    move('vox pan', tick / 20);
    roll(0.1);
  }
  t.deepEqual(writing(), ['vox pan by unit']);
  roll(0.3);
  t.is(writing().length, 1);
  roll(0.15);
  t.deepEqual(writing(), []);
  t.deepEqual(steps(), ['pan Lead Vocal 0:01–0:02']);
  t.is(at('vox pan', 2.2), 0.5);
});

test('a stop or a locate under the hand ends the pass, and the hand writes again only with a new touch', (t) => {
  const {play, roll, stop, touch, move, release, locate, steps, at, levelDb} = automationBench();
  play();
  touch(vox);
  move(vox, -10);
  roll(1);
  locate(10);
  t.deepEqual(steps(), ['ride Lead Vocal 0:00–0:01']);
  move(vox, -20);
  roll(1);
  t.is(levelDb(0), -20, 'it is heard');
  release(vox);
  t.is(levelDb(0), -10 + 10);
  t.is(at(vox, 10.5), 0);
  touch(vox);
  move(vox, -15);
  roll(1);
  stop();
  t.deepEqual(steps(), ['ride Lead Vocal 0:00–0:01', 'ride Lead Vocal 0:11–0:12']);
  t.is(at(vox, 11.9), -15);
});

test('a tape that runs out ends passes at its end', (t) => {
  const {play, roll, touch, move, locate, steps, writing, at, engine} = automationBench();
  locate(59);
  play();
  touch(vox);
  move(vox, -10);
  roll(2);
  t.is(engine.playback.state, 'stopped');
  t.deepEqual(writing(), []);
  t.deepEqual(steps(), ['ride Lead Vocal 0:59–1:00']);
  t.is(at(vox, 59.9), -10);
});

test('a surface that vanishes ends what it was writing, latched lanes too, and not what others write', (t) => {
  const {play, roll, touch, move, release, lose, writing, steps} = automationBench({mode: 'latch'});
  play();
  roll(1);
  touch(vox, 'left unit');
  move(vox, -10, 'left unit');
  touch('kick level', 'right unit');
  release(vox, 'left unit');
  roll(1);
  lose('left unit');
  t.deepEqual(writing(), ['kick level by right unit']);
  t.deepEqual(steps(), ['ride Lead Vocal 0:01–0:02']);
  release(vox, 'left unit');
  t.is(steps().length, 1);
});

test('a pass is told to the journal while it is written, then its step, then its end', (t) => {
  const {automation, journal, play, roll, touch, move, release} = automationBench();
  play();
  roll(1);
  touch(vox);
  move(vox, -10);
  for (let tenth = 1; tenth <= 10; tenth++) {
    roll(0.1);
    const told = journal.findLast((entry) => entry.type === 'pass.wrote');
    const last = told?.type === 'pass.wrote' ? (told.frames.at(-1) ?? 0) : 0;
    t.true(last > (1 + tenth / 10 - 0.25) * rate, `${tenth}: ${last / rate}`);
  }
  t.false(journal.some(({type}) => type === 'step'));
  release(vox);
  automation.end();
  t.deepEqual(
    journal.slice(-2).map(({type}) => type),
    ['step', 'pass.ended'],
  );
  const points = journal.flatMap((entry) => (entry.type === 'pass.wrote' ? entry.frames : []));
  t.deepEqual(
    points,
    [...new Set(points)].sort((one, other) => one - other),
  );
});

test('what hands set beside automation is told within a quarter of a second, the newest of each setting, and before any step', (t) => {
  const {automation, journal, move, roll} = automationBench({mode: 'read'});
  move(vox, -1);
  move(vox, -2);
  move('kick pan', 0.5);
  t.deepEqual(journal, []);
  roll(0.25);
  t.deepEqual(journal, [
    {
      type: 'moved',
      commands: [
        {type: 'strip.setLevel', strip: 'vox', levelDb: -2},
        {type: 'strip.setPan', strip: 'kick', pan: 0.5},
      ],
    },
  ]);
  move(vox, -3);
  automation.history.apply('mute all', [{type: 'strip.setMute', strip: 'vox', muted: true}]);
  automation.history.undo();
  t.deepEqual(
    journal.slice(1).map(({type}) => type),
    ['moved', 'step', 'undone'],
  );
});

test('modes and protection are told to the journal', (t) => {
  const {perform, journal, automation} = automationBench();
  perform({type: 'automation.setMode', scope: {type: 'strip', strip: 'vox'}, mode: 'latch'});
  perform({type: 'automation.modeKey', mode: 'latch', strip: 'vox'});
  perform({type: 'automation.setGlide', glideMs: 99_999});
  t.deepEqual(
    journal.map(({type}) => type),
    ['settings', 'settings', 'settings'],
  );
  t.is(automation.status.settings.stripModes.size, 0);
  t.is(automation.status.settings.glideMs, 10_000);
});

test('lanes and steps of an earlier run are there from the start', (t) => {
  const first = automationBench();
  first.play();
  first.roll(0.5);
  first.touch(vox);
  first.move(vox, -10);
  first.roll(1);
  first.release(vox);
  first.automation.end();
  const {automation, history} = first.automation.kept;
  const second = automationBench({automation, history});
  second.locate(1);
  t.is(second.levelDb(0), -10);
  t.is(second.automation.history.undo(), 'Undone: ride Lead Vocal 0:00–0:01.');
  t.is(second.levelDb(0), 0);
});
