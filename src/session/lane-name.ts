import {isLaneParameter, type LaneParameter, type LaneTarget, laneValue} from '../model/lane.ts';
import {findStrip, type Mixer, masterId, type StripId} from '../model/mixer.ts';
import {nearestName} from '../model/near-name.ts';
import {parameterIds} from '../model/parameter.ts';
import {shown} from './schema-words.ts';

/** What a name stands for, or why it stands for nothing: the end of a sentence, and what to do. */
export type Named<What> =
  | {readonly type: 'found'; readonly what: What}
  | {readonly type: 'unknown'; readonly reason: string; readonly hint: string};

const parameterNames: readonly LaneParameter[] = ['level', 'level.offset', 'pan', 'trim', 'mute', ...parameterIds];

/** What people call parameters, beside what the table calls them. */
const otherNames: Readonly<Record<string, LaneParameter>> = {
  fader: 'level',
  volume: 'level',
  gain: 'trim',
  mutes: 'mute',
  panorama: 'pan',
  balance: 'pan',
};

/** Without case, spaces, dots and the unit at the end: `Send 1 level`, `send1.levelDb` and `send1.level` are one. */
function plainName(name: string): string {
  return name
    .trim()
    .replace(/(?<=[a-z])(Db|Hz|Ms)$/, '')
    .toLowerCase()
    .replace(/[\s._-]+/g, '');
}

const parametersByName: ReadonlyMap<string, LaneParameter> = new Map([
  ...parameterNames.map((name) => [plainName(name), name] as const),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => [`send${number}`, sendLevel(number)] as const),
  ...Object.entries(otherNames),
]);

function sendLevel(number: number): LaneParameter {
  const name = `send${number}.levelDb`;
  return isLaneParameter(name) ? name : 'level';
}

/** The parameter of a name as people write it, or as the table does; undefined if there is none. */
export function parameterNamed(name: string): LaneParameter | undefined {
  return isLaneParameter(name) ? name : parametersByName.get(plainName(name));
}

/** The parameter of a name, or the nearest one to ask for. */
export function findParameter(name: string): Named<LaneParameter> {
  const what = parameterNamed(name);
  if (what !== undefined) return {type: 'found', what};
  const nearest = nearestName(name.trim(), parameterNames);
  const hint =
    nearest === undefined ? 'Such are: level, pan, mute, trim, send1.levelDb.' : `Did you mean "${nearest}"?`;
  return {type: 'unknown', reason: `"${shown(name)}" is no parameter that has lanes`, hint};
}

/** The strip of an id, or of a name that only one strip bears; case does not count. */
export function findStripNamed(mixer: Mixer, name: string): Named<StripId> {
  const wanted = name.trim().toLowerCase();
  if (wanted === masterId || wanted === 'mix') return {type: 'found', what: masterId};
  const byId = findStrip(mixer, name.trim()) ?? findStrip(mixer, wanted);
  if (byId !== undefined) return {type: 'found', what: byId.id};
  const bearers = mixer.strips.filter((strip) => strip.name.trim().toLowerCase() === wanted);
  const [only, second] = bearers;
  if (only !== undefined && second === undefined) return {type: 'found', what: only.id};
  if (only !== undefined) {
    const ids = bearers.map(({id}) => id).join(', ');
    return {type: 'unknown', reason: `"${shown(name)}" is the name of several strips`, hint: `Give the id: ${ids}.`};
  }
  const known = [...mixer.strips.flatMap((strip) => [strip.id, strip.name]), masterId];
  const within = wanted.length < 3 ? undefined : known.find((one) => one.toLowerCase().includes(wanted));
  const nearest = nearestName(name.trim(), known) ?? within;
  const hint = nearest === undefined ? 'The session has no strip like it.' : `Did you mean "${shown(nearest)}"?`;
  return {type: 'unknown', reason: `"${shown(name)}" is no strip of this session`, hint};
}

/** The lane of a strip and a parameter, each as people write it: `Lead Vocal level`, `vox send 1`, `master comp.threshold`. */
export function findLane(mixer: Mixer, name: string): Named<LaneTarget> {
  const words = name.trim().split(/\s+/);
  let unknown: Named<LaneTarget> | undefined;
  for (let split = words.length - 1; split > 0; split--) {
    const parameter = findParameter(words.slice(split).join(' '));
    if (parameter.type === 'unknown') {
      unknown ??= parameter;
      continue;
    }
    const strip = findStripNamed(mixer, words.slice(0, split).join(' '));
    if (strip.type === 'unknown') {
      unknown = strip;
      continue;
    }
    return laneOf(mixer, {strip: strip.what, parameter: parameter.what});
  }
  const hint = 'Write the strip and the parameter: "vox level".';
  return unknown ?? {type: 'unknown', reason: `"${shown(name)}" names no lane`, hint};
}

/** A lane, if the strip can have it: the mix bus has no pan, for instance. */
export function laneOf(mixer: Mixer, target: LaneTarget): Named<LaneTarget> {
  if (laneValue(mixer, target) !== undefined) return {type: 'found', what: target};
  const reason = `${shown(target.strip)} has no ${target.parameter}`;
  return {type: 'unknown', reason, hint: 'The mix bus has a level, EQ, compressor and limiter.'};
}
