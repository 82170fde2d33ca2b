import test from 'ava';
import {bursts, kick, rehearse, withKick} from './rehearsal.ts';

/** The rules about what a strip peaks at when it plays: `hot` and `low`. */

const steady = (levelDb: number) => () => ({pre: levelDb});

test('hot: bursts at −5 dBFS are told at 5 s, once, with what to do', (t) => {
  const desk = rehearse();
  desk.run(20_000, bursts(-5));
  t.is(desk.story(kick, 'hot'), 'raised@5000');
  t.like(desk.told[0], {short: 'HOT +4', advice: 'Kick peaks at -5 dBFS. Trim down 4 dB.'});
  t.is(desk.story('pad', 'hot'), '');
});

test('hot: a peak of −6 dBFS is still in the window', (t) => {
  const desk = rehearse();
  desk.run(30_000, bursts(-6.01));
  t.is(desk.story(kick, 'hot'), '');
  t.is(desk.verdict(kick, 'hot'), 'hold');
});

test('hot: at −6.5 dBFS the warning stays, at −7.5 dBFS for five seconds it goes', (t) => {
  const desk = rehearse();
  desk.run(8000, bursts(-5));
  desk.run(40_000, bursts(-6.5));
  t.is(desk.story(kick, 'hot'), 'raised@5000');
  desk.run(60_000, bursts(-7.5));
  t.is(desk.story(kick, 'hot'), 'raised@5000 cleared@45000');
});

test('hot: −6.9 dBFS is not mended, −7.1 dBFS is; between −6 and −7 nothing is found', (t) => {
  const desk = rehearse();
  desk.run(8000, bursts(-5));
  desk.run(20_000, bursts(-6.9));
  t.is(desk.verdict(kick, 'hot'), 'hold');
  t.is(desk.story(kick, 'hot'), 'raised@5000');
  desk.run(30_000, bursts(-7.1));
  t.is(desk.story(kick, 'hot'), 'raised@5000 cleared@25000');
});

test('hot: mended in the middle of a block it goes at most 400 ms later', (t) => {
  const desk = rehearse();
  desk.run(8130, bursts(-5));
  desk.run(20_000, bursts(-7.5));
  t.is(desk.story(kick, 'hot'), 'raised@5000 cleared@13400');
});

test('hot: our own trim clears it at once after the least time on', (t) => {
  const desk = rehearse();
  desk.run(5050, bursts(-5));
  desk.mixer = withKick({trimDb: -3});
  desk.run(20_000, bursts(-8));
  t.is(desk.story(kick, 'hot'), 'raised@5000 cleared@5400');
});

test('hot: our own trim clears it for good even while the old level is still on its way', (t) => {
  for (const lookAheadMs of [40, 80, 240]) {
    const desk = rehearse();
    desk.run(10_000, steady(-5));
    desk.mixer = withKick({trimDb: -3});
    desk.run(10_000 + lookAheadMs, steady(-5));
    desk.run(30_000, steady(-8));
    t.is(desk.story(kick, 'hot'), 'raised@5000 cleared@10010', `${lookAheadMs} ms`);
    t.false(
      desk.changes.some(
        ({atMs, verdict, strip, rule}) => atMs > 10_010 && strip === kick && rule === 'hot' && verdict !== 'clear',
      ),
      `${lookAheadMs} ms`,
    );
  }
});

test('hot: our own trim clears it while the tape stands still', (t) => {
  const desk = rehearse();
  desk.run(10_000, bursts(-5));
  desk.run(12_000, () => ({}), false);
  t.is(desk.verdict(kick, 'hot'), 'hold');
  desk.mixer = withKick({trimDb: -4});
  desk.run(13_000, () => ({}), false);
  t.is(desk.story(kick, 'hot'), 'raised@5000 cleared@12010');
});

test('hot: a level that plays around the edge is told once', (t) => {
  const desk = rehearse();
  desk.run(60_000, (atMs) => ({pre: atMs % 1000 < 500 ? -5.8 : -6.3}));
  t.is(desk.story(kick, 'hot'), 'raised@5000');
});

test('hot: a rest neither clears nor raises; what is not known after 20 s of rest is unknown', (t) => {
  const desk = rehearse();
  desk.run(10_000, bursts(-5));
  desk.run(26_000, steady(-90));
  t.is(desk.verdict(kick, 'hot'), 'hold');
  desk.run(32_000, steady(-90));
  t.is(desk.verdict(kick, 'hot'), 'unknown');
  t.is(desk.story(kick, 'hot'), 'raised@5000');
});

test('hot: the advice follows the level from decibel to decibel, not from frame to frame', (t) => {
  const desk = rehearse();
  desk.run(6000, steady(-5));
  desk.run(7000, (atMs) => ({pre: atMs % 20 === 0 ? -4.6 : -5}));
  desk.run(9000, steady(-3.9));
  desk.run(11_000, steady(-2));
  const shorts = desk.changes
    .filter(({rule, verdict}) => rule === 'hot' && verdict === 'raise')
    .map(({short}) => short);
  t.deepEqual(shorts, ['HOT +4', 'HOT +6', 'HOT +7']);
});

test('hot: a hand at the trim is not told while it works, and the number follows it', (t) => {
  const desk = rehearse();
  desk.run(2000, steady(-3));
  desk.run(7000, (atMs) => {
    desk.assessor.touched(kick, atMs);
    return {pre: -3};
  });
  t.is(desk.story(kick, 'hot'), '');
  desk.run(14_000, steady(-3));
  t.is(desk.story(kick, 'hot'), 'raised@12000');
  desk.assessor.touched(kick, 14_000);
  desk.mixer = withKick({trimDb: -2});
  desk.run(14_500, steady(-5));
  t.is(desk.verdict(kick, 'hot'), 'hold');
  t.like(
    desk.changes.findLast(({rule}) => rule === 'hot'),
    {short: 'HOT +4', advice: 'Kick peaks at -5 dBFS. Trim down 4 dB.'},
  );
});

test('low: a strip that plays at −16 dBFS is told after ten seconds, with what to do', (t) => {
  const desk = rehearse();
  desk.run(20_000, bursts(-16));
  t.is(desk.story(kick, 'low'), 'raised@13000');
  t.like(desk.told[0], {
    short: 'LOW -7',
    advice: 'Kick peaks at -16 dBFS. Trim up 7 dB, then lower the fader.',
  });
});

test('low: −14 dBFS is not worth a word, and a strip that never plays is unknown', (t) => {
  const desk = rehearse();
  desk.run(30_000, bursts(-14));
  t.is(desk.story(kick, 'low'), '');
  const silent = rehearse();
  silent.run(30_000, steady(-70));
  t.is(silent.verdict(kick, 'low'), 'unknown');
});

test('low: three loud blocks within five seconds clear it, two do not', (t) => {
  const desk = rehearse();
  desk.run(20_000, steady(-20));
  desk.run(20_800, steady(-12));
  desk.run(30_000, steady(-20));
  t.is(desk.story(kick, 'low'), 'raised@13000');
  desk.run(31_200, steady(-12));
  t.is(desk.story(kick, 'low'), 'raised@13000 cleared@30900');
});

test('low: our own trim clears it at once', (t) => {
  const desk = rehearse();
  desk.run(15_000, steady(-20));
  desk.mixer = withKick({trimDb: 11});
  desk.run(20_000, steady(-9));
  t.is(desk.story(kick, 'low'), 'raised@13000 cleared@15010');
});

test('low: a level that plays around the edge is told once at most', (t) => {
  const desk = rehearse();
  desk.run(60_000, (atMs) => ({pre: atMs % 3000 < 1500 ? -15.4 : -14.6}));
  t.is(desk.story(kick, 'low'), '');
  desk.run(90_000, (atMs) => ({pre: atMs % 3000 < 1500 ? -15.2 : -16}));
  t.is(desk.told.length, 1);
});
