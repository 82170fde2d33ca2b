import type {Control} from '../model/surface.ts';

/** Buttons that every channel strip may carry, one per strip. */
export const stripButtonNames = ['rec', 'solo', 'mute', 'select', 'auto', 'insert'] as const;

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

/** Buttons that only other protocols and devices have, in the order of the HUI protocol's zones. */
export const moreButtonNames = [
  'edit-mode',
  'edit-tool',
  'window-mix',
  'window-edit',
  'window-transport',
  'window-status',
  'window-alt',
  'send-e',
  'send-d',
  'send-c',
  'send-b',
  'send-a',
  'assign',
  'assign-default',
  'assign-suspend',
  'assign-shift',
  'assign-mute',
  'assign-bypass',
  'rec-all',
  'cursor-mode',
  'shuttle',
  'talkback',
  'to-start',
  'to-end',
  'online',
  'quick-punch',
  'audition',
  'pre-roll',
  'punch-in',
  'punch-out',
  'post-roll',
  'room-input-3',
  'room-input-2',
  'room-input-1',
  'room-mute',
  'room-discrete',
  'room-output-3',
  'room-output-2',
  'room-output-1',
  'dim',
  'mono',
  'pad-0',
  'pad-1',
  'pad-4',
  'pad-2',
  'pad-5',
  'pad-point',
  'pad-3',
  'pad-6',
  'pad-plus',
  'pad-7',
  'pad-8',
  'pad-9',
  'pad-minus',
  'pad-clear',
  'pad-equals',
  'pad-slash',
  'pad-star',
  'enable-plugin',
  'enable-pan',
  'enable-fader',
  'enable-send-mute',
  'enable-send',
  'enable-mute',
  'automation-off',
  'phase',
  'monitor',
  'automation-status',
  'suspend',
  'create',
  'paste',
  'cut',
  'capture',
  'delete',
  'copy',
  'separate',
  'param-insert',
  'param-assign',
  'param-1',
  'param-2',
  'param-3',
  'param-4',
  'param-bypass',
  'param-compare',
] as const;
/** One of them. */
export type MoreButtonName = (typeof moreButtonNames)[number];

/** Foot switches sit on the floor and have no lamp. */
export const lamplessButtonNames: readonly string[] = ['user-a', 'user-b'];

/** Lamps without a button of their own. */
export const lightNames = ['rude-solo', 'smpte', 'beats'] as const;

/** Controls of a unit that come back to rest by themselves: a ring around a wheel, and the axes of a cap that is pushed and twisted. */
export const springNames = ['shuttle-ring', 'push-x', 'push-y', 'push-z', 'twist-x', 'twist-y', 'twist-z'] as const;

/** Endless encoders for the selected strip, one for what faders set and one for what encoders set, and the push of the first. */
export const dialNames = ['dial', 'dial-push', 'pan-dial'] as const;

/** Further knobs of a strip, named for what they usually set whatever the layer; they may be endless. */
export const furtherKnobNames = ['send1', 'send2', 'send3', 'send4', 'gain', 'eq-high', 'eq-mid', 'eq-low'] as const;
/** One of them. */
export type FurtherKnobName = (typeof furtherKnobNames)[number];

/** Controls that stand on every strip; written `name.*` in a file. */
export const stripControlNames = [
  'fader',
  'knob',
  'encoder',
  'wheel',
  'push',
  ...stripButtonNames,
  ...furtherKnobNames,
] as const;

/** Every way to name controls in a mapping: `fader.*` for all strips' faders, `fader.master`, `jog`, `play`. */
export const controlPatterns: readonly string[] = [
  ...stripControlNames.map((name) => `${name}.*`),
  'fader.master',
  'jog',
  ...springNames,
  ...dialNames,
  ...globalButtonNames,
  ...moreButtonNames,
];

/** One strip's control alone: `mute.3`. */
export const singleStripControl: RegExp = new RegExp(`^(${stripControlNames.join('|')})\\.[1-9][0-9]?$`);

/** The kind of control that a pattern or control id names; the name must be a known one. Further knobs count as knobs with ends (`kindWhere`). */
export function kindOf(name: string): Control['kind'] {
  const stem = name.split('.')[0];
  if (springNames.some((spring) => spring === stem)) return 'spring';
  if (furtherKnobNames.some((knob) => knob === stem)) return 'knob';
  switch (stem) {
    case 'fader':
    case 'knob':
    case 'encoder':
    case 'jog':
      return stem;
    case 'wheel':
    case 'dial':
    case 'pan-dial':
      return 'encoder';
    default:
      return 'button';
  }
}

/** The kind of control that a name is where it lives: a further knob is endless if its place tells steps. */
export function kindWhere(name: string, tellsSteps: boolean): Control['kind'] {
  const kind = kindOf(name);
  return tellsSteps && kind === 'knob' && !name.startsWith('knob.') ? 'encoder' : kind;
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
