import test from 'ava';
import {assistanceLine} from '../../../src/app/proposal-words.ts';
import {drawDesk} from '../../../src/app/terminal/desk-frame.ts';
import {terminalStyle} from '../../../src/app/terminal/style.ts';
import {type Assistance, type Finding, noAssistance} from '../../../src/model/assistance.ts';
import type {Warning} from '../../../src/model/warning.ts';
import {sampleStatus} from './sample-status.ts';

const style = terminalStyle({}, true);
const {mixer} = sampleStatus(8, {});
const change = (toDb: number, limited = false): Finding => ({type: 'change', fromDb: 0, toDb, limited});

function proposing(what: 'trim' | 'level', ...findings: readonly Finding[]): Assistance {
  const found = new Map(findings.map((finding, index) => [`s${index}`, finding]));
  return {...noAssistance, proposal: {what, findings: found}};
}

const rows: readonly (readonly [Assistance, string | undefined])[] = [
  [noAssistance, undefined],
  [{...noAssistance, told: 'Done: auto-trim of Kick.'}, 'Done: auto-trim of Kick.'],
  [
    {...noAssistance, listening: new Set(['s0', 's1'])},
    'Listening to 2 strips: play the loudest part, then let go (terminal: E again).',
  ],
  [proposing('trim', change(-4)), 'Proposal: trims for Strip 1: a apply, c cancel.'],
  [proposing('trim', change(-4), change(2), {type: 'fine'}), 'Proposal: trims for 2 strips: a apply, c cancel.'],
  [
    proposing('level', change(-4), change(10, true), {type: 'silent'}),
    'Proposal: levels for 2 strips, 1 as far as it goes, 1 not heard: a apply, c cancel.',
  ],
  [proposing('trim', {type: 'fine'}), undefined],
];

for (const [assistance, text] of rows) {
  test(`the line says: ${text ?? 'nothing'} (${assistance.proposal?.findings.size ?? 0})`, (t) => {
    t.is(assistanceLine(assistance, mixer), text);
  });
}

const warnings: readonly Warning[] = ['s1', 's2', 's3', 's4'].map((strip) => ({
  rule: 'hot',
  strip,
  severity: 2,
  short: 'HOT +4',
  advice: `${strip} peaks at -5 dBFS. Trim down 4 dB.`,
  raisedAtMs: 0,
  acknowledged: false,
}));

for (const [columns, height] of [
  [80, 24],
  [60, 18],
  [132, 40],
] as const) {
  test(`a proposal is in sight on ${columns} by ${height}, and nothing is pushed off the screen`, (t) => {
    for (const page of [undefined, sampleStatus(8, {}).layout.pages[0]]) {
      const view = {...sampleStatus(8, {}).view, page};
      const status = sampleStatus(8, {warnings, view, assistance: proposing('trim', change(-4), change(3))});
      const lines = drawDesk(status, {columns, rows: height}, style);
      const calm = drawDesk(sampleStatus(8, {warnings, view}), {columns, rows: height}, style);
      t.is(lines.filter((text) => text.includes('Proposal: trims for 2 strips')).length, 1);
      t.is(lines.length, calm.length);
      t.true(lines.every((text) => Array.from(text).length <= columns));
      t.is(lines.at(-1), calm.at(-1));
    }
  });
}

test('the warning whose advice is read on the surface comes first', (t) => {
  const advice = {strip: 's4', rule: 'hot', text: '', sinceTick: 0} as const;
  const lines = drawDesk(
    sampleStatus(8, {warnings, assistance: {...noAssistance, advice}}),
    {columns: 80, rows: 24},
    style,
  );
  const first = lines.find((text) => text.includes('HOT +4') && text.includes('peaks'));
  t.true(first?.includes('s4 peaks') ?? false, first);
});
