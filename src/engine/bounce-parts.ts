import {followedVcas, isMuted} from '../model/audibility.ts';
import {laneTarget} from '../model/lane.ts';
import {type Mixer, masterId, type Strip} from '../model/mixer.ts';
import type {ParameterValues} from '../model/parameter.ts';
import type {FollowedLane} from './contract.ts';

/** A mix of a few strips of a mixer, to become a file of its own. */
export interface MixerPart {
  /** For people, and for the file. */
  readonly name: string;
  readonly mixer: Mixer;
  /** Which strip of the whole mixer each of the part's strips is; their stems follow. */
  readonly strips: readonly number[];
  /** What moves it of the lanes that move the whole. */
  readonly lanes: readonly FollowedLane[];
}

export interface MixerParts {
  readonly parts: readonly MixerPart[];
  /** Names of strips that are muted and have no part in any file. */
  readonly muted: readonly string[];
}

/**
 * Each stem strip by itself after its fader, pan, VCAs and own processing: without groups, sends and the mix bus's fader and processing, so that
 * the files of strips without groups add up to the mix before its master. Solo is for listening and leaves nothing out; what is muted has no file.
 */
export function stemParts(whole: Mixer, lanes: readonly FollowedLane[] = []): MixerParts {
  const mixer = mutedThroughout(whole, lanes);
  const kept = lanes.filter(({id}) => !laneTarget(id)?.parameter.startsWith('send'));
  const stems = mixer.strips.filter(({kind}) => kind === 'stem');
  const heard = stems.filter((strip) => !isMuted(mixer, strip));
  return {
    parts: heard.map((strip) => part(mixer, kept, strip.name, [withoutSends(strip), ...followedVcas(mixer, strip)])),
    muted: mutedNames(mixer, stems),
  };
}

/**
 * Each group with what feeds it and what returns answer to that, and the strips that go straight to the mix gathered by instrument.
 * Without the mix bus's fader and processing; where returns answer linearly, the files add up to the mix before its master.
 */
export function groupParts(whole: Mixer, lanes: readonly FollowedLane[] = []): MixerParts {
  const mixer = mutedThroughout(whole, lanes);
  const stems = mixer.strips.filter(({kind}) => kind === 'stem');
  const buses = mixer.strips.filter(({kind}) => kind !== 'stem');
  const gathered = new Map<string, {readonly name: string; readonly strips: Strip[]}>();
  for (const strip of stems) {
    if (isMuted(mixer, strip)) continue;
    const bus = buses.find(({id, kind}) => kind === 'group' && id === strip.output);
    if (bus !== undefined && isMuted(mixer, bus)) continue;
    const key = bus === undefined ? `instrument ${strip.group}` : `bus ${bus.id}`;
    const group = gathered.get(key) ?? {name: bus?.name ?? strip.group, strips: []};
    gathered.set(key, group);
    group.strips.push(strip);
  }
  return {
    parts: [...gathered.values()].map(({name, strips}) => part(mixer, lanes, name, [...strips, ...buses])),
    muted: mutedNames(mixer, [...stems, ...buses.filter(({kind}) => kind === 'group')]),
  };
}

function mutedNames(mixer: Mixer, strips: readonly Strip[]): readonly string[] {
  return strips.filter((strip) => isMuted(mixer, strip)).map(({name}) => name);
}

/** The mixer in which only those of the strips with a lane for their mute are muted that the lane never lets sound. */
function mutedThroughout(mixer: Mixer, lanes: readonly FollowedLane[]): Mixer {
  const mutes = new Map<string, boolean>();
  for (const {id, lane} of lanes) {
    const target = laneTarget(id);
    if (target?.parameter !== 'mute' || lane === undefined || lane.values.length === 0) continue;
    mutes.set(
      target.strip,
      lane.values.every((value) => value >= 0.5),
    );
  }
  if (mutes.size === 0) return mixer;
  return {...mixer, strips: mixer.strips.map((strip) => ({...strip, muted: mutes.get(strip.id) ?? strip.muted}))};
}

/** The mixer with these strips alone, in desk order; what fed a group that is not among them goes to the mix. */
function part(mixer: Mixer, lanes: readonly FollowedLane[], name: string, strips: readonly Strip[]): MixerPart {
  const ids = new Set(strips.map(({id}) => id));
  const indexes = mixer.strips.flatMap(({id}, index) => (ids.has(id) ? [index] : []));
  const ordered = indexes.flatMap((index) => strips.find(({id}) => id === mixer.strips[index]?.id) ?? []);
  return {
    name,
    strips: indexes,
    lanes: lanes.filter(({id}) => ids.has(laneTarget(id)?.strip ?? masterId)),
    mixer: {
      ...mixer,
      strips: ordered.map((strip) => ({
        ...strip,
        soloed: false,
        output: ids.has(strip.output) ? strip.output : masterId,
      })),
      masterLevelDb: 0,
      masterParameters: {},
    },
  };
}

function withoutSends(strip: Strip): Strip {
  const kept = Object.entries(strip.parameters).filter(([name]) => !name.startsWith('send'));
  return {...strip, parameters: Object.fromEntries(kept) as ParameterValues};
}

/** A file name for each part: numbered in their order, with nothing in it that a file system or a shell stumbles over. */
export function partFileNames(parts: readonly Pick<MixerPart, 'name'>[], ending: string): readonly string[] {
  const digits = Math.max(2, String(parts.length).length);
  return parts.map(({name}, index) => {
    const plain = name
      .normalize('NFC')
      .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 80)
      .replace(/[. ]+$/, '');
    return `${String(index + 1).padStart(digits, '0')} ${plain === '' ? 'Unnamed' : plain}.${ending}`;
  });
}
