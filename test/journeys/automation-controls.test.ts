import test from 'ava';
import type {Cell} from '../../src/model/picture.ts';
import {rate, rideDesk} from './ride-desk.ts';

const isNear = (one: number | undefined, other: number, within: number): boolean =>
  one !== undefined && Math.abs(one - other) <= within;

test('an encoder writes while it turns and half a second longer', async (t) => {
  const {desk, device, play, roll, steps, laneAt} = await rideDesk();
  play();
  await roll(1000);
  for (let tick = 0; tick < 10; tick++) {
    device.turn('encoder.1', 1);
    await roll(50);
  }
  t.deepEqual(desk.status().automation?.writing, [{lane: 's0 pan', by: 'X-Touch'}]);
  await roll(700);
  t.deepEqual(desk.status().automation?.writing, []);
  t.deepEqual(steps(), ['pan Strip 1 0:01']);
  t.true(isNear(laneAt('s0 pan', 1.6), 0.2, 0.01), `${laneAt('s0 pan', 1.6)}`);
  t.true(isNear(laneAt('s0 pan', 2.5), 0, 0.01));
  await desk.close();
});

test('an encoder under which something else comes ends its pass at once', async (t) => {
  const {desk, device, play, roll, steps} = await rideDesk();
  play();
  await roll(1000);
  device.turn('encoder.1', 5);
  await roll(100);
  desk.perform({type: 'view.bankRight'});
  t.deepEqual(desk.status().automation?.writing, []);
  t.is(steps().length, 1);
  await desk.close();
});

for (const mode of ['touch', 'latch'] as const) {
  test(`with its surface, what an encoder writes in ${mode} ends at once: nobody could set it any more`, async (t) => {
    const {desk, device, cable, play, roll, steps} = await rideDesk({mode});
    play();
    await roll(1000);
    device.turn('encoder.1', 5);
    await roll(mode === 'latch' ? 1000 : 100);
    t.is(desk.status().automation?.writing.length, 1);
    cable.pull();
    await roll(20);
    t.deepEqual(desk.status().automation?.writing, []);
    t.is(steps().length, 1);
    await desk.close();
  });
}

test('a fader without motor or touch under which another strip comes ends its pass at once', async (t) => {
  const {desk, moveDb, play, roll, steps} = await rideDesk({surface: 'korg-nanokontrol2'});
  play();
  await roll(1000);
  for (const levelDb of [-0.1, 0, -0.5]) moveDb(1, levelDb);
  await roll(100);
  t.deepEqual(desk.status().automation?.writing, [{lane: 's0 level', by: 'nanoKONTROL2'}]);
  desk.perform({type: 'view.bankRight'});
  t.deepEqual(desk.status().automation?.writing, []);
  t.is(steps().length, 1);
  await desk.close();
});

test('a surface that comes while the tape plays has its own strips under its hands from the first touch', async (t) => {
  const {desk, plugIn, play, roll} = await rideDesk();
  play();
  await roll(500);
  const {device} = plugIn('x-touch-extender');
  for (let ms = 0; ms < 3000 && device.shown().size === 0; ms += 5) await roll(5);
  device.touch('fader.1');
  t.deepEqual(
    desk.status().automation?.writing.map(({lane}) => lane),
    ['s8 level'],
  );
  await desk.close();
});

test('a mute button writes steps, and its lamp follows them', async (t) => {
  const {desk, device, engine, play, roll, locate, pass, steps} = await rideDesk();
  const isLit = (): boolean => {
    const cell: Cell | undefined = device.shown().get('lamp.mute.1');
    return cell?.type === 'lamp' && cell.on;
  };
  play();
  for (let press = 0; press < 2; press++) {
    await roll(1000);
    device.press('mute.1');
    device.lift('mute.1');
  }
  await roll(100);
  t.deepEqual(steps(), ['mute Strip 1 0:01', 'unmute Strip 1 0:02']);
  t.false(isLit());
  locate(0.9);
  await pass(300);
  await roll(200);
  t.true(isLit());
  await roll(1000);
  t.false(isLit());
  t.true(engine.playback.frame > 2 * rate);
  await desk.close();
});

test('in trim the motors go to unity, a hand adds to what is read, and merged they go back to the level', async (t) => {
  const {desk, device, engine, play, roll, pass, setMode, standsDb, moveDb, levelDb, locate, stop} = await rideDesk();
  t.true(isNear(standsDb(4), -3, 0.1));
  setMode('trim');
  await pass(300);
  t.true(isNear(standsDb(4), 0, 0.1));
  play();
  await roll(500);
  device.touch('fader.4');
  moveDb(4, 2);
  await roll(1000);
  t.true(isNear(levelDb(3), -1, 0.1));
  device.release('fader.4');
  await roll(500);
  stop();
  locate(1);
  await pass(300);
  t.true(isNear(standsDb(4), 2, 0.1));
  desk.perform({type: 'automation.mergeTrim', strips: 'all'});
  setMode('read');
  await pass(300);
  t.true(isNear(standsDb(4), -1, 0.1), `${standsDb(4)}`);
  t.true(isNear(engine.mixer.strips[3]?.levelDb, -1, 0.1));
  t.deepEqual(device.violations, []);
  await desk.close();
});

test('a loop is overdubbed: each round is a step of its own, and undo takes back the last', async (t) => {
  const {desk, device, engine, play, roll, locate, moveDb, steps, laneAt} = await rideDesk();
  engine.apply({type: 'playback.setLoop', loop: {inFrame: rate, outFrame: 2 * rate}});
  desk.perform({type: 'playback.setLooping', looping: true});
  locate(1);
  play();
  await roll(200);
  device.touch('fader.1');
  moveDb(1, -6);
  await roll(1000);
  moveDb(1, -12);
  await roll(1000);
  device.release('fader.1');
  t.deepEqual(steps(), ['ride Strip 1 0:01–0:02', 'ride Strip 1 0:01–0:02', 'ride Strip 1 0:01']);
  t.true(isNear(laneAt('s0 level', 1.5), -12, 0.2));
  desk.perform({type: 'session.undo'});
  desk.perform({type: 'session.undo'});
  t.true(isNear(laneAt('s0 level', 1.5), -6, 0.2));
  t.is(desk.status().assistance.redo, 'ride Strip 1 0:01–0:02');
  await desk.close();
});

test('a fader without motor or sense writes once it has caught the value, and not before', async (t) => {
  const {desk, engine, play, roll, pass, steps, plugIn, cable} = await rideDesk();
  cable.pull();
  const {device: plain} = plugIn('korg-nanokontrol2');
  await pass(3000);
  t.false(plain.surface.faders.motor);
  play();
  await roll(1000);
  for (const position of [0.1, 0.2, 0.3]) {
    plain.move('fader.1', position);
    await roll(50);
  }
  t.deepEqual(desk.status().automation?.writing, []);
  t.is(engine.mixer.strips[0]?.levelDb, 0);
  for (const position of [0.5, 0.7, 0.8, 0.9]) {
    plain.move('fader.1', position);
    await roll(50);
  }
  t.deepEqual(desk.status().automation?.writing, [{lane: 's0 level', by: plain.surface.name}]);
  await roll(700);
  t.is(steps().length, 1);
  await desk.close();
});
