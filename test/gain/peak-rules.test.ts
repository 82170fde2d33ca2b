import test from 'ava';
import {masterId} from '../../src/model/mixer.ts';
import {kick, rehearse, withKick} from './rehearsal.ts';
import {frameOf} from './sound-frame.ts';

/** The rules about single peaks: `clip.out`, `clip.in`, `over.float`, `bus.head`. */

const fine = () => ({pre: -9, bus: -10, out: -10});

test('clip.out: one sample at full scale is latched until it is acknowledged', (t) => {
  const desk = rehearse();
  desk.run(5000, fine);
  desk.run(5010, () => ({...fine(), out: 0, overs: 1}));
  desk.run(60_000, fine);
  t.is(desk.story(masterId, 'clip.out'), 'raised@5010');
  t.like(desk.told[0], {short: 'CLIP!', advice: 'The output clipped. Turn the mix bus down 3 dB.'});
  t.is(desk.verdict(masterId, 'clip.out'), 'clear');
  t.true(desk.assessor.reading(masterId)?.clipped);
  desk.assessor.acknowledge('all');
  t.false(desk.assessor.reading(masterId)?.clipped);
});

test('clip.out: overs that the engine counted are a clip even if the peak does not show them', (t) => {
  const desk = rehearse();
  desk.run(1000, fine);
  desk.run(1010, () => ({...fine(), out: -0.5, overs: 2}));
  t.is(desk.story(masterId, 'clip.out'), 'raised@1010');
});

test('clip.out: just under full scale is no clip', (t) => {
  const desk = rehearse();
  desk.run(10_000, () => ({...fine(), out: -0.001}));
  t.is(desk.story(masterId, 'clip.out'), '');
  t.false(desk.assessor.reading(masterId)?.clipped);
});

test('clip.out: the advice knows the worst, also when a smaller clip follows', (t) => {
  const desk = rehearse();
  for (const out of [1, 3.6, 0.4]) {
    desk.run(desk.nowMs + 10, () => ({...fine(), out}));
    desk.run(desk.nowMs + 500, fine);
  }
  const raises = desk.changes.filter(({rule, verdict}) => rule === 'clip.out' && verdict === 'raise');
  t.deepEqual(
    raises.map(({advice}) => advice.match(/\d+/)?.[0]),
    ['4', '7', '7'],
  );
});

test('clip.out: a clip between two looks is not lost, nor when the tape has stopped meanwhile', (t) => {
  const desk = rehearse();
  desk.run(1000, fine);
  desk.assessor.push(frameOf({out: 0}, {atFrame: 48_000, frames: 480}), desk.mixer, 1010);
  desk.assessor.push(frameOf({}, {atFrame: 48_480, frames: 480, rolling: false}), desk.mixer, 1020);
  t.like(
    desk.assessor.verdicts(1020).find(({rule}) => rule === 'clip.out'),
    {verdict: 'raise', severity: 4},
  );
});

test('clip.out: if it goes on clipping after the acknowledgement, that is told anew', (t) => {
  const desk = rehearse();
  desk.run(1000, () => ({...fine(), out: 2}));
  const raises = (): number =>
    desk.changes.filter(({rule, verdict}) => rule === 'clip.out' && verdict === 'raise').length;
  t.is(raises(), 1);
  desk.assessor.acknowledge(masterId);
  desk.run(1010, () => ({...fine(), out: 2}));
  t.is(raises(), 2);
  t.true(desk.assessor.reading(masterId)?.clipped);
});

test('clip.in: three samples in a row are a clip, two are not, and only their own strip is told', (t) => {
  const desk = rehearse();
  desk.run(1000, () => ({...fine(), clipRun: 2}));
  t.is(desk.story(kick, 'clip.in'), '');
  desk.run(1010, () => ({...fine(), clipRun: 3}));
  desk.run(20_000, fine);
  t.is(desk.story(kick, 'clip.in'), 'raised@1010');
  t.is(desk.story('pad', 'clip.in'), '');
  t.is(desk.told[0]?.short, 'IN CLP');
  t.regex(desk.told[0]?.advice ?? '', /^Kick: the recording clipped, 3 samples in a row/);
  t.true(desk.assessor.reading(kick)?.clipped);
  t.false(desk.assessor.reading('pad')?.clipped);
  desk.assessor.acknowledge('pad');
  t.true(desk.assessor.reading(kick)?.clipped);
  desk.assessor.acknowledge(kick);
  t.false(desk.assessor.reading(kick)?.clipped);
});

test('clip.in: an acknowledged run is not found again without new samples', (t) => {
  const desk = rehearse();
  desk.run(1000, () => ({...fine(), clipRun: 5}));
  desk.assessor.acknowledge(kick);
  const verdicts = desk.assessor.verdicts(1005).filter(({strip, rule}) => strip === kick && rule !== 'broken');
  t.deepEqual(
    verdicts.map(({rule, verdict}) => `${rule} ${verdict}`),
    ['clip.in clear'],
  );
  t.false(desk.assessor.reading(kick)?.clipped);
});

test('broken: one sample that was no number is an alarm of its strip, playing or not, with the number of them, until it is acknowledged', (t) => {
  for (const rolling of [true, false]) {
    const desk = rehearse();
    desk.run(1000, fine);
    desk.run(1010, () => ({...fine(), broken: 7}), rolling);
    desk.run(20_000, fine);
    t.is(desk.story(kick, 'broken'), 'raised@1010');
    t.is(desk.story('pad', 'broken'), '');
    t.is(desk.told[0]?.short, 'BROKEN');
    t.regex(desk.told[0]?.advice ?? '', /^Kick: damaged samples \(7\) were silenced\. Export/);
    desk.assessor.acknowledge(kick);
    desk.run(21_000, fine);
    t.is(desk.verdict(kick, 'broken'), 'clear');
  }
});

test('clip.in: the length of the run is a setting', (t) => {
  const desk = rehearse({changes: [{rule: 'clip.in', raise: 1}]});
  desk.run(1000, fine);
  desk.run(1010, () => ({...fine(), clipRun: 1}));
  t.is(desk.story(kick, 'clip.in'), 'raised@1010');
});

test('clip.in: a recording that clips at every beat is one alarm', (t) => {
  const desk = rehearse();
  desk.run(20_000, (atMs) => ({...fine(), clipRun: atMs % 500 === 0 ? 8 : 0}));
  t.is(desk.story(kick, 'clip.in'), 'raised@10');
});

test('over.float: above full scale inside the mixer is told at once and clears after two quiet seconds', (t) => {
  const desk = rehearse();
  desk.run(5000, fine);
  desk.run(5010, () => ({...fine(), pre: 2}));
  desk.run(20_000, fine);
  t.is(desk.story(kick, 'over.float'), 'raised@5010 cleared@7020');
  t.is(desk.told[0]?.short, 'OVER');
  t.regex(desk.told[0]?.advice ?? '', /^Kick: 2 dB above full scale inside the mixer\. .* trim 11 dB/);
});

test('over.float: exactly full scale is not above it; the bus is watched as well', (t) => {
  const desk = rehearse();
  desk.run(6000, () => ({...fine(), pre: 0}));
  t.is(desk.story(kick, 'over.float'), '');
  desk.run(6010, () => ({...fine(), bus: 1.5}));
  t.is(desk.story(masterId, 'over.float'), 'raised@6010');
});

test('over.float: beats that go over again within two seconds are one warning', (t) => {
  const desk = rehearse();
  desk.run(20_000, (atMs) => ({...fine(), pre: atMs % 500 === 0 ? 1 : -0.2}));
  t.is(desk.story(kick, 'over.float'), 'raised@3010');
  desk.run(40_000, (atMs) => ({...fine(), pre: atMs % 1500 === 0 ? 1 : -9}));
  t.is(desk.story(kick, 'over.float'), 'raised@3010');
});

test('bus.head: a bus above −6 dBFS is told at once, and clears 5 s after its 10 s maximum fell below −7.5 dBFS', (t) => {
  const desk = rehearse();
  desk.run(5000, fine);
  desk.run(5010, () => ({...fine(), bus: -5}));
  desk.run(40_000, fine);
  t.is(desk.story(masterId, 'bus.head'), 'raised@5010 cleared@20100');
  t.like(desk.told[0], {
    short: 'BUS -5',
    advice: 'Only 5 dB headroom on the mix bus. Lower all tracks 1 dB together.',
  });
});

test('bus.head: −6 dBFS is headroom enough, and −7 dBFS does not clear', (t) => {
  const desk = rehearse();
  desk.run(20_000, () => ({...fine(), bus: -6.01}));
  t.is(desk.story(masterId, 'bus.head'), '');
  desk.run(20_010, () => ({...fine(), bus: -5}));
  desk.run(60_000, () => ({...fine(), bus: -7}));
  t.is(desk.story(masterId, 'bus.head'), 'raised@20010');
});

test('bus.head: it speaks louder above −3 dBFS, and otherwise above full scale', (t) => {
  const desk = rehearse();
  desk.run(4000, fine);
  desk.run(4010, () => ({...fine(), bus: -5}));
  desk.run(5000, () => ({...fine(), bus: -2}));
  desk.run(6000, () => ({...fine(), bus: 1.4}));
  desk.run(30_000, () => ({...fine(), bus: -4.2}));
  desk.run(45_000, () => ({...fine(), bus: -5}));
  const raises = desk.changes.filter(({rule, verdict}) => rule === 'bus.head' && verdict === 'raise');
  t.deepEqual(
    raises.map(({severity, short}) => `${severity} ${short}`),
    ['2 BUS -5', '3 BUS -2', '3 BUS +2', '3 BUS -4', '2 BUS -5'],
  );
  t.is(raises[2]?.advice, 'No headroom on the mix bus: 2 dB over full scale. Lower all tracks 8 dB together.');
});

test('bus.head: a peak every eight seconds is one warning', (t) => {
  const desk = rehearse();
  desk.run(60_000, (atMs) => ({...fine(), bus: atMs % 8000 === 4000 ? -5 : -20}));
  t.is(desk.story(masterId, 'bus.head'), 'raised@4010');
});

test('a muted strip is still judged by its level', (t) => {
  const desk = rehearse({mixer: withKick({muted: true})});
  desk.run(6000, () => ({...fine(), pre: -4, post: Number.NEGATIVE_INFINITY}));
  t.is(desk.story(kick, 'hot'), 'raised@5000');
});
