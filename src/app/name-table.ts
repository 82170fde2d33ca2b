import type {Mixer, Strip, StripId} from '../model/mixer.ts';
import {shortNames} from '../model/short-name.ts';

/** Short names of all strips for so many cells, made anew only when a name changed. */
export function nameTable(): (mixer: Mixer, strip: Strip, cells: number) => string {
  const tables = new Map<number, {readonly strips: Mixer['strips']; readonly names: ReadonlyMap<StripId, string>}>();
  return (mixer, strip, cells) => {
    const known = tables.get(cells);
    const same =
      known?.strips === mixer.strips || known?.strips.every((one, index) => one.name === mixer.strips[index]?.name);
    if (known !== undefined && same && known.strips.length === mixer.strips.length) {
      if (known.strips !== mixer.strips) tables.set(cells, {strips: mixer.strips, names: known.names});
      return known.names.get(strip.id) ?? '';
    }
    const texts = shortNames(
      mixer.strips.map(({name}) => name),
      cells,
    );
    const names = new Map(mixer.strips.map(({id}, index) => [id, texts[index] ?? '']));
    tables.set(cells, {strips: mixer.strips, names});
    return names.get(strip.id) ?? '';
  };
}
