import {scaleLinear, scaleLog} from 'd3-scale';
import {line} from 'd3-shape';
import {at, escaped} from './html-text.ts';
import {clock} from './report-words.ts';

/** A scale that also knows its ticks and what they are called. */
export interface Axis {
  /** Where a value lies, in units of the drawing. */
  readonly place: (value: number) => number;
  readonly ticks: readonly {readonly value: number; readonly label: string}[];
  /** What is measured, with its unit. */
  readonly name: string;
}

/** Where a plot's inside lies, in units of the drawing. */
export const area = {width: 760, left: 58, right: 744, top: 30} as const;

/** A drawing with axes. All parts are SVG; texts are escaped here, parts must be. */
export interface Plot {
  readonly title: string;
  /** What can be seen in it, for those who cannot see it. */
  readonly description: string;
  readonly height: number;
  readonly x: Axis;
  readonly y: Axis;
  /** What lies behind the grid, and what before it. */
  readonly behind?: string;
  readonly before: string;
}

/** The bottom of a plot's inside. */
function bottomOf(height: number): number {
  return height - 34;
}

/** A plot as an SVG element. */
export function drawPlot({title, description, height, x, y, behind = '', before}: Plot): string {
  const {left, right, top, width} = area;
  const bottom = bottomOf(height);
  const rows = y.ticks.map(({value, label}) => {
    const place = at(y.place(value));
    return `<line class="grid" x1="${left}" x2="${right}" y1="${place}" y2="${place}"/><text class="tick" x="${left - 8}" y="${place}" dy="0.32em" text-anchor="end">${escaped(label)}</text>`;
  });
  const columns = x.ticks.map(({value, label}) => {
    const place = at(x.place(value));
    return `<line class="grid" x1="${place}" x2="${place}" y1="${top}" y2="${bottom}"/><text class="tick" x="${place}" y="${bottom + 8}" dy="0.71em" text-anchor="middle">${escaped(label)}</text>`;
  });
  return [
    `<svg class="plot" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(`${title}. ${description}`)}" xmlns="http://www.w3.org/2000/svg">`,
    `<title>${escaped(title)}</title><desc>${escaped(description)}</desc>`,
    behind,
    ...rows,
    ...columns,
    before,
    `<text class="name" x="${left}" y="${top - 18}" dy="0.5em">${escaped(y.name)}</text>`,
    '</svg>',
  ].join('');
}

/** Levels between two values, with a tick every so many. */
export function levelAxis(name: string, lowest: number, highest: number, every: number, height: number): Axis {
  const scale = scaleLinear([lowest, highest], [bottomOf(height), area.top]).clamp(true);
  const first = Math.ceil(lowest / every) * every;
  const ticks = Array.from({length: Math.floor((highest - first) / every) + 1}, (_, index) => first + index * every);
  return {name, place: (value) => scale(value), ticks: ticks.map((value) => ({value, label: String(value + 0)}))};
}

const timeSteps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const mostTimeTicks = 7;

/** Time from 0 to so many seconds. */
export function timeAxis(seconds: number): Axis {
  const length = Math.max(0.1, seconds);
  const scale = scaleLinear([0, length], [area.left, area.right]).clamp(true);
  const step =
    timeSteps.find((one) => length / one <= mostTimeTicks) ?? Math.ceil(length / mostTimeTicks / 3600) * 3600;
  const ticks = Array.from({length: Math.floor(length / step + 1e-9) + 1}, (_, index) => index * step);
  return {
    name: 'time',
    place: (value) => scale(value),
    ticks: ticks.map((value) => ({value, label: clock(value, step < 1)})),
  };
}

/** Frequencies from 18 Hz to 22 kHz. */
export function frequencyAxis(): Axis {
  const scale = scaleLog([18, 22_400], [area.left, area.right]).clamp(true);
  const ticks = [31.5, 63, 125, 250, 500, 1000, 2000, 4000, 8000, 16_000];
  const label = (value: number): string => (value >= 1000 ? `${value / 1000}k` : String(value));
  return {name: 'Hz', place: (value) => scale(value), ticks: ticks.map((value) => ({value, label: label(value)}))};
}

/** The path through points; where a value is not there or not finite the line is interrupted. */
export function curve(points: readonly (readonly [x: number, y: number | undefined])[], x: Axis, y: Axis): string {
  const path = line<readonly [number, number | undefined]>()
    .defined(([, value]) => value !== undefined && Number.isFinite(value))
    .x(([place]) => x.place(place))
    .y(([, value]) => y.place(value ?? 0))
    .digits(1);
  return path(points) ?? '';
}

/** A rectangle over a part of both axes. */
export function box(style: string, x: Axis, fromX: number, toX: number, y: Axis, fromY: number, toY: number): string {
  const [left, right] = [x.place(fromX), x.place(toX)];
  const [bottom, top] = [y.place(fromY), y.place(toY)];
  return `<rect class="${style}" x="${at(left)}" y="${at(top)}" width="${at(Math.max(0, right - left))}" height="${at(Math.max(0, bottom - top))}"/>`;
}

/** A line over the whole width at one value. */
export function level(style: string, y: Axis, value: number): string {
  const place = at(y.place(value));
  return `<line class="${style}" x1="${area.left}" x2="${area.right}" y1="${place}" y2="${place}"/>`;
}
