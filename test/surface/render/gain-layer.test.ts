import test from 'ava';
import fc from 'fast-check';
import type {Reading} from '../../../src/model/reading.ts';
import type {Layer, View} from '../../../src/model/view.ts';
import {meterTap, newView} from '../../../src/model/view.ts';
import {render} from '../../../src/surface/render.ts';
import {renderMeters} from '../../../src/surface/render-meters.ts';
import {darkRing, renderTrimView} from '../../../src/surface/ring.ts';
import {ringByte, ringPosition} from '../../../src/wire/mackie/ring.ts';
import {contextOf, eqPage, fullSurface, inputOf, mixerOf} from './small-desk.ts';

const gainLayer: Layer = {id: 'gain', short: 'GA', fader: 'level', encoder: 'trim', ring: 'trim', meter: 'in'};
const gainView = newView({layer: gainLayer});
const surface = fullSurface();

function readingAt(workingPeakDb: number | undefined, inPeakDb = -30): Reading {
  return {peakDb: -10, leftDb: -10, rightDb: -10, inPeakDb, postPeakDb: -10, workingPeakDb, clipped: false};
}

/** The ring byte of a working peak on the wire. */
function byteOf(workingPeakDb: number | undefined): number {
  const cell = renderTrimView(workingPeakDb, surface);
  return ringByte(cell.style, ringPosition(cell.style, cell.position), cell.centre);
}

const bytes: readonly (readonly [workingPeakDb: number | undefined, byte: number])[] = [
  [-9, 0x56],
  [-10.4, 0x56],
  [-7.6, 0x56],
  [-12, 0x55],
  [-6, 0x57],
  [-3, 0x58],
  [0, 0x59],
  [-24, 0x51],
  [-90, 0x51],
  [Number.NEGATIVE_INFINITY, 0x51],
  [6, 0x5b],
  [30, 0x5b],
  [undefined, 0x20],
  [Number.NaN, 0x20],
];

for (const [workingPeakDb, byte] of bytes) {
  test(`the trim view of a working peak of ${workingPeakDb} dBFS is the ring byte ${byte.toString(16)}`, (t) => {
    t.is(byteOf(workingPeakDb) & 0x7f, byte);
  });
}

test('the trim view is lit 3 dB a lamp, rises with the peak, and is within one lamp of the centre in the whole target window', (t) => {
  fc.assert(
    fc.property(
      fc.double({min: -120, max: 40, noNaN: true}),
      fc.double({min: 0, max: 30, noNaN: true}),
      (peak, more) => {
        const lamp = byteOf(peak) & 0x0f;
        const inWindow = peak >= -12 && peak <= -6;
        return (
          lamp >= 1 && lamp <= 11 && (byteOf(peak + more) & 0x0f) >= lamp && (!inWindow || Math.abs(lamp - 6) <= 1)
        );
      },
    ),
  );
  t.pass();
});

test('a device that draws dots only gets a dot', (t) => {
  t.is(renderTrimView(-9, {...surface, ringStyles: ['dot']}).style, 'dot');
});

const mixer = mixerOf({trimDb: 12}, {trimDb: -3}, {kind: 'vca'});

function ringsOf(view: View, given = {}) {
  const picture = render(inputOf({view, mixer, readingOf: (strip) => readingAt(strip === 's1' ? -9 : -3), ...given}));
  return [1, 2, 3, 4].map((channel) => picture.get(`ring.${channel}`));
}

test('in the gain layer rings show where strips peak, and a strip without a trim, or none, is dark', (t) => {
  t.deepEqual(ringsOf(gainView), [renderTrimView(-9, surface), renderTrimView(-3, surface), darkRing, darkRing]);
});

test('nothing is judged before it was heard: the ring is dark, with the small lamp', (t) => {
  t.deepEqual(ringsOf(gainView, {readingOf: () => readingAt(undefined)})[0], darkRing);
  t.deepEqual(ringsOf(gainView, {readingOf: () => undefined})[0], darkRing);
});

test('under the hand a trim is still judged', (t) => {
  const touched = new Map([['encoder.1', {atTick: 0, held: false}]]);
  t.deepEqual(ringsOf(gainView, {touched})[0], renderTrimView(-9, surface));
});

test('flipped, faders are the trims and rings still judge them, unless the hand turns a level', (t) => {
  const view = {...gainView, flipped: true};
  t.deepEqual(ringsOf(view)[0], renderTrimView(-9, surface));
  const touched = new Map([['encoder.1', {atTick: 0, held: false}]]);
  const turned = ringsOf(view, {touched})[0];
  t.true(turned?.type === 'ring' && turned.style === 'wrap');
  const picture = render(inputOf({view, mixer, readingOf: () => readingAt(-9)}));
  const fader = picture.get('fader.1');
  t.true(fader?.type === 'fader' && Math.abs(fader.position - 0.75) < 1e-3);
});

test('a page over the layer has its own rings', (t) => {
  const page = ringsOf({...gainView, page: eqPage, selected: 's1'})[0];
  t.true(page?.type === 'ring' && page.style === 'dot');
});

test('in the gain layer meters show what comes in, elsewhere and on a page what the processing left', (t) => {
  const stepOf = (view: View): number | undefined => {
    const cell = renderMeters({
      ...contextOf({mixer}),
      view,
      readingOf: () => ({...readingAt(-9, -30), shown: {leftDb: -3, rightDb: -3, mark: 0}}),
      master: undefined,
      previous: new Map(),
    }).get('meter.1');
    return cell?.type === 'meter' ? cell.step : undefined;
  };
  t.is(stepOf(gainView), 4);
  t.is(stepOf({...gainView, page: eqPage}), 11);
  t.is(stepOf(newView({layer: {...gainLayer, meter: 'pre'}})), 11);
  t.is(stepOf({...gainView, meters: 'reduction'}), 0);
  t.is(meterTap(gainView), 'in');
});
