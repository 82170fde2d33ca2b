import type {LaneParameter, LaneTarget} from '../../model/lane.ts';
import {laneKind} from '../../model/lane.ts';
import {type Mixer, masterId, type Strip, type StripId} from '../../model/mixer.ts';
import {isParameterId, type ParameterId, type ParameterValues, withValue} from '../../model/parameter.ts';
import {highestLevelDb, lowestLevelDb} from '../../model/taper.ts';

/** Lays values of lanes over a mixer. */
export interface LaneOverlay {
  /**
   * The mixer with a value for each target, in their order; a level's offset is added to its level. What no lane moves stays the same object, and so does what lanes
   * moved last time and have not since. Values out of range count as their ends; what is no number, and targets that are not there, not at all.
   */
  over(base: Mixer, values: Float64Array): Mixer;
}

interface Part<Parameter> {
  readonly parameter: Parameter;
  /** In the values. */
  readonly place: number;
}

/** What lanes move of one strip, or of the mix. */
interface Moved {
  readonly strip: StripId;
  readonly own: readonly Part<Exclude<LaneParameter, ParameterId>>[];
  readonly parameters: readonly Part<ParameterId>[];
}

type Own = Pick<Strip, 'levelDb' | 'pan' | 'trimDb' | 'muted'>;

/** What came of one strip last time, and of what. */
interface Last {
  base: Strip;
  strip: Strip;
}

/** An overlay of lanes with these targets. */
export function createLaneOverlay(targets: readonly LaneTarget[]): LaneOverlay {
  const known = new Float64Array(targets.length).fill(Number.NaN);
  const [master, ...moved] = movedBy(targets);
  const lasts = new Map<Moved, Last>();
  let placedStrips: readonly Strip[] = [];
  let placed: readonly (readonly [place: number, moved: Moved])[] = [];
  let lastBase: Mixer | undefined;
  let last: Mixer | undefined;

  /** Places of the moved strips; strips come and go with a session only, so that the same places mostly hold. */
  const placesIn = (strips: readonly Strip[]): typeof placed => {
    if (placedStrips.length !== strips.length || placed.some(([place, {strip}]) => strips[place]?.id !== strip)) {
      const places = new Map(strips.map(({id}, place) => [id, place]));
      placed = moved.flatMap((one) => {
        const place = places.get(one.strip);
        return place === undefined ? [] : [[place, one] as const];
      });
    }
    placedStrips = strips;
    return placed;
  };
  const isKnown = (parts: readonly Part<LaneParameter>[], values: Float64Array): boolean => {
    for (const {place} of parts) if (values[place] !== known[place]) return false;
    return true;
  };
  const stripOver = (base: Strip, one: Moved, values: Float64Array): Strip => {
    const before = lasts.get(one);
    const isSame = before?.base === base && isKnown(one.own, values);
    const isProcessedAlike = before?.base.parameters === base.parameters && isKnown(one.parameters, values);
    if (before !== undefined && isSame && isProcessedAlike) return before.strip;
    const parameters =
      before !== undefined && isProcessedAlike
        ? before.strip.parameters
        : parametersOver(base.parameters, one.parameters, values);
    const strip = {...base, ...ownOver(base, one.own, values), parameters};
    lasts.set(one, {base, strip});
    return strip;
  };
  const masterOver = (base: Mixer, values: Float64Array): Partial<Mixer> => {
    if (master === undefined || master.own.length + master.parameters.length === 0) return {};
    const {levelDb} = ownOver({levelDb: base.masterLevelDb, pan: 0, trimDb: 0, muted: false}, master.own, values);
    const isAlike = last !== undefined && lastBase?.masterParameters === base.masterParameters;
    const masterParameters =
      last !== undefined && isAlike && isKnown(master.parameters, values)
        ? last.masterParameters
        : parametersOver(base.masterParameters, master.parameters, values);
    return {masterLevelDb: levelDb, masterParameters};
  };

  return {
    over(base, values) {
      if (targets.length === 0) return base;
      if (last !== undefined && lastBase === base && values.every((value, place) => value === known[place]))
        return last;
      const strips = base.strips.slice();
      for (const [place, one] of placesIn(base.strips)) {
        const strip = base.strips[place];
        if (strip !== undefined) strips[place] = stripOver(strip, one, values);
      }
      last = {...base, strips, ...masterOver(base, values)};
      lastBase = base;
      known.set(values);
      return last;
    },
  };
}

/** The mix first. */
function movedBy(targets: readonly LaneTarget[]): readonly Moved[] {
  const strips = new Set([masterId, ...targets.map(({strip}) => strip)]);
  return [...strips].map((strip) => {
    const own: Part<Exclude<LaneParameter, ParameterId>>[] = [];
    const parameters: Part<ParameterId>[] = [];
    for (const [place, target] of targets.entries()) {
      if (target.strip !== strip) continue;
      const {parameter} = target;
      if (isParameterId(parameter)) parameters.push({parameter, place});
      else own.push({parameter, place});
    }
    return {strip, own, parameters};
  });
}

function ownOver(base: Own, parts: Moved['own'], values: Float64Array): Own {
  let {levelDb, pan, trimDb, muted} = base;
  let offsetDb = 0;
  for (const {parameter, place} of parts) {
    const {low, high} = laneKind(parameter);
    const value = Math.min(high, Math.max(low, values[place] ?? Number.NaN)) + 0;
    if (Number.isNaN(value)) continue;
    switch (parameter) {
      case 'level':
        levelDb = value;
        break;
      case 'level.offset':
        offsetDb = value;
        break;
      case 'pan':
        pan = value;
        break;
      case 'trim':
        trimDb = value;
        break;
      case 'mute':
        muted = value >= 0.5;
        break;
    }
  }
  // What is silent without the offset is silent with it.
  const heardDb = levelDb > lowestLevelDb ? levelDb + offsetDb : levelDb;
  const isSilent = heardDb <= lowestLevelDb;
  return {levelDb: isSilent ? Number.NEGATIVE_INFINITY : Math.min(heardDb, highestLevelDb), pan, trimDb, muted};
}

function parametersOver(base: ParameterValues, parts: Moved['parameters'], values: Float64Array): ParameterValues {
  let parameters = base;
  for (const {parameter, place} of parts) parameters = withValue(parameters, parameter, values[place] ?? Number.NaN);
  return parameters;
}
