import type {Finding} from '../model/assistance.ts';
import {isAudible} from '../model/audibility.ts';
import {applyCommand} from '../model/command.ts';
import {type Group, groupNames, type Mixer, type Strip, type StripId} from '../model/mixer.ts';
import {highestLevelDb} from '../model/taper.ts';
import {busPowers, crest, predictBus} from './bus-prediction.ts';
import {lufsOfPower} from './loudness-gate.ts';
import type {Played, SidePowers} from './played-loudness.ts';

/**
 * How loud each group of instruments is to be as a whole, in LU against the vocals. Taste, not a standard: a pop mix in which the vocals lie about
 * 3 LU under the whole when drums, bass, guitars and keys play.
 */
export const balanceTargetsLu: Readonly<Record<Group, number>> = {
  vocals: 0,
  drums: -3,
  bass: -6,
  guitars: -6,
  keys: -8,
  strings: -9,
  other: -9,
  effects: -12,
};

/** The bus may peak here when everything plays, dBFS. */
export const mostBusPeakDb = -6;
/** Faders are proposed in such steps; what is nearer than one is near enough. */
const stepDb = 0.5;

/** A balance of what was heard. */
export interface RoughBalance {
  readonly findings: ReadonlyMap<StripId, Finding>;
  /** The group that stayed where it was, but for headroom; undefined if nothing was heard. */
  readonly anchor: Group | undefined;
  /** By how many dB all was lowered so that the bus keeps its headroom. */
  readonly loweredDb: number;
}

interface Part {
  readonly strip: Strip;
  readonly played: Played;
  /** Weighted power on the mix bus. */
  readonly power: number;
}

/**
 * Fader levels that bring each group of instruments, as a whole, to its loudness against the anchor: the vocals, or without them the loudest group.
 * Within a group the levels keep their distances. If the bus would come too near the top with everything playing, all are lowered alike. Only
 * recordings that are heard in the mix are moved; a fader that is all the way down stays there.
 */
export function roughBalance(mixer: Mixer, playedOf: (strip: StripId) => Played | undefined): RoughBalance {
  const findings = new Map<StripId, Finding>();
  const parts: Part[] = [];
  const powers = powersIn(mixer);
  for (const [index, strip] of mixer.strips.entries()) {
    if (strip.kind !== 'stem' || strip.levelDb === Number.NEGATIVE_INFINITY || !isAudible(mixer, strip)) continue;
    const played = playedOf(strip.id);
    const power = played === undefined ? 0 : onBus(played.weighted, powers[index]);
    if (played === undefined || !(power > 0)) findings.set(strip.id, {type: 'silent'});
    else parts.push({strip, played, power});
  }
  const groups = groupNames.flatMap((group) => {
    const power = parts.reduce((sum, part) => sum + (part.strip.group === group ? part.power : 0), 0);
    return power > 0 ? [{group, lufs: lufsOfPower(power)}] : [];
  });
  const loudest = groups.reduce<(typeof groups)[number] | undefined>(
    (most, one) => (most === undefined || one.lufs > most.lufs ? one : most),
    undefined,
  );
  const anchor = groups.find(({group}) => group === 'vocals') ?? loudest;
  if (anchor === undefined) return {findings, anchor: undefined, loweredDb: 0};
  const moves = new Map(
    groups.map(({group, lufs}) => [
      group,
      balanceTargetsLu[group] - balanceTargetsLu[anchor.group] - (lufs - anchor.lufs),
    ]),
  );
  const wanted = parts.map(({strip}) => {
    const moveDb = moves.get(strip.group) ?? 0;
    return strip.group === anchor.group ? strip.levelDb : Math.round((strip.levelDb + moveDb) / stepDb) * stepDb;
  });
  // All come down first and are cut at the end of the faders' travel after that: what would be too high may then fit.
  let loweredDb = 0;
  let levels: readonly number[] = [];
  for (let overDb = Number.POSITIVE_INFINITY; overDb > 0; loweredDb += overDb) {
    levels = wanted.map((levelDb) => Math.min(highestLevelDb, levelDb - loweredDb));
    overDb = excessDb(withLevels(mixer, parts, levels), playedOf);
  }
  for (const [index, {strip}] of parts.entries()) {
    const toDb = (levels[index] ?? strip.levelDb) + 0;
    const isLimited = (wanted[index] ?? 0) - loweredDb > highestLevelDb;
    const rises = toDb - strip.levelDb;
    const isNear = rises >= 0 && rises < stepDb;
    findings.set(strip.id, isNear ? {type: 'fine'} : {type: 'change', fromDb: strip.levelDb, toDb, limited: isLimited});
  }
  return {findings, anchor: anchor.group, loweredDb};
}

/** What the mix bus would peak at with everything playing at once, in dBFS; undefined while nothing is known. */
export function balancedBusPeakDb(mixer: Mixer, playedOf: (strip: StripId) => Played | undefined): number | undefined {
  const heard = mixer.strips.map(({id, group}) => ({group, memory: {energy: {playing: () => playedOf(id)?.plain}}}));
  return predictBus(heard, powersIn(mixer), crest.startDb)?.peakDb;
}

/** By how many steps, in dB, all must come down. What returns add follows the faders that feed them. */
function excessDb(mixer: Mixer, playedOf: (strip: StripId) => Played | undefined): number {
  const overDb = (balancedBusPeakDb(mixer, playedOf) ?? mostBusPeakDb) - mostBusPeakDb;
  return overDb <= 0 ? 0 : Math.ceil(overDb / stepDb) * stepDb;
}

function powersIn(mixer: Mixer): readonly SidePowers[] {
  return busPowers(
    mixer,
    mixer.strips.map((strip) => ({strip: strip.id, audible: isAudible(mixer, strip)})),
  );
}

function onBus(of: SidePowers, way: SidePowers | undefined): number {
  return way === undefined ? 0 : of.left * way.left + of.right * way.right;
}

function withLevels(mixer: Mixer, parts: readonly Part[], levels: readonly number[]): Mixer {
  return parts.reduce(
    (next, {strip}, index) =>
      applyCommand(next, {type: 'strip.setLevel', strip: strip.id, levelDb: levels[index] ?? strip.levelDb}),
    mixer,
  );
}
