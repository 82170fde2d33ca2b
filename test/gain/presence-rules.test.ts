import test from 'ava';
import {masterId} from '../../src/model/mixer.ts';
import {ruleIds} from '../../src/model/warning.ts';
import {kick, rehearse, withKick} from './rehearsal.ts';

/** The rules about what is not there: `silent` and `stale`; and what holds everything back. */

const fine = () => ({pre: -9, bus: -10, out: -10});
const silence = () => ({pre: -70, bus: -10, out: -10});

test('silent: a strip under the playhead without a signal is told after ten seconds', (t) => {
  const desk = rehearse();
  desk.run(20_010, fine);
  desk.run(30_000, silence);
  t.is(desk.story(kick, 'silent'), '');
  desk.run(40_000, silence);
  t.is(desk.story(kick, 'silent'), 'raised@30100');
  t.is(desk.story('pad', 'silent'), '');
  t.is(desk.told[0]?.short, 'SILENT');
  t.regex(desk.told[0]?.advice ?? '', /^Kick: no signal/);
});

test('silent: where no clip lies or the strip is muted, nobody expects a sound', (t) => {
  const bare = rehearse({expected: (strip) => strip !== kick});
  bare.run(30_000, silence);
  t.is(bare.story(kick, 'silent'), '');
  t.is(bare.verdict(kick, 'silent'), 'unknown');
  const muted = rehearse({mixer: withKick({muted: true})});
  muted.run(30_000, silence);
  t.is(muted.story(kick, 'silent'), '');
});

test('silent: it clears with the next look when something is heard, but not by noise', (t) => {
  const desk = rehearse();
  desk.run(15_000, silence);
  desk.run(20_000, () => ({...fine(), pre: -55}));
  t.is(desk.story(kick, 'silent'), 'raised@11000');
  desk.run(20_100, () => ({...fine(), pre: -40}));
  t.is(desk.story(kick, 'silent'), 'raised@11000 cleared@20100');
});

test('silent: before two seconds were heard nothing is known', (t) => {
  const desk = rehearse();
  desk.run(1990, silence);
  t.is(desk.verdict(kick, 'silent'), 'unknown');
  desk.run(10_000, fine);
  desk.assessor.restarted(10_000);
  desk.run(11_990, silence);
  t.is(desk.verdict(kick, 'silent'), 'unknown');
});

test('silent: rests in the music are not even a change of verdict', (t) => {
  const desk = rehearse();
  desk.run(60_000, (atMs) => ({...fine(), pre: atMs % 2000 < 200 ? -12 : -90}));
  t.deepEqual(
    desk.changes.filter(({rule, strip}) => rule === 'silent' && strip === kick).map(({verdict}) => verdict),
    ['clear'],
  );
});

test('silent: a tick every nine seconds keeps it away', (t) => {
  const desk = rehearse();
  desk.run(60_000, (atMs) => ({...fine(), pre: atMs % 9000 === 0 ? -30 : -90}));
  t.is(desk.story(kick, 'silent'), '');
});

test('stale: half a second without meters is told, and everything else is unknown then', (t) => {
  const desk = rehearse();
  desk.run(10_000, () => ({...fine(), pre: -4, bus: -2}));
  t.true((desk.assessor.reading(kick)?.peakDb ?? 0) > -5);
  desk.run(12_000, () => undefined);
  t.is(desk.story(masterId, 'stale'), 'raised@10500');
  t.like(
    desk.told.find(({rule}) => rule === 'stale'),
    {short: 'STALE'},
  );
  for (const rule of ruleIds.filter((id) => id !== 'stale' && id !== 'name')) {
    t.is(desk.verdict(kick, rule), 'unknown', rule);
    t.is(desk.verdict(masterId, rule), 'unknown', rule);
  }
  t.like(desk.assessor.reading(kick), {peakDb: Number.NEGATIVE_INFINITY, workingPeakDb: undefined});
  t.like(desk.assessor.reading(masterId), {peakDb: Number.NEGATIVE_INFINITY, workingPeakDb: undefined});
});

test('stale: it clears with the third good frame, and levels have fallen meanwhile', (t) => {
  const desk = rehearse();
  desk.run(10_000, () => ({...fine(), pre: 0}));
  desk.run(15_000, () => undefined);
  desk.run(16_000, silence);
  t.is(desk.story(masterId, 'stale'), 'raised@10500 cleared@15030');
  t.true((desk.assessor.reading(kick)?.peakDb ?? 0) < -45);
});

test('stale: gaps of 400 ms are endured, and flapping is told once a second at most', (t) => {
  const desk = rehearse();
  desk.run(20_000, (atMs) => (atMs % 450 < 20 ? fine() : undefined));
  t.is(desk.story(masterId, 'stale'), '');
  desk.run(40_000, (atMs) => (atMs % 600 < 50 ? fine() : undefined));
  const raisedAt = desk.told.filter(({type}) => type === 'raised').map(({atMs}) => atMs);
  t.true(raisedAt.every((atMs, index) => atMs - (raisedAt[index - 1] ?? Number.NEGATIVE_INFINITY) >= 1000));
});

test('stale: an engine that never measures is told after the first three seconds, not taken for fine', (t) => {
  const desk = rehearse();
  desk.run(10_000, () => undefined);
  t.is(desk.story(masterId, 'stale'), 'raised@3000');
  t.is(desk.told.length, 1);
});

test('in the first three seconds after a start or a locate only alarms speak', (t) => {
  const loud = () => ({in: 0, pre: 3, clipRun: 9, bus: 3, out: 3});
  const desk = rehearse();
  desk.run(2990, loud);
  t.deepEqual(desk.told.map(({rule}) => rule).toSorted(), ['clip.in', 'clip.out']);
  desk.run(3010, loud);
  t.deepEqual(desk.told.map(({rule, strip}) => `${strip} ${rule}`).toSorted(), [
    'kick clip.in',
    'kick over.float',
    'master bus.head',
    'master clip.out',
    'master over.float',
  ]);
  const later = rehearse();
  later.run(10_000, fine);
  later.assessor.restarted(10_000);
  later.run(12_990, loud);
  t.deepEqual(later.told.map(({rule}) => rule).toSorted(), ['clip.in', 'clip.out']);
});

test('a locate keeps what strips peak at, and forgets what the bus did before it', (t) => {
  const desk = rehearse();
  desk.run(10_000, () => ({...fine(), bus: -4}));
  t.true(Math.abs((desk.assessor.reading(masterId)?.workingPeakDb ?? 0) - -4) < 0.001);
  desk.assessor.restarted(10_000);
  desk.run(14_000, fine);
  t.true(Math.abs((desk.assessor.reading(kick)?.workingPeakDb ?? 0) - -9) < 0.001);
  t.true(Math.abs((desk.assessor.reading(masterId)?.workingPeakDb ?? 0) - -10) < 0.001);
});

test('a block of 400 ms is not made of two places of the tape', (t) => {
  const desk = rehearse();
  desk.run(4000, fine);
  desk.run(4200, () => ({...fine(), pre: -2}));
  desk.assessor.restarted(4200);
  desk.run(7000, fine);
  t.true(Math.abs((desk.assessor.reading(kick)?.workingPeakDb ?? 0) - -9) < 0.001);
});

test('while the tape stands still nothing new is found and nothing is over', (t) => {
  const desk = rehearse();
  desk.run(4000, () => ({...fine(), pre: 2, bus: -2}));
  const before = desk.told.length;
  desk.run(60_000, () => ({...fine(), in: 0, pre: 6, clipRun: 9, bus: 3, out: 3}), false);
  t.is(desk.told.length, before);
  desk.run(90_000, silence, false);
  t.is(desk.told.length, before);
});

test('play starts the first seconds by itself', (t) => {
  const desk = rehearse();
  desk.run(10_000, () => ({}), false);
  desk.run(12_500, () => ({...fine(), bus: -2}));
  t.is(desk.told.length, 0);
  desk.run(13_100, () => ({...fine(), bus: -2}));
  t.is(desk.story(masterId, 'bus.head'), 'raised@13000');
});
