import type {GlobalButtonName} from '../control-names.ts';

/** Keys of the Mackie Control protocol as device and profile files name them (any case) → our names. */
const keys: Readonly<Record<string, GlobalButtonName>> = {
  track: 'assign-track',
  send: 'assign-send',
  sends: 'assign-send',
  pan: 'assign-pan',
  plugin: 'assign-plugin',
  eq: 'assign-eq',
  dyn: 'assign-instrument',
  left: 'bank-left',
  'bank left': 'bank-left',
  right: 'bank-right',
  'bank right': 'bank-right',
  channelleft: 'channel-left',
  'channel left': 'channel-left',
  channelright: 'channel-right',
  'channel right': 'channel-right',
  flip: 'flip',
  view: 'global-view',
  'name/value': 'name-value',
  'timecode/beats': 'smpte-beats',
  f1: 'f1',
  f2: 'f2',
  f3: 'f3',
  f4: 'f4',
  f5: 'f5',
  f6: 'f6',
  f7: 'f7',
  f8: 'f8',
  miditracks: 'midi-tracks',
  'midi tracks': 'midi-tracks',
  inputs: 'inputs',
  audiotracks: 'audio-tracks',
  'audio tracks': 'audio-tracks',
  audioinstruments: 'audio-instruments',
  'audio instruments': 'audio-instruments',
  aux: 'aux',
  busses: 'busses',
  outputs: 'outputs',
  user: 'user',
  shift: 'shift',
  option: 'option',
  ctrl: 'control',
  cmdalt: 'alt',
  read: 'read',
  write: 'write',
  trim: 'trim',
  touch: 'touch',
  latch: 'latch',
  grp: 'group',
  group: 'group',
  save: 'save',
  undo: 'undo',
  cancel: 'cancel',
  enter: 'enter',
  marker: 'marker',
  nudge: 'nudge',
  loop: 'cycle',
  drop: 'drop',
  replace: 'replace',
  click: 'click',
  clearsolo: 'solo-global',
  'clear solo': 'solo-global',
  rewind: 'rewind',
  ffwd: 'forward',
  stop: 'stop',
  play: 'play',
  record: 'record',
  cursorup: 'cursor-up',
  'cursor up': 'cursor-up',
  cursordown: 'cursor-down',
  'cursor down': 'cursor-down',
  cursorleft: 'cursor-left',
  'cursor left': 'cursor-left',
  cursorright: 'cursor-right',
  'cursor right': 'cursor-right',
  zoom: 'zoom',
  scrub: 'scrub',
  usera: 'user-a',
  'user a': 'user-a',
  userb: 'user-b',
  'user b': 'user-b',
};

/** Our name of a key, or undefined for one that such a unit does not have. */
export function mackieKey(name: string): GlobalButtonName | undefined {
  const written = name.trim().toLowerCase();
  return Object.hasOwn(keys, written) ? keys[written] : undefined;
}

/** Our name of a key that stands on each strip. */
export function mackieStripKey(name: string): 'rec' | 'solo' | 'mute' | 'select' | 'push' | undefined {
  switch (name.trim().toLowerCase()) {
    case 'recenable':
    case 'record enable':
      return 'rec';
    case 'solo':
      return 'solo';
    case 'mute':
      return 'mute';
    case 'select':
      return 'select';
    case 'vselect':
    case 'v-pot':
      return 'push';
    default:
      return undefined;
  }
}
