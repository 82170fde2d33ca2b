import type {DeliveryTargetRow} from '../../model/delivery-target.ts';
import {plainText} from '../../model/problem.ts';
import {problemLine} from '../open-session.ts';
import {type Advice, fileAdvice, sessionAdvice, vocalText} from './advice.ts';
import type {TrackFigures} from './figures.ts';
import type {FileReport, MixReport, Programme, Report, StripReport} from './report.ts';
import {clock, level, signed} from './report-words.ts';
import {table, wrapped} from './text-table.ts';

/** The report for people, in lines of at most 80 characters. */
export function reportText(report: Report): string {
  const {subject, target, problems, soundSeconds, elapsedSeconds} = report;
  const lines =
    subject.type === 'session'
      ? [
          ...title(`${plainText(subject.name)}: ${clock(subject.mix.figures.seconds)} at ${subject.sampleRate} Hz`),
          ...levelLines(subject.strips),
          ...recordedLines(subject.strips),
          ...title('The mix'),
          ...figureLines(subject.mix.figures),
          ...mixLines(subject.mix),
          ...programmeLines(subject.mix, report),
          ...title('What to do'),
          ...adviceLines(sessionAdvice(subject.strips, subject.mix), 'Nothing: strips and mix are as they should be.'),
        ]
      : subject.files.flatMap((file) => fileLines(file, report));
  const rate = soundSeconds / Math.max(1e-3, elapsedSeconds);
  return `${[
    ...lines,
    ...(target === undefined ? [] : ['', ...targetNote(target)]),
    ...(problems.length === 0 ? [] : title('Problems')),
    ...problems.flatMap((problem) => problemLines(problemLine(problem))),
    '',
    ...wrapped(
      'Levels in dBFS, true peak in dBTP, RMS as a sine reads it; working peak: what it peaks at when it plays, in its loudest 20 s (window -12 to -6). Loudness after ITU-R BS.1770-5, EBU Tech 3341 and 3342.',
    ),
    `${clock(soundSeconds)} of sound measured at ${rate.toFixed(0)} times real time.`,
  ].join('\n')}\n`;
}

/** A problem's hint stands under it, indented. */
function problemLines(lines: string): readonly string[] {
  const [first = '', ...rest] = lines.split('\n');
  return [...wrapped(plainText(first), '', '    '), ...rest.flatMap((line) => wrapped(plainText(line), '    '))];
}

function title(text: string): readonly string[] {
  return ['', ...wrapped(text), ''];
}

const stripName = ({name, muted, kind}: StripReport): string =>
  `${plainText(name)}${muted ? ' (muted)' : ''}${kind === 'stem' ? '' : ` (${kind})`}`;

function levelLines(strips: readonly StripReport[]): readonly string[] {
  const head = ['strip', 'in', 'pre', 'working', 'post', 'pre RMS', 'pre LUFS', 'trim'];
  const rows = strips.map((strip) => [
    stripName(strip),
    level(strip.recorded?.samplePeakDb),
    level(strip.pre.samplePeakDb),
    level(strip.pre.workingPeakDb),
    level(strip.post.samplePeakDb),
    level(strip.pre.rmsDb),
    level(strip.pre.loudness.integratedLufs),
    strip.trim === undefined ? signed(strip.trimDb) : `${signed(strip.trimDb)} > ${signed(strip.trim.toDb)}`,
  ]);
  return table(head, rows);
}

function recordedLines(strips: readonly StripReport[]): readonly string[] {
  const recorded = strips.flatMap((strip) => (strip.recorded ? [{strip, figures: strip.recorded}] : []));
  const head = ['as recorded', 'LUFS', 'LRA', 'TP', 'crest', 'floor', 'DC', 'corr', 'mono', 'bal'];
  const rows = recorded.map(({strip, figures}) => [
    plainText(strip.name),
    level(figures.loudness.integratedLufs),
    level(figures.loudness.rangeLu),
    level(figures.truePeakDb),
    level(figures.crestDb),
    level(figures.floorDb),
    level(figures.dcDb),
    figures.image?.correlation?.toFixed(2) ?? '-',
    level(figures.image?.monoFoldDb),
    signed(figures.image?.balanceLu),
  ]);
  return rows.length === 0 ? [] : ['', ...table(head, rows)];
}

/** All figures of something finished, two to a line. */
function figureLines(figures: TrackFigures): readonly string[] {
  const {loudness, image, spectrum} = figures;
  const low = spectrum.lowShare === undefined ? undefined : 10 * Math.log10(spectrum.lowShare);
  const pairs: readonly (readonly [string, string])[] = [
    ['integrated', `${level(loudness.integratedLufs)} LUFS`],
    ['range', `${level(loudness.rangeLu)} LU${loudness.rangeIsStable ? '' : ' (below 60 s: says little)'}`],
    ['max momentary', `${level(loudness.maxMomentaryLufs)} LUFS`],
    ['max short-term', `${level(loudness.maxShortTermLufs)} LUFS`],
    ['true peak', `${level(figures.truePeakDb)} dBTP`],
    ['sample peak', `${level(figures.samplePeakDb)} dBFS`],
    ['PLR', `${level(figures.plrDb)} dB`],
    ['PSR lowest/median', `${level(figures.lowestPsrDb)} / ${level(figures.medianPsrDb)} dB`],
    ['working peak', `${level(figures.workingPeakDb)} dBFS`],
    ['crest', `${level(figures.crestDb)} dB`],
    ['floor (10 %)', `${level(figures.floorDb)} dBFS`],
    ['DC', `${level(figures.dcDb)} dBFS`],
    ['below 120 Hz', `${level(low)} dB`],
    ...(image === undefined
      ? []
      : ([
          ['correlation', `${image.correlation?.toFixed(2) ?? '-'} (lowest ${lowest(figures)})`],
          ['mono fold', `${level(image.monoFoldDb)} dB`],
          ['balance', `${signed(image.balanceLu)} LU (left +)`],
          ['width', `${level(image.widthDb)} dB`],
        ] as const)),
  ];
  const cells = pairs.map(([name, value]) => `${name.padEnd(18)} ${value}`);
  return Array.from({length: Math.ceil(cells.length / 2)}, (_, row) =>
    `  ${(cells[2 * row] ?? '').padEnd(38)} ${cells[2 * row + 1] ?? ''}`.trimEnd(),
  ).flatMap((line) => (line.length > 80 ? [line.slice(0, 40).trimEnd(), `  ${line.slice(40).trim()}`] : [line]));
}

function lowest({image}: TrackFigures): string {
  const found = image?.lowestCorrelation;
  return found === undefined ? '-' : `${found.value.toFixed(2)} at ${clock(found.atSeconds)}`;
}

function mixLines(mix: MixReport): readonly string[] {
  const vocal = vocalText(mix);
  return vocal === undefined ? [] : bullet(vocal);
}

function programmeLines({target, references}: Programme, report: Report): readonly string[] {
  const lines: string[] = [];
  if (target !== undefined) {
    const {name, integratedLufs, ceilingDbtp} = target.target;
    lines.push(...title(`Against ${name} (${level(integratedLufs)} LUFS, ${level(ceilingDbtp)} dBTP)`));
    const told = target.advice.length > 0 ? target.advice : [`Fits: ${signed(target.distanceLu)} LU from the target.`];
    lines.push(...told.flatMap((text) => bullet(text)));
  }
  for (const [index, comparison] of references.entries()) {
    lines.push(...title(`Against ${plainText(report.references[index]?.name ?? '')}`));
    const {loudnessLu, lowEndDb, widthDb, medianPsrDb} = comparison;
    lines.push(
      ...wrapped(
        `Loudness ${signed(loudnessLu)} LU, low end ${signed(lowEndDb)} dB, width ${signed(widthDb)} dB, PSR ${signed(medianPsrDb)} dB (mix less reference).`,
        '  ',
      ),
    );
    lines.push(...comparison.advice.flatMap((text) => bullet(text)));
  }
  return lines;
}

function adviceLines(told: readonly Advice[], fine: string): readonly string[] {
  if (told.length === 0) return bullet(fine);
  return told.flatMap(({word, when, text}) => bullet(`${when === '' ? word : `${word} ${when}`}: ${plainText(text)}`));
}

function fileLines(file: FileReport, report: Report): readonly string[] {
  const {name, as, format, channels, sampleRate, bits, figures} = file;
  const shape = [format, channels === 1 ? 'mono' : 'stereo', `${sampleRate} Hz`, ...(bits ? [`${bits} bits`] : [])];
  return [
    ...title(`${plainText(name)}: ${clock(figures.seconds)}, ${shape.join(', ')}, taken as a ${as}`),
    ...figureLines(figures),
    '',
    ...adviceLines(fileAdvice(file), 'Nothing to do.'),
    ...programmeLines(file, report),
  ];
}

function bullet(text: string): readonly string[] {
  return wrapped(text, '  - ', '    ');
}

function targetNote({name, kind, readOn, standing, source, note}: DeliveryTargetRow): readonly string[] {
  const kinds = {norm: 'a norm', advice: 'a recommendation', player: 'what the player turns to'};
  return wrapped(
    `${name}: ${kinds[kind]}, as of ${readOn}, ${standing} (${source}).${note === undefined ? '' : ` ${note}`}`,
  );
}

/** The list of `--targets`. */
export function targetsText(targets: readonly DeliveryTargetRow[]): string {
  const rows = targets.map(({id, integratedLufs, toleranceLu, ceilingDbtp, kind, readOn, standing}) => [
    id,
    `${level(integratedLufs)} LUFS`,
    `±${toleranceLu}`,
    `${level(ceilingDbtp)} dBTP`,
    kind,
    readOn,
    standing,
  ]);
  return `${table(['target', 'loudness', 'LU', 'ceiling', 'kind', 'as of', 'standing'], rows).join('\n')}\n`;
}
