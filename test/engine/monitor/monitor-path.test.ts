import test from 'ava';
import fc from 'fast-check';
import {createMonitorPath} from '../../../src/engine/monitor/monitor-path.ts';
import {type Monitor, newMonitor, speakers} from '../../../src/model/monitor.ts';
import {difference, heard, monitorWith, noise, same, splatterDb, tone} from './monitor-rig.ts';

const left = noise(4096, 1);
const right = noise(4096, 2);

for (const sampleRate of [44_100, 48_000, 96_000, 192_000]) {
  test(`at ${sampleRate} Hz everything off changes no bit, and nothing is late`, (t) => {
    const path = createMonitorPath(sampleRate);
    t.is(path.latencyFrames, 0);
    const out = heard(path, {left, right});
    t.true(same(out.left, left));
    t.true(same(out.right, right));
  });
}

const laws: readonly [string, Partial<Monitor>, (l: number, r: number) => readonly [number, number]][] = [
  ['dim turns both sides down by 20 dB', {dim: true}, (l, r) => [l / 10, r / 10]],
  ['dim can be set', {dim: true, dimDb: -6.0206}, (l, r) => [l / 2, r / 2]],
  ['mono is half the sum on both sides', {mono: true}, (l, r) => [(l + r) / 2, (l + r) / 2]],
  ['swap changes the sides', {swap: true}, (l, r) => [r, l]],
  ['polarity turns the left side over', {polarity: 'left'}, (l, r) => [-l, r]],
  ['swap comes before polarity', {swap: true, polarity: 'left'}, (l, r) => [-r, l]],
  ['mono after polarity is what mono loses', {mono: true, polarity: 'left'}, (l, r) => [(r - l) / 2, (r - l) / 2]],
  ['level and dim add up', {levelDb: -20, dim: true}, (l, r) => [l / 100, r / 100]],
  ['the lowest level is silence', {levelDb: Number.NEGATIVE_INFINITY}, () => [0, 0]],
  ['a level above 0 dB is louder', {levelDb: 6.0206}, (l, r) => [2 * l, 2 * r]],
  ['a level that is no number is silence', {levelDb: Number.NaN}, () => [0, 0]],
];

for (const [law, values, expected] of laws) {
  test(`${law}, from the start and after a change`, (t) => {
    const fromStart = heard(createMonitorPath(48_000, monitorWith(values)), {left, right});
    const changed = heard(createMonitorPath(48_000), {left, right}, (block) =>
      block === 0 ? monitorWith(values) : undefined,
    );
    const wanted = [...left.keys()].map((frame) => expected(left[frame] ?? 0, right[frame] ?? 0));
    for (const [out, from] of [
      [fromStart, 0],
      [changed, 960],
    ] as const) {
      t.true(
        difference(
          out.left,
          wanted.map(([l]) => l),
          from,
        ) < 2e-6,
      );
      t.true(
        difference(
          out.right,
          wanted.map(([, r]) => r),
          from,
        ) < 2e-6,
      );
    }
  });
}

test('when all is off again no bit is changed again', (t) => {
  const path = createMonitorPath(48_000);
  const all = monitorWith({dim: true, mono: true, swap: true, polarity: 'left', speaker: 'laptop', levelDb: -3});
  const out = heard(path, {left, right}, (block) => (block === 0 ? all : block === 2 ? newMonitor : undefined));
  t.true(same(out.left.subarray(2560), left.subarray(2560)));
  t.true(same(out.right.subarray(2560), right.subarray(2560)));
});

const changes: readonly [string, Partial<Monitor>][] = [
  ['dim', {dim: true}],
  ['mono', {mono: true}],
  ['swap', {swap: true}],
  ['polarity', {polarity: 'left'}],
  ['level to silence', {levelDb: Number.NEGATIVE_INFINITY}],
  ['phone', {speaker: 'phone'}],
  ['laptop', {speaker: 'laptop'}],
  ['car', {speaker: 'car'}],
];

for (const [name, values] of changes) {
  test(`switching ${name} on and off makes no click: the spectrum beyond the tone stays empty`, (t) => {
    const sound = {left: tone(16_384, 1000), right: tone(16_384, 1000, 0.5)};
    const out = heard(createMonitorPath(48_000), sound, (block) =>
      block === 8 ? monitorWith(values) : block === 20 ? newMonitor : undefined,
    );
    const splatter = splatterDb(out.left, 1000, 48_000);
    t.true(splatter < -85, `${splatter} dB`);
  });
}

test('a click would be seen', (t) => {
  const cut = tone(16_384, 1000).map((sample, frame) => (frame < 8000 ? sample : sample / 10));
  t.true(splatterDb(cut, 1000, 48_000) > -75);
});

test('a change of mind on the way makes no click either', (t) => {
  const sound = {left: tone(16_384, 1000), right: tone(16_384, 1000)};
  const out = heard(createMonitorPath(48_000), sound, (block) =>
    monitorWith({dim: block % 2 === 0, speaker: speakers[block % 4] ?? 'none', levelDb: -(block % 5)}),
  );
  const splatter = splatterDb(out.left, 1000, 48_000);
  t.true(splatter < -60, `${splatter} dB`);
});

test('a sound that is alike on both sides stays as it is while the speakers change: their shares add up', (t) => {
  // A constant passes the crossfade between two equal settings untouched.
  const path = createMonitorPath(48_000, monitorWith({levelDb: -6}));
  const ones = new Float32Array(2048).fill(1);
  const out = heard(path, {left: ones, right: ones}, (block) => monitorWith({levelDb: -6, swap: block % 2 === 1}));
  t.true(difference(out.left, new Float32Array(2048).fill(10 ** (-6 / 20))) < 1e-6);
});

test('the lengths of the blocks make no difference to a single bit', (t) => {
  const values = monitorWith({speaker: 'car', mono: true, dim: true});
  const render = (block: number): Float32Array => {
    const path = createMonitorPath(48_000);
    path.set(values);
    const out = {left: left.slice(), right: right.slice()};
    for (let from = 0; from < out.left.length; from += block)
      path.process(out.left.subarray(from, from + block), out.right.subarray(from, from + block));
    return out.left;
  };
  const whole = render(4096);
  for (const block of [1, 100, 512, 2048]) t.true(same(render(block), whole), `${block}`);
});

test('no sequence of settings brings out what is not finite', (t) => {
  const settings = fc.record({
    dim: fc.boolean(),
    dimDb: fc.double(),
    mono: fc.boolean(),
    swap: fc.boolean(),
    polarity: fc.constantFrom('none' as const, 'left' as const),
    speaker: fc.constantFrom(...speakers),
    reference: fc.constant('off' as const),
    referenceNumber: fc.constant(1),
    levelDb: fc.double(),
  });
  fc.assert(
    fc.property(fc.array(settings, {minLength: 1, maxLength: 8}), (sequence) => {
      const out = heard(createMonitorPath(44_100), {left, right}, (block) => sequence[block]);
      return [...out.left, ...out.right].every((sample) => Math.abs(sample) < 40);
    }),
    {numRuns: 40},
  );
  t.pass();
});
