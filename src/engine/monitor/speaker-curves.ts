import type {Speaker} from '../../model/monitor.ts';

/**
 * What small speakers leave of a mix, as third-octave points. No single device: the curves are drawn by us through what is published of many;
 * docs/monitor.md names the sources and says what is drawn and what was measured. To use a measurement of one's own, replace
 * the points: the filters are fitted to whatever stands here.
 */
export interface SpeakerCurve {
  /** Pairs of Hz and dB, rising in Hz; straight in dB over octaves between them, level beyond the ends. */
  readonly points: readonly (readonly [number, number])[];
  /** How much of the difference between the sides is left, 0 (mono) … 1. */
  readonly width: number;
}

export const speakerCurves: Readonly<Record<Exclude<Speaker, 'none'>, SpeakerCurve>> = {
  // One micro-speaker at an edge of the phone.
  phone: {
    width: 0,
    points: [
      [20, -40],
      [80, -40],
      [100, -39],
      [125, -36],
      [160, -31],
      [200, -25.5],
      [250, -19.5],
      [315, -13.5],
      [400, -8.5],
      [500, -4.5],
      [630, -1.5],
      [800, 0],
      [1000, 0],
      [1250, 0],
      [1600, 0.5],
      [2000, 1.5],
      [2500, 3],
      [3150, 4],
      [4000, 4],
      [5000, 3],
      [6300, 1.5],
      [8000, 0],
      [10_000, -2],
      [12_500, -5],
      [16_000, -10],
      [20_000, -16],
    ],
  },
  // Two small speakers beside or under the keys, 20 to 25 cm apart and heard from 60 cm.
  laptop: {
    width: 0.5,
    points: [
      [20, -40],
      [63, -40],
      [80, -38.5],
      [100, -35.5],
      [125, -31],
      [160, -25],
      [200, -18],
      [250, -11.5],
      [315, -6],
      [400, -2.5],
      [500, -1],
      [630, 0],
      [1250, 0],
      [1600, 0.5],
      [2000, 1],
      [4000, 1],
      [5000, 0.5],
      [6300, 0],
      [8000, -1.5],
      [10_000, -3],
      [12_500, -5],
      [16_000, -8],
      [20_000, -13],
    ],
  },
  // A tuned system in a closed cabin, at the driver's ear.
  car: {
    width: 1,
    points: [
      [20, 6],
      [25, 8],
      [31.5, 10],
      [40, 11],
      [50, 11],
      [63, 10],
      [80, 8.5],
      [100, 7],
      [125, 5.5],
      [160, 4],
      [200, 2.5],
      [250, 1.5],
      [315, 1],
      [400, 0.5],
      [500, 0.5],
      [630, 0],
      [1000, 0],
      [1250, -0.5],
      [2000, -1],
      [3150, -1.5],
      [5000, -2],
      [6300, -2.5],
      [8000, -3],
      [10_000, -4],
      [12_500, -5],
      [16_000, -7],
      [20_000, -10],
    ],
  },
};

/** The curve's level at a frequency in dB. */
export function curveLevelDb({points}: SpeakerCurve, hertz: number): number {
  let lower = points[0] ?? [hertz, 0];
  for (const point of points) {
    if (hertz <= point[0]) {
      const octaves = Math.log2(point[0] / lower[0]);
      return octaves === 0
        ? point[1]
        : lower[1] + ((point[1] - lower[1]) * Math.log2(Math.max(hertz, lower[0]) / lower[0])) / octaves;
    }
    lower = point;
  }
  return lower[1];
}
