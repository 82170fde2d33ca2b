import test from 'ava';
import {deviceTransport} from '../../src/app/firmware/device-transport.ts';
import {findStrip, newMixer, newStrip} from '../../src/model/mixer.ts';
import type {Heard} from '../../src/surface/dialect.ts';
import {createLongthrowDialect} from '../../src/surface/longthrow.ts';
import type {Port} from '../../src/transport/contract.ts';
import {memoryTransport} from '../../src/transport/memory.ts';
import {writeDescriptor} from '../../src/wire/longthrow/descriptor-writer.ts';
import {VirtualTimers} from '../transport/virtual-timers.ts';
import {createLongthrowDevice} from '../virtual-desk/longthrow-device.ts';
import {eightStrips, firmwareDesk} from './firmware-desk.ts';

const presses = 10_000;
const lossShare = 0.2;

/** Numbers 0…1 that are the same in each run (Park and Miller). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 0x7fff_ffff;
    return state / 0x7fff_ffff;
  };
}

test(`${presses} presses at ${100 * lossShare} % frame loss: none lost, none doubled, each healed within a second`, async (t) => {
  const timers = new VirtualTimers();
  const clock = {now: timers.now, after: timers.after, soon: (call: () => void) => void timers.after(0, call)};
  const lines = memoryTransport();
  const random = sequence(7);
  let blocks = 0;
  let nonce = 1;
  let port: Port | undefined;
  const transport = deviceTransport(
    {...lines, openAt: undefined},
    {
      clock,
      mayOpen: () => true,
      progress: () => ++blocks,
      live: () => true,
      notice: () => {},
      nextNonce: () => ++nonce,
    },
  );
  const cable = lines.plug('Line');
  let isLossy = false;
  const arrives = (): boolean => !isLossy || random() >= lossShare;
  const device = createLongthrowDevice({
    clock,
    descriptor: writeDescriptor(eightStrips),
    send: (bytes) => arrives() && cable.say(bytes),
  });
  cable.onHeard((bytes) => arrives() && device.receive(bytes));
  device.powerOn();
  transport.watch((ports) => {
    port = ports[0];
  });
  await timers.pass(1000);
  if (port?.surface === undefined) return t.fail('it was not found');
  const dialect = createLongthrowDialect(port.surface);
  const heard: {event: Heard; atMs: number}[] = [];
  let losses = 0;
  await transport.open(port, {
    received: (bytes) => heard.push(...dialect.read(bytes).map((event) => ({event, atMs: timers.nowMs}))),
    lost: () => (losses += 1),
  });
  await timers.pass(100);
  isLossy = true;
  const pressed: number[] = [];
  const pressedOf = (): readonly {atMs: number}[] => heard.filter(({event}) => event.type === 'button.pressed');
  for (let press = 0; press < presses; press++) {
    const button = press % 16;
    pressed.push(timers.nowMs);
    device.press(button);
    timers.advance(4);
    device.lift(button);
    timers.advance(4);
  }
  isLossy = false;
  await timers.pass(1000);
  t.is(losses, 0);
  t.is(pressedOf().length, presses);
  t.is(heard.filter(({event}) => event.type === 'button.released').length, presses);
  const late = pressedOf().map(({atMs}, index) => atMs - (pressed[index] ?? 0));
  t.true(Math.max(...late) < 1000, `${Math.max(...late)} ms`);
  await transport.close();
});

test('at the same loss a desk still shows the newest of everything within a second', async (t) => {
  const strips = Array.from({length: 4}, (_, index) => newStrip({id: `s${index}`, name: `Strip ${index + 1}`}));
  const bench = firmwareDesk(newMixer({strips}));
  const {device} = bench.plug();
  await bench.pass(1500);
  bench.lose(lossShare, sequence(11));
  for (let round = 0; round < 20; round++) {
    device.touch(0, true);
    device.move(0, 0.3 + round / 40);
    await bench.pass(300);
    device.touch(0, false);
    await bench.pass(200);
  }
  await bench.pass(1000);
  t.true(Math.abs((findStrip(bench.engine.mixer, 's0')?.levelDb ?? -99) - 1) < 0.2);
  t.deepEqual(
    bench.desk.status().units.map(({state}) => state),
    ['ready'],
  );
  await bench.desk.close();
});
