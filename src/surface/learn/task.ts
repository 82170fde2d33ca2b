import type {GlobalButtonName} from '../../mapping/control-names.ts';

/** Keys that are there once and that a learner asks for, in this order. */
export const askedKeys: readonly GlobalButtonName[] = [
  ...(['play', 'stop', 'rewind', 'forward', 'cycle', 'record'] as const),
  ...(['bank-left', 'bank-right', 'channel-left', 'channel-right', 'flip', 'shift', 'marker', 'undo', 'save'] as const),
  ...(['f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7', 'f8'] as const),
];
/** Keys on strips that a learner asks for. */
const stripKeys = ['mute', 'solo', 'rec', 'select'] as const;

/** What is learned one after the other. */
export const groups = ['fader', 'master', 'knob', 'push', ...stripKeys, 'keys', 'lamps', 'motors', 'finished'] as const;
export type Group = (typeof groups)[number];

/** What is being learned: a group, and which of it, from 0. */
export interface Task {
  readonly group: Group;
  readonly index: number;
}

/** More strips than a unit can have are not asked for. */
export const mostStrips = 32;

/** The name of the control that a task is about; of knobs that of a knob, which may turn out to be endless. */
export function controlOf({group, index}: Task): string {
  if (group === 'master') return 'fader.master';
  if (group === 'keys') return askedKeys[index] ?? '';
  return `${group}.${index + 1}`;
}

/** The group after this one. */
export function groupAfter(group: Group): Group {
  return groups[groups.indexOf(group) + 1] ?? 'finished';
}

/** What the hand is asked to do. `part` 1 is the way back of a knob. */
export function taskWords({group, index}: Task, part: 0 | 1): string {
  const strip = index + 1;
  switch (group) {
    case 'fader':
      return `Move fader ${strip} from the bottom to the top, slowly, and back.`;
    case 'master':
      return 'Move the master fader from the bottom to the top, slowly, and back.';
    case 'knob':
      return part === 0
        ? `Turn knob ${strip} to the right, slowly: all the way, or ten clicks if it has no end.`
        : `Now turn knob ${strip} back to the left, slowly.`;
    case 'push':
      return index === 0 ? 'Press encoder 1 three times.' : `Press encoder ${strip}.`;
    case 'keys':
      return `Press the key that shall be ${(askedKeys[index] ?? '').toUpperCase()} three times.`;
    case 'lamps':
      return 'May the lamps of the keys be tried? Some are lit, one after the other.';
    case 'motors':
      return 'May it be tried whether the faders have motors? Take your hands off.';
    case 'finished':
      return 'All is learned.';
    default: {
      const key = group.toUpperCase();
      return index === 0 ? `Press ${key} of strip 1 three times.` : `Press ${key} of strip ${strip}.`;
    }
  }
}
