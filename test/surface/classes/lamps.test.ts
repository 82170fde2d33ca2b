import test from 'ava';
import fc from 'fast-check';
import {lampSpeech} from '../../../src/gain/lamp-pattern.ts';
import type {Cell} from '../../../src/model/picture.ts';
import type {Severity} from '../../../src/model/warning.ts';
import {render} from '../../../src/surface/render.ts';
import {renderWarning} from '../../../src/surface/warning-cell.ts';
import {warningsByStrip} from '../../../src/surface/worst-warning.ts';
import {plainSurface} from '../../virtual-desk/sample-surface.ts';
import {fullSurface, mixerOf} from '../render/small-desk.ts';
import {bytesOf, cellAt, deskInput, drawn, runs, states, warned} from './golden.ts';

/** Single lamps and plain button LEDs: only rhythm. `#` is 50 ms lit, `.` dark; six seconds. */

const ticks = 120;
const draw = (cell: Cell): string => (cell.type === 'lamp' && cell.on ? '#' : '.');

const blinking: Readonly<Record<keyof typeof states, string>> = {
  alarm: Array.from({length: 12}, () => '#5 .5').join(' '),
  warning: '#20 .20 #20 .20 #20 .20',
  advice: '#2 .3 #2 .53 #2 .3 #2 .53',
  info: '.120',
  stale: '#1 .39 #1 .39 #1 .39',
  fine: '.120',
};
const calm: Readonly<Record<keyof typeof states, string>> = {
  alarm: '#120',
  warning: '.120',
  advice: '.120',
  info: '.120',
  stale: '.120',
  fine: '.120',
};

for (const state of ['alarm', 'warning', 'advice', 'info', 'stale', 'fine'] as const) {
  const given = {warnings: states[state]};
  test(`${state}: the warning lamp of the strip is ${blinking[state]}`, (t) => {
    t.is(runs(drawn(ticks, given, 'lamp.rec.1', draw)), blinking[state]);
    t.is(runs(drawn(ticks, given, 'lamp.rec.2', draw)), '.120', 'the other strips say nothing');
    t.is(runs(drawn(ticks, given, 'lamp.cancel', draw)), blinking[state], 'the lamp for all of them');
  });
  test(`${state} with reduced motion: ${calm[state]}`, (t) => {
    t.is(runs(drawn(ticks, {...given, reducedMotion: true}, 'lamp.rec.1', draw)), calm[state]);
  });
}

for (const [state, severity] of [
  ['alarm', 4],
  ['warning', 3],
  ['advice', 2],
  ['info', 1],
  ['stale', 'unknown'],
  ['fine', 0],
] as const) {
  test(`${state}: a device that shows warnings its own way is told ${severity}`, (t) => {
    const [found] = states[state];
    const cell = renderWarning('s1', warningsByStrip(states[state]));
    t.deepEqual(cell, {type: 'warning', severity, rule: found?.rule});
  });
}

test('an acknowledged alarm is dark, of its lamp and of its overload', (t) => {
  const warnings = [warned({rule: 'clip.in', severity: 4, acknowledged: true})];
  t.is(runs(drawn(ticks, {warnings}, 'lamp.rec.1', draw)), '.120');
  t.deepEqual(cellAt('overload.1', {warnings}), {type: 'overload', on: false});
});

test('an overload lamp does not blink: lit from a clip until it is acknowledged, with motion and without', (t) => {
  for (const reducedMotion of [false, true])
    for (let lampTick = 0; lampTick < ticks; lampTick++) {
      const given = {warnings: states.alarm, reducedMotion, lampTick};
      t.deepEqual(cellAt('overload.1', given), {type: 'overload', on: true});
      t.deepEqual(cellAt('overload.2', given), {type: 'overload', on: false});
    }
});

const bytes = [
  ['a Mackie button', fullSurface(), 'lamp.rec.1', {type: 'lamp', on: true}, ['90 00 7F']],
  ['a Mackie button', fullSurface(), 'lamp.rec.1', {type: 'lamp', on: false}, ['90 00 00']],
  ['a Mackie overload', fullSurface(), 'overload.3', {type: 'overload', on: true}, ['D0 2E']],
  ['a Mackie overload', fullSurface(), 'overload.3', {type: 'overload', on: false}, ['D0 2F']],
  ['a plain controller', plainSurface(), 'lamp.mute.1', {type: 'lamp', on: true}, ['BF 30 7F']],
  ['a plain controller', plainSurface(), 'lamp.mute.1', {type: 'lamp', on: false}, ['BF 30 00']],
  ['a plain note', plainSurface(), 'lamp.select.2', {type: 'lamp', on: true}, ['91 19 01']],
] as const;
for (const [what, surface, output, cell, hex] of bytes) {
  test(`${what} that is ${cell.on ? 'lit' : 'dark'} is ${hex.join()}`, (t) => {
    t.deepEqual(bytesOf(surface, output, cell), hex);
  });
}

test('lamps of the same rhythm are equal on all units at every tick, whatever strips they carry', (t) => {
  const mixer = mixerOf(...Array.from({length: 16}, () => ({})));
  fc.assert(
    fc.property(
      fc.nat(100_000),
      fc.constantFrom<Severity>(1, 2, 3, 4),
      fc.nat(7),
      fc.nat(7),
      fc.option(fc.nat(100_000), {nil: undefined}),
      fc.boolean(),
      (lampTick, severity, one, other, alarmTick, reducedMotion) => {
        const rule = severity === 4 ? 'clip.in' : 'hot';
        const warnings = [one, other + 8].map((strip) => warned({rule, severity, strip: `s${strip + 1}`}));
        const lampPattern = lampSpeech({alarmTick, reducedMotion});
        const unit = (firstStrip: number) =>
          render(
            deskInput({mixer, warnings, lampTick, lampPattern, reducedMotion, firstStrip, surface: fullSurface(8)}),
          );
        const [near, far] = [unit(0).get(`lamp.rec.${one + 1}`), unit(8).get(`lamp.rec.${other + 1}`)];
        t.deepEqual(near, far);
      },
    ),
  );
});

test('where nothing may blink, what is silenced by others is lit, as what is muted', (t) => {
  const mixer = mixerOf({soloed: true}, {});
  t.is(runs(drawn(40, {mixer}, 'lamp.mute.2', draw)), '#3 .17 #3 .17');
  t.is(runs(drawn(40, {mixer, reducedMotion: true}, 'lamp.mute.2', draw)), '#40');
});
