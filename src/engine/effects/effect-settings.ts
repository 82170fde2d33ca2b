import {type Effect, effectRange, effectValue} from '../../model/effect.ts';

/** What the compiled part of an effect is set to, by the names in its source (dsp/*.dsp). */
export type EffectSettings = Readonly<Record<string, number>>;

/** Size of the reverb's lines at 0 and at 100 %, and the most of them a decay time is given: in a short decay a large room would be heard as single echoes. */
const smallest = 0.4;
const largest = 1.29;
const sizePerDecaySecond = 2;

/** The settings for an effect's values: times in whole frames, filters as poles. Values are taken within their ranges, whatever they are. */
export function effectSettings(effect: Effect, sampleRate: number): EffectSettings {
  const value = (name: string): number => clampedValue(effect, name);
  const frames = (milliseconds: number): number => Math.round((milliseconds * sampleRate) / 1000);
  if (effect.kind === 'delay') {
    return {
      timeFrames: Math.max(2, frames(value('timeMs'))),
      feedback: value('feedback') / 100,
      highCutPole: cornerPole(value('highCutHz'), sampleRate),
      lowCutPole: cornerPole(value('lowCutHz'), sampleRate),
      pingPong: value('pingPong') >= 0.5 ? 1 : 0,
    };
  }
  const decaySeconds = value('decaySeconds');
  return {
    preDelayFrames: frames(value('preDelayMs')),
    decaySeconds,
    dampingHz: Math.min(value('dampingHz'), 0.49 * sampleRate),
    size: Math.min(smallest + ((largest - smallest) * value('size')) / 100, sizePerDecaySecond * decaySeconds),
  };
}

/** Pole of a filter of first order by the bilinear transform, 3 dB down at the corner: (1 − k)/(1 + k), k = tan(π·f/fs). */
function cornerPole(cornerHz: number, sampleRate: number): number {
  const k = Math.tan(Math.PI * Math.min(cornerHz / sampleRate, 0.49));
  return (1 - k) / (1 + k);
}

function clampedValue(effect: Effect, name: string): number {
  const range = effectRange(effect.kind, name);
  const value = effectValue(effect, name);
  if (range === undefined || Number.isNaN(value)) return range?.standard ?? 0;
  return Math.min(range.high, Math.max(range.low, value));
}
