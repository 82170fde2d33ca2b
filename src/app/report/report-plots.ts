import {targetWindow} from '../../gain/headroom.ts';
import type {ReferenceComparison} from '../../gain/reference-compare.ts';
import {bandCentresHz} from '../../gain/third-octave.ts';
import type {DeliveryTargetRow} from '../../model/delivery-target.ts';
import type {History, TrackFigures} from './figures.ts';
import {at, escaped} from './html-text.ts';
import {area, box, curve, drawPlot, frequencyAxis, level, levelAxis, timeAxis} from './plot.ts';
import {severityWord, signed, level as spoken} from './report-words.ts';
import type {LoggedWarning} from './warning-log.ts';

/** Peaks over time with the target window, and above them where warnings stood. */
export function levelPlot(name: string, history: History, warnings: readonly LoggedWarning[], height = 190): string {
  const seconds = history.peakDb.length * history.stepSeconds;
  const x = timeAxis(seconds);
  const y = levelAxis('peak, dBFS', -60, 6, 12, height);
  const bars = history.peakDb.map((peak, index) =>
    Number.isFinite(peak)
      ? box('peak', x, index * history.stepSeconds, (index + 1) * history.stepSeconds, y, -60, peak)
      : '',
  );
  const marks = warnings.flatMap((warning) =>
    warning.ranges.map(({fromSeconds, toSeconds}) => {
      const left = x.place(fromSeconds);
      const width = Math.max(4, x.place(toSeconds) - left);
      return `<rect class="mark s${warning.severity}" x="${at(left)}" y="${area.top}" width="${at(width)}" height="6"><title>${escaped(`${severityWord(warning)}: ${warning.advice}`)}</title></rect>`;
    }),
  );
  const highest = Math.max(Number.NEGATIVE_INFINITY, ...history.peakDb);
  return drawPlot({
    title: `Level of ${name} over time`,
    description: `Highest peak ${spoken(highest)} dBFS; the target window lies from ${targetWindow.lowDb} to ${targetWindow.highDb} dBFS.`,
    height,
    x,
    y,
    behind: box('window', x, 0, seconds, y, targetWindow.lowDb, targetWindow.highDb),
    before: [
      ...bars,
      level('window-edge', y, targetWindow.highDb),
      level('window-edge', y, targetWindow.lowDb),
      level('full-scale', y, 0),
      ...marks,
    ].join(''),
  });
}

/** Momentary, short-term and integrated loudness, with the target if there is one. */
export function loudnessPlot(name: string, figures: TrackFigures, target: DeliveryTargetRow | undefined): string {
  const {history, loudness} = figures;
  const height = 270;
  const x = timeAxis(history.peakDb.length * history.stepSeconds);
  const y = levelAxis('loudness, LUFS', -54, 0, 6, height);
  const path = (style: string, values: readonly number[]): string => {
    const points = values.map((value, index) => [(index + 1) * history.stepSeconds, value] as const);
    return `<path class="${style}" d="${curve(points, x, y)}"/>`;
  };
  const wanted = target?.integratedLufs;
  return drawPlot({
    title: `Loudness of ${name} over time`,
    description: `Integrated ${spoken(loudness.integratedLufs)} LUFS, highest short-term ${spoken(loudness.maxShortTermLufs)}, highest momentary ${spoken(loudness.maxMomentaryLufs)}.${wanted === undefined ? '' : ` The target is ${spoken(wanted)} LUFS.`}`,
    height,
    x,
    y,
    behind:
      target === undefined || wanted === undefined
        ? ''
        : box('window', x, 0, figures.seconds, y, wanted - target.toleranceLu, wanted + target.toleranceLu),
    before: [
      wanted === undefined ? '' : level('target', y, wanted),
      path('momentary', history.momentaryLufs),
      path('short-term', history.shortTermLufs),
      path('integrated', history.integratedLufs),
    ].join(''),
  });
}

/** What the lines of a loudness plot are. */
export function loudnessKey(target: DeliveryTargetRow | undefined): string {
  const entries = ['momentary', 'short-term', 'integrated', ...(target === undefined ? [] : ['target'])];
  return key(entries.map((style) => ({style, text: style})));
}

export interface SpectrumLine {
  readonly name: string;
  readonly figures: TrackFigures;
}

/** Third octaves of something, and of references made equally loud. */
export function spectrumPlot(own: SpectrumLine, references: readonly SpectrumLine[], height = 270): string {
  const levels = ({figures}: SpectrumLine): readonly (number | undefined)[] => {
    const {integratedLufs} = figures.loudness;
    const offset = Number.isFinite(integratedLufs) && references.length > 0 ? integratedLufs : 0;
    return figures.spectrum.bands.map((band) =>
      band === undefined || band <= 0 ? undefined : 10 * Math.log10(band) - offset,
    );
  };
  const all = [own, ...references].map(levels);
  const highest = Math.max(-120, ...all.flat().filter((value) => value !== undefined));
  const top = Math.ceil((highest + 3) / 12) * 12;
  const x = frequencyAxis();
  const unit = references.length > 0 ? 'third octaves, dB at equal loudness' : 'third octaves, dBFS';
  const y = levelAxis(unit, top - 72, top, 12, height);
  const half = 10 ** (1 / 20);
  const bars = (all[0] ?? []).map((value, band) => {
    const centre = bandCentresHz[band] ?? 0;
    return value === undefined ? '' : box('band', x, centre / half, centre * half, y, top - 72, value);
  });
  const lines = all.slice(1).map((values, index) => {
    const points = values.map((value, band) => [bandCentresHz[band] ?? 0, value] as const);
    return `<path class="reference r${index % 4}" d="${curve(points, x, y)}"/>`;
  });
  const against = references.map(({name}) => name).join(', ');
  return drawPlot({
    title: `Spectrum of ${own.name}`,
    description: `Energy in thirds of an octave from 20 Hz to 20 kHz${against === '' ? '' : `, with ${against}`}.`,
    height,
    x,
    y,
    before: [...bars, ...lines].join(''),
  });
}

/** What the lines of a spectrum plot are. */
export function spectrumKey(own: string, references: readonly SpectrumLine[]): string {
  return key([
    {style: 'band', text: own},
    ...references.map(({name}, index) => ({style: `reference r${index % 4}`, text: name})),
  ]);
}

/** How much more or less there is in each third octave than in a reference. */
export function differencePlot(own: string, reference: string, comparison: ReferenceComparison): string {
  const height = 190;
  const x = frequencyAxis();
  const y = levelAxis('difference, dB', -12, 12, 6, height);
  const half = 10 ** (1 / 20.6);
  const bars = comparison.bandsDb.map((value, band) => {
    const centre = bandCentresHz[band] ?? 0;
    if (value === undefined) return '';
    return box(value > 0 ? 'more' : 'less', x, centre / half, centre * half, y, Math.min(0, value), Math.max(0, value));
  });
  return drawPlot({
    title: `${own} less ${reference}`,
    description: `Difference in thirds of an octave after both were made equally loud; low end ${signed(comparison.lowEndDb)} dB.`,
    height,
    x,
    y,
    before: [...bars, level('axis', y, 0)].join(''),
  });
}

function key(entries: readonly {readonly style: string; readonly text: string}[]): string {
  const items = entries.map(({style, text}) => {
    const swatch =
      style === 'band'
        ? '<rect class="band" x="0" y="2" width="22" height="10"/>'
        : `<path class="${style}" d="M0,7L22,7"/>`;
    return `<li><svg class="swatch" viewBox="0 0 22 14" aria-hidden="true" xmlns="http://www.w3.org/2000/svg">${swatch}</svg>${escaped(text)}</li>`;
  });
  return `<ul class="key">${items.join('')}</ul>`;
}
