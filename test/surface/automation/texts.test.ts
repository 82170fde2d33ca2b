import test from 'ava';
import fc from 'fast-check';
import {automationModes} from '../../../src/model/automation.ts';
import type {AutomationStatus} from '../../../src/model/automation-status.ts';
import type {Surface} from '../../../src/model/surface.ts';
import {automationText, newsAfter} from '../../../src/surface/automation-text.ts';
import type {Handling} from '../../../src/surface/handling.ts';
import type {RenderInput} from '../../../src/surface/render.ts';
import {cellAt, runs, states} from '../classes/golden.ts';
import {contextOf, fullSurface, mixerOf} from '../render/small-desk.ts';
import {automated, modes} from './states.ts';

function surfaceOf(cells: number): Surface {
  const base = fullSurface();
  const outputs = [...base.outputs].map(
    ([id, output]) => [id, output.type === 'text' ? {...output, cells} : output] as const,
  );
  return {...base, outputs: new Map(outputs)};
}

/** The lower line of the first strip. */
function bottom(given: Partial<RenderInput>): string {
  const cell = cellAt('text.1', {...contextOf({}), ...given});
  return cell.type === 'text' ? cell.bottom : '';
}

const by = (hand: string, lane = 's1 level') => [{lane, by: hand}];
const settings = {touch: modes({s1: 'touch'}), latch: modes({s1: 'latch'}), trim: modes({s1: 'trim'})};

const said: readonly (readonly [law: string, AutomationStatus, six: string, seven: string, fourteen: string])[] = [
  ['by this unit', automated({settings: settings.latch, writing: by('Full')}), 'LATCH', 'LATCH', 'LATCH'],
  [
    'by no hand, in write mode',
    automated({settings: modes({s1: 'write'}), writing: by('')}),
    'WRITE',
    'WRITE',
    'WRITE',
  ],
  ['by the page', automated({settings: settings.touch, writing: by('page')}), 'T page', 'T page', 'TOUCH page'],
  [
    'by the terminal',
    automated({settings: settings.touch, writing: by('terminal')}),
    'T Trmn',
    'T Trmnl',
    'TOUCH terminal',
  ],
  [
    'another parameter',
    automated({settings: settings.latch, writing: by('page', 's1 pan')}),
    'L page',
    'L page',
    'LATCH page',
  ],
  [
    'in trim mode',
    automated({settings: settings.trim, writing: by('Full'), offsetsDb: new Map([['s1', -2.5]])}),
    'd-2.5',
    'd-2.5',
    'd-2.5',
  ],
  [
    'in trim mode by another',
    automated({settings: settings.trim, writing: by('page')}),
    '+ page',
    '+ page',
    'TRIM page',
  ],
  [
    'a trim that stands',
    automated({settings: settings.trim, offsetsDb: new Map([['s1', 12.25]])}),
    'd+12.3',
    'd+12.3',
    'd+12.3',
  ],
  ['previewed', automated({previewed: new Set(['s1 level'])}), 'PREVW', 'PREVIEW', 'PREVIEW'],
];
for (const [law, automation, six, seven, fourteen] of said)
  test(`${law}: ${six} on 6 cells, ${seven} on 7, ${fourteen} on 14`, (t) => {
    t.deepEqual(
      [6, 7, 14].map((cells) => bottom({surface: surfaceOf(cells), automation})),
      [six, seven, fourteen],
    );
  });

test('nothing is said of a strip that is not written, and no offset where trim mode is over', (t) => {
  t.is(bottom({automation: automated({settings: settings.touch, writing: by('page', 's2 level')})}), 'C');
  t.is(bottom({automation: automated({settings: settings.touch, offsetsDb: new Map([['s1', 3]])})}), 'C');
});

/** One character each half of a turn (0.75 s): the value, automation, a warning. */
function turns(given: Partial<RenderInput>): string {
  const marks: Readonly<Record<string, string>> = {C: 'v', 'T page': 'a', 'HOT +4': 'w'};
  return Array.from({length: 16}, (_, index) => marks[bottom({...given, lampTick: index * 15})] ?? '?').join('');
}
const pageWrites = automated({settings: settings.touch, writing: by('page')});

test('who writes takes turns with the value, and with warnings as well', (t) => {
  t.is(runs(turns({automation: pageWrites})), 'a2 v2 a2 v2 a2 v2 a2 v2');
  t.is(runs(turns({automation: pageWrites, warnings: states.advice})), 'w2 a2 w2 v2 w2 a2 w2 v2');
  t.is(runs(turns({warnings: states.advice})), 'w2 v2 w2 v2 w2 v2 w2 v2', 'as ever without');
});

test('where no texts take turns, who writes stays, and a warning comes before it', (t) => {
  t.is(runs(turns({automation: pageWrites, reducedMotion: true})), 'a16');
  t.is(runs(turns({automation: pageWrites, reducedMotion: true, warnings: states.advice})), 'w16');
});

const held: ReadonlyMap<string, Handling> = new Map([['fader.1', {atTick: 0, held: true}]]);

test('under the hand is the value; in trim mode what is added', (t) => {
  t.is(bottom({touched: held, automation: pageWrites}), '0.0');
  const automation = automated({settings: settings.trim, offsetsDb: new Map([['s1', 2.5]])});
  t.is(bottom({touched: held, automation}), 'd+2.5');
  t.is(bottom({touched: new Map([['encoder.1', {atTick: 0, held: true}]]), automation}), 'C');
  t.is(bottom({touched: held, automation: automated({settings: settings.trim})}), 'd0.0');
});

test('the mode is said for 1.5 s when it changes, unless a hand is on the strip', (t) => {
  const automation = automated({settings: settings.latch});
  const modeChanges = new Map([['s1', 100]]);
  const at = (lampTick: number, given: Partial<RenderInput> = {}) =>
    bottom({automation, modeChanges, lampTick, warnings: states.alarm, ...given});
  t.deepEqual([at(100), at(129), at(130)], ['LATCH', 'LATCH', 'IN CLP']);
  t.is(at(110, {touched: held}), '0.0');
});

test('only strips whose mode is another than before are new, and protection is told before any mode', (t) => {
  const mixer = mixerOf({}, {}, {});
  const first = newsAfter(undefined, modes({s2: 'latch'}), mixer, 0);
  t.is(first.changedAt.size, 0);
  t.is(newsAfter(first, first.settings, mixer, 5), first);
  const desk = newsAfter(first, modes({s2: 'latch'}, {mode: 'touch'}), mixer, 10);
  t.deepEqual(
    [...desk.changedAt],
    [
      ['s1', 10],
      ['s3', 10],
      ['master', 10],
    ],
  );
  const safe = newsAfter(desk, modes({s2: 'latch'}, {mode: 'touch', safeStrips: new Set(['s2'])}), mixer, 100);
  t.deepEqual([...safe.changedAt], [['s2', 100]], 'old news are forgotten');
  t.is(
    bottom({
      automation: automated({settings: modes({}, {safeStrips: new Set(['s1'])})}),
      modeChanges: new Map([['s1', 0]]),
    }),
    'SAFE',
  );
});

test('whatever automation says fits, in ASCII', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom(...automationModes),
      fc.option(fc.constantFrom('Full', 'page', 'terminal', 'Control Universal', 'X', 'Pult Übersee'), {
        nil: undefined,
      }),
      fc.double({min: -40, max: 40, noNaN: true}),
      fc.constantFrom(6, 7, 14),
      (mode, hand, offsetDb, cells) => {
        const status = automated({
          settings: modes({s1: mode}),
          writing: hand === undefined ? [] : by(hand),
          offsetsDb: new Map([['s1', offsetDb]]),
        });
        const text = automationText(status, 's1', 'Full', cells);
        return text === undefined ? hand === undefined : text.length <= cells && /^[ -~]+$/.test(text);
      },
    ),
  );
  t.pass();
});
