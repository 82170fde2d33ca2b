import test from 'ava';
import {newAutomation} from '../../src/model/automation.ts';
import {rate, rideDesk} from './ride-desk.ts';

const isNear = (one: number | undefined, other: number, within: number): boolean =>
  one !== undefined && Math.abs(one - other) <= within;

test('a ride is written where it was heard, glides back on release, is read back, and the motors follow it', async (t) => {
  const {desk, device, engine, play, stop, locate, roll, pass, moveDb, laneAt, standsDb, levelDb, steps} =
    await rideDesk();
  locate(2);
  play();
  await roll(1000);
  device.touch('fader.1');
  await roll(500);
  for (let step = 1; step <= 50; step++) {
    moveDb(1, -0.2 * step);
    await roll(20);
  }
  await roll(500);
  t.deepEqual(desk.status().automation?.writing, [{lane: 's0 level', by: 'X-Touch'}]);
  device.release('fader.1');
  await roll(1000);
  stop();
  await pass(100);
  t.deepEqual(steps(), ['ride Strip 1 0:03–0:05']);
  for (const [seconds, wanted] of [
    [2.9, 0],
    [3.4, 0],
    [4, -5],
    [4.49, -10],
    [4.9, -10],
    [5.15, -5],
    [5.4, 0],
    [6, 0],
  ] as const)
    t.true(isNear(laneAt('s0 level', seconds), wanted, 0.3), `${seconds} s: ${laneAt('s0 level', seconds)} dB`);
  locate(3);
  await pass(300);
  t.true(isNear(standsDb(1), 0, 0.1));
  play();
  for (const [seconds, wanted] of [
    [4, -5],
    [4.5, -10],
    [5.4, 0],
  ] as const) {
    await roll(seconds * 1000 - (engine.playback.frame / rate) * 1000);
    t.true(isNear(levelDb(0), wanted, 0.4), `${seconds} s: ${levelDb(0)} dB`);
    t.true(isNear(standsDb(1), wanted, 0.6), `${seconds} s: the motor is at ${standsDb(1)} dB`);
  }
  t.deepEqual(device.violations, []);
  t.deepEqual(desk.status().automation?.writing, []);
  await desk.close();
});

test('in read a hand is heard while it is on, and the parameter comes back to its lane', async (t) => {
  const {desk, device, play, roll, moveDb, levelDb, setMode, lanes, steps} = await rideDesk();
  play();
  await roll(500);
  device.touch('fader.1');
  moveDb(1, -6);
  await roll(500);
  device.release('fader.1');
  await roll(1000);
  const written = lanes().get('s0 level');
  setMode('read');
  device.touch('fader.1');
  moveDb(1, -20);
  await roll(200);
  t.true(isNear(levelDb(0), -20, 0.2));
  device.release('fader.1');
  await roll(100);
  t.true(isNear(levelDb(0), 0, 0.1));
  t.is(lanes().get('s0 level'), written);
  t.is(steps().length, 1);
  await desk.close();
});

test('a parameter without points is set by hand in read, and stays there', async (t) => {
  const {desk, device, play, roll, moveDb, levelDb, journal, pass} = await rideDesk({mode: 'read'});
  play();
  device.touch('fader.2');
  moveDb(2, -12);
  device.release('fader.2');
  await roll(500);
  t.true(isNear(levelDb(1), -12, 0.2));
  await pass(250);
  t.true(journal.some((entry) => entry.type === 'moved' && entry.commands.some(({type}) => type === 'strip.setLevel')));
  await desk.close();
});

test('a bank in mid-ride ends the pass of the fader that left, and what comes under the finger is not moved', async (t) => {
  const {desk, device, play, roll, moveDb, levelDb, steps, laneAt} = await rideDesk();
  play();
  await roll(1000);
  device.touch('fader.1');
  moveDb(1, -10);
  await roll(1000);
  desk.perform({type: 'view.bankRight'});
  t.deepEqual(steps(), ['ride Strip 1 0:01–0:02']);
  const before = levelDb(8);
  moveDb(1, -30);
  await roll(500);
  t.is(levelDb(8), before);
  device.release('fader.1');
  await roll(500);
  t.is(steps().length, 1, 'letting go later does nothing');
  t.true(isNear(laneAt('s0 level', 1.9), -10, 0.2));
  t.true(isNear(laneAt('s0 level', 2.5), 0, 0.1));
  await desk.close();
});

for (const [what, intent] of [
  ['flip', {type: 'view.flip'}],
  ['a page', {type: 'view.setPage', page: 'eq'}],
  ['another layer', {type: 'view.setLayer', layer: 'trim'}],
  ['other strips', {type: 'view.show', shown: 'returns'}],
] as const)
  test(`${what} in mid-ride ends the pass of a fader under which something else comes`, async (t) => {
    const {desk, device, play, roll, moveDb, steps} = await rideDesk();
    if (what === 'a page') desk.perform({type: 'view.flip'});
    play();
    await roll(1000);
    device.touch('fader.1');
    moveDb(1, -10);
    await roll(300);
    const writing = desk.status().automation?.writing ?? [];
    t.is(writing.length, 1);
    desk.perform(intent);
    const isElsewhere = what !== 'another layer' || desk.status().view.layer.fader !== 'level';
    t.is(desk.status().automation?.writing.length, isElsewhere ? 0 : 1);
    t.is(steps().length, isElsewhere ? 1 : 0);
    device.release('fader.1');
    t.is(steps().length, 1);
    await desk.close();
  });

test('two surfaces and the keys ride one fader: one pass, the last hand is heard and named, and it goes on while any is on', async (t) => {
  const {desk, engine, device, play, roll, moveDb, standsDb, steps, plugIn, pass} = await rideDesk();
  const {device: other} = plugIn('mackie-control');
  await pass(3000);
  const writing = () => desk.status().automation?.writing;
  play();
  await roll(1000);
  device.touch('fader.master');
  moveDb('master', -6);
  t.deepEqual(writing(), [{lane: 'master level', by: 'X-Touch'}]);
  await roll(200);
  t.true(isNear(standsDb('master', other), -6, 0.2), 'the motor of the other follows');
  other.touch('fader.master');
  moveDb('master', -12, other);
  t.deepEqual(writing(), [{lane: 'master level', by: other.surface.name}]);
  t.true(isNear(engine.mixer.masterLevelDb, -12, 0.2));
  await roll(200);
  t.true(isNear(standsDb('master'), -6, 0.2), 'the motor under the first hand rests');
  desk.perform({type: 'strip.setLevel', strip: 'master', levelDb: -3});
  t.deepEqual(writing(), [{lane: 'master level', by: 'terminal'}]);
  moveDb('master', -9);
  t.deepEqual(writing(), [{lane: 'master level', by: 'X-Touch'}]);
  device.release('fader.master');
  await roll(600);
  t.is(writing()?.length, 1, 'the other hand is still on');
  other.release('fader.master');
  t.deepEqual(writing(), []);
  await roll(300);
  t.deepEqual(steps(), ['ride Master 0:01–0:02']);
  t.deepEqual([...device.violations, ...other.violations], []);
  await desk.close();
});

test('a surface that is pulled in mid-ride ends its pass at the last value, and nothing of it is lost', async (t) => {
  const {desk, device, cable, play, roll, moveDb, steps, laneAt} = await rideDesk({glideMs: 200});
  play();
  await roll(1000);
  device.touch('fader.1');
  moveDb(1, -10);
  await roll(1000);
  cable.pull();
  await roll(1000);
  t.deepEqual(desk.status().automation?.writing, []);
  t.deepEqual(steps(), ['ride Strip 1 0:01–0:02']);
  t.true(isNear(laneAt('s0 level', 1.5), -10, 0.2));
  t.true(isNear(laneAt('s0 level', 2.5), 0, 0.2));
  await desk.close();
});

test('a motor fader without touch sense that rides along with the tape feels the hand, also after a leap of the ride', async (t) => {
  const seconds = [0, 2, 2.01, 20];
  const fade = {
    frames: Int32Array.from(seconds, (at) => at * rate),
    values: Float64Array.of(0, 0, -40, -10),
  };
  const {desk, device, play, stop, roll, pass, moveDb, standsDb, levelDb, laneAt, steps} = await rideDesk({
    surface: 'bcf2000',
    automation: {...newAutomation, lanes: new Map([['s0 level', fade]])},
  });
  play();
  await roll(5000);
  const rideDb = laneAt('s0 level', 5) ?? Number.NaN;
  t.true(isNear(standsDb(1), rideDb, 0.6), `the motor is at ${standsDb(1)} dB`);
  const writing = () => desk.status().automation?.writing;
  t.deepEqual(writing(), []);
  for (let step = 1; step <= 50; step++) {
    moveDb(1, rideDb - 2 - 0.36 * step);
    // Until then the desk cannot know of it, and drives on.
    if (step === 1) device.touch('fader.1');
    await roll(20);
  }
  t.deepEqual(writing(), [{lane: 's0 level', by: device.surface.name}]);
  t.true(isNear(levelDb(0), rideDb - 20, 0.4), `${levelDb(0)} dB`);
  device.release('fader.1');
  await roll(2000);
  t.deepEqual(writing(), []);
  stop();
  await pass(100);
  t.deepEqual(steps(), ['ride Strip 1 0:05–0:06']);
  t.true(isNear(laneAt('s0 level', 5.99), rideDb - 20, 0.6));
  t.deepEqual(device.violations, []);
  await desk.close();
});
