import test from 'ava';
import {renderReport} from '../../../src/app/doctor/render.ts';
import {missingLines, type Report, reportJson} from '../../../src/app/doctor/report.ts';

const report: Report = {
  rows: [
    {area: 'runtime', check: 'Node', found: '20.19.0', state: 'ok'},
    {area: 'midi', check: 'ALSA sequencer', found: 'not there', state: 'missing', cure: 'modprobe snd-seq'},
    {area: 'audio', check: 'device', found: 'none', state: 'missing'},
    {area: 'time', check: 'event loop', found: 'late', state: 'warning', cure: 'rest'},
  ],
};

test('the text is aligned, says each cure, and counts', (t) => {
  t.is(
    renderReport(report, false),
    `Runtime
  ok       Node            20.19.0
MIDI
  missing  ALSA sequencer  not there
                           → modprobe snd-seq
Audio
  missing  device          none
Time
  warning  event loop      late
                           → rest

2 missing, 1 to look at.
`,
  );
});

test('colour changes nothing but colour', (t) => {
  const coloured = renderReport(report, true);
  t.not(coloured, renderReport(report, false));
  t.is(coloured.replace(/\u001b\[\d+m/g, ''), renderReport(report, false));
  t.is(renderReport({rows: []}, false), '\nNothing is missing, 0 to look at.\n');
});

test('at the start what is missing is said in one line each', (t) => {
  t.deepEqual(missingLines(report), ['MIDI: not there – modprobe snd-seq', 'Audio: none']);
});

test('the answer for programs has a version', (t) => {
  t.deepEqual(reportJson(report), {schemaVersion: 1, ok: false, checks: report.rows});
});
