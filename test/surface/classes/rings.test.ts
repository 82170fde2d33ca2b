import test from 'ava';
import type {Cell} from '../../../src/model/picture.ts';
import {newView} from '../../../src/model/view.ts';
import {contextOf, fullSurface, levelLayer} from '../render/small-desk.ts';
import {bytesOf, cellAt, levelOf} from './golden.ts';

/** Rings of eleven LEDs in the trim view: where the strip peaks, 3 dB an LED, −9 dBFS at the centre. `o` is the small LED under it: measured. */

const view = newView({layer: {...levelLayer, id: 'gain', encoder: 'trim', ring: 'trim'}});

const rows: readonly (readonly [workingPeakDb: number | undefined, drawn: string, bytes: string])[] = [
  [undefined, '...........  ', 'B0 30 20'],
  [-40, '######..... o', 'B0 30 51'],
  [-24, '######..... o', 'B0 30 51'],
  [-21, '.#####..... o', 'B0 30 52'],
  [-15, '...###..... o', 'B0 30 54'],
  [-12, '....##..... o', 'B0 30 55'],
  [-10.4, '.....#..... o', 'B0 30 56'],
  [-9, '.....#..... o', 'B0 30 56'],
  [-7.6, '.....#..... o', 'B0 30 56'],
  [-6, '.....##.... o', 'B0 30 57'],
  [-3, '.....###... o', 'B0 30 58'],
  [0, '.....####.. o', 'B0 30 59'],
  [6, '.....###### o', 'B0 30 5B'],
  [20, '.....###### o', 'B0 30 5B'],
];

/** What such a ring lights: from its centre to the value. */
function draw(cell: Cell): string {
  if (cell.type !== 'ring') return '';
  const {position} = cell;
  const lamp = position === undefined ? undefined : Math.round(position * 10);
  const lamps = Array.from({length: 11}, (_, at) => {
    const isLit = lamp !== undefined && at >= Math.min(5, lamp) && at <= Math.max(5, lamp);
    return isLit ? '#' : '.';
  });
  return `${lamps.join('')} ${cell.centre ? 'o' : ' '}`;
}

for (const [workingPeakDb, drawn, bytes] of rows) {
  test(`a strip that peaks at ${workingPeakDb ?? 'an unknown level'}: ${drawn}`, (t) => {
    const readingOf = () => levelOf(-30, {workingPeakDb});
    const cell = cellAt('ring.1', {...contextOf({view}), readingOf});
    t.is(draw(cell), drawn);
    t.deepEqual(bytesOf(fullSurface(), 'ring.1', cell), [bytes]);
  });
}

test('a ring that draws dots only shows the same LED alone', (t) => {
  const surface = {...fullSurface(), ringStyles: ['dot'] as const};
  const readingOf = () => levelOf(-30, {workingPeakDb: -3});
  const cell = cellAt('ring.1', {...contextOf({view, surface}), readingOf});
  t.deepEqual(bytesOf(surface, 'ring.1', cell), ['B0 30 48']);
});
