import test from 'ava';
import {storedCheck} from '../../src/wire/longthrow/crc.ts';
import {readDescriptor} from '../../src/wire/longthrow/descriptor-reader.ts';
import {meterLevel} from '../../src/wire/longthrow/levels.ts';
import type {Message} from '../../src/wire/longthrow/message.ts';
import {travelsOf} from '../../src/wire/longthrow/travel.ts';
import {bright, isBright, isHello, isSafe, newDeskBench} from './desk-bench.ts';

/** How long all LEDs take to be written anew, and a frame of the host to arrive. */
const repaintMs = 16;

function position(message: Message, index: number): number | undefined {
  if (message.type !== 'faders') return undefined;
  return travelsOf(message).find((travel) => travel.index === index)?.value;
}

test('the real firmware describes itself so that a desk needs nothing else', (t) => {
  const {host} = newDeskBench();
  const bytes: number[] = [];
  for (let offset = 0; ; ) {
    host.send({type: 'descriptor-read', offset, length: 48});
    const answer = host.until((message) => message.type === 'descriptor-data', 100)?.message;
    if (answer?.type !== 'descriptor-data' || answer.bytes.length === 0) break;
    bytes.push(...answer.bytes);
    offset += answer.bytes.length;
  }
  const read = readDescriptor(Uint8Array.from(bytes));
  host.revive();
  const hello = host.until(isHello, 100)?.message;
  t.true(hello?.type === 'hello' && hello.descriptorLength === bytes.length);
  t.is(hello?.type === 'hello' && hello.descriptorCheck, storedCheck(Uint8Array.from(bytes)));
  const rows = read.state === 'good' ? read.descriptor.records.map(({type}) => type) : [];
  t.true(
    ['faders', 'encoders', 'strip-buttons', 'unit-buttons', 'strip-lamps', 'meters', 'warnings'].every((row) =>
      rows.some((type) => type === row),
    ),
  );
});

test('a fader that is moved from rest is told within 10 ms, and where it stands soon after', (t) => {
  const {board, machine, host} = newDeskBench();
  for (const [fader, place] of [0.5, 0.75, 1, 0.25, 0.9, 0.1, 0.6, 0.33].entries()) {
    host.run(150 + 7 * fader);
    host.heard();
    const movedAt = machine.nowMs();
    board.faders[fader] = place;
    const first = host.until((message) => (position(message, fader) ?? 0) > 0, 30);
    t.true(
      first !== undefined && first.atMs - movedAt <= 10,
      `fader ${fader} after ${(first?.atMs ?? 0) - movedAt} ms`,
    );
    const wanted = place >= 0.75 ? 0xc000 + (place - 0.75) * 4 * 0x3fff : (place / 0.75) * 0xc000;
    const there = host.until((message) => Math.abs((position(message, fader) ?? -1e6) - wanted) < 700, 100);
    t.truthy(there, `fader ${fader} at ${place}`);
  }
  t.is(machine.overruns(), 0);
  t.is(host.faults(), 0);
});

test('a button is told once however it bounces, an encoder by its detents', (t) => {
  const {board, host} = newDeskBench();
  for (const down of [true, false, true, false, true]) {
    board.press(11, down);
    host.run(2);
  }
  host.run(20);
  const pressed = host.heard().flatMap(({message}) => (message.type === 'buttons' ? [message.counters[11]] : []));
  t.deepEqual([...new Set(pressed)], [1]);
  for (let detent = 0; detent < 5; detent++) {
    for (const state of [2, 0, 1, 3]) {
      board.contacts(6, state);
      host.run(3);
    }
  }
  for (const state of [1, 0, 2, 3]) {
    board.contacts(6, state);
    host.run(3);
  }
  host.run(30);
  const turned = host.heard().flatMap(({message}) => (message.type === 'encoders' ? [message.values[6]] : []));
  t.is(turned.at(-1), 4);
  t.is(Math.max(...turned.map((value) => value ?? 0)), 5);
});

test('levels are bars, clipping has a lamp of its own, and unknown looks like nothing else', (t) => {
  const {board, host} = newDeskBench();
  const levels = [-90, -40, -20, -12, -6, 0].map(meterLevel);
  host.send({type: 'meters', first: 0, levels: [...levels, 0xff, 0xfe]});
  host.run(repaintMs);
  t.deepEqual(board.meters(), [0, 0b1, 0b111, 0b11111, 0b111111, 0b1111111, 0xff, 0x55]);
});

test('warnings speak by rhythm: an alarm stays lit, a warning flashes twice a second, no warning is dark', (t) => {
  const {board, host} = newDeskBench();
  const severities = [0, 1, 2, 3, 4, 15] as const;
  host.send({type: 'warnings', first: 0, warnings: severities.map((severity) => ({severity, reason: 2}))});
  host.run(repaintMs);
  const flashes = severities.map(() => 0);
  const lit = severities.map(() => 0);
  let before = board.lamps()[3] ?? 0;
  for (let ms = 0; ms < 2048; ms++) {
    host.run(1);
    const now = board.lamps()[3] ?? 0;
    for (const strip of severities.keys()) {
      if ((now >> strip) & 1) lit[strip] = (lit[strip] ?? 0) + 1;
      if (((now & ~before) >> strip) & 1) flashes[strip] = (flashes[strip] ?? 0) + 1;
    }
    before = now;
  }
  t.deepEqual(flashes, [0, 1, 2, 4, 0, 2]);
  t.is(lit[4], 2048);
  t.true(board.alarm());
});

test('lamps, meters and warnings come from the desk, and go when it says goodbye', (t) => {
  const bench = newDeskBench();
  for (const message of bright) bench.host.send(message);
  bench.host.run(40);
  t.true(isBright(bench));
  t.true(bench.board.link());
  bench.host.die();
  bench.host.send({type: 'bye', reason: 0});
  bench.host.run(repaintMs + 2);
  t.true(isSafe(bench));
});

test('a desk that is asked who it is flashes everything it has, and goes back', (t) => {
  const {board, host} = newDeskBench();
  host.send({type: 'identify', seconds: 1});
  let brightest = 0;
  for (let ms = 0; ms < 600; ms++) {
    host.run(1);
    brightest = Math.max(brightest, board.meters().filter((row) => row === 0xff).length);
  }
  host.run(500);
  t.is(brightest, 8);
  t.true(board.meters().every((row) => row === 0));
});

for (const interrupts of [true, false]) {
  test(`firmware that hangs with interrupts ${interrupts ? 'on' : 'off'} is back and repainted within 3 s, and says why`, (t) => {
    const bench = newDeskBench();
    const {host, machine} = bench;
    host.paint.push(...bright);
    host.revive();
    host.run(100);
    t.true(isBright(bench));
    host.heard();
    machine.hang(interrupts);
    const hungAt = machine.nowMs();
    const hello = host.until(isHello, 3000)?.message;
    for (let ms = 0; ms < 500 && !isBright(bench); ms++) host.run(1);
    t.is(machine.restarts(), 1);
    t.true(isBright(bench));
    t.true(machine.nowMs() - hungAt < 3000, `${machine.nowMs() - hungAt} ms`);
    t.true(hello?.type === 'hello' && hello.resetCause === 4 && hello.bootCount === 2);
  });
}

test('a restart that was asked for says so, and only the right token brings it', (t) => {
  const {host, machine} = newDeskBench();
  host.run(300);
  host.send({type: 'boot-arm'});
  const armed = host.until((message) => message.type === 'boot-token', 300)?.message;
  const token = armed?.type === 'boot-token' ? armed.token : 0;
  host.send({type: 'boot-enter', token, kind: 'restart'});
  const hello = host.until((message) => message.type === 'hello' && message.nonce === 0, 1000)?.message;
  t.is(machine.restarts(), 1);
  t.true(hello?.type === 'hello' && hello.resetCause === 5);
});
