import {findStrip, type Mixer, masterId, type Strip, type StripId} from './mixer.ts';

/** How deep VCAs may follow each other; a circle ends there. */
const deepest = 8;

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
 * Whether a strip sounds in the mix. Mute wins over solo; solo-safe strips stay. With solo in place a soloed group brings the strips that
 * feed it, and a soloed strip the group it feeds; in the other modes solo never changes the mix.
 */
export function isAudible(mixer: Mixer, strip: Strip): boolean {
  if (isMuted(mixer, strip)) return false;
  if (mixer.soloMode !== 'in-place' || !anySoloed(mixer)) return true;
  if (strip.soloSafe || isSoloed(mixer, strip)) return true;
  if (strip.kind === 'group')
    return mixer.strips.some((feeder) => feeder.output === strip.id && isSoloed(mixer, feeder));
  if (strip.output === masterId) return false;
  const group = findStrip(mixer, strip.output);
  return group?.kind === 'group' && isSoloed(mixer, group);
}
