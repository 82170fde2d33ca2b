import {newEffect} from '../model/effect.ts';
import {type Group, masterId, newStrip, type Strip, type StripId} from '../model/mixer.ts';
import {groupColours} from './instruments.ts';

/** What most mixes want beside their stems: a group for every instrument that has several and a reverb and a delay. */
export interface StandardBuses {
  /** Group strips, then returns. */
  readonly strips: readonly Strip[];
  /** Where each stem goes: its group, or the mix bus. */
  readonly outputOf: (stem: {readonly group: Group}) => StripId;
}

const groupTitles: Readonly<Record<Group, string>> = {
  drums: 'Drums',
  bass: 'Basses',
  guitars: 'Guitars',
  keys: 'Keyboards',
  strings: 'String Group',
  vocals: 'Vocals',
  effects: 'Effect Group',
  other: 'Others',
};

/** The buses for stems of these groups; ids are kept apart from `taken`. */
export function standardBuses(stems: readonly {readonly group: Group}[], taken: ReadonlySet<StripId>): StandardBuses {
  const counts = new Map<Group, number>();
  for (const {group} of stems) counts.set(group, (counts.get(group) ?? 0) + 1);
  const grouped = [...counts].filter(([, count]) => count > 1).map(([group]) => group);
  const free = (id: StripId): StripId => {
    let next = id;
    for (let number = 2; taken.has(next); number++) next = `${id}-${number}`;
    return next;
  };
  const idOf = new Map(grouped.map((group) => [group, free(`group-${group}`)]));
  const groups = grouped.map((group) =>
    newStrip({
      id: idOf.get(group) ?? group,
      kind: 'group',
      name: groupTitles[group],
      group,
      colour: groupColours[group],
    }),
  );
  const returns = [
    newStrip({
      id: free('reverb'),
      kind: 'return',
      name: 'Reverb',
      group: 'effects',
      colour: 'cyan',
      effect: newEffect('reverb'),
    }),
    newStrip({
      id: free('delay'),
      kind: 'return',
      name: 'Delay',
      group: 'effects',
      colour: 'cyan',
      effect: newEffect('delay'),
    }),
  ];
  return {strips: [...groups, ...returns], outputOf: ({group}) => idOf.get(group) ?? masterId};
}
