import test from 'ava';
import fc from 'fast-check';
import {newStrip} from '../../../src/model/mixer.ts';
import type {Cell} from '../../../src/model/picture.ts';
import type {Surface} from '../../../src/model/surface.ts';
import {type RuleId, ruleIds} from '../../../src/model/warning.ts';
import {warningText} from '../../../src/surface/warning-text.ts';
import {fullSurface, mixerOf} from '../render/small-desk.ts';
import {bytesOf, cellAt, drawn, runs, warned} from './golden.ts';

/** Scribble strips of 6, 7 and 14 characters: the lower line alternates, 1.5 s each, between the warning and the value. */

function surfaceOf(cells: number): Surface {
  const base = fullSurface();
  const outputs = [...base.outputs].map(
    ([id, output]) => [id, output.type === 'text' ? {...output, cells} : output] as const,
  );
  return {...base, outputs: new Map(outputs)};
}

const texts: readonly (readonly [rule: RuleId, short: string, seven: string, fourteen: string])[] = [
  ['clip.out', 'CLIP!', 'CLIP!', 'OUTPUT CLIPPED'],
  ['clip.in', 'IN CLP', 'IN CLP', 'INPUT CLIPPED'],
  ['tp.limit', 'TP-0.3', 'TP-0.3', 'TP -0.3 dBTP'],
  ['hot', 'HOT +4', 'HOT +4', 'HOT +4 dB'],
  ['hot', 'HOT+12', 'HOT+12', 'HOT +12 dB'],
  ['low', 'LOW -7', 'LOW -7', 'LOW -7 dB'],
  ['vu.hot', 'VU  +4', 'VU  +4', 'AVG +4 VU'],
  ['bus.head', 'BUS -2', 'BUS -2', 'BUS -2 dBFS'],
  ['bus.pred', 'PRED+1', 'PRED+1', 'PRED +1 dBFS'],
  ['dc', 'DC -42', 'DC -42', 'DC -42 dBFS'],
  ['phase', 'PHASE', 'PHASE', 'OUT OF PHASE'],
  ['mono', 'MONO-9', 'MONO-9', 'MONO -9 dB'],
  ['bal', 'L+3.2', 'L+3.2', 'L +3.2 LU'],
  ['dead', 'R DEAD', 'R DEAD', 'R DEAD'],
  ['silent', 'SILENT', 'SILENT', 'NO SIGNAL'],
  ['noise', 'NOISE', 'NOISE', 'NOISE FLOOR'],
  ['squash', 'SQUASH', 'SQUASH', 'SQUASHED'],
  ['vox.bal', 'VOX -2', 'VOX -2', 'VOX -2 LU'],
  ['loud.i', 'I-14.2', 'I-14.2', 'I -14.2 LUFS'],
  ['name', 'NAME?', 'NAME?', 'NAME THIS'],
  ['stale', 'STALE', 'STALE', 'METERS STALE'],
];

for (const [rule, short, seven, fourteen] of texts) {
  test(`${rule}: ${short} on 6 cells, ${seven} on 7, ${fourteen} on 14`, (t) => {
    const at = (cells: number): string => {
      const cell = cellAt('text.1', {surface: surfaceOf(cells), warnings: [warned({rule, short})]});
      return cell.type === 'text' ? cell.bottom : '';
    };
    t.deepEqual([at(6), at(7), at(14)], [short, seven, fourteen]);
  });
}

test('no warning of any rule is longer than its cells, nor empty', (t) => {
  const anyShort = fc.oneof(
    fc.constantFrom('CLIP!', 'R DEAD', 'PHASE', 'L+3.2'),
    fc
      .tuple(fc.constantFrom('HOT', 'LOWS', 'PRED', 'I'), fc.integer({min: -120, max: 120}))
      .map(([word, number]) => `${word.slice(0, 2)}${number < 0 ? '' : '+'}${number}`.slice(0, 6)),
  );
  fc.assert(
    fc.property(fc.constantFrom(...ruleIds), anyShort, fc.integer({min: 1, max: 16}), (rule, short, cells) => {
      const text = warningText(warned({rule, short}), cells);
      return text.length > 0 && text.length <= cells && /^[ -~]+$/.test(text);
    }),
  );
  t.pass();
});

/** `W` while the warning stands in the lower line, `v` while the value does. */
const draw = (cell: Cell): string => (cell.type === 'text' && cell.bottom.startsWith('HOT') ? 'W' : 'v');
const mixer = mixerOf({pan: 0.5});
const warnings = [warned()];

for (const cells of [6, 7, 14]) {
  const surface = surfaceOf(cells);
  test(`${cells} cells: warning and value take turns`, (t) => {
    t.is(runs(drawn(120, {surface, mixer, warnings}, 'text.1', draw)), 'W30 v30 W30 v30');
    t.is(runs(drawn(120, {surface, mixer}, 'text.1', draw)), 'v120');
  });

  test(`${cells} cells: under the hand and 1.5 s after there is only the value`, (t) => {
    const held = new Map([['encoder.1', {atTick: 10, held: true}]]);
    t.is(runs(drawn(120, {surface, mixer, warnings, touched: held}, 'text.1', draw)), 'v120');
    const left = new Map([['encoder.1', {atTick: 50, held: false}]]);
    t.is(
      runs(drawn(120, {surface, mixer, warnings, touched: left}, 'text.1', draw)).slice(-14),
      'v80 W10 v30'.slice(-14),
    );
  });

  test(`${cells} cells with reduced motion: the warning stays, the value comes with the hand`, (t) => {
    const given = {surface, mixer, warnings, reducedMotion: true};
    t.is(runs(drawn(120, given, 'text.1', draw)), 'W120');
    const held = new Map([['encoder.1', {atTick: 10, held: true}]]);
    t.is(runs(drawn(120, {...given, touched: held}, 'text.1', draw)), 'v120');
  });
}

test('the colour of a strip is its track’s, whatever it warns of', (t) => {
  const green = mixerOf({colour: 'green'});
  for (let lampTick = 0; lampTick < 60; lampTick++)
    t.deepEqual(cellAt('colour.1', {mixer: green, warnings: [warned({severity: 4, rule: 'clip.in'})], lampTick}), {
      type: 'colour',
      colour: 'green',
    });
});

test('on the wire a strip has seven cells, whatever it shows of them', (t) => {
  const cell: Cell = {type: 'text', top: newStrip({id: 's', name: 'Kick'}).name, bottom: 'HOT +4'};
  const [top, bottom] = bytesOf(surfaceOf(6), 'text.2', cell);
  t.is(top, 'F0 00 00 66 14 12 07 4B 69 63 6B 20 20 20 F7');
  t.is(bottom, 'F0 00 00 66 14 12 3F 48 4F 54 20 2B 34 20 F7');
  t.deepEqual(bytesOf(surfaceOf(7), 'text.2', cell), [top, bottom]);
});
