import type {Control} from '../model/surface.ts';

/** Buttons that every channel strip may carry, one per strip. */
export const stripButtonNames = ['rec', 'solo', 'mute', 'select'] as const;
/** One of them. */
export type StripButtonName = (typeof stripButtonNames)[number];

/** Buttons that a unit carries once, in the order of the Mackie Control protocol's note table. */
export const globalButtonNames = [
  'assign-track',
  'assign-send',
  'assign-pan',
  'assign-plugin',
  'assign-eq',
  'assign-instrument',
  'bank-left',
  'bank-right',
  'channel-left',
  'channel-right',
  'flip',
  'global-view',
  'name-value',
  'smpte-beats',
  'f1',
  'f2',
  'f3',
  'f4',
  'f5',
  'f6',
  'f7',
  'f8',
  'midi-tracks',
  'inputs',
  'audio-tracks',
  'audio-instruments',
  'aux',
  'busses',
  'outputs',
  'user',
  'shift',
  'option',
  'control',
  'alt',
  'read',
  'write',
  'trim',
  'touch',
  'latch',
  'group',
  'save',
  'undo',
  'cancel',
  'enter',
  'marker',
  'nudge',
  'cycle',
  'drop',
  'replace',
  'click',
  'solo-global',
  'rewind',
  'forward',
  'stop',
  'play',
  'record',
  'cursor-up',
  'cursor-down',
  'cursor-left',
  'cursor-right',
  'zoom',
  'scrub',
  'user-a',
  'user-b',
] as const;
/** One of them. */
export type GlobalButtonName = (typeof globalButtonNames)[number];

/** Foot switches sit on the floor and have no lamp. */
export const lamplessButtonNames: readonly GlobalButtonName[] = ['user-a', 'user-b'];

/** Lamps without a button of their own. */
export const lightNames = ['rude-solo', 'smpte', 'beats'] as const;
/** One of them. */
export type LightName = (typeof lightNames)[number];

/** Controls that stand on every strip; written `name.*` in a file. */
export const stripControlNames = ['fader', 'knob', 'encoder', 'push', ...stripButtonNames] as const;

/** Every way to name controls in a mapping: `fader.*` for all strips' faders, `fader.master`, `jog`, `play`. */
export const controlPatterns: readonly string[] = [
  ...stripControlNames.map((name) => `${name}.*`),
  'fader.master',
  'jog',
  ...globalButtonNames,
];

/** One strip's control alone: `mute.3`. */
export const singleStripControl: RegExp = new RegExp(`^(${stripControlNames.join('|')})\\.[1-9][0-9]?$`);

/** The kind of control that a pattern or control id names; the name must be a known one. */
export function kindOf(name: string): Control['kind'] {
  const stem = name.split('.')[0];
  switch (stem) {
    case 'fader':
    case 'knob':
    case 'encoder':
    case 'jog':
      return stem;
    default:
      return 'button';
  }
}

/** Whether a pattern or control id belongs to channel strips. */
export function isStripName(name: string): boolean {
  return name.includes('.') && name !== 'fader.master';
}

/** Whether a pattern of a layout covers a control: the same id, or the same name before the star. */
export function covers(pattern: string, control: string): boolean {
  if (pattern === control) return true;
  return pattern.endsWith('.*') && isStripName(control) && control.startsWith(pattern.slice(0, -1));
}
