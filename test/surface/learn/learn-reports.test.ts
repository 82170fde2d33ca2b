import test from 'ava';
import fc from 'fast-check';
import {compileMappings} from '../../../src/mapping/compile.ts';
import {findStrip, newMixer, newStrip} from '../../../src/model/mixer.ts';
import type {Surface} from '../../../src/model/surface.ts';
import {learnedSurface} from '../../../src/surface/learn/learned-surface.ts';
import type {Learner} from '../../../src/surface/learn/learner-state.ts';
import {controlOf} from '../../../src/surface/learn/task.ts';
import {surfaces, testDesk} from '../../journeys/test-desk.ts';
import {dice} from '../../recordings/make.ts';
import {createVirtualDevice, type VirtualDevice} from '../../virtual-desk/virtual-device.ts';
import {learningBench} from './virtual-hand.ts';

const usb = {vendor: '1209', product: 'abcd'};

function compiled(file: object): Surface {
  const {surfaces: found, problems} = compileMappings([{path: 'surfaces/made.json', text: JSON.stringify(file)}]);
  const [surface] = found;
  if (surface === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return surface;
}

function made(strips: number, controls: object): Surface {
  const faders = {master: 'fader.master' in controls};
  const head = {name: 'Made', maker: 'Test', dialect: 'reports', hid: [usb], unit: 'main', strips, faders};
  return compiled({...head, reports: {controls}, tested: 'made'});
}

function named(id: string): Surface {
  const found = surfaces.find((surface) => surface.id === id);
  if (found === undefined) throw new Error(`no surface ${id}`);
  return found;
}

const rows = {
  knob: ['knob', 'encoder', 'send1', 'send2', 'gain'],
  button: ['mute', 'solo', 'select', 'rec'],
} as const;

/** The row of a surface that a learner is at, or asks for next. */
function rowAt(surface: Surface, {task, found, role}: Learner): string | undefined {
  if (task.group !== 'knob' && task.group !== 'button') return undefined;
  const has = (names: Iterable<string>, stem: string) => [...names].some((name) => name.startsWith(`${stem}.`));
  const there = rows[task.group].filter((stem) => has(surface.controls.keys(), stem));
  if (role === undefined) return there.find((stem) => !has(found.keys(), stem));
  return there.findLast((stem) => (stem === role.name || stem === role.endless) && has(found.keys(), stem));
}

/** A hand that slowly does what it is asked for. */
function hand(device: VirtualDevice, rest: () => void, throwDice: () => number) {
  const steps = 60;
  const sweep = (control: string, from: number, to: number): void => {
    for (let step = 0; step <= steps; step++) {
      const unsteady = step === 0 || step === steps ? 0 : (throwDice() - 0.5) / steps;
      device.move(control, from + ((to - from) * step) / steps + unsteady);
    }
  };
  return {
    travel(control: string): void {
      sweep(control, 0, 1);
      sweep(control, 1, 0);
      rest();
    },
    /** To the right, a rest, and back. */
    knob(control: string): void {
      sweep(control, 0, 1);
      rest();
      sweep(control, 1, 0);
      rest();
    },
    turn(control: string): void {
      for (const way of [1, -1]) {
        for (let click = 0; click < 10; click++) device.turn(control, throwDice() < 0.2 ? 2 * way : way);
        rest();
      }
    },
    deflect(control: string): void {
      for (const way of [1, -1]) {
        for (const part of [0.15, 0.4, 0.7, 1, 0.6, 0.3, 0]) device.deflect(control, way * part);
        rest();
      }
    },
    press(control: string, times: number): void {
      for (let time = 0; time < times; time++) {
        device.press(control);
        device.lift(control);
      }
      rest();
    },
  };
}

interface Habits {
  readonly numbered?: boolean;
  /** Changes what a device says before it is heard. */
  readonly spoil?: (report: Uint8Array, count: number) => Uint8Array;
  readonly seed?: number;
}

/** A hand teaches all of a HID device. */
function taught(surface: Surface, {numbered, spoil, seed = 5}: Habits = {}): Learner {
  const bench = learningBench(seed, [], {kind: 'hid', numbered});
  let count = 0;
  const device = createVirtualDevice(surface, (report) => {
    count += 1;
    bench.report(spoil === undefined ? report.slice() : spoil(report.slice(), count));
  });
  device.powerOn();
  const {travel, knob, turn, deflect, press} = hand(device, bench.rest, dice(seed));
  // Hands off: it says nothing, or what it says by itself.
  for (let time = 0; time < 20; time++) {
    if (spoil !== undefined) {
      count += 1;
      bench.report(spoil(new Uint8Array(12), count));
    }
    bench.rest(100);
  }
  for (let step = 0; step < 300 && bench.learner.task.group !== 'finished'; step++) {
    const {learner} = bench;
    const {task} = learner;
    const row = rowAt(surface, learner);
    const id = task.group === 'knob' || task.group === 'button' ? `${row}.${task.index + 1}` : controlOf(task);
    const control = surface.controls.get(id);
    if (control === undefined) {
      const isOnce = task.group === 'wheel' || task.group === 'keys';
      const stem = row ?? task.group;
      const comes = [...surface.controls.keys()].some(
        (one) => one.startsWith(`${stem}.`) && Number(one.split('.')[1]) > task.index,
      );
      bench.key(isOnce || comes ? 'skip' : 'done');
      continue;
    }
    const isFirst = task.group === 'button' && learner.role === undefined;
    if (control.kind === 'fader') travel(id);
    else if (control.kind === 'knob') knob(id);
    else if (control.kind === 'spring') deflect(id);
    else if (control.kind === 'button') press(id, isFirst || task.group === 'keys' ? 3 : 1);
    else turn(id);
    const {choice} = bench.learner;
    if (choice !== undefined)
      bench.digit((1 + choice.roles.findIndex(({name, endless}) => row === name || row === endless)) % 10);
    if (bench.learner.task === task) throw new Error(`${id}: ${bench.learner.said}`);
  }
  return bench.learner;
}

/** Where everything lies, for comparison: a little before the end counts as the end. */
function places(surface: Surface): object {
  const found = [...(surface.reports?.places ?? [])].map(([id, [place]]) => {
    const told = (name: string, value: unknown): unknown =>
      ['top', 'bottom', 'span', 'dead'].includes(name) ? undefined : value;
    if (place?.field.type !== 'bit') return [id, JSON.stringify(place, told)] as const;
    const {bit} = place.field;
    return [id, `${place.start} byte ${place.at + Math.floor(bit / 8)} bit ${bit % 8}`] as const;
  });
  return Object.fromEntries(found);
}

const desk = {
  'fader.*': {start: '01', at: 1, as: 'position', bytes: 2, step: 2, bottom: 7, top: 1019},
  'knob.*': {start: '01', at: 9, as: 'position', top: 127},
  'send1.*': {start: '01', at: 13, as: 'position', reverse: true},
  'send2.*': {start: '02', at: [1, 4, 2, 3], as: 'relative'},
  'mute.*': {start: '02', at: 6, bit: 0, bitStep: 1},
  'solo.*': {start: '02', at: 6, bit: [4, 7, 5, 11]},
  jog: {start: '02', at: 8, as: 'counter', reverse: true},
  dial: {start: '02', at: 10, as: 'relative'},
  'dial-push': {start: '02', at: 9, bit: 6},
  'shuttle-ring': {start: '03', at: 1, as: 'spring', bytes: 2, span: 350},
  play: {start: '02', at: 9, bit: 2},
  stop: {start: '02', at: 9, bit: 0},
  f8: {start: '02', at: 9, bit: 7},
};
const devices: readonly (readonly [string, Surface, Habits])[] = [
  ['a desk with three rows of knobs, numbered', made(4, desk), {numbered: true}],
  ['the same where the system does not tell of numbers', made(4, desk), {}],
  [
    'faders of 16 bits and encoders that count, unnumbered',
    made(3, {
      'fader.*': {at: 0, as: 'position', bytes: 2, step: 2, reverse: true},
      'fader.master': {at: 6, as: 'position', bytes: 2, top: 4095},
      'encoder.*': {at: 8, as: 'counter'},
      'select.*': {at: 11, step: 1},
    }),
    {numbered: false},
  ],
  [
    'keys that are told by numbers',
    made(3, {
      'fader.*': {at: 1, as: 'position'},
      'mute.*': {at: 5, as: 'code', code: 4, codeStep: 1},
      play: {at: 5, as: 'code', code: 44},
    }),
    {numbered: false},
  ],
  ['ShuttlePRO v2', named('shuttle-pro-2'), {numbered: false}],
  ['PowerMate', named('powermate'), {numbered: false}],
];

for (const [name, surface, habits] of devices) {
  test(`${name}: a learner finds where in the reports of a HID device each control lies, and as what`, (t) => {
    const learner = taught(surface, habits);
    const {file, left} = learnedSurface(learner, {name: 'Home HID', usb, usagePage: 0xff00});
    t.deepEqual(left, []);
    const found = compiled(file ?? {});
    t.deepEqual(found.hid, [{vendor: '1209', product: 'abcd', usagePage: 0xff00}]);
    t.deepEqual(places(found), places(surface));
    for (const id of surface.controls.keys()) t.is(found.controls.get(id)?.kind, surface.controls.get(id)?.kind, id);
  });
}

/** A device of one control that lies in a report of two bytes of which the first is idle, and a learner that is asked for a group. */
function single(group: 'fader' | 'knob' | 'wheel') {
  const bench = learningBench(3, [], {kind: 'hid', numbered: false});
  // It says how it stands, and is left alone.
  bench.report(Uint8Array.of(0, 0, 0));
  bench.rest(2000);
  while (bench.learner.task.group !== group) bench.key('done');
  return bench;
}

const faderWays: readonly (readonly [string, readonly number[]])[] = [
  ['as it was asked', [0, 1, 0]],
  ['not back', [0, 1]],
  ['from the middle', [0.5, 0, 1, 0]],
  ['from the top, where it stood', [1, 0, 1, 0.02]],
];

for (const [how, stops] of faderWays) {
  test(`a HID fader that is moved ${how} is learned the right way round, whichever way it is wired`, (t) => {
    for (const [bytes, most] of [
      [1, 255],
      [2, 4095],
    ] as const) {
      for (const reverse of [false, true]) {
        const bench = single('fader');
        const say = (where: number): void => {
          const value = Math.round(most * (reverse ? 1 - where : where));
          bench.report(Uint8Array.of(0, value & 0xff, value >> 8));
        };
        // Where it stood before is known.
        say(stops[0] ?? 0);
        bench.rest(2000);
        bench.key('again');
        for (const [index, to] of stops.slice(1).entries()) {
          const from = stops[index] ?? to;
          for (let step = 1; step <= 100; step++) say(from + ((to - from) * step) / 100);
        }
        bench.rest();
        t.like(bench.learner.found.get('fader.1'), {place: {at: 1, field: {type: 'position', bytes, reverse}}}, how);
        t.is(bench.learner.said.includes('the other way round'), reverse);
      }
    }
  });
}

test('one HID fader that was moved from the wrong end is written as the others of its row, and that is told', (t) => {
  const bench = single('fader');
  // The second stands at the top, and is pulled down to the bottom.
  const state = Uint8Array.of(0, 0, 255, 0);
  bench.report(state.slice());
  bench.rest(2000);
  bench.key('again');
  const up = Array.from({length: 256}, (_, value) => value);
  const down = up.toReversed();
  for (const [at, way] of [[...up, ...down], down, [...up, ...down]].entries()) {
    for (const value of way) {
      state[at + 1] = value;
      bench.report(state.slice());
    }
    bench.rest();
  }
  t.is(bench.learner.found.size, 3, bench.learner.said);
  const {file, left, notes} = learnedSurface(bench.learner, {name: 'x', usb});
  t.deepEqual(file?.reports?.controls, {'fader.*': {at: 1, step: 1, as: 'position', top: 255}});
  t.deepEqual(left, []);
  t.deepEqual(notes, ['fader.2 went the other way round than the others of its row, and is written as they are.']);
});

const steps = {right: [1, 2, 4, 15, 6, 2, 1], left: [-1, -2, -8, -14, -4, -1]};
const counted = {right: [1, 2, 5, 14, 20, 9, 4, 2, 1], left: [-1, -3, -8, -17, -15, -5, -2, -1]};

for (const group of ['knob', 'wheel'] as const) {
  test(`an endless HID ${group} that is flicked is asked for again, slowly, and not taken for one with ends`, (t) => {
    for (const isCounter of [false, true]) {
      const bench = single(group);
      let count = 0;
      for (const part of isCounter ? [counted.right, counted.left] : [steps.right, steps.left]) {
        for (const step of part) {
          count += step;
          bench.report(Uint8Array.of(0, (isCounter ? 100 + count : step) & 0xff, 0));
        }
        bench.rest();
      }
      t.is(bench.learner.choice, undefined, bench.learner.said);
      t.is(bench.learner.found.size, 0);
      t.regex(bench.learner.said, /slowly|That has an end/);
    }
  });
}

test('what moves by itself is left out: a clock, a count of the reports, the last bits of faders', (t) => {
  const surface = made(2, {
    'fader.*': {at: 4, as: 'position', bytes: 2, step: 2, top: 1023},
    'mute.*': {at: 8, bit: 1, bitStep: 1},
  });
  const throwDice = dice(3);
  const spoil = (report: Uint8Array, count: number): Uint8Array => {
    const said = new Uint8Array(12);
    said.set(report);
    said.set([count & 0xff, (count * 37) & 0xff, 3], 0);
    // The second fader trembles by a step.
    said[6] = Math.min(254, said[6] ?? 0) + (throwDice() < 0.3 ? 1 : 0);
    return said;
  };
  const learner = taught(surface, {numbered: false, spoil});
  const found = compiled(learnedSurface(learner, {name: 'x', usb}).file ?? {});
  t.deepEqual(places(found), places(surface));
});

test('a learned HID device moves levels at once: every fader from silence to the top', async (t) => {
  const surface = made(4, desk);
  const {file} = learnedSurface(taught(surface, {numbered: true}), {name: 'Home HID', usb});
  const learned = compiled(file ?? {});
  const mixer = newMixer({
    strips: Array.from({length: 6}, (_, index) => newStrip({id: `s${index}`, name: `${index}`, levelDb: -90})),
  });
  const bench = testDesk(mixer, {surfaces: [learned]});
  // The device speaks as it is made, and the desk hears it as it was learned.
  const unit = bench.plug(surface, 'x');
  await bench.pass(800);
  for (const strip of [0, 1, 2, 3]) {
    for (const position of [0, 0.2, 0.5, 0.8, 1]) unit.device.move(`fader.${strip + 1}`, position);
    await bench.pass(400);
    t.is(findStrip(bench.engine.mixer, `s${strip}`)?.levelDb, 10);
  }
  unit.device.press('mute.3');
  unit.device.lift('mute.3');
  await bench.pass(100);
  t.true(findStrip(bench.engine.mixer, 's2')?.muted);
  unit.device.move('fader.2', 0);
  await bench.pass(400);
  t.is(findStrip(bench.engine.mixer, 's1')?.levelDb, Number.NEGATIVE_INFINITY);
  await bench.desk.close();
});

test('wherever faders, knobs, keys and wheels lie, they are found', (t) => {
  const shape = fc.record({
    seed: fc.nat(1000),
    strips: fc.integer({min: 1, max: 3}),
    wide: fc.boolean(),
    top: fc.constantFrom(127, 255, 1023, 4000, 65_535),
    reverse: fc.boolean(),
    gap: fc.nat(3),
    turns: fc.constantFrom('counter', 'relative', 'position'),
    bit: fc.nat(7),
    numbered: fc.boolean(),
  });
  fc.assert(
    fc.property(shape, ({seed, strips, wide, top, reverse, gap, turns, bit, numbered}) => {
      const start = numbered ? {start: '07'} : {};
      const first = numbered ? 1 : 0;
      const step = (wide ? 2 : 1) + gap;
      const after = first + step * strips;
      const knob = turns === 'position' ? 'knob.*' : 'encoder.*';
      const surface = made(strips, {
        'fader.*': {
          ...{...start, at: first, step, as: 'position', reverse},
          ...(wide ? {bytes: 2, top: Math.max(1023, top)} : {top: Math.min(255, top)}),
        },
        [knob]: {...start, at: after, as: turns},
        'mute.*': {...start, at: after + strips, bit, bitStep: 3},
      });
      const learner = taught(surface, {numbered, seed});
      const found = compiled(learnedSurface(learner, {name: 'x', usb}).file ?? {});
      t.deepEqual(places(found), places(surface));
    }),
    {numRuns: Number(process.env['RUNS'] ?? 25)},
  );
});
