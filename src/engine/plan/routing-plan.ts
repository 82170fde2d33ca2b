import {heardLevelDb, isSendAudible} from '../../model/audibility.ts';
import {factorFromDb} from '../../model/decibel.ts';
import {type Mixer, masterId, type Strip, type StripId} from '../../model/mixer.ts';
import {balanceSides, panSides} from '../../model/pan-law.ts';
import {type ParameterValues, parameterValue, withinRanges} from '../../model/parameter.ts';
import {lowestLevelDb} from '../../model/taper.ts';
import {levelFactor} from '../gain-plan.ts';

/** How the sound runs between strips. All numbers of strips are places in `mixer.strips`. */
export interface RoutingPlan {
  /** All strips that sound (no VCAs), so that each comes after all that feed it; stems first. */
  readonly order: readonly number[];
  /** For each strip the group it runs into, −1 for the mix bus (and for VCAs). */
  readonly outputs: readonly number[];
  /** In the order of the strips, then of the sends. */
  readonly sends: readonly Send[];
}

export interface Send {
  readonly strip: number;
  /** Which of the strip's sends, from 1 on. */
  readonly number: SendNumber;
  /** The return that is fed. */
  readonly bus: number;
  /** Factors on the strip's processed sound before its fader; those of a post send have fader and VCAs in them. */
  readonly left: number;
  readonly right: number;
  /** Whether it goes its own way past fader and VCAs. Mute and solo silence it either way. */
  readonly pre: boolean;
}

const sendNumbers = [1, 2, 3, 4, 5, 6, 7, 8] as const;
type SendNumber = (typeof sendNumbers)[number];

/**
 * The routing of a mixer. An output that names no group is the mix bus; a group always runs into the mix bus. Sends that are on feed the return
 * of their number if there is one. A send that would lead back to where it comes from, over returns and groups, is left out; of two that would
 * only do so together, the later one.
 */
export function routingPlan(mixer: Mixer): RoutingPlan {
  const {strips} = mixer;
  const places = new Map(strips.map((strip, place) => [strip.id, place]));
  const outputs = strips.map((strip) => outputOf(mixer, strip, places));
  const returns = strips.flatMap((strip, place) => (strip.kind === 'return' ? [place] : []));
  const feeds = outputs.map((output) => (output < 0 ? new Set<number>() : new Set([output])));
  const sends = strips.flatMap((strip, place) => {
    if (strip.kind === 'vca') return [];
    const parameters = withinRanges(strip.parameters);
    return sendNumbers.flatMap((number): readonly Send[] => {
      const bus = returns[number - 1];
      if (bus === undefined || parameterValue(parameters, `send${number}.on`) === 0) return [];
      if (strip.kind !== 'stem' && leadsTo(feeds, bus, place)) return [];
      feeds[place]?.add(bus);
      return [{strip: place, number, bus, ...sendGains(mixer, strip, parameters, number, strips[bus]?.id ?? masterId)}];
    });
  });
  return {order: orderOf(strips, feeds), outputs, sends};
}

/** The sends of a strip with the factors of a mixer in which nothing else of the routing is different. */
export function sendsAgain(mixer: Mixer, place: number, sends: readonly Send[]): readonly Send[] {
  const strip = mixer.strips[place];
  if (strip === undefined || sends.length === 0) return sends;
  const parameters = withinRanges(strip.parameters);
  return sends.map((send) => ({
    ...send,
    ...sendGains(mixer, strip, parameters, send.number, mixer.strips[send.bus]?.id ?? masterId),
  }));
}

function outputOf(mixer: Mixer, strip: Strip, places: ReadonlyMap<string, number>): number {
  if (strip.output === masterId || strip.kind === 'group' || strip.kind === 'vca') return -1;
  const place = places.get(strip.output) ?? -1;
  return mixer.strips[place]?.kind === 'group' ? place : -1;
}

function sendGains(
  mixer: Mixer,
  strip: Strip,
  parameters: ParameterValues,
  number: SendNumber,
  to: StripId,
): Omit<Send, 'strip' | 'number' | 'bus'> {
  const pre = parameterValue(parameters, `send${number}.pre`) === 1;
  const levelDb = parameterValue(parameters, `send${number}.levelDb`);
  const pan = parameterValue(parameters, `send${number}.pan`);
  const fader = pre ? 1 : levelFactor(heardLevelDb(mixer, strip));
  const level = isSendAudible(mixer, strip, to) && levelDb > lowestLevelDb ? factorFromDb(levelDb) * fader : 0;
  const sides = strip.channels === 1 ? panSides(pan, mixer.panLawDb) : balanceSides(pan);
  return {left: level * sides.left, right: level * sides.right, pre};
}

type Feeds = readonly ReadonlySet<number>[];

function leadsTo(feeds: Feeds, from: number, to: number): boolean {
  return from === to || [...(feeds[from] ?? [])].some((next) => leadsTo(feeds, next, to));
}

/** Stems in desk order, then whatever has all its feeders behind it, in desk order too. */
function orderOf(strips: readonly Strip[], feeds: Feeds): readonly number[] {
  const order = strips.flatMap((strip, place) => (strip.kind === 'stem' ? [place] : []));
  const waiting = new Set(
    strips.flatMap((strip, place) => (strip.kind === 'group' || strip.kind === 'return' ? [place] : [])),
  );
  while (waiting.size > 0) {
    const fed = new Set([...waiting].flatMap((place) => [...(feeds[place] ?? [])]));
    const [ready] = [...waiting].filter((place) => !fed.has(place));
    if (ready === undefined) break;
    waiting.delete(ready);
    order.push(ready);
  }
  return order;
}
