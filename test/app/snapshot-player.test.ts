import test from 'ava';
import {createSnapshotPlayer} from '../../src/app/snapshot-player.ts';
import {applyCommand, isMixerCommand, type MixerCommand} from '../../src/model/command.ts';
import {type LaneId, laneId} from '../../src/model/lane.ts';
import {findStrip, type Mixer, newMixer, newStrip} from '../../src/model/mixer.ts';
import {VirtualTimers} from '../transport/virtual-timers.ts';

function setUp() {
  const timers = new VirtualTimers();
  let mixer: Mixer = newMixer({
    strips: [
      newStrip({id: 'vox', name: 'Vox'}),
      newStrip({id: 'bass', name: 'Bass', levelDb: Number.NEGATIVE_INFINITY}),
    ],
  });
  const applied: MixerCommand[] = [];
  const held = new Set<LaneId>();
  const moved = new Set<string>();
  const apply = (command: MixerCommand): void => {
    applied.push(command);
    mixer = applyCommand(mixer, command);
  };
  const player = createSnapshotPlayer({
    engine: {apply: (command) => isMixerCommand(command) && apply(command)},
    clock: {now: timers.now, after: timers.after, soon: (call) => void timers.after(0, call)},
    mixer: () => mixer,
    isMoved: (command) => moved.has(command.type),
    isHeld: (target) => held.has(laneId(target)),
  });
  return {
    ...{player, applied, held, moved, apply},
    pass: (ms: number) => timers.pass(ms),
    levelDb: (id: string) => findStrip(mixer, id)?.levelDb,
    mixer: () => mixer,
  };
}

const level = (strip: string, levelDb: number): MixerCommand => ({type: 'strip.setLevel', strip, levelDb});

test('a hand that only touches a fader on its way has it', async (t) => {
  const {player, held, pass, levelDb} = setUp();
  player.play([level('vox', -20), level('bass', 0)], 1000);
  await pass(500);
  const there = levelDb('vox');
  held.add('vox level');
  await pass(100);
  held.clear();
  await pass(1000);
  t.is(levelDb('vox'), there);
  t.is(levelDb('bass'), 0);
  t.false(player.isPlaying);
});

test('a hand that was there before and lets go keeps nothing; coming back it has it', async (t) => {
  const {player, held, pass, levelDb} = setUp();
  held.add('vox level');
  player.play([level('vox', -20)], 1000);
  await pass(300);
  t.true((levelDb('vox') ?? 0) < -5);
  held.clear();
  await pass(100);
  held.add('vox level');
  await pass(25);
  const there = levelDb('vox');
  await pass(1000);
  t.is(levelDb('vox'), there);
});

test('a lane that takes a value on its way has it', async (t) => {
  const {player, moved, pass, applied} = setUp();
  player.play([level('vox', -20)], 1000);
  await pass(200);
  moved.add('strip.setLevel');
  const count = applied.length;
  await pass(1000);
  t.is(applied.length, count);
  t.false(player.isPlaying);
});

test('a level comes out of silence, and goes into it', async (t) => {
  const {player, pass, levelDb} = setUp();
  player.play([level('bass', 0), level('vox', Number.NEGATIVE_INFINITY)], 900);
  await pass(450);
  t.true(Math.abs((levelDb('bass') ?? 0) + 45) <= 2.6 && Math.abs((levelDb('vox') ?? 0) + 45) <= 2.6);
  await pass(500);
  t.is(levelDb('bass'), 0);
  t.is(levelDb('vox'), Number.NEGATIVE_INFINITY);
});

test('the mix bus fades, too', async (t) => {
  const {player, pass, mixer} = setUp();
  player.play([level('master', -12)], 500);
  await pass(250);
  t.true(mixer().masterLevelDb < -5 && mixer().masterLevelDb > -7);
  await pass(300);
  t.is(mixer().masterLevelDb, -12);
});

test('a mixer is known as it will have arrived; to settle is to be there', async (t) => {
  const {player, pass, mixer, levelDb} = setUp();
  player.play([level('vox', -20), {type: 'strip.setMute', strip: 'vox', muted: true}], 1000);
  await pass(100);
  const arrived = player.arrived(mixer());
  t.deepEqual([findStrip(arrived, 'vox')?.levelDb, findStrip(arrived, 'vox')?.muted], [-20, true]);
  t.true((levelDb('vox') ?? 0) > -5);
  player.settle();
  t.deepEqual(mixer(), arrived);
  await pass(2000);
  t.deepEqual(mixer(), arrived);
});

test('a value that is decided anew without a command stays where it is', async (t) => {
  const {player, pass, levelDb} = setUp();
  player.play([level('vox', -20)], 1000);
  await pass(500);
  const there = levelDb('vox');
  player.play([], 1000, new Set(['strip.setLevel vox']));
  await pass(2000);
  t.is(levelDb('vox'), there);
});

test('nothing is asked of the engine when nothing is on its way', async (t) => {
  const {player, pass, applied} = setUp();
  player.play([level('vox', -1)], 100);
  await pass(5000);
  t.true(applied.length <= 5);
});
