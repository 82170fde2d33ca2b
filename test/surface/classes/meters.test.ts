import test from 'ava';
import type {Picture} from '../../../src/model/picture.ts';
import type {Surface} from '../../../src/model/surface.ts';
import {renderMeters} from '../../../src/surface/render-meters.ts';
import {plainSurface} from '../../virtual-desk/sample-surface.ts';
import {fullSurface, mixerOf, plainView} from '../render/small-desk.ts';
import {bytesOf, levelOf} from './golden.ts';

/** Level meters: twelve and eight steps, in dBFS of the held sample peak. `#` is a lit step, the target window lies between the bars. */

const short: Surface = {
  ...fullSurface(),
  meters: {steps: 8, decayMsPerStep: undefined, resendMs: 100, overload: false, master: false},
};

function meterOf(surface: Surface, peakDb: number, previous: Picture = new Map()): Picture {
  const reading = levelOf(peakDb);
  return renderMeters({
    surface,
    view: plainView,
    mixer: mixerOf({}),
    firstStrip: 0,
    readingOf: () => reading,
    master: undefined,
    previous,
  });
}

const twelve: readonly (readonly [peakDb: number, drawn: string, bytes: string])[] = [
  [Number.NEGATIVE_INFINITY, '.......|..|...', 'D0 00'],
  [-61, '.......|..|...', 'D0 00'],
  [-60, '#......|..|...', 'D0 01'],
  [-30, '####...|..|...', 'D0 04'],
  [-18, '######.|..|...', 'D0 06'],
  [-12.1, '#######|..|...', 'D0 07'],
  [-12, '#######|#.|...', 'D0 08'],
  [-9, '#######|##|...', 'D0 09'],
  [-6.1, '#######|##|...', 'D0 09'],
  [-6, '#######|##|#..', 'D0 0A'],
  [-3, '#######|##|##.', 'D0 0B'],
  [-1, '#######|##|###', 'D0 0C'],
  [3, '#######|##|###', 'D0 0C'],
];

const eight: readonly (readonly [peakDb: number, drawn: string, mackie: string, plain: string])[] = [
  [Number.NEGATIVE_INFINITY, '...|..|...', 'D0 00', 'B0 5A 00'],
  [-60, '#..|..|...', 'D0 02', 'B0 5A 10'],
  [-20, '###|..|...', 'D0 05', 'B0 5A 30'],
  [-12, '###|#.|...', 'D0 06', 'B0 5A 40'],
  [-9, '###|##|...', 'D0 08', 'B0 5A 4F'],
  [-6, '###|##|#..', 'D0 09', 'B0 5A 5F'],
  [-3, '###|##|##.', 'D0 0B', 'B0 5A 6F'],
  [-1, '###|##|###', 'D0 0C', 'B0 5A 7F'],
];

function draw(picture: Picture, steps: number): string {
  const cell = picture.get('meter.1');
  const step = cell?.type === 'meter' ? cell.step : 0;
  const lamps = Array.from({length: steps}, (_, lamp) => (lamp < step ? '#' : '.'));
  const window = steps === 12 ? 7 : 3;
  return [lamps.slice(0, window), lamps.slice(window, window + 2), lamps.slice(window + 2)]
    .map((part) => part.join(''))
    .join('|');
}

for (const [peakDb, drawn, bytes] of twelve) {
  test(`twelve steps at ${peakDb} dBFS: ${drawn}`, (t) => {
    const picture = meterOf(fullSurface(), peakDb);
    t.is(draw(picture, 12), drawn);
    const cell = picture.get('meter.1');
    t.deepEqual(cell && bytesOf(fullSurface(), 'meter.1', cell), [bytes]);
  });
}

for (const [peakDb, drawn, mackie, plain] of eight) {
  test(`eight steps at ${peakDb} dBFS: ${drawn}`, (t) => {
    const picture = meterOf(short, peakDb);
    t.is(draw(picture, 8), drawn);
    const cell = picture.get('meter.1');
    if (cell === undefined) return t.fail();
    t.deepEqual(bytesOf(short, 'meter.1', cell), [mackie], 'a short meter on the twelve steps of the wire');
    t.deepEqual(bytesOf(plainSurface(), 'meter.1', cell), [plain], 'and on a controller');
  });
}

test('a lit step goes out half a dB below where it lights', (t) => {
  const hot = meterOf(fullSurface(), -6);
  t.is(draw(meterOf(fullSurface(), -6.4, hot), 12), '#######|##|#..');
  t.is(draw(meterOf(fullSurface(), -6.6, hot), 12), '#######|##|...');
});
