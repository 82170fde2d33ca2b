import type {dialNames, GlobalButtonName} from '../../mapping/control-names.ts';

/** Keys that are there once and that a learner asks for, in this order; the first only if there is such a knob. */
export const askedKeys: readonly (GlobalButtonName | (typeof dialNames)[number])[] = [
  'dial-push',
  ...(['play', 'stop', 'rewind', 'forward', 'cycle', 'record'] as const),
  ...(['bank-left', 'bank-right', 'channel-left', 'channel-right', 'flip', 'shift', 'marker', 'undo', 'save'] as const),
  ...(['f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7', 'f8'] as const),
];

/** Wheels and rings that are there once; only HID devices have rings that come back by themselves. */
export const askedWheels = ['jog', 'dial', 'pan-dial', 'shuttle-ring'] as const;

/** What is learned one after the other; `rest`: what moves by itself. */
export const groups = [
  'rest',
  'fader',
  'master',
  'knob',
  'push',
  'button',
  'wheel',
  'keys',
  'lamps',
  'motors',
  'finished',
] as const;
export type Group = (typeof groups)[number];

/** What is being learned: a group, of its rows which, and which of it, each from 0. */
export interface Task {
  readonly group: Group;
  readonly row: number;
  readonly index: number;
}

/** More strips than a unit can have are not asked for. */
export const mostStrips = 32;

/** The first task of a group. */
export function begin(group: Group): Task {
  return {group, row: 0, index: 0};
}

/** Groups that come in rows, a control on each strip, and are told what they are for. */
export function isRow(group: Group): group is 'knob' | 'button' {
  return group === 'knob' || group === 'button';
}

/** The name of the control that a task is about, if it is known before it is found. */
export function controlOf({group, index}: Task): string {
  switch (group) {
    case 'master':
      return 'fader.master';
    case 'keys':
      return askedKeys[index] ?? '';
    case 'wheel':
      return askedWheels[index] ?? '';
    default:
      return `${group}.${index + 1}`;
  }
}

/** The group after this one. */
export function groupAfter(group: Group): Group {
  return groups[groups.indexOf(group) + 1] ?? 'finished';
}

/** What the hand is asked to do. `part` 1 is the way back of a knob, `role` what its row is for. */
export function taskWords({group, row, index}: Task, part: 0 | 1, role: string | undefined): string {
  const strip = index + 1;
  const back = 'Now turn it back to the left, slowly.';
  switch (group) {
    case 'rest':
      return 'Take your hands off the device for a moment: what moves by itself is left out.';
    case 'fader':
      return `Move fader ${strip} from the bottom to the top, slowly, and back.`;
    case 'master':
      return 'Move the master fader from the bottom to the top, slowly, and back.';
    case 'knob':
      if (part === 1) return back;
      return `${rowWords(row, strip, role, 'knob')}Turn ${role === undefined ? 'one' : 'it'} to the right, slowly: all the way, or ten clicks if it has no end.`;
    case 'push':
      return index === 0
        ? 'Do the endless knobs press? Press that of strip 1 three times.'
        : `Press that of strip ${strip}.`;
    case 'button':
      if (role !== undefined) return `Press the key of strip ${strip} in this row (${role}).`;
      return `${rowWords(row, strip, role, 'key')}Press one three times.`;
    case 'wheel':
      return part === 1 ? (wheelBack[index] ?? back) : (wheelWords[index] ?? '');
    case 'keys':
      if (index === 0) return 'Does the endless knob for the level of the selected strip press? Press it three times.';
      return `Press the key that shall be ${(askedKeys[index] ?? '').toUpperCase()} three times.`;
    case 'lamps':
      return 'May the lamps of the keys be tried? Some are lit, one after the other.';
    case 'motors':
      return 'May it be tried whether the faders have motors? Take your hands off.';
    case 'finished':
      return 'All is learned.';
  }
}

const wheelWords: readonly string[] = [
  'Is there a jog wheel for the time? Turn it ten clicks to the right.',
  'Is there an endless knob for the level of the selected strip? Turn it ten clicks to the right.',
  'And one for its pan? Turn it ten clicks to the right.',
  'Is there a ring that comes back by itself? Turn it to the right as far as it goes, and let it go.',
];
const wheelBack: readonly (string | undefined)[] = [
  undefined,
  undefined,
  undefined,
  'Now to the left as far as it goes, and let it go.',
];

function rowWords(row: number, strip: number, role: string | undefined, what: 'knob' | 'key'): string {
  if (role !== undefined) return `The ${what} of strip ${strip} in this row (${role}). `;
  return row === 0
    ? `Are there ${what}s on the strips? Begin with any row of them, on strip ${strip}. `
    : `Is there a further row of ${what}s? Take that of strip ${strip}. `;
}
