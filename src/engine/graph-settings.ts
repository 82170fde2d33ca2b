import {anySoloed} from '../model/audibility.ts';
import type {Mixer, Strip} from '../model/mixer.ts';
import type {Sides} from '../model/pan-law.ts';
import {type ParameterValues, parameterValue} from '../model/parameter.ts';
import type {EffectUnit} from './effects/effect-unit.ts';
import {levelFactor, soloGains, stripGains} from './gain-plan.ts';
import type {Kernel} from './kernel/kernel.ts';
import type {Limiter} from './limiter/limiter.ts';
import {channelPlan} from './plan/channel-plan.ts';
import type {ChannelPlan} from './plan/plan.ts';
import {type RoutingPlan, routingPlan, type Send, sendsAgain} from './plan/routing-plan.ts';
import {type Feed, orderOf, withoutCircles} from './signal-path.ts';

/** What a graph is set to: brings a mixer's values to kernel, effects and limiter. */
export interface GraphSettings {
  set(mixer: Mixer, immediately: boolean): void;
  /** To be called before each block: what waited for something else to fade may be on. */
  goOn(): void;
  snapshot(): SettingsSnapshot;
  /** Knows again what was brought then; kernel, effects and limiter go back by themselves. */
  restore(snapshot: SettingsSnapshot): void;
}

export interface SettingsSnapshot {
  readonly mixer: Mixer | undefined;
  /** The sends of each strip by its place, as they were when last the routing changed: their factors may be others by now. */
  readonly sends: ReadonlyMap<number, readonly Send[]>;
  /** Groups and returns that may feed others. */
  readonly feeds: readonly Feed[];
  /** Whether feeds still fade that nobody wants any more: until then the order is one for them, too, and others may wait that would close a circle with them. */
  readonly isWaiting: boolean;
}

export interface GraphSettingsOptions {
  readonly kernel: Kernel;
  /** Places in the mixer of the kernel's strips: the stems, then groups and returns. */
  readonly places: readonly number[];
  /** How many of them are stems. */
  readonly stems: number;
  readonly sampleRate: number;
  readonly effects: readonly (EffectUnit | undefined)[];
  readonly limiter: Limiter | undefined;
}

const silent: Sides = {left: 0, right: 0};

/** Settings of a graph to which nothing was brought yet. Values are never changed in place: what is the same object is the same. */
export function createSettings(options: GraphSettingsOptions): GraphSettings {
  const {kernel, places, stems, sampleRate, effects, limiter} = options;
  /** Numbers of the bus strips by their places in the mixer, and of the returns in the order of their sends. */
  const busNumbers = new Map(places.slice(stems).map((place, number) => [place, number]));
  let applied: SettingsSnapshot = {mixer: undefined, sends: new Map(), feeds: [], isWaiting: false};

  /** Plans of values that were lately in use; all strips without processing share one. */
  const plans = new WeakMap<ParameterValues, ChannelPlan>();
  const nothing = channelPlan({}, sampleRate);
  const planOf = (parameters: ParameterValues): ChannelPlan => {
    const plan =
      plans.get(parameters) ?? (Object.keys(parameters).length === 0 ? nothing : channelPlan(parameters, sampleRate));
    plans.set(parameters, plan);
    return plan;
  };
  const setChannel = (strip: number | 'master', before: ParameterValues | undefined, next: ParameterValues): void => {
    if (before === next) return;
    const plan = planOf(next);
    if (before === undefined || plan !== planOf(before)) kernel.setChannel(strip, plan);
  };

  /** Sets what is rendered before what. A feed that would close a circle with one that still fades waits until that is silent. */
  const arrange = (routing: RoutingPlan, immediately: boolean): Pick<SettingsSnapshot, 'feeds' | 'isWaiting'> => {
    const wanted = feedsOf(routing, busNumbers);
    const standing = immediately ? [] : standingFeeds(kernel, busNumbers.size);
    const feeds = withoutCircles(wanted, standing);
    kernel.setOrder(orderOf(busNumbers.size, [...standing, ...feeds]));
    const isFading = standing.some(({from, to}) => !feeds.some((feed) => feed.from === from && feed.to === to));
    return {feeds, isWaiting: isFading || feeds.length < wanted.length};
  };

  const setRoutes = (routing: RoutingPlan): void => {
    places.forEach((place, index) => {
      const group = busNumbers.get(routing.outputs[place] ?? -1);
      if (group === undefined || mayFeed(index, group)) kernel.setOutput(index, group);
      setSends(index, applied.sends.get(place) ?? []);
    });
  };
  const mayFeed = (index: number, to: number | undefined): boolean =>
    index < stems || applied.feeds.some((feed) => feed.from === index - stems && feed.to === to);
  const setSends = (index: number, sends: readonly Send[]): void => {
    const sides: Sides[] = Array.from({length: 8}, () => silent);
    for (const send of sends) if (mayFeed(index, busNumbers.get(send.bus))) sides[send.number - 1] = send;
    kernel.setSends(index, sides);
  };

  const setStrip = (mixer: Mixer, index: number, strip: Strip): void => {
    const gains = stripGains(mixer, strip);
    kernel.setStrip(index, gains);
    kernel.setSolo(index, soloGains(mixer, strip, gains));
  };

  const setMaster = (mixer: Mixer, last: Mixer | undefined): void => {
    kernel.setMaster(levelFactor(mixer.masterLevelDb));
    const {masterParameters} = mixer;
    if (last?.masterParameters === masterParameters) return;
    setChannel('master', last?.masterParameters, masterParameters);
    limiter?.set(limiterSettings(masterParameters));
  };

  const set = (mixer: Mixer, immediately: boolean): void => {
    const last = applied.mixer;
    const isAlike = last !== undefined && hasSameContext(last, mixer);
    const isRoutedAlike = isAlike && !applied.isWaiting && !routesOtherwise(last, mixer);
    if (isRoutedAlike) applied = {...applied, mixer};
    else {
      const routing = routingPlan(mixer);
      applied = {mixer, sends: sendsByStrip(routing), ...arrange(routing, immediately)};
      setRoutes(routing);
    }
    let answers = 0;
    places.forEach((place, index) => {
      const strip = mixer.strips[place];
      if (strip === undefined) return;
      const before = last?.strips[place];
      if (!isAlike || before !== strip) setStrip(mixer, index, strip);
      const sends = isRoutedAlike && before !== strip ? applied.sends.get(place) : undefined;
      if (sends) setSends(index, sendsAgain(mixer, place, sends));
      setChannel(index, before?.parameters, strip.parameters);
      if (strip.kind !== 'return') return;
      if (strip.effect && before?.effect !== strip.effect) effects[answers]?.set(strip.effect);
      answers++;
    });
    setMaster(mixer, last);
    if (!immediately) return;
    kernel.settle();
    kernel.rest();
  };

  return {
    set,
    goOn() {
      if (applied.isWaiting && applied.mixer) set(applied.mixer, false);
    },
    snapshot: () => applied,
    restore(snapshot) {
      applied = snapshot;
    },
  };
}

function limiterSettings(parameters: ParameterValues): Parameters<Limiter['set']>[0] {
  return {
    on: parameterValue(parameters, 'limiter.on') === 1,
    ceilingDb: parameterValue(parameters, 'limiter.ceilingDb'),
    releaseMs: parameterValue(parameters, 'limiter.releaseMs'),
  };
}

/** What the routing asks groups and returns to feed: outputs first, then sends. */
function feedsOf(routing: RoutingPlan, numbers: ReadonlyMap<number, number>): readonly Feed[] {
  const feed = (fromPlace: number, toPlace: number): readonly Feed[] => {
    const from = numbers.get(fromPlace);
    const to = numbers.get(toPlace);
    return from === undefined || to === undefined ? [] : [{from, to}];
  };
  return [
    ...routing.outputs.flatMap((output, place) => feed(place, output)),
    ...routing.sends.flatMap(({strip, bus}) => feed(strip, bus)),
  ];
}

/** Feeds that are heard now, or still fade. */
function standingFeeds(kernel: Kernel, count: number): readonly Feed[] {
  const all = Array.from({length: count}, (_, index) => index);
  return all.flatMap((from) => all.filter((to) => kernel.isFeeding(from, to)).map((to) => ({from, to})));
}

/** Whether all that strips take from elsewhere is the same: then only strips that changed need new gains. */
function hasSameContext(last: Mixer, next: Mixer): boolean {
  return (
    last.panLawDb === next.panLawDb &&
    last.soloMode === next.soloMode &&
    last.activeMuteGroups.join() === next.activeMuteGroups.join() &&
    !anySoloed(last) &&
    !anySoloed(next) &&
    next.strips.every((strip, place) => strip.kind !== 'vca' || strip === last.strips[place])
  );
}

/** Whether a strip that changed has other sends than before, or goes elsewhere. */
function routesOtherwise(last: Mixer, next: Mixer): boolean {
  return next.strips.some((strip, place) => {
    const before = last.strips[place];
    if (before === strip) return false;
    if (strip.output !== before?.output) return true;
    const {parameters} = before;
    return (
      strip.parameters !== parameters &&
      sendSwitches.some((id) => parameterValue(strip.parameters, id) !== parameterValue(parameters, id))
    );
  });
}

const sendSwitches = ([1, 2, 3, 4, 5, 6, 7, 8] as const).map((number) => `send${number}.on` as const);

function sendsByStrip({sends}: RoutingPlan): ReadonlyMap<number, readonly Send[]> {
  const byStrip = new Map<number, Send[]>();
  for (const send of sends) {
    const others = byStrip.get(send.strip);
    if (others) others.push(send);
    else byStrip.set(send.strip, [send]);
  }
  return byStrip;
}
