import {magnitudeDb} from '../../../src/engine/plan/biquad.ts';
import type {Biquad} from '../../../src/engine/plan/plan.ts';
import {analogueDb, type Prototype} from '../../../src/engine/plan/prototype.ts';

/** Gain of sections in a row, dB. */
export function cascadeDb(sections: readonly Biquad[], hz: number, sampleRate: number): number {
  return sections.reduce((sum, section) => sum + magnitudeDb(section, hz, sampleRate), 0);
}

/** Highest frequency at which a filter is held to its prototype: 18 kHz, at low rates 0.408 of the rate (18 kHz at 44.1 kHz). */
export function topHz(sampleRate: number): number {
  return Math.min(18_000, (18_000 / 44_100) * sampleRate);
}

/** Largest difference between sections and their prototype in dB, over frequencies spaced evenly, in octaves, and closely about the filter's own. */
export function largestErrorDb(sections: readonly Biquad[], prototype: Prototype, sampleRate: number): number {
  const top = topHz(sampleRate);
  const steps = Array.from({length: 80}, (_, step) => step / 79);
  const about = prototype.flatMap(({hz}) => steps.map((step) => Math.min(top, hz * 2 ** (step - 0.5))));
  const frequencies = [
    ...steps.map((step) => 10 * (top / 10) ** step),
    ...steps.map((step) => 10 + (top - 10) * step),
    ...about,
  ];
  return frequencies.reduce(
    (largest, hz) => Math.max(largest, Math.abs(cascadeDb(sections, hz, sampleRate) - analogueDb(prototype, hz))),
    0,
  );
}
