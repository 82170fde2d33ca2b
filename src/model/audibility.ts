import {findStrip, type Mixer, masterId, type Strip, type StripId} from './mixer.ts';
import {parameterValue} from './parameter.ts';

/** How deep VCAs may follow each other; a circle ends there. */
const deepest = 8;
const sendNumbers = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** All VCAs whose level and mute a strip follows, through others, each once. */
export function followedVcas(mixer: Mixer, strip: Strip): readonly Strip[] {
  const found = new Map<StripId, Strip>();
  let next: readonly StripId[] = strip.vcas;
  for (let depth = 0; depth < deepest && next.length > 0; depth++) {
    const vcas = next.flatMap((id) => {
      const vca = findStrip(mixer, id);
      return vca?.kind === 'vca' && vca.id !== strip.id && !found.has(id) ? [vca] : [];
    });
    for (const vca of vcas) found.set(vca.id, vca);
    next = vcas.flatMap((vca) => vca.vcas);
  }
  return [...found.values()];
}

/** The fader's level with those of its VCAs: what the strip is heard at, `-Infinity` or dB. */
export function heardLevelDb(mixer: Mixer, strip: Strip): number {
  if (strip.vcas.length === 0) return strip.levelDb;
  return followedVcas(mixer, strip).reduce((sum, vca) => sum + vca.levelDb, strip.levelDb);
}

/** Whether a strip is muted by itself, by a mute group, or by a VCA. */
export function isMuted(mixer: Mixer, strip: Strip): boolean {
  const muted = (one: Strip): boolean =>
    one.muted || one.muteGroups.some((group) => mixer.activeMuteGroups.includes(group));
  return muted(strip) || (strip.vcas.length > 0 && followedVcas(mixer, strip).some(muted));
}

/** Whether a strip is soloed by itself or by a VCA. */
export function isSoloed(mixer: Mixer, strip: Strip): boolean {
  return strip.soloed || (strip.vcas.length > 0 && followedVcas(mixer, strip).some((vca) => vca.soloed));
}

/** Whether anything is soloed. */
export function anySoloed(mixer: Mixer): boolean {
  return mixer.strips.some((strip) => strip.soloed);
}

/**
 * Whether a strip sounds at its output. Mute wins over solo; solo-safe strips stay. With solo in place a soloed group brings the strips that
 * feed it, a soloed strip the group it feeds, and whatever a soloed return needs to answer runs there and nowhere else; in the other
 * modes solo never changes the mix.
 */
export function isAudible(mixer: Mixer, strip: Strip): boolean {
  if (isMuted(mixer, strip)) return false;
  const solo = soloOf(mixer);
  return solo === undefined || staysUp(mixer, strip, solo) || solo.answered.has(strip.output);
}

/**
 * Whether what a strip sends to a return goes there. Fader and VCAs are not asked. With solo in place it goes where the strip is heard itself, and into
 * returns that are soloed or lead to what is.
 */
export function isSendAudible(mixer: Mixer, strip: Strip, to: StripId): boolean {
  if (isMuted(mixer, strip)) return false;
  const solo = soloOf(mixer);
  return solo === undefined || staysUp(mixer, strip, solo) || solo.answered.has(to);
}

/** What solo in place asks for. */
interface Solo {
  /** Groups and returns that are soloed, or lead to one that is: all that feeds them is needed. */
  readonly answered: ReadonlySet<StripId>;
}

/** Mixers are values, so what follows from one is found once; undefined where solo changes nothing. */
const known = new WeakMap<Mixer, Solo | undefined>();

function soloOf(mixer: Mixer): Solo | undefined {
  if (!known.has(mixer))
    known.set(mixer, mixer.soloMode === 'in-place' && anySoloed(mixer) ? findSolo(mixer) : undefined);
  return known.get(mixer);
}

function findSolo(mixer: Mixer): Solo {
  const buses = mixer.strips.filter(({kind}) => kind === 'group' || kind === 'return');
  const answered = new Set(buses.filter((bus) => isSoloed(mixer, bus)).map(({id}) => id));
  for (let before = -1; before < answered.size; ) {
    before = answered.size;
    for (const bus of buses) {
      const leads = answered.has(bus.output) || sentTo(mixer, bus).some((to) => answered.has(to));
      if (leads) answered.add(bus.id);
    }
  }
  return {answered};
}

/** Whether a strip that is not muted is heard for itself, and not only where something else needs it. */
function staysUp(mixer: Mixer, strip: Strip, {answered}: Solo): boolean {
  if (isSoloed(mixer, strip)) return true;
  if (strip.kind === 'group' && mixer.strips.some((feeder) => feeder.output === strip.id && isSoloed(mixer, feeder)))
    return true;
  const group = strip.output === masterId ? undefined : findStrip(mixer, strip.output);
  if (group?.kind === 'group' && isSoloed(mixer, group)) return true;
  // Returns are safe as a rule, to answer who is soloed; one that everybody is sent to for another's sake is not meant.
  return strip.soloSafe && !(strip.kind === 'return' && sentTo(mixer, strip).some((to) => answered.has(to)));
}

/** The returns that a strip's sends are switched on to. */
function sentTo(mixer: Mixer, {parameters}: Strip): readonly StripId[] {
  const numbers = sendNumbers.filter((number) => parameterValue(parameters, `send${number}.on`) === 1);
  if (numbers.length === 0) return [];
  const returns = mixer.strips.filter(({kind}) => kind === 'return');
  return numbers.flatMap((number) => returns[number - 1]?.id ?? []);
}
