import test from 'ava';
import {findStrip} from '../../src/model/mixer.ts';
import {newAvrDesk} from './avr-desk.ts';
import {shippedFirmware} from './desk-bench.ts';
import {newDeskBoard} from './desk-board.ts';
import {newMachine} from './machine.ts';
import {newMotorBoard} from './motor-board.ts';

const program = shippedFirmware('desk-8');
const leaseMs = 1000;
/** All lamps are written anew in this time. */
const repaintMs = 16;

/** The desk of eight strips on its line, found, read and painted. */
async function joined() {
  const board = newDeskBoard();
  const machine = newMachine(program, board);
  const desk = newAvrDesk(machine);
  const foundMs = await desk.until('the desk knows it', () => desk.desk.status().units[0]?.state === 'ready', 3000);
  await desk.run(100);
  const strip = (index: number) => findStrip(desk.engine.mixer, `s${index}`);
  return {board, machine, desk, foundMs, strip};
}

test('the whole way: the converter of a fader, the level, the meter, the warning, and the pins of its lamps', async (t) => {
  const {board, machine, desk, foundMs, strip} = await joined();
  t.true(foundMs < 3000, `found after ${foundMs} ms`);
  t.like(desk.desk.status().units, [{name: 'Longthrow Desk 8', strips: 8, firstStrip: 0}]);
  t.true(board.link());

  // A fader without motor picks up: it takes hold where the level is, never before.
  const levels = desk.engine.mixer;
  board.faders[2] = 0.2;
  await desk.run(60);
  t.is(desk.engine.mixer, levels);
  for (let place = 0.2; place <= 0.75; place += 0.01) {
    board.faders[2] = place;
    await desk.run(10);
  }
  board.faders[2] = 0.75;
  const movedMs = await desk.until('the level', () => Math.abs(strip(2)?.levelDb ?? -99) < 0.2, 100);
  t.true(movedMs <= 25, `the level was there after ${movedMs} ms`);
  t.is(strip(1)?.levelDb, -10);

  desk.sound = new Map([[1, {peak: 0.26}]]);
  const shownMs = await desk.until('the meter', () => board.meters()[1] === 0b11111, 200);
  t.true(shownMs <= 120, `the meter was there after ${shownMs} ms`);
  t.is(board.meters()[0], 0);
  t.false(board.alarm());

  desk.sound = new Map([[1, {peak: 1.2}]]);
  await desk.until('the warning', () => ((board.lamps()[3] ?? 0) & 2) !== 0, 4000);
  let [flashes, others, alarms] = [0, 0, 0];
  let before = {lamp: board.lamps()[3] ?? 0, alarm: board.alarm()};
  // Four rounds, and as long as all lamps take to be written.
  await desk.run(2048 + repaintMs, () => {
    const now = {lamp: board.lamps()[3] ?? 0, alarm: board.alarm()};
    if (now.lamp & ~before.lamp & 2) flashes += 1;
    if (now.lamp & ~2) others += 1;
    if (now.alarm && !before.alarm) alarms += 1;
    before = now;
  });
  t.deepEqual({flashes, others, alarms}, {flashes: 4, others: 0, alarms: 4});
  t.is(board.meters()[1], 0x7f, 'the topmost lamp is for clipping alone');

  desk.sound = new Map([[1, {peak: 1, clipRun: 8}]]);
  await desk.run(100);
  let lit = 0;
  await desk.run(600, () => {
    if ((board.lamps()[3] ?? 0) & 2 && board.alarm()) lit += 1;
  });
  t.is(lit, 600);
  t.is(board.meters()[1], 0xff);
  t.is((board.lamps()[1] ?? 0) & 2, 2);
  t.is(machine.overruns(), 0);
  await desk.desk.close();
  await desk.run(40);
  t.deepEqual(board.meters(), [0, 0, 0, 0, 0, 0, 0, 0]);
});

test('a button mutes and its lamp is lit, an encoder pans by its detents', async (t) => {
  const {board, desk, strip} = await joined();
  board.press(4, true);
  const mutedMs = await desk.until('the muted', () => strip(4)?.muted === true, 100);
  t.true(mutedMs <= 20, `muted after ${mutedMs} ms`);
  await desk.until('the lamp', () => board.lamps()[0] === 1 << 4, 100);
  board.press(4, false);
  await desk.run(60);
  t.true(strip(4)?.muted);
  board.press(4, true);
  await desk.until('the lamp goes', () => board.lamps()[0] === 0, 100);
  t.false(strip(4)?.muted);
  const before = strip(6)?.pan ?? 0;
  for (let detent = 0; detent < 3; detent++) {
    for (const state of [2, 0, 1, 3]) {
      board.contacts(6, state);
      await desk.run(3);
    }
  }
  await desk.run(40);
  const there = strip(6)?.pan ?? 0;
  t.true(there > before, `${there}`);
  for (const state of [1, 0, 2, 3]) {
    board.contacts(6, state);
    await desk.run(3);
  }
  await desk.run(40);
  t.true((strip(6)?.pan ?? 1) < there);
  t.is(strip(5)?.pan, before);
});

test('a desk that stands still leaves its surface safe within the lease, and paints all of it when it goes on', async (t) => {
  const {board, machine, desk} = await joined();
  desk.sound = new Map([[1, {peak: 1, clipRun: 8}]]);
  board.press(4, true);
  await desk.until('everything', () => board.alarm() && board.meters()[1] === 0xff && board.lamps()[0] === 16);
  board.press(4, false);
  await desk.run(60);
  const {mixer} = desk.engine;
  desk.freeze();
  const frozenAt = machine.nowMs();
  await desk.until('safe', () => [...board.meters(), ...board.lamps().slice(0, 3)].every((row) => row === 0));
  t.true(machine.nowMs() - frozenAt <= leaseMs + 50, `${machine.nowMs() - frozenAt} ms`);
  t.true(machine.nowMs() - frozenAt > leaseMs - 250);
  await desk.run(500);
  await desk.thaw();
  const backMs = await desk.until('everything again', () => board.alarm() && board.meters()[1] === 0xff, 3000);
  t.true(backMs < 3000);
  t.deepEqual(desk.engine.mixer, mixer);
});

for (const interrupts of [true, false]) {
  test(`firmware that hangs, interrupts ${interrupts ? 'on' : 'off'}, is restarted by its watchdog, found again and painted within 3 s`, async (t) => {
    const {board, machine, desk} = await joined();
    desk.sound = new Map([[1, {peak: 1, clipRun: 8}]]);
    board.press(3, true);
    await desk.until('everything', () => board.alarm() && board.meters()[1] === 0xff && board.lamps()[0] === 8);
    const {mixer} = desk.engine;
    machine.hang(interrupts);
    const hungAt = machine.nowMs();
    await desk.until('the watchdog', () => machine.restarts() === 1, 2000);
    await desk.until('painted', () => board.alarm() && board.meters()[1] === 0xff && board.lamps()[0] === 8, 3000);
    t.true(machine.nowMs() - hungAt < 3000, `${machine.nowMs() - hungAt} ms`);
    t.log(`back and painted after ${(machine.nowMs() - hungAt).toFixed(0)} ms`);
    t.deepEqual(desk.engine.mixer, mixer);
    t.is(desk.desk.status().units[0]?.state, 'ready');
  });
}

/** The motor fader on its line, standing where the desk wants it; `pull` is what its motor does. */
async function joinedMotor() {
  const board = newMotorBoard();
  const machine = newMachine(shippedFirmware('motor-fader'), board);
  const motor = {pull: () => board.pull(machine)};
  const desk = newAvrDesk(machine, () => motor.pull());
  await desk.until('the desk knows it', () => desk.desk.status().units[0]?.state === 'ready', 3000);
  const power = () => board.power(machine);
  const level = () => findStrip(desk.engine.mixer, 's0')?.levelDb ?? Number.NaN;
  const ask = (levelDb: number) => desk.engine.apply({type: 'strip.setLevel', strip: 's0', levelDb});
  const there = (place: number) => desk.until(`at ${place}`, () => Math.abs(board.place() - place) < 0.015, 800);
  ask(0);
  await there(0.75);
  await desk.run(250);
  return {board, machine, motor, desk, power, level, ask, there};
}

test('what the desk moves, the motor moves; under a hand it has no current, and on release it goes where the mixer is', async (t) => {
  const {board, desk, power, level, ask, there} = await joinedMotor();
  t.is(power(), 0);
  ask(-90);
  await desk.until('current', () => power() < 0, 60);
  await there(0);
  board.touch(true);
  await desk.run(60);
  let driven = 0;
  const watch = () => {
    if (power() !== 0) driven += 1;
  };
  ask(6);
  await desk.run(200, watch);
  t.is(driven, 0, 'a touched fader is never driven');
  board.put(0.75);
  await desk.until('the level of the hand', () => Math.abs(level()) < 0.2, 60);
  board.put(0.5);
  await desk.run(60, watch);
  t.is(driven, 0);
  const held = level();
  board.touch(false);
  await desk.run(200);
  t.true(Math.abs(board.place() - 0.5) < 0.015 && Math.abs(level() - held) < 0.5, 'it stays where the hand left it');
  ask(0);
  await there(0.75);
});

test('a desk that dies in the middle of a move lets the motor go within the lease and 50 ms', async (t) => {
  const {board, machine, motor, desk, power, ask} = await joinedMotor();
  // It gets on, but slowly, so that nothing else lets it go.
  motor.pull = () => board.put(board.place() - (power() === 0 ? 0 : 0.0004));
  ask(-90);
  await desk.until('current', () => power() < 0, 60);
  desk.freeze();
  const diedAt = machine.nowMs();
  await desk.until('no current', () => power() === 0, 1400);
  const tookMs = machine.nowMs() - diedAt;
  t.true(tookMs <= leaseMs + 50 && tookMs > leaseMs - 300, `${tookMs} ms`);
});
