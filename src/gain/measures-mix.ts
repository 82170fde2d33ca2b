import {dbFromFactor} from '../model/decibel.ts';
import type {Found, Take} from './moment.ts';
import {paused, same} from './moment.ts';

/** The ceiling where no target is chosen, in dBTP (EBU R 128). */
const usualCeilingDbtp = -1;
/** Peaks between samples matter from here on, in dBTP. */
const nearCeilingDb = -3;
/** The limit below which the measured bus counts as calm, in dBFS. */
const calmBusDb = -3;
/** Density is judged of music, not of its fading, in LUFS. */
const musicLufs = -40;
/** Integrated loudness means something after this, in s. */
const measuredEnough = 30;
/** What every target is granted, in LU. */
const usualToleranceLu = 1;

/** Nobody asks for it (any more): that is chosen by hand, and what was told of it is past. */
const unasked: Found = {toRaise: undefined, toClear: 0, value: undefined, byHand: true};

/** Measures of the sum, and of how it compares. */
export const mixMeasures = {
  windowMaximum: ({batch, maximum}) => {
    const factor = maximum.factor();
    if (factor === undefined) return undefined;
    return batch.rolled ? same(dbFromFactor(factor)) : {...paused, value: dbFromFactor(factor)};
  },

  prediction: ({maximum}, {prediction, mixerChanged}) => {
    const found = prediction();
    if (found === undefined) return undefined;
    const measured = dbFromFactor(maximum.factor() ?? 0);
    return {
      toRaise: measured < calmBusDb ? found.peakDb : undefined,
      toClear: found.peakDb,
      value: found.peakDb,
      words: {loudest: found.loudest},
      ...(mixerChanged ? {byHand: true} : {}),
    };
  },

  truePeakOver: (_channel, {program, facts}) => {
    if (program === undefined) return undefined;
    const ceiling = facts.target?.ceilingDbtp ?? usualCeilingDbtp;
    return same(program.truePeakDb - ceiling, {peak: program.truePeakDb, ceiling});
  },

  betweenSamples: (_channel, {program}) => {
    if (program === undefined || !Number.isFinite(program.samplePeakDb)) return undefined;
    const over = program.truePeakDb - program.samplePeakDb;
    const near = program.truePeakDb > nearCeilingDb;
    return {toRaise: near ? over : undefined, toClear: over, value: over, words: {peak: program.truePeakDb}};
  },

  peakToLoudness: (_channel, {program}) => {
    if (program === undefined || program.measuredSeconds < 3 || program.shortTermLufs < musicLufs) return undefined;
    return same(program.truePeakDb - program.shortTermLufs);
  },

  lowEnd: (_channel, {program, facts, soloing}) => {
    const share = program?.lowShareDb;
    const wanted = facts.reference?.lowShareDb;
    if (share === undefined || wanted === undefined || soloing || facts.reference?.isHeard === true) return undefined;
    return same(share - wanted, {amount: Math.abs(share - wanted), way: share > wanted ? 'more' : 'less'});
  },

  referenceMatch: (_channel, {program, facts: {reference}}) => {
    if (reference === undefined || program === undefined) return undefined;
    // The comparison is over: nothing to say of the next one before it begins.
    if (!reference.isHeard) return {toRaise: undefined, toClear: 0, value: undefined};
    const over = reference.offLu ?? reference.integratedLufs + reference.gainDb - program.integratedLufs;
    if (!Number.isFinite(over)) return undefined;
    return same(over, {amount: Math.abs(over), way: over > 0 ? 'louder' : 'quieter'});
  },

  integratedError: (_channel, {program, facts: {target}}) => {
    if (target === undefined) return unasked;
    if (program === undefined || program.measuredSeconds < measuredEnough) return undefined;
    const off = program.integratedLufs - target.integratedLufs;
    if (!Number.isFinite(off)) return undefined;
    const granted = Math.max(0, target.toleranceLu - usualToleranceLu);
    const error = Math.sign(off) * Math.max(0, Math.abs(off) - granted);
    return same(error, {
      loudness: program.integratedLufs,
      target: target.integratedLufs,
      named: target.name,
      way: off > 0 ? 'down' : 'up',
      amount: Math.abs(off),
    });
  },

  shortTermOver: (_channel, {program, facts: {target}}) => {
    const limit = target?.maxShortTermLufs;
    if (target === undefined || limit === undefined) return unasked;
    if (program === undefined) return undefined;
    const over = program.maxShortTermLufs - limit;
    return same(over, {loudness: program.maxShortTermLufs, limit, named: target.name});
  },

  vocalBalance: ({strip}, {vocals, soloing}) => {
    if (soloing) return undefined;
    const found = vocals();
    if (found === undefined) return undefined;
    // What is told at the lead is not told at the others.
    if (found.lead !== strip) return {toRaise: undefined, toClear: -3, value: undefined};
    return same(found.balanceLu, {way: found.moveDb > 0 ? 'up' : 'down', amount: Math.abs(found.moveDb)});
  },

  masking: ({strip}, {shared, nameOf}) => {
    const found = shared(strip);
    if (found === undefined) return undefined;
    return same(found.percent, {partner: nameOf(found.partner), low: found.lowHz, high: found.highHz});
  },
} as const satisfies Record<string, Take>;
