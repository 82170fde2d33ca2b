import test from 'ava';
import type {AudioOutput} from '../../../src/engine/live/output.ts';
import {createSilentOutput} from '../../../src/engine/live/silent-output.ts';
import {createSteadyOutput} from '../../../src/engine/live/steady-output.ts';

interface FakeDevice extends AudioOutput {
  frame: number;
  readonly scheduled: number[];
  readonly cuts: number[];
  closed: boolean;
}

function fakeDevice(): FakeDevice {
  const device: FakeDevice = {
    kind: 'device',
    name: 'fake',
    latencyFrames: 0,
    frame: 0,
    scheduled: [],
    cuts: [],
    closed: false,
    clockFrame: () => device.frame,
    clockFrameIn: (frames) => device.frame + frames,
    schedule: (atFrame) => device.scheduled.push(atFrame),
    cut: (atFrame) => device.cuts.push(atFrame),
    close: async () => {
      device.closed = true;
    },
  };
  return device;
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const block = new Float32Array(512);

function bench() {
  let nowMs = 0;
  const first = fakeDevice();
  const next: {device: FakeDevice | undefined} = {device: undefined};
  const told: (string | undefined)[] = [];
  const output = createSteadyOutput({
    first,
    silent: () => createSilentOutput(48_000, () => nowMs),
    reopen: async () => next.device,
    nowMs: () => nowMs,
    changed: (_, reason) => told.push(reason),
  });
  /** Time goes on in steps of 10 ms; devices whose clocks run are given. */
  const pass = async (ms: number, ...running: FakeDevice[]): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 10) {
      nowMs += 10;
      for (const device of running) device.frame += 480;
      output.check();
      await settle();
    }
  };
  return {output, first, next, told, pass};
}

test('a device that runs is used as it is', async (t) => {
  const {output, first, told, pass} = bench();
  await pass(5000, first);
  output.schedule(output.clockFrame() + 512, block, block);
  t.is(output.clockFrame(), first.frame);
  t.deepEqual(first.scheduled, [first.frame + 512]);
  t.deepEqual(told, []);
});

test('a device that is gone is told, and time goes on without a jump', async (t) => {
  const {output, first, told, pass} = bench();
  await pass(1000, first);
  const frame = output.clockFrame();
  await pass(1100);
  t.deepEqual(told, ['the sound device is gone']);
  t.true(first.closed);
  t.is(output.kind, 'silent');
  t.true(output.clockFrame() >= frame && output.clockFrame() < frame + 9600);
  const before = output.clockFrame();
  await pass(1000);
  t.is(output.clockFrame(), before + 48_000);
});

test('the device comes back, and blocks land where its own clock stands', async (t) => {
  const {output, first, next, told, pass} = bench();
  await pass(1000, first);
  await pass(4000);
  const second = fakeDevice();
  second.frame = 7000;
  next.device = second;
  const before = output.clockFrame();
  await pass(2500, second);
  t.deepEqual(told, ['the sound device is gone', undefined]);
  t.is(output.kind, 'device');
  t.true(output.clockFrame() > before);
  output.schedule(output.clockFrame() + 480, block, block);
  output.cut(output.clockFrame() + 960);
  t.deepEqual(second.scheduled, [second.frame + 480]);
  t.deepEqual(second.cuts, [second.frame + 960]);
});

test('silence from the start looks for no device', async (t) => {
  let opened = 0;
  let nowMs = 0;
  const output = createSteadyOutput({
    first: createSilentOutput(48_000, () => nowMs),
    silent: () => createSilentOutput(48_000, () => nowMs),
    reopen: async () => {
      opened++;
      return undefined;
    },
    nowMs: () => nowMs,
    changed: () => t.fail(),
  });
  for (; nowMs < 10_000; nowMs += 100) output.check();
  await settle();
  t.is(opened, 0);
});

test('a device that comes while all is being closed is closed, too', async (t) => {
  const {output, first, next, pass} = bench();
  await pass(100, first);
  await pass(1100);
  const second = fakeDevice();
  next.device = second;
  const opening = pass(2100);
  await output.close();
  await opening;
  t.true(second.closed || second.scheduled.length === 0);
  t.false(output.kind === 'device');
});
