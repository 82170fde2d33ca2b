import {targetWindow} from '../../gain/headroom.ts';
import {bandNamesHz} from '../../gain/third-octave.ts';
import type {TrackFigures} from './figures.ts';
import {escaped} from './html-text.ts';
import type {StripReport} from './report.ts';
import {clock, level, signed} from './report-words.ts';

/** A table that scrolls by itself where the page is too narrow. Cells are HTML. */
export function tableOf(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const heads = head.map((text) => `<th scope="col">${escaped(text)}</th>`).join('');
  const body = rows.map(([first = '', ...cells]) => {
    return `<tr><th scope="row">${first}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<div class="wide" tabindex="0" role="region" aria-label="${escaped(caption)}"><table><caption>${escaped(caption)}</caption><thead><tr>${heads}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

/** Levels of all strips at the three places. */
export function stripTable(strips: readonly StripReport[]): string {
  const rows = strips.map((strip) => {
    const {name, kind, muted, recorded, pre, post, trimDb, trim} = strip;
    return [
      `${escaped(name)}${kind === 'stem' ? '' : ` <span class="soft">${kind}</span>`}${muted ? ' <span class="soft">muted</span>' : ''}`,
      level(recorded?.samplePeakDb),
      level(pre.samplePeakDb),
      kind === 'stem' ? workingCell(pre.workingPeakDb) : level(pre.workingPeakDb),
      level(pre.rmsDb),
      level(pre.loudness.integratedLufs),
      level(post.samplePeakDb),
      level(post.loudness.integratedLufs),
      trim === undefined ? signed(trimDb) : `${signed(trimDb)} → <b>${signed(trim.toDb)}</b>`,
    ];
  });
  const head = [
    'strip',
    'in peak',
    'pre peak',
    'working peak',
    'pre RMS',
    'pre LUFS',
    'post peak',
    'post LUFS',
    'trim',
  ];
  return tableOf(
    'Levels as recorded (in), behind the processing (pre) and behind the fader (post), in dBFS',
    head,
    rows,
  );
}

function workingCell(workingPeakDb: number | undefined): string {
  if (workingPeakDb === undefined) return '-';
  const {lowDb, highDb} = targetWindow;
  if (workingPeakDb > highDb) return `<span class="out-of-window">${level(workingPeakDb)} hot</span>`;
  if (workingPeakDb < lowDb) return `<span class="out-of-window">${level(workingPeakDb)} low</span>`;
  return `<span class="in-window">${level(workingPeakDb)}</span>`;
}

/** Everything measured of each, one row each. */
export function figuresTable(
  caption: string,
  tracks: readonly {readonly name: string; readonly figures: TrackFigures}[],
): string {
  const rows = tracks.map(({name, figures}) => {
    const {loudness, image, spectrum} = figures;
    const low = image?.lowestCorrelation;
    return [
      escaped(name),
      level(loudness.integratedLufs),
      `${level(loudness.rangeLu)}${loudness.rangeIsStable ? '' : '*'}`,
      level(loudness.maxMomentaryLufs),
      level(loudness.maxShortTermLufs),
      level(figures.truePeakDb),
      level(figures.samplePeakDb),
      level(figures.plrDb),
      level(figures.lowestPsrDb),
      level(figures.crestDb),
      level(figures.floorDb),
      level(figures.dcDb),
      image?.correlation?.toFixed(2) ?? '-',
      low === undefined ? '-' : `${low.value.toFixed(2)} <span class="soft">at ${clock(low.atSeconds)}</span>`,
      level(image?.monoFoldDb),
      signed(image?.balanceLu),
      level(spectrum.lowShare === undefined ? undefined : 10 * Math.log10(spectrum.lowShare)),
    ];
  });
  const head = [
    '',
    'I',
    'LRA',
    'max M',
    'max S',
    'TP',
    'SP',
    'PLR',
    'PSR min',
    'crest',
    'floor',
    'DC',
    'corr.',
    'lowest',
    'mono',
    'balance',
    '<120 Hz',
  ];
  return tableOf(caption, head, rows);
}

/** The numbers of a spectrum plot. */
export function spectrumTable(tracks: readonly {readonly name: string; readonly figures: TrackFigures}[]): string {
  const rows = bandNamesHz.map((name, band) => [
    `${name >= 1000 ? `${name / 1000} kHz` : `${name} Hz`}`,
    ...tracks.map(({figures}) => {
      const power = figures.spectrum.bands[band];
      return level(power === undefined ? undefined : power > 0 ? 10 * Math.log10(power) : Number.NEGATIVE_INFINITY);
    }),
  ]);
  return tableOf('Third octaves in dBFS', ['band', ...tracks.map(({name}) => name)], rows);
}

/** The numbers of a loudness plot, about twenty of them. */
export function historyTable({history}: TrackFigures): string {
  const {stepSeconds, peakDb, momentaryLufs, shortTermLufs, integratedLufs} = history;
  const every = Math.max(1, Math.ceil(peakDb.length / 20));
  const rows = Array.from({length: Math.ceil(peakDb.length / every)}, (_, row) => {
    const [from, to] = [row * every, Math.min(peakDb.length, (row + 1) * every)];
    return [
      clock(to * stepSeconds, true),
      level(Math.max(...peakDb.slice(from, to))),
      level(Math.max(...momentaryLufs.slice(from, to))),
      level(shortTermLufs[to - 1]),
      level(integratedLufs[to - 1]),
    ];
  });
  return tableOf(
    'Peak (dBFS) and loudness (LUFS) up to',
    ['time', 'peak', 'momentary', 'short-term', 'integrated'],
    rows,
  );
}
