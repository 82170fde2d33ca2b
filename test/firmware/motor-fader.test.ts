import test from 'ava';
import {isHello, shippedFirmware} from './desk-bench.ts';
import {newMachine} from './machine.ts';
import {newMotorBoard} from './motor-board.ts';
import {newTestHost} from './test-host.ts';

const program = shippedFirmware('motor-fader');

function newBench() {
  const board = newMotorBoard();
  const machine = newMachine(program, board);
  const host = newTestHost(machine, 300);
  host.until(isHello, 1000);
  const run = (ms: number) => {
    let driven = 0;
    for (let left = ms; left > 0; left--) {
      host.run(1);
      board.pull(machine);
      if (board.power(machine) !== 0) driven++;
    }
    return driven;
  };
  const target = (place: number) =>
    host.send({type: 'motors', first: 0, mask: 1, values: [Math.round(place * 0xffff)]});
  run(20);
  return {board, machine, host, run, target, power: () => board.power(machine)};
}

test('a motor goes where the desk is, up and down, far and near, and then has no current', (t) => {
  const {board, run, target, power} = newBench();
  for (const place of [0.5, 0.9, 0.1, 0.12, 1, 0]) {
    target(place);
    run(700);
    t.true(Math.abs(board.place() - place) < 0.015, `to ${place}: ${board.place()}`);
    t.is(power(), 0);
  }
});

test('a fader that is touched is never driven, and is let go within 30 ms of the touch', (t) => {
  const {board, host, run, target, power} = newBench();
  target(1);
  run(40);
  t.true(power() > 0);
  host.heard();
  board.touch(true);
  run(30);
  t.is(power(), 0);
  t.is(run(50), 0);
  target(0);
  t.is(run(200), 0);
  t.true(host.heard().some(({message}) => message.type === 'touches' && message.counters[0] === 1));
  board.touch(false);
  run(60);
  target(0);
  t.true(run(30) > 0);
});

test('a motor that does not get on is let go, and not tried again until the desk wants something else', (t) => {
  const {board, run, target, power} = newBench();
  board.block(true);
  target(0.8);
  t.true(run(400) < 300);
  t.is(power(), 0);
  target(0.8);
  t.is(run(300), 0);
  board.block(false);
  target(0.6);
  run(500);
  t.true(Math.abs(board.place() - 0.6) < 0.015);
});

test('a motor that gets on without arriving is let go after 1.5 s', (t) => {
  const {board, host, target, power} = newBench();
  target(1);
  let drivenMs = 0;
  for (let ms = 0; ms < 1800; ms++) {
    board.put(0.0004 * ms);
    host.run(1);
    if (power() !== 0) drivenMs = ms;
  }
  t.true(drivenMs > 1400 && drivenMs <= 1520, `${drivenMs} ms`);
  target(1);
  host.run(60);
  t.is(power(), 0, 'not tried again until the desk wants something else');
});

test('a motor is let go when the host dies in the middle of a move, within the lease and 50 ms', (t) => {
  for (const dies of [false, true]) {
    const {board, host, machine, target, power} = newBench();
    target(1);
    host.run(5);
    if (dies) host.die();
    const diedAt = machine.nowMs();
    let drivenMs = 0;
    // It gets on, but slowly, so that nothing else lets it go.
    for (let ms = 0; ms < 400; ms++) {
      board.put(0.002 * ms);
      host.run(1);
      if (power() !== 0) drivenMs = machine.nowMs() - diedAt;
    }
    if (dies) t.true(drivenMs > 40 && drivenMs <= 350, `${drivenMs} ms`);
    else t.true(drivenMs > 390, 'a host that lives drives on');
  }
});

for (const interrupts of [true, false]) {
  test(`a program that hangs in a move, interrupts ${interrupts ? 'on' : 'off'}, lets the motor go in time`, (t) => {
    const {board, machine, target, run, power} = newBench();
    target(1);
    run(20);
    t.true(power() > 0);
    machine.hang(interrupts);
    const hungAt = machine.nowMs();
    while (power() !== 0 && machine.nowMs() - hungAt < 1000) machine.run(1);
    t.true(machine.nowMs() - hungAt <= (interrupts ? 25 : 550), `${machine.nowMs() - hungAt} ms`);
    board.block(false);
  });
}

test('touch can be calibrated: hands off, hands on, and the threshold lies between', (t) => {
  const {board, host, run} = newBench();
  const order = (...messages: Parameters<typeof host.send>) => {
    host.send(...messages);
    run(60);
  };
  order({type: 'calibration-begin', fader: 0, what: 'touch'});
  order({type: 'calibration-point', fader: 0, point: 'untouched', reading: 0xffff});
  board.touch(true);
  run(100);
  order({type: 'calibration-point', fader: 0, point: 'touched', reading: 0xffff});
  order({type: 'calibration-end', fader: 0, keep: true});
  host.send({type: 'config-get', key: 0x14, control: 0});
  const answer = host.until((message) => message.type === 'config-value', 300)?.message;
  const [low = 0, high = 0] = answer?.type === 'config-value' ? answer.value : [];
  const threshold = low + 256 * high;
  t.true(threshold > 40 && threshold < 240, `${threshold}`);
  t.not(threshold, 110);
});
