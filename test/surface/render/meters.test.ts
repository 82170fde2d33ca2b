import test from 'ava';
import fc from 'fast-check';
import type {Picture} from '../../../src/model/picture.ts';
import type {Reading} from '../../../src/model/reading.ts';
import type {MeterTraits} from '../../../src/model/surface.ts';
import type {Page, View} from '../../../src/model/view.ts';
import {noMetersSent, paceMeters, type SentMeters, shownStep} from '../../../src/surface/meter-pace.ts';
import {headroomSteps, meterStep, reductionSteps, stepsFor} from '../../../src/surface/meter-step.ts';
import {type MeterInput, renderMeters} from '../../../src/surface/render-meters.ts';
import {compPage, contextOf, eqPage, fullSurface, levelLayer, plainView} from './small-desk.ts';

function readingAt(peakDb: number): Reading {
  return {
    peakDb,
    leftDb: peakDb,
    rightDb: peakDb - 10,
    inPeakDb: peakDb,
    postPeakDb: peakDb,
    workingPeakDb: undefined,
    clipped: false,
  };
}

const reductionView: View = {...plainView, meters: 'reduction'};

const steps: readonly (readonly [peakDb: number, step: number])[] = [
  [Number.NEGATIVE_INFINITY, 0],
  [Number.NaN, 0],
  [-60.1, 0],
  [-60, 1],
  [-30, 4],
  [-12, 8],
  [-9, 9],
  [-6.01, 9],
  [-6, 10],
  [-1, 12],
  [6, 12],
];

for (const [peakDb, step] of steps) {
  test(`a rising level of ${peakDb} dBFS lights ${step} lamps`, (t) => {
    t.is(meterStep(headroomSteps, peakDb, 0), step);
  });
}

test('a falling level keeps its lamp for half a dB', (t) => {
  t.is(meterStep(headroomSteps, -6.4, 10), 10);
  t.is(meterStep(headroomSteps, -6.6, 10), 9);
  t.is(meterStep(headroomSteps, Number.NEGATIVE_INFINITY, 12), 0);
});

test('the target window is lamps 8 and 9, whatever was lit before, but for the hysteresis', (t) => {
  fc.assert(
    fc.property(fc.double({min: -12, max: -6.51, noNaN: true}), fc.nat(12), (peakDb, before) => {
      const step = meterStep(headroomSteps, peakDb, before);
      return step === 8 || step === 9;
    }),
  );
  t.pass();
});

test('meters of any other number of lamps keep both ends of the scale and rise', (t) => {
  for (const count of [2, 3, 5, 8, 13, 20]) {
    const thresholds = stepsFor(count);
    t.is(thresholds.length, count);
    t.is(thresholds[0], -60);
    t.is(thresholds.at(-1), -1);
    t.true(thresholds.every((threshold, index) => index === 0 || threshold > (thresholds[index - 1] ?? 0)));
  }
  t.deepEqual(stepsFor(1), [-60]);
  t.deepEqual(stepsFor(0), []);
});

const noMeters: Picture = new Map();

function metersOf(given: Partial<MeterInput>): Picture {
  return renderMeters({
    ...contextOf({}),
    readingOf: () => readingAt(-10),
    master: readingAt(-10),
    previous: noMeters,
    ...given,
  });
}

test('only meters are rendered: each strip its own, both sides of the bus', (t) => {
  const picture = metersOf({readingOf: ({id}) => (id === 's2' ? readingAt(-3) : undefined)});
  t.deepEqual([...picture.keys()].sort(), [
    ...Array.from({length: 8}, (_, index) => `meter.${index + 1}`),
    'meter.left',
    'meter.right',
  ]);
  t.deepEqual(picture.get('meter.1'), {type: 'meter', step: 0});
  t.deepEqual(picture.get('meter.2'), {type: 'meter', step: 11});
  t.deepEqual(picture.get('meter.8'), {type: 'meter', step: 0});
  t.deepEqual(
    [picture.get('meter.left'), picture.get('meter.right')],
    [
      {type: 'meter', step: 8},
      {type: 'meter', step: 6},
    ],
  );
});

test('a meter that can says what is no level: lost samples for as long as the peak stands, and what is not known', (t) => {
  const {meters} = fullSurface();
  if (meters === undefined) return t.fail('no meters');
  const clipped: Reading = {...readingAt(-3), inPeakDb: 0, clipped: true};
  const stale: Reading = {...readingAt(Number.NEGATIVE_INFINITY), clipped: true, stale: true};
  const said = (marks: boolean, reading: Reading, view = plainView): unknown =>
    metersOf({surface: {...fullSurface(), meters: {...meters, marks}}, view, readingOf: () => reading}).get('meter.1');
  t.like(said(true, clipped), {step: 11, mark: 'clipped'});
  t.like(said(true, {...clipped, inPeakDb: -0.5}), {step: 11, mark: undefined});
  t.like(said(true, {...clipped, clipped: false, peakDb: 6}), {step: 12, mark: undefined});
  t.like(said(true, stale), {step: 0, mark: 'unknown'});
  t.like(said(true, {...clipped, dynamicsReductionDb: 6}, reductionView), {step: 6, mark: undefined});
  for (const reading of [clipped, stale]) t.like(said(false, reading), {mark: undefined});

  const told = (sent: SentMeters, mark: 'clipped' | 'unknown' | undefined, nowMs: number) =>
    paceMeters(
      {...meters, decayMsPerStep: undefined, resendMs: 1000},
      sent,
      new Map([['meter.1', {type: 'meter', step: 0, ...(mark && {mark})}]]),
      nowMs,
    );
  const first = told(noMetersSent, 'unknown', 0);
  t.is(first.changes.length, 1);
  t.is(told(first.sent, 'unknown', 30).changes.length, 0);
  const known = told(first.sent, undefined, 60);
  t.is(known.changes[0]?.because, 'unknown → step 0');
  t.is(told(known.sent, 'clipped', 90).changes[0]?.because, 'step 0 → clipped');
});

test('a bank brings other strips under the meters', (t) => {
  const picture = metersOf({
    view: {...plainView, bankOffset: 1},
    readingOf: ({id}) => (id === 's2' ? readingAt(-3) : undefined),
  });
  t.deepEqual(picture.get('meter.1'), {type: 'meter', step: 11});
});

const reduced = (dynamicsReductionDb: number): Reading => ({...readingAt(-3), dynamicsReductionDb});

const reductions: readonly (readonly [taken: number, step: number])[] = [
  [0, 0],
  [0.9, 0],
  [1, 1],
  [3.4, 3],
  [6, 6],
  [7.9, 6],
  [8, 7],
  [12, 9],
  [29, 11],
  [80, 12],
  [Number.NaN, 0],
];

for (const [taken, step] of reductions) {
  test(`${taken} dB taken away light ${step} lamps from the bottom`, (t) => {
    const picture = metersOf({view: reductionView, readingOf: () => reduced(taken)});
    t.deepEqual(picture.get('meter.1'), {type: 'meter', step});
  });
}

test('with gain reduction on the meters a strip without dynamics is dark, and the bus still a level', (t) => {
  const picture = metersOf({view: reductionView, readingOf: ({id}) => (id === 's1' ? reduced(4) : readingAt(-3))});
  t.deepEqual(
    ['meter.1', 'meter.2', 'meter.left', 'meter.right'].map((id) => picture.get(id)),
    [4, 0, 8, 6].map((step) => ({type: 'meter', step})),
  );
});

test('a page of dynamics brings gain reduction to the meters, another page takes it away, and what is asked for wins', (t) => {
  const shown = (view: Partial<View>): boolean => {
    const picture = metersOf({view: {...plainView, ...view}, readingOf: () => reduced(2)});
    return (picture.get('meter.1') as {step: number}).step === 2;
  };
  t.false(shown({}));
  t.false(shown({page: eqPage}));
  const dynamics: Page = {
    ...compPage,
    slots: ['comp.thresholdDb', 'gate.rangeDb', 'comp.on', null, null, null, null, null],
  };
  t.true(shown({page: dynamics}));
  t.false(shown({page: dynamics, meters: 'level'}));
  t.true(shown({page: eqPage, meters: 'reduction'}));
  t.true(shown({layer: {...levelLayer, fader: 'comp.thresholdDb', encoder: 'comp.ratio'}}));
});

test('gain reduction is read on meters of eight lamps, and of any number, too', (t) => {
  t.deepEqual(stepsFor(8, 'reduction'), [1, 2, 3, 4, 6, 10, 15, 20]);
  t.deepEqual(stepsFor(12, 'reduction'), reductionSteps);
  for (const count of [2, 5, 13]) {
    const thresholds = stepsFor(count, 'reduction');
    t.deepEqual([thresholds.length, thresholds[0], thresholds.at(-1)], [count, 1, 30]);
  }
});

test('meters that stand still are the same picture', (t) => {
  const previous = metersOf({});
  t.is(metersOf({previous, readingOf: () => readingAt(-10.2)}), previous);
});

test('meters that are unknown are dark', (t) => {
  const picture = metersOf({readingOf: () => undefined, master: undefined, previous: metersOf({})});
  for (const cell of picture.values()) t.deepEqual(cell, {type: 'meter', step: 0});
});

test('a surface without meters has none', (t) => {
  t.is(metersOf({surface: {...fullSurface(), meters: undefined}}).size, 0);
});

const falling: MeterTraits = {steps: 12, decayMsPerStep: 150, resendMs: 100, overload: true, master: false};
const holding: MeterTraits = {...falling, decayMsPerStep: undefined};
const level = (step: number): Picture => new Map([['meter.1', {type: 'meter', step}]]);

/** The steps sent, with their times, when a meter is wanted at those levels every 40 ms. */
function sentOf(traits: MeterTraits, wanted: readonly number[]): readonly (readonly [atMs: number, step: number])[] {
  let sent: SentMeters = noMetersSent;
  const out: (readonly [number, number])[] = [];
  for (const [index, step] of wanted.entries()) {
    const paced = paceMeters(traits, sent, level(step), index * 40);
    sent = paced.sent;
    if (paced.changes.length > 0) out.push([index * 40, step]);
  }
  return out;
}

test('a level that stays is sent again every 100 ms, rounded up to the tick', (t) => {
  t.deepEqual(
    sentOf(
      falling,
      Array.from({length: 8}, () => 9),
    ),
    [
      [0, 9],
      [120, 9],
      [240, 9],
    ],
  );
});

test('a rising level is sent at once', (t) => {
  t.deepEqual(sentOf(falling, [3, 5, 7]), [
    [0, 3],
    [40, 5],
    [80, 7],
  ]);
});

test('a device that falls by itself is left to fall, then held where it should be', (t) => {
  t.deepEqual(sentOf(falling, [9, 8, 8, 8, 8]), [
    [0, 9],
    [160, 8],
  ]);
});

test('a device that falls faster than the level is held up', (t) => {
  t.deepEqual(sentOf({...falling, resendMs: 10_000}, [9, 9, 9, 9, 9]), [
    [0, 9],
    [160, 9],
  ]);
});

test('a device that holds what it was sent is told to fall', (t) => {
  t.deepEqual(sentOf(holding, [9, 8, 8]), [
    [0, 9],
    [40, 8],
  ]);
});

test('silence is sent once, at once', (t) => {
  t.deepEqual(sentOf(falling, [9, 0, 0, 0, 0, 0]), [
    [0, 9],
    [40, 0],
  ]);
});

test('another strip with a much lower level is sent, not waited for', (t) => {
  t.deepEqual(sentOf(falling, [12, 4]), [
    [0, 12],
    [40, 4],
  ]);
});

test('after a reconnect even silence is sent', (t) => {
  t.deepEqual(sentOf(falling, [0, 0]), [[0, 0]]);
});

test('nothing to send leaves what is known as it is', (t) => {
  const {sent} = paceMeters(falling, noMetersSent, level(5), 0);
  t.is(paceMeters(falling, sent, level(5), 40).sent, sent);
});

test('whatever the levels, a device never shows less than wanted at a tick, nor more than two steps above', (t) => {
  fc.assert(
    fc.property(fc.constantFrom(falling, holding), fc.array(fc.nat(12), {maxLength: 50}), (traits, wanted) => {
      let sent: SentMeters = noMetersSent;
      for (const [index, step] of wanted.entries()) {
        sent = paceMeters(traits, sent, level(step), index * 40).sent;
        const last = sent.get('meter.1');
        const shown = last === undefined ? -1 : shownStep(last, index * 40, traits.decayMsPerStep);
        if (shown < step || shown > step + 2) return false;
      }
      return true;
    }),
  );
  t.pass();
});
