import test from 'ava';
import fc from 'fast-check';
import {applyCommand} from '../../../src/model/command.ts';
import {type Mixer, masterId, newMixer, newStrip, type Strip} from '../../../src/model/mixer.ts';
import {deskTaper} from '../../../src/model/taper.ts';
import {type Parameter, parameterNames} from '../../../src/model/view.ts';
import {isCentred, positionOn, turnedBy, valueAt} from '../../../src/surface/knob.ts';
import {hasParameter, returnOf} from '../../../src/surface/ownership.ts';
import {rangeOn, setOn, stageSwitch, valueOn} from '../../../src/surface/setting.ts';
import {masterStrip, stripOf} from '../../../src/surface/shown-strips.ts';

const desk: Mixer = newMixer({
  strips: [
    newStrip({id: 'stem', name: 'Stem'}),
    newStrip({id: 'group', name: 'Group', kind: 'group'}),
    newStrip({id: 'hall', name: 'Hall', kind: 'return'}),
    newStrip({id: 'echo', name: 'Echo', kind: 'return', effect: {kind: 'delay', values: {}}}),
    newStrip({id: 'vca', name: 'VCA', kind: 'vca'}),
  ],
});
const all: readonly Strip[] = [...desk.strips, masterStrip(desk)];
const anyOwned = fc
  .tuple(fc.constantFrom(...all), fc.constantFrom<Parameter>(...parameterNames))
  .filter(([strip, parameter]) => hasParameter(desk, strip, parameter));

const after = (strip: Strip, parameter: Parameter, value: number): Strip => {
  const mixer = setOn(strip, parameter, value).reduce(applyCommand, desk);
  return stripOf(mixer, strip.id) ?? strip;
};

test('whatever a strip has can be set, and reads as it was set', (t) => {
  fc.assert(
    fc.property(anyOwned, fc.double({min: 0, max: 1, noNaN: true}), ([strip, parameter], position) => {
      const value = valueAt(strip, parameter, position, deskTaper);
      const read = valueOn(after(strip, parameter, value), parameter);
      return read === value || (value <= -90 && read <= -90);
    }),
    {numRuns: 400},
  );
  t.pass();
});

test('a position set is the position shown, but for detents, switches and choices', (t) => {
  fc.assert(
    fc.property(anyOwned, fc.double({min: 0, max: 1, noNaN: true}), ([strip, parameter], position) => {
      const unit = rangeOn(strip, parameter)?.unit;
      if (unit === 'switch' || unit === 'choice') return true;
      const value = valueAt(strip, parameter, position, deskTaper);
      const shown = positionOn(after(strip, parameter, value), parameter, deskTaper);
      return Math.abs(shown - position) < 0.0121;
    }),
    {numRuns: 400},
  );
  t.pass();
});

test('ticks up and as many down lead back to the standard exactly', (t) => {
  for (const strip of all) {
    for (const parameter of parameterNames) {
      const range = rangeOn(strip, parameter);
      if (range === undefined || !hasParameter(desk, strip, parameter)) continue;
      const up = range.standard === range.high ? -1 : 1;
      const there = after(strip, parameter, turnedBy(strip, parameter, up, deskTaper));
      t.not(valueOn(there, parameter), range.standard, parameter);
      const back = after(there, parameter, turnedBy(there, parameter, -up, deskTaper));
      const wanted = range.low === -90 && range.standard === -90 ? -90 : range.standard;
      t.is(valueOn(back, parameter), wanted, parameter);
    }
  }
});

test('any number of ticks stays within the range', (t) => {
  fc.assert(
    fc.property(anyOwned, fc.integer({min: -5000, max: 5000}), ([strip, parameter], ticks) => {
      const value = turnedBy(strip, parameter, ticks, deskTaper);
      const range = rangeOn(strip, parameter);
      if (range === undefined) return false;
      return value <= range.high && (value >= range.low || value === Number.NEGATIVE_INFINITY);
    }),
    {numRuns: 400},
  );
  t.pass();
});

const owned: readonly (readonly [strip: string, has: readonly Parameter[], hasNot: readonly Parameter[]])[] = [
  [
    'stem',
    ['level', 'pan', 'trim', 'polarity', 'eq1.hz', 'send1.levelDb', 'send2.on', 'width'],
    ['limiter.on', 'effect.1'],
  ],
  ['stem', [], ['send3.levelDb', 'send8.pan']],
  ['group', ['level', 'pan', 'comp.ratio', 'send1.levelDb'], ['limiter.on', 'effect.kind']],
  ['hall', ['level', 'effect.kind', 'effect.4', 'hp.hz'], ['effect.5', 'send1.levelDb']],
  ['echo', ['effect.6'], ['effect.7']],
  ['vca', ['level'], ['pan', 'trim', 'polarity', 'eq1.hz', 'comp.on', 'send1.on', 'width', 'effect.1']],
  [
    masterId,
    ['level', 'eq4.gainDb', 'comp.on', 'limiter.ceilingDb', 'hp.on'],
    ['pan', 'trim', 'gate.on', 'send1.on', 'width'],
  ],
];

for (const [id, has, hasNot] of owned) {
  test(`${id} has ${has.join(', ') || 'no more'}, and not ${hasNot.join(', ')}`, (t) => {
    const strip = stripOf(desk, id);
    t.deepEqual(
      [...has, ...hasNot].filter((parameter) => strip !== undefined && hasParameter(desk, strip, parameter)),
      [...has],
    );
  });
}

test('a send feeds the return of its number', (t) => {
  t.is(returnOf(desk, 'send1.levelDb')?.id, 'hall');
  t.is(returnOf(desk, 'send2.pre')?.id, 'echo');
  t.is(returnOf(desk, 'send3.levelDb'), undefined);
  t.is(returnOf(desk, 'eq1.hz'), undefined);
});

const stem = newStrip({id: 'stem', name: 'Stem'});
// A row: a strip, a parameter, a value, and whether setting it switches its stage on.
const woken: readonly (readonly [law: string, strip: Strip, parameter: Parameter, value: number, wakes: boolean])[] = [
  ['a send raised from silence', stem, 'send1.levelDb', -20, true],
  ['a send that stays silent', stem, 'send1.levelDb', Number.NEGATIVE_INFINITY, false],
  ['a band that leaves 0 dB', stem, 'eq2.gainDb', 3, true],
  ['a band that stays at 0 dB', stem, 'eq2.gainDb', 0, false],
  ['a frequency alone', stem, 'eq2.hz', 300, false],
  ['a threshold', stem, 'comp.thresholdDb', -30, false],
  ['drive', stem, 'sat.driveDb', 6, true],
  ['a band that is on already', {...stem, parameters: {'eq2.on': 1}}, 'eq2.gainDb', 3, false],
  ['a band that was switched off with its gain kept', {...stem, parameters: {'eq2.gainDb': 2}}, 'eq2.gainDb', 3, false],
];

for (const [law, strip, parameter, value, wakes] of woken) {
  test(`${law} ${wakes ? 'switches its stage on' : 'switches nothing'}`, (t) => {
    const set = {type: 'strip.setParameter', strip: 'stem', parameter, value} as const;
    const on = {type: 'strip.setParameter', strip: 'stem', parameter: stageSwitch(parameter), value: 1} as const;
    t.deepEqual(setOn(strip, parameter, value), wakes ? [set, on] : [set]);
  });
}

test('values with a centre have a detent there: pan, trim, EQ gain, width', (t) => {
  for (const parameter of ['pan', 'trim', 'eq1.gainDb', 'width', 'send1.pan'] as const) {
    const range = rangeOn(stem, parameter);
    t.true(range !== undefined && isCentred(range), parameter);
    t.is(valueAt(stem, parameter, 64 / 127, deskTaper), range?.standard ?? Number.NaN, parameter);
  }
  t.not(valueAt(stem, 'comp.kneeDb', 64 / 127, deskTaper), 12);
});

test('an effect that a strip has not cannot be set', (t) => {
  t.deepEqual(setOn(stem, 'effect.1', 3), []);
  t.is(valueOn(stem, 'effect.1'), 0);
  t.is(rangeOn(stem, 'effect.1'), undefined);
  t.deepEqual(setOn(stem, 'effect.kind', 9), []);
});
