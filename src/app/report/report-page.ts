import {bandNamesHz} from '../../gain/third-octave.ts';
import type {Problem} from '../../model/problem.ts';
import {type Advice, fileAdvice, sessionAdvice, vocalText, warningAdvice} from './advice.ts';
import type {TrackFigures} from './figures.ts';
import {escaped} from './html-text.ts';
import {pageStyle} from './page-style.ts';
import {figuresTable, historyTable, spectrumTable, stripTable, tableOf} from './page-tables.ts';
import type {FileReport, MixReport, Programme, Report, StripReport} from './report.ts';
import {differencePlot, levelPlot, loudnessKey, loudnessPlot, spectrumKey, spectrumPlot} from './report-plots.ts';
import {clock, level, signed} from './report-words.ts';

/** The report as one page that needs nothing else: no network, no script. It is well-formed XML, too. */
export function reportPage(report: Report): string {
  const {subject, target, problems, soundSeconds, elapsedSeconds} = report;
  const name = subject.type === 'session' ? subject.name : subject.files.map((file) => file.name).join(', ');
  const body =
    subject.type === 'session'
      ? sessionBody(subject.strips, subject.mix, report)
      : subject.files.map((file) => fileBody(file, report)).join('');
  const about =
    subject.type === 'session'
      ? `${clock(subject.mix.figures.seconds)} at ${subject.sampleRate} Hz, ${subject.strips.length} strips`
      : `${subject.files.length} ${subject.files.length === 1 ? 'file' : 'files'}`;
  const note =
    target === undefined
      ? ''
      : `<p>${escaped(target.name)}: ${level(target.integratedLufs)} LUFS ±${target.toleranceLu}, true peak ${level(target.ceilingDbtp)} dBTP; ${escaped(target.source)}, looked up ${escaped(target.readOn)} (${target.standing}). ${escaped(target.note ?? '')}</p>`;
  const rate = Math.round(soundSeconds / Math.max(1e-3, elapsedSeconds));
  return `<!DOCTYPE html>
<html lang="en" xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/><meta name="color-scheme" content="light dark"/><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/><title>${escaped(`${name}: gain and loudness`)}</title><style>${pageStyle}</style></head><body>
<header><p class="soft">Gain and loudness report</p><h1>${escaped(name)}</h1><p class="soft">${escaped(about)}</p></header>
<main>${problemList(problems)}${body}</main>
<footer>${note}<p>Peaks in dBFS, true peaks in dBTP, RMS as a sine reads it. Working peak: what it peaks at when it plays, in its loudest 20 s; the window is -12 to -6. Floor: the RMS that a tenth of all 400 ms stay below. Mono: what is left of the level in mono. * below 60 s a range says little. Loudness after ITU-R BS.1770-5, EBU Tech 3341 and 3342. Measured at ${rate} times real time by Longthrow.</p></footer>
</body></html>
`;
}

function sessionBody(strips: readonly StripReport[], mix: MixReport, report: Report): string {
  const vocal = vocalText(mix);
  const own = strips.filter(({recorded}) => recorded !== undefined);
  return [
    cards(mix.figures, mix.target?.distanceLu),
    '<h2>What to do</h2>',
    adviceList(sessionAdvice(strips, mix).map(item)),
    '<h2>The mix</h2>',
    ...(vocal === undefined ? [] : [`<p>${escaped(vocal)}</p>`]),
    programme('the mix', mix, report),
    '<h2>Strips</h2>',
    stripTable(strips),
    ...strips.map(stripFigure),
    details(
      'All figures as recorded',
      figuresTable(
        'As recorded; loudness in LUFS, ranges and balance in LU, all else in dB',
        own.flatMap(({name, recorded}) => (recorded ? [{name, figures: recorded}] : [])),
      ),
    ),
  ].join('');
}

function fileBody(file: FileReport, report: Report): string {
  const {name, as, figures, warnings, channels, sampleRate, format, bits} = file;
  const shape = `${format}, ${channels === 1 ? 'mono' : 'stereo'}, ${sampleRate} Hz${bits === undefined ? '' : `, ${bits} bits`}, ${clock(figures.seconds)}, taken as a ${as}`;
  return [
    `<section><h2>${escaped(name)}</h2><p class="soft">${escaped(shape)}</p>`,
    cards(figures, file.target?.distanceLu),
    adviceList(fileAdvice(file).map(item)),
    figure(
      levelPlot(name, figures.history, warnings),
      'Peaks over time with the target window for material (-12 to -6 dBFS).',
    ),
    programme(name, file, report),
    '</section>',
  ].join('');
}

/** Loudness, spectrum and comparisons of something finished. */
function programme(name: string, {figures, target, references}: Programme, report: Report): string {
  const own = {name, figures};
  const tracks = [own, ...report.references];
  return [
    ...(target === undefined
      ? []
      : [
          `<h3>Against ${escaped(target.target.name)}</h3>`,
          adviceList(
            target.advice.map((text) => item({severity: 2, word: 'target', when: '', text})),
            `Fits: ${signed(target.distanceLu)} LU from the target.`,
          ),
        ]),
    figure(loudnessPlot(name, figures, report.target), '', loudnessKey(report.target)),
    details('The same in numbers', historyTable(figures)),
    `<h3>Spectrum</h3>`,
    figure(
      spectrumPlot(own, report.references),
      '',
      report.references.length > 0 ? spectrumKey(name, report.references) : '',
    ),
    details('The same in numbers', spectrumTable(tracks)),
    ...references.map((comparison, index) => {
      const reference = report.references[index]?.name ?? '';
      return [
        `<h3>Against ${escaped(reference)}</h3>`,
        adviceList(
          comparison.advice.map((text) => item({severity: 1, word: 'reference', when: '', text})),
          'No difference worth a word.',
        ),
        figure(
          differencePlot(name, reference, comparison),
          `More (above) and less (below) than ${reference}, both made equally loud.`,
        ),
        details(
          'The same in numbers',
          tableOf(
            'Difference in dB',
            ['band', 'difference'],
            comparison.bandsDb.map((value, band) => [String(bandNamesHz[band] ?? ''), signed(value)]),
          ),
        ),
      ].join('');
    }),
    details('All figures', figuresTable('Loudness in LUFS, ranges and balance in LU, all else in dB', tracks)),
  ].join('');
}

function stripFigure({name, kind, recorded, pre, warnings}: StripReport): string {
  return [
    `<section><h3>${escaped(name)}</h3>`,
    warnings.length === 0 ? '' : adviceList(warnings.map((warning) => item(warningAdvice(warning)))),
    figure(
      levelPlot(name, pre.history, warnings, 160),
      kind === 'stem' ? 'Peaks before the fader, with the target window.' : 'Peaks before its fader.',
    ),
    recorded === undefined
      ? ''
      : details('Spectrum as recorded', `<figure>${spectrumPlot({name, figures: recorded}, [], 200)}</figure>`),
    '</section>',
  ].join('');
}

function cards({loudness, truePeakDb, lowestPsrDb, plrDb}: TrackFigures, distanceLu: number | undefined): string {
  const entries: readonly (readonly [string, string, string])[] = [
    ['integrated', level(loudness.integratedLufs), 'LUFS'],
    ...(distanceLu === undefined ? [] : ([['from the target', signed(distanceLu), 'LU']] as const)),
    ['true peak', level(truePeakDb), 'dBTP'],
    ['max short-term', level(loudness.maxShortTermLufs), 'LUFS'],
    ['max momentary', level(loudness.maxMomentaryLufs), 'LUFS'],
    [loudness.rangeIsStable ? 'range' : 'range (short)', level(loudness.rangeLu), 'LU'],
    ['PLR', level(plrDb), 'dB'],
    ['lowest PSR', level(lowestPsrDb), 'dB'],
  ];
  return `<ul class="cards">${entries.map(([name, value, unit]) => `<li><b>${value} <small>${unit}</small></b><span>${name}</span></li>`).join('')}</ul>`;
}

function item({severity, word, when, text}: Advice): string {
  const time = when === '' ? '' : ` <span class="when">${escaped(when.replaceAll('-', '–'))}</span>`;
  return `<li class="s${severity}"><b>${escaped(word)}</b><span>${escaped(text)}${time}</span></li>`;
}

function adviceList(items: readonly string[], fine = 'Nothing: all is as it should be.'): string {
  const shown = items.length > 0 ? items.join('') : `<li class="fine"><b>fine</b><span>${escaped(fine)}</span></li>`;
  return `<ul class="advice">${shown}</ul>`;
}

function figure(plot: string, caption: string, key = ''): string {
  return `<figure>${plot}${key}${caption === '' ? '' : `<figcaption>${escaped(caption)}</figcaption>`}</figure>`;
}

function details(summary: string, inside: string): string {
  return `<details><summary>${escaped(summary)}</summary>${inside}</details>`;
}

function problemList(problems: readonly Problem[]): string {
  if (problems.length === 0) return '';
  const items = problems.map(({path, reason, hint, severity}) =>
    item({severity: severity === 'error' ? 3 : 1, word: severity, when: '', text: `${path}: ${reason}. ${hint ?? ''}`}),
  );
  return adviceList(items);
}
