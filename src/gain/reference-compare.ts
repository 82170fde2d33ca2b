import type {RuleChange} from '../model/rule-change.ts';
import {numbersOf, ruleAt} from './rule-override.ts';
import {ruleOf, shippedChanges} from './rules.ts';
import {bandNamesHz, type Spectrum} from './third-octave.ts';

/** What is compared of a mix and of a reference. What is undefined was not there to be measured. */
export interface Comparable {
  /** `-Infinity` for silence. */
  readonly integratedLufs: number;
  readonly rangeLu: number;
  readonly rangeIsStable: boolean;
  /** Lowest and median distance of true peak and short-term loudness, in dB. */
  readonly lowestPsrDb: number | undefined;
  readonly medianPsrDb: number | undefined;
  /** Energy of the difference of the sides against that of their sum, in dB: `-Infinity` for mono. */
  readonly widthDb: number | undefined;
  readonly spectrum: Spectrum;
}

/** A mix against a reference. Differences are the mix less the reference. */
export interface ReferenceComparison {
  /** In LU. */
  readonly loudnessLu: number | undefined;
  /** Gain that makes the reference as loud as the mix, for listening to both in turns, in dB. */
  readonly matchGainDb: number | undefined;
  /** Of each third octave, in dB, after both were made equally loud. */
  readonly bandsDb: readonly (number | undefined)[];
  /** Of the share of energy below 120 Hz, in dB. */
  readonly lowEndDb: number | undefined;
  readonly widthDb: number | undefined;
  readonly rangeLu: number | undefined;
  readonly lowestPsrDb: number | undefined;
  readonly medianPsrDb: number | undefined;
  /** Plain sentences with a number in them. */
  readonly advice: readonly string[];
}

/** From which differences on (mix less reference) something is said. */
export interface ComparisonLimits {
  /** Nothing is said within these, both ends counted in. */
  readonly loudnessLu: readonly [low: number, high: number];
  readonly lowEndDb: readonly [low: number, high: number];
  readonly bandDb: number;
  readonly widthDb: number;
  readonly psrDb: number;
  readonly rangeLu: number;
}

/**
 * Loudness and low end as the gain table with a session's changes has them at the mix (`ref.match`, which counts the other way round, and `low.end`); of a rule that is
 * switched off nothing is said. The others are engineering choices.
 */
export function comparisonLimitsOf(changes: readonly RuleChange[]): ComparisonLimits {
  const [quietest, loudest] = quietRange('ref.match', changes);
  return {
    loudnessLu: [-loudest, -quietest],
    lowEndDb: quietRange('low.end', changes),
    bandDb: 4,
    widthDb: 3,
    psrDb: 2,
    rangeLu: 4,
  };
}

/** Where a rule of the mix says nothing. */
function quietRange(id: 'ref.match' | 'low.end', changes: readonly RuleChange[]): readonly [number, number] {
  const rule = ruleAt(ruleOf(id), {type: 'master'}, [...shippedChanges, ...changes]);
  const [low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY] = rule.on ? numbersOf(rule.raise) : [];
  return [low, high];
}

const shippedLimits = comparisonLimitsOf([]);

/** Neighbouring bands that differ alike are told as one range, if there are this many. */
const fewestBands = 3;
/** A third octave this far below the loudest one of both is not heard: its difference means nothing. */
const inaudibleDb = 50;

/** Holds a mix against a reference. */
export function compareToReference(
  mix: Comparable,
  reference: Comparable,
  limits: ComparisonLimits = shippedLimits,
): ReferenceComparison {
  const loudnessLu = difference(mix.integratedLufs, reference.integratedLufs);
  const bandsDb = compareBands(mix, reference);
  const lowEndDb = difference(powerDb(mix.spectrum.lowShare), powerDb(reference.spectrum.lowShare));
  const widthDb = difference(mix.widthDb, reference.widthDb);
  const stable = mix.rangeIsStable && reference.rangeIsStable;
  const rangeLu = stable ? mix.rangeLu - reference.rangeLu : undefined;
  const lowestPsrDb = difference(mix.lowestPsrDb, reference.lowestPsrDb);
  const medianPsrDb = difference(mix.medianPsrDb, reference.medianPsrDb);
  const matchGainDb = loudnessLu;
  const figures = {loudnessLu, matchGainDb, bandsDb, lowEndDb, widthDb, rangeLu, lowestPsrDb, medianPsrDb};
  return {...figures, advice: advise(figures, limits)};
}

function compareBands(mix: Comparable, reference: Comparable): readonly (number | undefined)[] {
  const ours = levels(mix);
  const theirs = levels(reference);
  const floor = (own: readonly (number | undefined)[]): number =>
    Math.max(...own.map((level) => level ?? Number.NEGATIVE_INFINITY)) - inaudibleDb;
  const [ourFloor, theirFloor] = [floor(ours), floor(theirs)];
  return ours.map((our, band) => {
    const their = theirs[band];
    if (our === undefined || their === undefined || (our < ourFloor && their < theirFloor)) return undefined;
    // What one of them has not at all is no infinite difference, but one down to what is heard.
    return Math.max(our, ourFloor) - Math.max(their, theirFloor);
  });
}

/** Levels of the bands at a loudness of 0 LUFS. */
function levels({spectrum, integratedLufs}: Comparable): readonly (number | undefined)[] {
  return spectrum.bands.map((band) =>
    band === undefined || !Number.isFinite(integratedLufs)
      ? undefined
      : Math.max(-300, 10 * Math.log10(band)) - integratedLufs,
  );
}

type Figures = Omit<ReferenceComparison, 'advice'>;

function advise(figures: Figures, limits: ComparisonLimits): readonly string[] {
  const {loudnessLu, lowEndDb, widthDb, rangeLu, medianPsrDb} = figures;
  const told: string[] = [];
  const tell = (
    value: number | undefined,
    limit: number | readonly [number, number],
    say: (amount: string, more: boolean) => string,
  ): void => {
    const [low, high] = typeof limit === 'number' ? [-limit, limit] : limit;
    if (value !== undefined && (value < low || value > high)) told.push(say(Math.abs(value).toFixed(1), value > 0));
  };
  tell(loudnessLu, limits.loudnessLu, (amount, louder) => {
    return `The reference is ${amount} LU ${louder ? 'quieter' : 'louder'}: matched before comparing.`;
  });
  tell(
    lowEndDb,
    limits.lowEndDb,
    (amount, more) => `${amount} dB ${more ? 'more' : 'less'} low end than the reference.`,
  );
  for (const {from, to, meanDb} of runs(figures.bandsDb, limits.bandDb)) {
    const where = `${bandName(from)} to ${bandName(to)}`;
    told.push(`${Math.abs(meanDb).toFixed(1)} dB ${meanDb > 0 ? 'more' : 'less'} than the reference from ${where}.`);
  }
  tell(widthDb, limits.widthDb, (amount, wider) => `${amount} dB ${wider ? 'wider' : 'narrower'} than the reference.`);
  tell(medianPsrDb, limits.psrDb, (amount, more) =>
    more
      ? `Peaks stand ${amount} dB further above the loudness than in the reference: it is more compressed.`
      : `Peaks stand ${amount} dB less above the loudness than in the reference. Ease compressors or the limiter.`,
  );
  tell(
    rangeLu,
    limits.rangeLu,
    (amount, more) => `Loudness range ${amount} LU ${more ? 'wider' : 'smaller'} than the reference.`,
  );
  return told;
}

/** Stretches of neighbouring bands that differ to the same side by more than the limit. */
function runs(
  bandsDb: readonly (number | undefined)[],
  limitDb: number,
): readonly {readonly from: number; readonly to: number; readonly meanDb: number}[] {
  const found: {from: number; to: number; meanDb: number}[] = [];
  let run: number[] = [];
  const end = (next: number): void => {
    if (run.length >= fewestBands) {
      const meanDb = run.reduce((sum, value) => sum + value, 0) / run.length;
      found.push({from: next - run.length, to: next - 1, meanDb});
    }
    run = [];
  };
  for (const [band, value] of [...bandsDb, undefined].entries()) {
    const counts = value !== undefined && Math.abs(value) > limitDb;
    if (!counts || (run[0] !== undefined && Math.sign(run[0]) !== Math.sign(value))) end(band);
    if (counts) run.push(value);
  }
  return found;
}

function bandName(band: number): string {
  const hz = bandNamesHz[band] ?? 0;
  return hz >= 1000 ? `${hz / 1000} kHz` : `${hz} Hz`;
}

function powerDb(power: number | undefined): number | undefined {
  return power === undefined || power <= 0 ? undefined : 10 * Math.log10(power);
}

/** Undefined where either is not there or no finite number. */
function difference(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return undefined;
  return Number.isFinite(one) && Number.isFinite(other) ? one - other : undefined;
}
