import type {BounceResult} from '../engine/bounce.ts';
import type {LoudnessReading} from '../gain/loudness.ts';
import {formatDb} from '../model/decibel.ts';
import {formatClock} from '../model/playback.ts';

/** What a report says of one file; `name` is the file's, without its folder. */
export interface ReportedFile extends Pick<BounceResult, 'frames' | 'peakDb' | 'overs' | 'loudness'> {
  readonly name: string;
}

/** Numbers of one file as JSON can hold them: silence (minus infinity) is null, everything rounded to a thousandth. */
export function loudnessFields(loudness: LoudnessReading) {
  return {
    integratedLufs: rounded(loudness.integratedLufs),
    rangeLu: rounded(loudness.rangeLu),
    rangeIsStable: loudness.rangeIsStable,
    maxMomentaryLufs: rounded(loudness.maxMomentaryLufs),
    maxShortTermLufs: rounded(loudness.maxShortTermLufs),
    truePeakDbtp: rounded(loudness.truePeakDb),
    samplePeakDbfs: rounded(loudness.samplePeakDb),
    peakToLoudnessDb: rounded(loudness.peakToLoudnessDb ?? Number.NEGATIVE_INFINITY),
  };
}

function rounded(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value * 1000) / 1000 + 0 : null;
}

/** The report for programs. */
export function reportJson(files: readonly ReportedFile[], sampleRate: number): string {
  const report = {
    schemaVersion: 1,
    standard: 'ITU-R BS.1770-5, EBU Tech 3341 and 3342',
    sampleRate,
    files: files.map(({name, frames, overs, loudness}) => ({
      file: name,
      seconds: rounded(frames / sampleRate),
      ...loudnessFields(loudness),
      samplesHeldByCeiling: overs,
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

const columns = ['file', 'length', 'I', 'LRA', 'max M', 'max S', 'true peak', 'sample peak', 'PLR'] as const;

/** The report for people: a table, and what the numbers mean. */
export function reportText(files: readonly ReportedFile[], sampleRate: number): string {
  const value = (db: number): string => formatDb(db, '-inf').replace(/^\+(?=\d)/, '');
  const rows = files.map(({name, frames, loudness}) => [
    name,
    formatClock(frames, sampleRate),
    value(loudness.integratedLufs),
    `${value(loudness.rangeLu)}${loudness.rangeIsStable ? '' : '*'}`,
    value(loudness.maxMomentaryLufs),
    value(loudness.maxShortTermLufs),
    formatDb(loudness.truePeakDb, '-inf'),
    formatDb(loudness.samplePeakDb, '-inf'),
    loudness.peakToLoudnessDb === undefined ? '-' : value(loudness.peakToLoudnessDb),
  ]);
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => [...(row[index] ?? '')].length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  ');
  const notes = [
    'I integrated loudness, max M and max S highest momentary (400 ms) and short-term (3 s) loudness, all in LUFS.',
    'LRA loudness range in LU. True peak in dBTP, sample peak in dBFS. PLR true peak above I, in dB.',
    ...(files.some(({loudness}) => !loudness.rangeIsStable) ? ['* shorter than 60 s: the range says little.'] : []),
    ...files
      .filter(({overs}) => overs > 0)
      .map(
        ({name, overs, peakDb}) => `${name}: ${overs} samples up to ${formatDb(peakDb)} dBFS were held by the ceiling.`,
      ),
    'Measured after ITU-R BS.1770-5, EBU Tech 3341 and 3342.',
  ];
  return `${[line(columns), ...rows.map(line), '', ...notes].join('\n')}\n`;
}
