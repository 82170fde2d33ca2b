import {factorFromDb} from '../../model/decibel.ts';
import {type ParameterValues, parameterValue} from '../../model/parameter.ts';
import {designSidechain} from './filter-design.ts';
import type {CompressorPlan, GatePlan} from './plan.ts';

/**
 * Share of the way that a one-pole follower goes each frame, 1 − e^(−1/(τ·fs)): after `ms` milliseconds (its time constant τ) it has gone
 * 63.2 % of a step. 0 ms is at once: 1.
 */
export function followerShare(ms: number, sampleRate: number): number {
  return ms > 0 ? -Math.expm1(-1000 / (ms * sampleRate)) : 1;
}

/** The gate of a strip, undefined while it is off. */
export function gatePlan(values: ParameterValues, sampleRate: number): GatePlan | undefined {
  if (parameterValue(values, 'gate.on') === 0) return undefined;
  return {
    thresholdDb: parameterValue(values, 'gate.thresholdDb'),
    ratio: parameterValue(values, 'gate.ratio'),
    rangeDb: parameterValue(values, 'gate.rangeDb'),
    attack: followerShare(parameterValue(values, 'gate.attackMs'), sampleRate),
    release: followerShare(parameterValue(values, 'gate.releaseMs'), sampleRate),
    holdFrames: Math.round((parameterValue(values, 'gate.holdMs') * sampleRate) / 1000),
  };
}

/** The compressor of a strip, undefined while it is off. A sidechain at its lowest frequency is none. */
export function compressorPlan(values: ParameterValues, sampleRate: number): CompressorPlan | undefined {
  if (parameterValue(values, 'comp.on') === 0) return undefined;
  const sidechainHz = parameterValue(values, 'comp.sidechainHz');
  return {
    thresholdDb: parameterValue(values, 'comp.thresholdDb'),
    ratio: parameterValue(values, 'comp.ratio'),
    kneeDb: parameterValue(values, 'comp.kneeDb'),
    attack: followerShare(parameterValue(values, 'comp.attackMs'), sampleRate),
    release: followerShare(parameterValue(values, 'comp.releaseMs'), sampleRate),
    makeUp: factorFromDb(parameterValue(values, 'comp.makeUpDb')),
    sidechain: sidechainHz > lowestSidechainHz ? designSidechain(sidechainHz, sampleRate) : undefined,
  };
}

/** At this frequency the sidechain's high-pass is off. */
const lowestSidechainHz = 20;

/**
 * Static curve of the gate: gain in dB, `rangeDb`…0, at a level of the detector. A downward expander: under the threshold each dB less in is
 * `ratio` dB less out, gain = (ratio − 1)·(level − threshold), until the range is reached. Silence has the whole range.
 */
export function gateGainDb({thresholdDb, ratio, rangeDb}: GatePlan, levelDb: number): number {
  if (levelDb >= thresholdDb || ratio <= 1) return 0;
  return Math.max(rangeDb, (ratio - 1) * (levelDb - thresholdDb)) + 0;
}

/**
 * Static curve of the compressor: gain in dB, 0 or less, without make-up. With x = level − threshold, W = knee, k = 1/ratio − 1: 0 under
 * the knee (2x < −W), k·(x + W/2)²/(2W) within it, k·x over it. Source: D. Giannoulis, M. Massberg, J. Reiss, "Digital Dynamic Range
 * Compressor Design: A Tutorial and Analysis", JAES 60 (2012), equation 4.
 */
export function compressorGainDb({thresholdDb, ratio, kneeDb}: CompressorPlan, levelDb: number): number {
  const over = levelDb - thresholdDb;
  const slope = 1 / ratio - 1;
  if (2 * over <= -kneeDb) return 0;
  if (2 * over >= kneeDb) return slope * over + 0;
  return (slope * (over + kneeDb / 2) ** 2) / (2 * kneeDb) + 0;
}
