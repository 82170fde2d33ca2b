import test from 'ava';
import fc from 'fast-check';
import type {DeskStatus} from '../../../src/app/desk-status.ts';
import {finalStatus} from '../../../src/app/final-status.ts';
import {drawDesk, stripsThatFit} from '../../../src/app/terminal/desk-frame.ts';
import {drawHelp} from '../../../src/app/terminal/help-frame.ts';
import {keyBindings} from '../../../src/app/terminal/key-map.ts';
import {monitorText} from '../../../src/app/terminal/monitor-keys.ts';
import {statusLine} from '../../../src/app/terminal/status-line.ts';
import type {Style} from '../../../src/app/terminal/style.ts';
import {type Monitor, newMonitor, type ReferenceReading} from '../../../src/model/monitor.ts';
import type {Warning} from '../../../src/model/warning.ts';
import {sampleStatus} from './sample-status.ts';

const plain: Style = {colour: false, unicode: false};
const rich: Style = {colour: true, unicode: true};
const hot: Warning = {
  rule: 'hot',
  strip: 's1',
  severity: 2,
  short: 'HOT +4',
  advice: 'Strip 2 peaks at -2. Trim down 7 dB.',
  raisedAtMs: 0,
  acknowledged: false,
};

/** What is left of a line when the escape sequences are taken out. */
function bare(line: string): string {
  return line.replace(/\u001b\[[\d;]*m/g, '');
}

test('the desk fits any terminal', (t) => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 250}),
      fc.integer({min: 1, max: 80}),
      fc.integer({min: 0, max: 70}),
      (columns, rows, strips) => {
        const status = sampleStatus(strips, {warnings: [hot, hot, hot], notices: ['MIDI: absent', 'Sound: absent']});
        for (const style of [plain, rich]) {
          const lines = drawDesk(status, {columns, rows}, style);
          if (lines.length > rows || lines.some((line) => Array.from(bare(line)).length > columns)) return false;
        }
        return true;
      },
    ),
    {numRuns: 60},
  );
  t.pass();
});

test('names, levels, warnings with advice, transport and time are all there', (t) => {
  const text = drawDesk(sampleStatus(8, {warnings: [hot]}), {columns: 120, rows: 40}, plain).join('\n');
  for (const shown of [
    'Sample',
    'Strip 1',
    'Strip 8',
    'MASTER',
    '0:01.0 / 0:10.0',
    'HOT +4',
    hot.advice,
    'layer level',
    'no surface',
    'q quit',
  ]) {
    t.true(text.includes(shown), shown);
  }
});

test('without colours and block characters only ASCII is drawn', (t) => {
  const text = drawDesk(sampleStatus(8, {warnings: [hot]}), {columns: 120, rows: 40}, plain).join('');
  t.regex(text, /^[\u0020-\u007e]*$/);
});

test('a narrow terminal shows the bank from its offset on', (t) => {
  const columns = 60;
  const fitting = stripsThatFit(columns);
  const {view} = sampleStatus(20, {});
  const text = drawDesk(sampleStatus(20, {view: {...view, bankOffset: 8}}), {columns, rows: 30}, plain).join('\n');
  t.true(text.includes('Strip 9'));
  t.false(text.includes('Strip 8 '));
  t.true(text.includes(`Strip ${8 + fitting}`));
  t.false(text.includes(`Strip ${9 + fitting}`));
});

test('a name with escape sequences cannot steer the terminal', (t) => {
  const status = sampleStatus(1, {});
  const evil = {
    ...status,
    mixer: {...status.mixer, strips: status.mixer.strips.map((strip) => ({...strip, name: '\u001b[2Jx'}))},
  };
  t.false(drawDesk(evil, {columns: 80, rows: 24}, plain).join('').includes('\u001b'));
  t.false(statusLine({...evil, warnings: [{...hot, strip: 's0'}]}).includes('\u001b'));
});

test('the fader cap stands higher for a higher level', (t) => {
  const rowOfCap = (levelDb: number): number => {
    const status = sampleStatus(1, {});
    const mixer = {...status.mixer, strips: status.mixer.strips.map((strip) => ({...strip, levelDb}))};
    return drawDesk({...status, mixer}, {columns: 30, rows: 40}, plain).findIndex((line) =>
      line.slice(0, 10).includes('[=]'),
    );
  };
  t.true(rowOfCap(10) < rowOfCap(0));
  t.true(rowOfCap(0) < rowOfCap(-20));
  t.true(rowOfCap(-20) < rowOfCap(Number.NEGATIVE_INFINITY));
});

test('the help names every key', (t) => {
  const text = drawHelp({columns: 120, rows: 40}, plain).join('\n');
  for (const {about} of keyBindings) t.true(text.includes(about), about);
});

test('the status line is one line and names the worst', (t) => {
  const line = statusLine(sampleStatus(3, {warnings: [hot]}));
  t.false(line.includes('\n'));
  t.regex(line, /0:01\.0 playing \| bus -8\.0 dBFS \| Strip 2 HOT \+4 \| no surface \| silent output, 0 late/);
});

test('the final status is JSON without infinities', (t) => {
  const status = sampleStatus(2, {warnings: [hot]});
  const silent = {
    ...status,
    reading: () => undefined,
    mixer: {...status.mixer, masterLevelDb: Number.NEGATIVE_INFINITY},
  };
  for (const one of [status, silent]) {
    const text = JSON.stringify(finalStatus(one));
    const parsed: unknown = JSON.parse(text);
    t.like(parsed, {
      schemaVersion: 1,
      session: 'Sample',
      warnings: [{rule: 'hot', strip: 's1'}],
      audio: {output: 'silent', lateBlocks: 0},
    });
  }
});

const reading: ReferenceReading = {
  name: 'Master.wav',
  state: 'ready',
  integratedLufs: -9,
  truePeakDb: -0.2,
  gainDb: -7.34,
  missingDb: 0,
};

for (const [given, expected] of [
  [{}, 'B Master.wav -7.3 dB'],
  [{gainDb: 2, missingDb: 1.25}, 'B Master.wav +2.0 dB, 1.3 dB too quiet'],
  [{gainDb: 0, missingDb: undefined}, 'B Master.wav (not matched yet)'],
  [{state: 'measuring'}, 'B Master.wav (being measured)'],
  [{state: 'failed'}, 'B Master.wav (cannot be read)'],
] as const) {
  test(`a reference is shown as ${expected}`, (t) => {
    const on = {...newMonitor, reference: 'on'} as const;
    t.is(monitorText(on, [{...reading, ...given}]), expected);
    t.is(monitorText({...on, dim: true}, [{...reading, ...given}]), `${expected} dim`);
    const status = sampleStatus(2, {});
    const engine = {...status.engine, references: [{...reading, ...given}]};
    const shown = (monitor: Monitor): string =>
      drawDesk({...status, engine, monitor}, {columns: 160, rows: 30}, plain).join('\n');
    t.true(shown(on).includes(`ears: ${expected}`));
    t.false(shown(newMonitor).includes('ears:'));
    t.true(shown(newMonitor).includes(`Reference: ${expected}.`), 'what B would be is known before');
  });
}

for (const [given, expected] of [
  [{levelDb: 0}, ''],
  [{levelDb: -6}, 'level -6.0 dB'],
  [{levelDb: Number.NEGATIVE_INFINITY}, 'silent'],
  [{levelDb: 3, dim: true}, 'level +3.0 dB dim'],
  [{dim: true, dimDb: -26}, 'dim -26.0 dB'],
  [{dimDb: -26}, ''],
] as const) {
  test(`a monitor with ${Object.keys(given).join(' and ')} is told as "${expected}"`, (t) => {
    t.is(monitorText({...newMonitor, ...given}), expected);
  });
}

test('a name of a reference cannot steer the terminal', (t) => {
  const on = {...newMonitor, reference: 'on'} as const;
  t.false(monitorText(on, [{...reading, name: 'a\u001b[2Jb'}]).includes('\u001b'));
  t.is(monitorText({...on, referenceNumber: 3}, [reading]), 'B is not there');
});

test('the solo mode, and what the meters show, are said', (t) => {
  const status = sampleStatus(2, {});
  const shown = (given: Partial<DeskStatus>): string =>
    drawDesk({...status, ...given}, {columns: 160, rows: 30}, plain).join('\n');
  t.true(shown({mixer: {...status.mixer, soloMode: 'after-fader'}}).includes('AFL'));
  t.true(shown({mixer: {...status.mixer, soloMode: 'pre-fader'}}).includes('PFL'));
  t.true(shown({view: {...status.view, meters: 'reduction'}}).includes('meters gain reduction'));
});

test('what is done for the ears only is said', (t) => {
  const monitor = {...newMonitor, dim: true, speaker: 'phone' as const};
  t.true(drawDesk(sampleStatus(2, {monitor}), {columns: 120, rows: 30}, plain).join('\n').includes('ears: dim phone'));
});
