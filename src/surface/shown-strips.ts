import {findStrip, type Mixer, masterId, newStrip, type Strip, type StripId} from '../model/mixer.ts';
import type {StripView, View} from '../model/view.ts';

/** What of a strip decides where it is shown. */
export type StripRoute = Pick<Strip, 'id' | 'kind' | 'output' | 'vcas'>;

const masters = new WeakMap<Mixer, Strip>();

/** The mix bus as a strip, so that faders and pages can stand for it like for any other; made once a mixer. */
export function masterStrip(mixer: Mixer): Strip {
  const known = masters.get(mixer);
  if (known !== undefined) return known;
  const strip = newStrip({
    id: masterId,
    kind: 'group',
    name: 'Master',
    levelDb: mixer.masterLevelDb,
    parameters: mixer.masterParameters,
  });
  masters.set(mixer, strip);
  return strip;
}

/** A strip or the mix bus by its id. */
export function stripOf(mixer: Mixer, id: StripId): Strip | undefined {
  return id === masterId ? masterStrip(mixer) : findStrip(mixer, id);
}

/** Whether a strip has members to be spilled: groups and VCAs have. */
export function canSpill({kind}: Pick<Strip, 'kind'>): boolean {
  return kind === 'group' || kind === 'vca';
}

type Shown = Pick<View, 'shown' | 'spilled'>;

/** The strips that a view shows, in desk order, whatever the bank. A spilled strip that is gone shows all. */
export function shownStrips(mixer: Mixer, shown: Shown): readonly Strip[] {
  if (shown.spilled === undefined && shown.shown === 'master') return [masterStrip(mixer)];
  const {strips} = mixer;
  if (shown.spilled === undefined && shown.shown === 'all') return strips;
  const last = lists.get(strips);
  if (last?.shown === shown.shown && last.spilled === shown.spilled) return last.list;
  const list = strips.filter(inView(strips, shown));
  lists.set(strips, {...shown, list});
  return list;
}

/** The last list made of these strips: every control of a unit asks for the same one. */
const lists = new WeakMap<readonly Strip[], Shown & {readonly list: readonly Strip[]}>();

/** The same by routes alone; of the master there is one, and it is no strip. */
export function shownIds(strips: readonly StripRoute[], shown: Shown): readonly StripId[] {
  if (shown.spilled === undefined && shown.shown === 'master') return [masterId];
  return strips.filter(inView(strips, shown)).map(({id}) => id);
}

const kindOfView: Readonly<Record<Exclude<StripView, 'all' | 'master'>, Strip['kind']>> = {
  inputs: 'stem',
  groups: 'group',
  returns: 'return',
  vcas: 'vca',
};

function inView(strips: readonly StripRoute[], {shown, spilled}: Shown): (strip: StripRoute) => boolean {
  const parent = spilled === undefined ? undefined : strips.find(({id}) => id === spilled);
  if (parent !== undefined)
    return parent.kind === 'vca'
      ? (strip) => strip.vcas.includes(parent.id)
      : (strip) => strip.kind !== 'vca' && strip.output === parent.id;
  if (spilled !== undefined || shown === 'all' || shown === 'master') return () => true;
  const kind = kindOfView[shown];
  return (strip) => strip.kind === kind;
}

/** Whether all strips are shown at the same places in both mixers: the same strips, routed alike. */
export function sameRoutes(one: Mixer, other: Mixer): boolean {
  if (one.strips === other.strips) return true;
  return (
    one.strips.length === other.strips.length &&
    one.strips.every((strip, index) => {
      const twin = other.strips[index];
      return strip === twin || (strip.id === twin?.id && strip.output === twin.output && strip.vcas === twin.vcas);
    })
  );
}
