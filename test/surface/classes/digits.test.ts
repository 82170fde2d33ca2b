import test from 'ava';
import {createSlowFigures} from '../../../src/app/slow-figures.ts';
import type {AssignmentContent, TimeContent} from '../../../src/model/digit-display.ts';
import type {Cell} from '../../../src/model/picture.ts';
import type {ProgramReading} from '../../../src/model/program.ts';
import {newView} from '../../../src/model/view.ts';
import type {MixFigures} from '../../../src/surface/mix-digits.ts';
import {silentProgram} from '../../gain/sound-frame.ts';
import {fullSurface, levelLayer} from '../render/small-desk.ts';
import {bytesOf, cellAt, levelOf, warned} from './golden.ts';

/** Two and ten 7-segment digits. Dots are drawn behind the digit that they sit on. */

const silence = Number.NEGATIVE_INFINITY;
const program = (given: Partial<ProgramReading>): ProgramReading => ({...silentProgram, ...given});

function draw(cell: Cell): string {
  if (cell.type !== 'digits') return '';
  return Array.from(cell.text, (character, index) => character + (cell.dots.includes(index) ? '.' : '')).join('');
}

const headroom: readonly (readonly [what: string, figures: MixFigures | undefined, clipped: boolean, drawn: string])[] =
  [
    ['nothing was measured', undefined, false, '--'],
    ['only samples: −6.0 dBFS', {program: undefined, peakDb: -6}, false, '06'],
    ['only samples: silence', {program: undefined, peakDb: silence}, false, '--'],
    ['true peak −6.0', {program: program({truePeakDb: -6}), peakDb: -9}, false, '06.'],
    [
      'true peak −6.9: what is not whole is not there',
      {program: program({truePeakDb: -6.9}), peakDb: -9},
      false,
      '06.',
    ],
    ['true peak −0.4', {program: program({truePeakDb: -0.4}), peakDb: -1}, false, '00.'],
    ['true peak +0.8, no sample lost', {program: program({truePeakDb: 0.8}), peakDb: -0.1}, false, '00.'],
    ['true peak −23', {program: program({truePeakDb: -23}), peakDb: -24}, false, '23.'],
    ['silence', {program: program({}), peakDb: silence}, false, '--'],
    ['samples were lost', {program: program({truePeakDb: -12}), peakDb: -12}, true, '0.0.'],
    ['samples were lost, and nothing is heard now', undefined, true, '0.0.'],
  ];

for (const [what, figures, clipped, drawn] of headroom) {
  test(`two digits, ${what}: ${drawn}`, (t) => {
    const view = newView({layer: levelLayer, assignmentDigits: 'headroom'});
    const warnings = clipped ? [warned({rule: 'clip.out', strip: 'master', severity: 4})] : [];
    t.is(draw(cellAt('digits.assignment', {view, warnings, ...(figures && {figures})})), drawn);
  });
}

const loud = program({
  integratedLufs: -14.24,
  shortTermLufs: -9.96,
  momentaryLufs: -103.2,
  maxTruePeakDb: 0.34,
  truePeakDb: -3,
});
const ten: readonly (readonly [TimeContent, ProgramReading | undefined, cells: number, drawn: string])[] = [
  ['integrated', loud, 10, 'I  -14.2 LU'],
  ['short-term', loud, 10, 'S  -10.0 LU'],
  ['momentary', loud, 10, 'M -103.2 LU'],
  ['true-peak', loud, 10, 'P    0.3 DB'],
  ['true-peak', program({maxTruePeakDb: -0.02}), 10, 'P    0.0 DB'],
  ['integrated', program({}), 10, 'I   -OO LU'],
  ['integrated', undefined, 10, 'I    -- LU'],
  ['integrated', loud, 8, 'I   -14.2'],
  ['integrated', loud, 5, 'I-14.2'],
];

for (const [timeDigits, reading, cells, drawn] of ten) {
  test(`${cells} digits of ${timeDigits}: ${drawn}`, (t) => {
    const base = fullSurface();
    const display = {id: 'digits.time', type: 'digits', strip: undefined, cells, address: undefined} as const;
    const surface = {...base, outputs: new Map([...base.outputs, [display.id, display]])};
    const view = newView({layer: levelLayer, timeDigits});
    const cell = cellAt('digits.time', {surface, view, figures: {program: reading, peakDb: undefined}});
    t.is(draw(cell), drawn);
    t.is(cell.type === 'digits' && cell.text.length, cells, 'the whole display, so that nothing old stays');
  });
}

test('the digits go out from the right, bit 6 is the dot', (t) => {
  const view = newView({layer: levelLayer, timeDigits: 'integrated', assignmentDigits: 'headroom'});
  const figures = {program: loud, peakDb: undefined};
  t.deepEqual(bytesOf(fullSurface(), 'digits.time', cellAt('digits.time', {view, figures})), [
    ...['B0 40 15', 'B0 41 0C', 'B0 42 20', 'B0 43 32', 'B0 44 74'],
    ...['B0 45 31', 'B0 46 2D', 'B0 47 20', 'B0 48 20', 'B0 49 09'],
  ]);
  t.deepEqual(bytesOf(fullSurface(), 'digits.assignment', cellAt('digits.assignment', {view, figures})), [
    'B0 4A 73',
    'B0 4B 30',
  ]);
});

test('the light for hours and minutes is lit while they are shown', (t) => {
  const lit = (timeDigits: TimeContent) => cellAt('lamp.smpte', {view: newView({layer: levelLayer, timeDigits})});
  t.deepEqual(lit('time'), {type: 'lamp', on: true});
  t.deepEqual(lit('momentary'), {type: 'lamp', on: false});
});

test('the layer is shown as ever where headroom was not asked for', (t) => {
  const shown = (assignmentDigits: AssignmentContent) =>
    draw(cellAt('digits.assignment', {view: newView({layer: levelLayer, assignmentDigits})}));
  t.deepEqual([shown('view'), shown('headroom')], ['LV', '--']);
});

test('figures change at most four times a second, however fast the mix does', (t) => {
  let reads = 0;
  const figures = createSlowFigures(
    () => program({momentaryLufs: -reads}),
    () => levelOf(-++reads),
  );
  const shown = Array.from({length: 200}, (_, tick) => figures(tick));
  for (let tick = 0; tick + 20 <= shown.length; tick++) t.true(new Set(shown.slice(tick, tick + 20)).size <= 5);
  t.is(new Set(shown).size, 40, 'ten seconds');
  for (let tick = 1; tick < shown.length; tick++) t.is(shown[tick] !== shown[tick - 1], tick % 5 === 0);
});
