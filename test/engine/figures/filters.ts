import {blockFrames} from '../../../src/engine/graph.ts';
import {channelPlan, filtersOf} from '../../../src/engine/plan/channel-plan.ts';
import {analogueDb, type Prototype} from '../../../src/engine/plan/prototype.ts';
import type {ParameterValues} from '../../../src/model/parameter.ts';
import {plainSpectrum} from './spectrum.ts';
import {openStrip, type StripRig} from './strip-rig.ts';
import {createWorst, type Worst} from './worst.ts';

/** Kinds of filters that a strip has. */
export const filterKinds = [
  'high-pass 12 dB',
  'high-pass 24 dB',
  'low-pass 12 dB',
  'low-pass 24 dB',
  'low shelf',
  'high shelf',
  'bell',
] as const;
export type FilterKind = (typeof filterKinds)[number];

/** What is tried of frequencies in hertz, gains in dB and Qs. */
export interface Grid {
  readonly hz: readonly number[];
  readonly gainDb: readonly number[];
  readonly q: readonly number[];
}

export const fullGrid: Grid = {
  hz: [20, 35, 60, 120, 250, 500, 1000, 2000, 4000, 6000, 8000, 10_000, 12_000, 14_000, 16_000, 18_000, 20_000],
  gainDb: [-18, -9, -3, 3, 9, 18],
  q: [0.1, 0.3, 0.71, 2, 5, 16],
};

/** Where what is left of a sound is so little, the response is not compared, dB. */
const deepestDb = -80;
const lowestHz = 10;
const highestHz = 18_000;
const impulseSize = 2 ** -6;

/** The settings of a kind on a grid, each with its name. */
export function settingsOf(kind: FilterKind, grid: Grid): readonly (readonly [string, ParameterValues])[] {
  const slope = kind.includes('24') ? 1 : 0;
  if (kind.startsWith('high-pass'))
    return grid.hz.flatMap((hz) => (hz > 2000 ? [] : [[`${hz} Hz`, {'hp.on': 1, 'hp.hz': hz, 'hp.slope': slope}]]));
  if (kind.startsWith('low-pass'))
    return grid.hz.flatMap((hz) => (hz < 200 ? [] : [[`${hz} Hz`, {'lp.on': 1, 'lp.hz': hz, 'lp.slope': slope}]]));
  const shape = ['bell', 'low shelf', 'high shelf'].indexOf(kind);
  return grid.hz.flatMap((hz) =>
    grid.gainDb.flatMap((gainDb) =>
      grid.q.map(
        (q) =>
          [
            `${hz} Hz ${gainDb} dB Q ${q}`,
            {'eq2.on': 1, 'eq2.shape': shape, 'eq2.hz': hz, 'eq2.gainDb': gainDb, 'eq2.q': q},
          ] as const,
      ),
    ),
  );
}

/** Frames after which an impulse is 120 dB down, from the poles of the analogue filter; a power of two. */
function ringFrames(prototype: Prototype, sampleRate: number): number {
  const slowest = Math.min(
    ...prototype.map(({hz, denominator: [c0, c1, c2]}) => {
      const damping = c1 / (2 * Math.sqrt(c0 * c2));
      const share = damping < 1 ? damping : damping - Math.sqrt(damping * damping - 1);
      return 2 * Math.PI * hz * Math.sqrt(c0 / c2) * share;
    }),
  );
  const frames = (Math.log(1e6) / slowest) * sampleRate;
  return Math.min(2 ** 20, Math.max(2 ** 13, 2 ** Math.ceil(Math.log2(frames))));
}

/** How far a strip's sound is from the analogue filter in dB, at its worst between 10 Hz and 18 kHz, in every bin of the spectrum of an impulse. */
function deviationDb(rig: StripRig, parameters: ParameterValues): number {
  const {sampleRate} = rig;
  const [filter] = filtersOf(parameters);
  if (filter === undefined) return Number.NaN;
  const size = ringFrames(filter.prototype, sampleRate);
  const impulse = new Float32Array(Math.max(size, blockFrames));
  impulse[0] = impulseSize;
  const power = plainSpectrum(rig.hear({parameters}, impulse).left);
  let worst = 0;
  for (let bin = Math.ceil((lowestHz * size) / sampleRate); (bin * sampleRate) / size <= highestHz; bin++) {
    const wanted = analogueDb(filter.prototype, (bin * sampleRate) / size);
    if (wanted < deepestDb) continue;
    const got = 10 * Math.log10((power[bin] ?? 0) / impulseSize ** 2);
    worst = Math.max(worst, Math.abs(got - wanted));
  }
  return worst;
}

/** The worst deviation of a kind of filter on a grid, measured in the sound that leaves the graph. */
export async function filterFigure(kind: FilterKind, sampleRate: number, grid: Grid = fullGrid): Promise<Worst> {
  const rig = await openStrip(sampleRate);
  const worst = createWorst();
  for (const [name, parameters] of settingsOf(kind, grid)) worst.tell(deviationDb(rig, parameters), name);
  return worst.found;
}

/** How many sections the plan has for the settings that are off or do nothing: 0 each. */
export function idleSections(): number {
  const idle: readonly ParameterValues[] = [
    {},
    {'hp.hz': 500, 'lp.hz': 500},
    {'eq1.on': 1, 'eq2.on': 1, 'eq3.on': 1, 'eq4.on': 1},
    {'eq1.gainDb': 12, 'eq2.gainDb': -12},
  ];
  return idle.reduce((sum, parameters) => sum + channelPlan(parameters, 48_000).sections.length, 0);
}
