import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {compileMappings} from '../../../src/mapping/compile.ts';
import {addressOf} from '../../../src/mapping/wire-address.ts';
import {findStrip, newMixer, newStrip} from '../../../src/model/mixer.ts';
import type {Control, Surface} from '../../../src/model/surface.ts';
import {type LearnedSurface, learnedSurface} from '../../../src/surface/learn/learned-surface.ts';
import {learn} from '../../../src/surface/learn/learner.ts';
import {type LearnedDevice, type Learner, newLearner} from '../../../src/surface/learn/learner-state.ts';
import {askedKeys, controlOf} from '../../../src/surface/learn/task.ts';
import {highestValue} from '../../../src/surface/plain/travel.ts';
import {isWide} from '../../../src/wire/address-value.ts';
import {decodeSteps} from '../../../src/wire/relative-encoding.ts';
import {mappings, testDesk} from '../../journeys/test-desk.ts';
import {type Bench, learningBench, valueAt} from './virtual-hand.ts';

function compiled({id, file}: LearnedSurface): Surface {
  const {surfaces, problems} = compileMappings([{path: `surfaces/${id}.json`, text: JSON.stringify(file)}]);
  const [surface] = surfaces;
  if (surface === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return surface;
}

/** What lies at a place, whatever the words for it: a device without a channel speaks on the first. */
function said(surface: Surface, control: Control): string {
  const {address, kind, touch} = control;
  if (address === undefined) return 'nothing';
  const {message, channel = 1, number} = address;
  const place = `${message} ${number} on ${channel}`;
  if (kind === 'fader' || kind === 'knob') {
    const feels = touch === undefined ? '' : `, touch ${touch.message} ${touch.number} on ${touch.channel ?? 1}`;
    const way = address.reverse ? ', falling' : '';
    return `${place} to ${highestValue(surface, address, kind)}${way}${feels}`;
  }
  if (kind === 'encoder') {
    const encoding = {up: address.on, down: address.off};
    return `${place} steps ${[1, 2, 63, 65, 126, 127].map((value) => decodeSteps(encoding, value)).join(' ')}`;
  }
  return `${place} ${address.press ?? 'gate'}`;
}

/** Rows of knobs and keys that a hand takes one after the other. */
const rows = {
  knob: ['wheel', 'knob', 'encoder', 'send2', 'send1', 'gain', 'eq-low', 'send3'],
  button: ['solo', 'mute', 'rec', 'select', 'auto', 'insert'],
} as const;

/** The row that a hand is at, of those that a surface has. */
function rowOf(surface: Surface, {task, found, role}: Learner): string | undefined {
  if (task.group !== 'knob' && task.group !== 'button') return undefined;
  const has = (names: Iterable<string>, stem: string) => [...names].some((name) => name.startsWith(`${stem}.`));
  const there = rows[task.group].filter((stem) => has(surface.controls.keys(), stem));
  if (role === undefined) return there.find((stem) => !has(found.keys(), stem));
  return there.findLast((stem) => (stem === role.name || stem === role.endless) && has(found.keys(), stem));
}

/** The control of a surface that a task is about, if it has one. */
function wanted(surface: Surface, learner: Learner): Control | undefined {
  const {task} = learner;
  if (task.group !== 'knob' && task.group !== 'button') return surface.controls.get(controlOf(task));
  return surface.controls.get(`${rowOf(surface, learner)}.${task.index + 1}`);
}

/** Whether a surface has none of what is asked for from here on. */
function isOver(surface: Surface, learner: Learner): boolean {
  const {group, index} = learner.task;
  if (group === 'keys' || group === 'wheel') return false;
  const stem = rowOf(surface, learner) ?? group;
  return ![...surface.controls.keys()].some((id) => id.startsWith(`${stem}.`) && Number(id.split('.')[1]) > index);
}

/** A hand teaches all of a surface that is asked for. */
function taught(surface: Surface, seed: number) {
  const trembling = [...surface.controls.values()].flatMap(({kind, address}) =>
    kind === 'fader' && address?.message === 'cc' ? [address] : [],
  );
  const bench = learningBench(seed, trembling.slice(0, 3));
  const asked: Control[] = [];
  for (let turn = 0; turn < 400 && bench.learner.task.group !== 'finished'; turn++) {
    const {task} = bench.learner;
    if (task.group === 'lamps' || task.group === 'motors') {
      bench.key('no');
      continue;
    }
    const control = wanted(surface, bench.learner);
    const {address, kind, touch} = control ?? {};
    if (control === undefined || address === undefined) {
      bench.key(isOver(surface, bench.learner) ? 'done' : 'skip');
      continue;
    }
    asked.push(control);
    const row = rowOf(surface, bench.learner);
    const isFirst = bench.learner.role === undefined;
    if (kind === 'fader' || kind === 'knob')
      bench.ride(address, highestValue(surface, address, kind), isWide(address.message) ? 16 : 1, touch);
    else if (kind === 'encoder' || kind === 'jog') bench.turn(address);
    else bench.press(address, task.group === 'push' ? (task.index === 0 ? 3 : 1) : isFirst ? 3 : 1);
    // A knob with ends is asked for in two parts, and has gone both ways in the first.
    if (kind === 'knob') bench.ride(address, highestValue(surface, address, kind), 1);
    const {choice} = bench.learner;
    if (choice !== undefined)
      bench.digit((1 + choice.roles.findIndex(({name, endless}) => row === name || row === endless)) % 10);
    if (bench.learner.task === task) throw new Error(`${control.id}: ${bench.learner.said}`);
  }
  return {asked, learner: bench.learner};
}

const strips = 3;
const row = (id: string, kind: Control['kind'], file: Parameters<typeof addressOf>[0]): readonly Control[] =>
  Array.from({length: strips}, (_, strip) => ({
    id: `${id}.${strip + 1}`,
    kind,
    strip,
    address: addressOf(file, kind, strip),
  }));
const alone = (id: string, kind: Control['kind'], file: Parameters<typeof addressOf>[0]): Control => ({
  id,
  kind,
  strip: undefined,
  address: addressOf(file, kind, undefined),
});
const [sample] = mappings.surfaces.filter(({dialect}) => dialect === 'plain');
function made(name: string, controls: readonly Control[], touchFrom?: number): Surface {
  if (sample === undefined) throw new Error('there is no plain surface');
  const touched = controls.map((control): Control => {
    const touch = addressOf({note: touchFrom ?? 0, channel: 1}, 'button', control.strip ?? 8);
    return touchFrom === undefined || control.kind !== 'fader' || touch === undefined ? control : {...control, touch};
  });
  return {
    ...sample,
    id: name,
    name,
    strips,
    controls: new Map(touched.map((control) => [control.id, control])),
    outputs: new Map(),
  };
}

const madeUp: readonly Surface[] = [
  made(
    'fourteen bits and touch',
    [...row('fader', 'fader', {cc14: 0, channel: 1, top: 16_383}), ...row('mute', 'button', {note: 16, channel: 1})],
    104,
  ),
  made(
    'pitch bend, top short of the end',
    [...row('fader', 'fader', {bend: 1, top: 15_920}), alone('fader.master', 'fader', {bend: 9, top: 15_920})],
    104,
  ),
  made('parameter numbers', [
    ...row('fader', 'fader', {nrpn: 300, step: 2, channel: 4, top: 16_383}),
    ...row('knob', 'knob', {nrpn: 400, channel: 4}),
  ]),
  made('everything wired the other way round', [
    ...row('fader', 'fader', {cc: 20, reverse: true}),
    alone('fader.master', 'fader', {bend: 2, top: 16_383, reverse: true}),
    ...row('knob', 'knob', {cc: 30, channel: 2, reverse: true}),
    ...row('send1', 'knob', {cc: 40}),
  ]),
  made('registered parameters', row('fader', 'fader', {rpn: 5, channel: 2, top: 16_383})),
  made('channels as strips, keys by turns', [
    ...row('fader', 'fader', {cc: 7, channel: [1, 2, 3]}),
    ...row('mute', 'button', {cc: 20, channel: [1, 2, 3], press: 'toggle'}),
    ...row('solo', 'button', {program: 3, channel: 1}),
  ]),
  ...(
    ['twos-complement', 'sign-magnitude', 'inverted-sign-magnitude', 'offset-64', 'offset-16', 'inc-dec'] as const
  ).map((relative) =>
    made(`encoders ${relative}`, [
      ...row('fader', 'fader', {cc: 70}),
      ...row('encoder', 'encoder', {cc: 10, channel: 2, relative}),
      ...row('push', 'button', {note: 40}),
    ]),
  ),
  made('an encoder on pitch bend', row('encoder', 'encoder', {bend: 1, relative: 'twos-complement'})),
  made('keys of all kinds', [
    ...row('fader', 'fader', {cc: 1}),
    ...row('rec', 'button', {note: [5, 9, 2]}),
    ...row('select', 'button', {cc: 64}),
    ...askedKeys
      .slice(0, 10)
      .map((id, at) =>
        alone(id, 'button', at % 2 === 0 ? {note: 80 + at, channel: 3} : {cc: 100 + at, channel: 5, press: 'trigger'}),
      ),
  ]),
];
const shelf = mappings.surfaces.filter(({dialect, ports}) => dialect === 'plain' && ports.length > 0);

for (const surface of [...shelf, ...madeUp]) {
  test(`${surface.name}: a learner finds the address, custom and resolution of each control that it asks for`, (t) => {
    const {asked, learner} = taught(surface, 99);
    t.true(asked.length > 0);
    const made = learnedSurface(learner, {name: 'Learned Port 3'});
    t.deepEqual(made.left, []);
    const found = compiled(made);
    t.deepEqual(
      Object.fromEntries(
        asked.map(({id}) => [
          id,
          said(found, found.controls.get(id) ?? {id, kind: 'button', strip: 0, address: undefined}),
        ]),
      ),
      Object.fromEntries(asked.map((control) => [control.id, said(surface, control)])),
    );
    for (const control of asked) {
      const finding = learner.found.get(control.id);
      if (finding?.type === 'travel')
        t.is(
          finding.step,
          control.address && isWide(control.address.message) && control.kind === 'fader' ? 16 : 1,
          control.id,
        );
    }
    t.deepEqual(found.ports, ['^Learned Port 3\\b']);
  });
}

/** A learner that has heard two faders, an encoder, keys of strips and one alone. */
function midway(t: ExecutionContext) {
  const bench = learningBench(7);
  const cc = (number: number) => ({message: 'cc', number, channel: 1}) as const;
  const note = (number: number) => ({message: 'note', number, channel: 1, on: 127, off: 0}) as const;
  bench.ride(cc(1), 127, 1);
  bench.ride(cc(2), 127, 1);
  bench.key('done');
  bench.key('done');
  bench.key('done');
  bench.press(note(40), 3);
  t.regex(bench.learner.said, /note 40/);
  bench.key('done');
  bench.press(note(41), 1);
  bench.key('done');
  bench.key('done');
  bench.press(note(90), 3);
  bench.key('done');
  return bench;
}

test('lamps are tried only with consent, dark again afterwards, and written down if they were seen', (t) => {
  const bench = midway(t);
  t.deepEqual(bench.learner.task, {group: 'lamps', row: 0, index: 0});
  t.deepEqual(bench.takeSent(), []);
  bench.key('yes');
  t.deepEqual(bench.takeSent(), ['90287f']);
  bench.key('yes');
  t.deepEqual(bench.takeSent(), ['902800', '905a7f']);
  bench.key('no');
  t.deepEqual(bench.takeSent(), ['905a00']);
  t.is(bench.learner.task.group, 'motors');
  bench.key('yes');
  t.deepEqual(bench.takeSent(), ['b00140']);
  bench.key('yes');
  t.is(bench.learner.task.group, 'finished');
  const {file} = learnedSurface(bench.learner, {name: 'P'});
  t.deepEqual(file?.lamps, {'mute.*': {note: 40, channel: 1}});
  t.like(file?.faders, {motor: true, stepValue: 1});
});

test('who says no to lamps and motors is asked nothing more, and nothing is sent', (t) => {
  const bench = midway(t);
  bench.key('no');
  bench.key('no');
  t.is(bench.learner.task.group, 'finished');
  t.deepEqual(bench.takeSent(), []);
  const {file} = learnedSurface(bench.learner, {name: 'P'});
  t.is(file?.lamps, undefined);
  t.false(file?.faders?.motor);
});

test('skipped strips are left out, again asks again, and back forgets the last one', (t) => {
  const bench = learningBench(3);
  const cc = (number: number) => ({message: 'cc', number, channel: 1}) as const;
  bench.ride(cc(1), 127, 1);
  bench.key('skip');
  bench.ride(cc(3), 127, 1);
  t.deepEqual([...bench.learner.found.keys()], ['fader.1', 'fader.3']);
  bench.key('back');
  t.deepEqual([...bench.learner.found.keys()], ['fader.1']);
  t.deepEqual(bench.learner.task, {group: 'fader', row: 0, index: 2});
  bench.say(...valueAt(cc(5), 20), ...valueAt(cc(5), 90));
  bench.key('again');
  t.is(bench.learner.heard.length, 0);
  bench.ride(cc(9), 127, 1);
  bench.key('done');
  t.deepEqual(learnedSurface(bench.learner, {name: 'P'}).file?.controls, {
    'fader.*': {cc: [1, null, 9], channel: 1, top: 127},
  });
  bench.key('back');
  t.deepEqual(bench.learner.task, {group: 'fader', row: 0, index: 3});
  for (let time = 0; time < 9; time++) bench.key('back');
  t.deepEqual(bench.learner.task, {group: 'fader', row: 0, index: 0});
  t.is(bench.learner.found.size, 0);
});

test('nothing heard, too little moved, or two keys at once: the learner says what to do, and goes on asking', (t) => {
  const bench = learningBench(5);
  bench.rest(5000);
  t.deepEqual(bench.learner.task, {group: 'fader', row: 0, index: 0});
  bench.ride({message: 'cc', number: 1, channel: 1}, 40, 1);
  t.regex(bench.learner.said, /all the way/);
  bench.ride({message: 'cc', number: 1, channel: 1}, 127, 1);
  for (let time = 0; time < 3; time++) bench.key('done');
  t.is(bench.learner.task.group, 'button');
  for (const number of [1, 1, 1])
    bench.say(...valueAt({message: 'cc', number, channel: 1}, 60), ...valueAt({message: 'cc', number, channel: 1}, 61));
  bench.rest();
  t.is(bench.learner.task.group, 'button');
  bench.press({message: 'note', number: 3, channel: 1, on: 127, off: 0}, 1);
  t.regex(bench.learner.said, /3 times/);
  t.false(bench.learner.found.has('mute.1'));
});

const cc = (number: number) => ({message: 'cc', number, channel: 1}) as const;
const turned = <Place extends object>(place: Place, reverse: boolean) => (reverse ? {...place, reverse} : place);
const note = (number: number) => ({message: 'note', number, channel: 1, on: 127, off: 0}) as const;
const plainFile = (bench: Bench) => learnedSurface(bench.learner, {name: 'P'}).file;

const faderWays: readonly (readonly [string, readonly number[]])[] = [
  ['as it was asked', [0, 1, 0]],
  ['not back', [0, 1]],
  ['not quite to the ends', [0.05, 0.95, 0.06]],
  ['from the middle', [0.5, 0, 1, 0]],
  ['from the middle, and not back', [0.5, 0, 1]],
  ['from the top, where it stood', [1, 0, 1, 0]],
  ['from the top, and not quite down', [1, 0.02, 0.98, 0.05]],
];

for (const [how, stops] of faderWays) {
  test(`a fader that is moved ${how} is learned the right way round, whichever way it is wired`, (t) => {
    for (const [top, place, step] of [
      [127, {message: 'cc', number: 7, channel: 1}, 1],
      [16_383, {message: 'bend', number: 0, channel: 3}, 16],
      [16_383, {message: 'cc14', number: 2, channel: 1}, 16],
    ] as const) {
      for (const reverse of [false, true]) {
        const bench = learningBench(8);
        bench.sweep(turned(place, reverse), top, step, stops);
        bench.rest();
        t.like(bench.learner.found.get('fader.1'), {type: 'travel', reverse}, bench.learner.said);
        t.is(bench.learner.said.includes('the other way round'), reverse);
      }
    }
  });
}

/** What is told on the way to the right and on the way back. */
const knobWays: readonly (readonly [string, readonly number[], readonly number[]])[] = [
  ['as it was asked', [0, 1], [1, 0]],
  ['from the middle', [0.5, 1], [1, 0]],
  ['from the middle and back there', [0.5, 1], [1, 0.15]],
  ['to the left end first', [0.5, 0, 1], [1, 0]],
  ['from the right end, where it stood', [1, 0, 1], [1, 0]],
  ['to and fro both times', [0, 1, 0], [0, 1, 0]],
];

for (const [how, there, back] of knobWays) {
  test(`a knob with ends that is turned ${how} is learned the right way round, whichever way it is wired`, (t) => {
    for (const reverse of [false, true]) {
      const bench = learningBench(4);
      bench.ride(cc(1), 127, 1);
      bench.key('done');
      bench.key('done');
      for (const stops of [there, back]) {
        bench.sweep(turned(cc(40), reverse), 127, 1, stops);
        bench.rest();
      }
      t.like(bench.learner.choice?.finding, {type: 'travel', reverse}, bench.learner.said);
    }
  });
}

test('one fader that was moved from the wrong end is written as the others of its row, and that is told', (t) => {
  const bench = learningBench(2);
  for (const number of [1, 2, 3]) {
    bench.sweep(cc(number), 127, 1, number === 2 ? [1, 0] : [0, 1, 0]);
    bench.rest();
  }
  t.like(bench.learner.found.get('fader.2'), {reverse: true});
  const {file, left, notes} = learnedSurface(bench.learner, {name: 'P'});
  t.deepEqual(file?.controls, {'fader.*': {cc: 1, channel: 1, top: 127}});
  t.deepEqual(left, []);
  t.deepEqual(notes, ['fader.2 went the other way round than the others of its row, and is written as they are.']);
});

test('faders that are wired the other way round move levels and are moved by them, once they are learned', async (t) => {
  const bench = learningBench(2);
  for (const number of [1, 2]) bench.ride(turned(cc(number), true), 127, 1);
  while (bench.learner.task.group !== 'motors') bench.key('done');
  bench.key('yes');
  bench.key('yes');
  const surface = compiled(learnedSurface(bench.learner, {name: 'Drawbars'}));
  const strip = (id: string) => newStrip({id, name: id, levelDb: Number.NEGATIVE_INFINITY});
  const desk = testDesk(newMixer({strips: ['a', 'b'].map(strip)}), {surfaces: [surface]});
  const unit = desk.plug(surface, 'Drawbars');
  await desk.pass(800);
  t.like(unit.device.shown().get('fader.2'), {type: 'fader', position: 0});
  for (const position of [0.3, 0.7, 1]) unit.device.move('fader.1', position);
  await desk.pass(400);
  t.is(findStrip(desk.engine.mixer, 'a')?.levelDb, 10);
  desk.engine.apply({type: 'strip.setLevel', strip: 'b', levelDb: 10});
  await desk.pass(800);
  t.like(unit.device.shown().get('fader.2'), {type: 'fader', position: 1});
  await desk.desk.close();
});

const flicks: readonly (readonly [string, readonly number[], readonly number[]])[] = [
  ["two's complement", [1, 2, 4, 15, 6, 2, 1], [127, 126, 120, 124, 127]],
  ['sign and magnitude', [1, 3, 14, 40, 22, 5, 1], [65, 67, 90, 100, 70, 65]],
  ['offset 64', [65, 66, 80, 127, 90, 66], [63, 62, 50, 1, 30, 63]],
];

for (const [custom, right, left] of flicks) {
  test(`an endless knob in ${custom} that is flicked is asked for again, slowly, and not taken for one with ends`, (t) => {
    const bench = learningBench(1);
    bench.ride(cc(1), 127, 1);
    bench.key('done');
    bench.key('done');
    for (const values of [right, left]) {
      for (const value of values) bench.say(...valueAt(cc(5), value));
      bench.rest();
    }
    t.is(bench.learner.choice, undefined, bench.learner.said);
    t.regex(bench.learner.said, /slowly/);
  });
}

const upwards = Array.from({length: 128}, (_, value) => value);
const clicks = Array.from({length: 10}, () => 0);
const selectedOnce: readonly (readonly [
  ends: string,
  right: readonly [controller: number, values: readonly number[]],
  left: readonly [controller: number, values: readonly number[]],
  wanted: object,
])[] = [
  ['with ends', [6, upwards], [6, upwards.toReversed()], {type: 'travel', top: 16_383, reverse: false}],
  ['without ends', [96, clicks], [97, clicks], {type: 'turn', encoding: {up: 1, down: 127}}],
];

for (const message of ['nrpn', 'rpn'] as const)
  for (const [ends, right, left, wanted] of selectedOnce)
    test(`a knob ${ends} that selects its ${message} only before it turns to the right is found there`, (t) => {
      const bench = learningBench(1);
      bench.key('done');
      bench.key('done');
      bench.say(...valueAt({message, number: 300, channel: 1}, 0).slice(0, 2));
      for (const [controller, values] of [right, left]) {
        for (const value of values) bench.say(...valueAt(cc(controller), value));
        bench.rest();
      }
      t.like(bench.learner.choice?.finding, {...wanted, place: {message, channel: 1, number: 300}});
    });

for (const control of ['fader', 'knob'] as const)
  test(`a ${control} that was moved too little is found at the parameter that it selected then, and only then`, (t) => {
    const bench = learningBench(1);
    if (control === 'knob') for (let time = 0; time < 2; time++) bench.key('done');
    const ways = (...all: readonly (readonly number[])[]): void => {
      for (const values of control === 'knob' ? all : [all.flat()]) {
        for (const value of values) bench.say(...valueAt(cc(6), value));
        bench.rest();
      }
    };
    bench.say(...valueAt({message: 'nrpn', number: 300, channel: 1}, 0).slice(0, 2));
    ways(upwards.slice(0, 30), upwards.slice(0, 29).toReversed());
    t.is(bench.learner.found.size, 0);
    t.is(bench.learner.choice, undefined);
    ways(upwards, upwards.toReversed());
    const finding = control === 'knob' ? bench.learner.choice?.finding : bench.learner.found.get('fader.1');
    t.like(finding, {type: 'travel', place: {message: 'nrpn', channel: 1, number: 300}});
  });

test('a key that is held longer than a hand rests is asked for again, and so is its release', (t) => {
  const bench = learningBench(1);
  bench.ride(cc(1), 127, 1);
  for (let time = 0; time < 3; time++) bench.key('done');
  const {task} = bench.learner;
  t.is(task.group, 'button');
  for (const value of [127, 0, 127, 0]) {
    bench.say(...valueAt(note(60), value));
    bench.rest(900);
    t.is(bench.learner.task, task);
    t.is(bench.learner.choice, undefined);
    t.regex(bench.learner.said, /let it go each time/);
  }
  bench.press(note(60), 3);
  t.like(bench.learner.choice?.finding, {type: 'press', press: 'gate'});
});

test('the push of a second knob that is held is not taken for one that never tells its release', (t) => {
  const bench = learningBench(1);
  bench.key('done');
  bench.key('done');
  for (const strip of [1, 2]) {
    bench.turn({...cc(10 + strip), on: 1, off: 127});
    if (strip === 1) bench.digit(2);
  }
  bench.key('done');
  bench.key('done');
  t.is(bench.learner.task.group, 'push');
  bench.key('skip');
  bench.say(...valueAt(note(60), 127));
  bench.rest();
  t.is(bench.learner.found.size, 2);
  bench.press(note(60), 3);
  t.like(bench.learner.found.get('push.2'), {press: 'gate'});
});

test('a cap that feels the hand is found whether the hand goes at once, stays, comes long before, or comes twice', (t) => {
  const bench = learningBench(6);
  const hand = (strip: number, isOn: boolean) => bench.say(...valueAt(note(103 + strip), isOn ? 127 : 0));
  const go = (strip: number) => bench.sweep(cc(strip), 127, 1, [0, 1, 0]);
  bench.ride(cc(1), 127, 1, note(104));
  // It stays, and goes when the next one is asked for.
  hand(2, true);
  go(2);
  bench.rest();
  hand(2, false);
  bench.rest();
  t.is(bench.learner.task.index, 2);
  t.regex(bench.learner.said, /^fader\.2: /);
  // It rests on the cap for a long time before it moves.
  hand(3, true);
  bench.rest(14_000);
  t.is(bench.learner.task.index, 2);
  go(3);
  bench.rest();
  hand(3, false);
  bench.rest();
  // It comes and goes.
  for (const isOn of [true, false, true]) hand(4, isOn);
  go(4);
  hand(4, false);
  bench.rest();
  t.is(bench.learner.task.index, 4);
  const {file, notes} = learnedSurface(bench.learner, {name: 'P'});
  t.deepEqual(file?.touches, {'fader.*': {note: 104, channel: 1}});
  t.is(file?.faders?.touch, 'sensed');
  t.deepEqual(notes, []);
});

test('a cap that feels the hand by pressure is found, and its late release disturbs nobody', (t) => {
  const bench = learningBench(6);
  const touch = {message: 'poly', number: 9, channel: 1} as const;
  bench.say(...valueAt(touch, 100));
  bench.sweep(cc(1), 127, 1, [0, 1, 0]);
  bench.rest();
  const {said} = bench.learner;
  bench.say(...valueAt(touch, 0));
  bench.rest();
  t.is(bench.learner.said, said);
  t.deepEqual(plainFile(bench)?.touches, {'fader.*': {poly: 9, channel: 1}});
});

test('a key that was pressed and let go before a fader moved is no touch of it', (t) => {
  const bench = learningBench(6);
  bench.press(note(9), 1);
  bench.sweep(cc(1), 127, 1, [0, 1, 0]);
  bench.rest();
  t.like(bench.learner.found.get('fader.1'), {touch: undefined});
});

test('faders that did not tell of the hand while others did are named', (t) => {
  const bench = learningBench(6);
  bench.ride(cc(1), 127, 1);
  bench.ride(cc(2), 127, 1, note(105));
  bench.ride(cc(3), 127, 1, note(106));
  const {file, left, notes} = learnedSurface(bench.learner, {name: 'P'});
  t.is(file?.faders?.touch, 'sensed');
  t.deepEqual(left, []);
  t.regex(notes.join(), /^fader\.1 did not tell of the hand, while other faders did: there a hand counts only while/);
  bench.key('done');
  bench.ride(cc(9), 127, 1);
  const master = learnedSurface(bench.learner, {name: 'P'});
  t.is(master.file?.faders?.touch, 'inferred');
  t.regex(
    master.notes.join(),
    /^fader\.1, fader\.master did not tell of the hand, .* on all faders a hand counts only/,
  );
});

test('lamps are tried with the value that their key sends, and motors with whatever message their fader speaks', (t) => {
  const bench = learningBench(1);
  bench.ride({message: 'nrpn', number: 300, channel: 4}, 16_383, 16);
  for (let time = 0; time < 3; time++) bench.key('done');
  bench.press({message: 'cc', number: 50, channel: 2, on: 1, off: 0, press: 'toggle'}, 3);
  t.is(bench.learner.choice, undefined, 'a step of one may be anything');
  bench.press({message: 'cc', number: 50, channel: 2, on: 40, off: 0}, 3);
  bench.key('done');
  for (let time = 0; time < 3; time++) bench.key('done');
  t.is(bench.learner.task.group, 'lamps');
  bench.key('yes');
  t.deepEqual(bench.takeSent(), ['b13228']);
  bench.key('yes');
  t.deepEqual(bench.takeSent(), ['b13200']);
  bench.key('yes');
  t.deepEqual(bench.takeSent(), ['b36302b3622cb30640b32600']);
  bench.key('yes');
  const file = plainFile(bench);
  t.deepEqual(file?.lamps, {'mute.*': {cc: 50, channel: 2, on: 40}});
  t.true(file?.faders?.motor);
});

test('nothing was found: there is no surface', (t) => {
  t.is(learnedSurface(newLearner({kind: 'midi'}), {name: ''}).file, undefined);
  t.is(learnedSurface(newLearner({kind: 'midi'}), {name: ''}).id, 'learned-learned-surface');
});

test('whatever is heard and pressed, the learner goes on, and what it learned is a good surface', (t) => {
  const key = fc
    .constantFrom(...(['done', 'skip', 'again', 'back', 'yes', 'no'] as const))
    .map((pressed) => ({type: 'key', key: pressed}) as const);
  const digit = fc.integer({min: 0, max: 9}).map((number) => ({type: 'digit', digit: number}) as const);
  const devices = fc.constantFrom<LearnedDevice>(
    {kind: 'midi'},
    {kind: 'hid', numbered: undefined},
    {kind: 'hid', numbered: true},
  );
  const bytes = fc.oneof(
    fc.uint8Array({minLength: 1, maxLength: 12}),
    fc
      .tuple(fc.constantFrom(0xb0, 0x90, 0xe0, 0xa0, 0xd0, 0xc0), fc.nat(127), fc.constantFrom(0, 1, 64, 65, 127))
      .map((parts) => Uint8Array.from(parts)),
  );
  const heard = fc.array(bytes, {minLength: 1, maxLength: 12}).map((said) => ({type: 'heard', said}) as const);
  fc.assert(
    fc.property(devices, fc.array(fc.oneof(key, digit, heard), {maxLength: 60}), (device, inputs) => {
      let learner = newLearner(device);
      let atMs = 0;
      for (const input of inputs) {
        if (input.type !== 'heard') learner = learn(learner, input).learner;
        else {
          for (const said of input.said) {
            atMs += 10;
            learner = learn(learner, {type: 'bytes', bytes: said, atMs}).learner;
          }
          atMs += 1000;
          learner = learn(learner, {type: 'time', atMs}).learner;
        }
      }
      const learned = learnedSurface(learner, {name: 'Any port', usb: {vendor: '1209', product: 'abcd'}});
      return learned.file === undefined || compiled(learned).controls.size > 0;
    }),
    {numRuns: Number(process.env['RUNS'] ?? 20)},
  );
  t.pass();
});
