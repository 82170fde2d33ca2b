import type {GlobalButtonName} from '../control-names.ts';
import type {ForeignTarget} from './finding.ts';

/** What a binding wants, in our words, or why it cannot be had; `changed` says what is different here. */
export type Meaning =
  | {readonly state: 'meant'; readonly target: ForeignTarget; readonly changed?: string}
  | {readonly state: 'none'; readonly reason: string};

const noRecording = 'the desk does not record: the key stands for the warning of its strip';
const noRecordKey = 'the desk does not record: the key acknowledges warnings';

interface Task {
  readonly name: GlobalButtonName;
  readonly action: string;
  readonly changed?: string;
}

/** Functions and actions in lower case → the key that does it here. */
const tasks: Readonly<Record<string, Task>> = {
  'transport-stop': {name: 'stop', action: 'playback.stop'},
  'transport-roll': {name: 'play', action: 'playback.play'},
  'toggle-roll': {name: 'play', action: 'playback.play'},
  'loop-toggle': {name: 'cycle', action: 'playback.loop'},
  'rec-enable': {name: 'record', action: 'warnings.acknowledge', changed: noRecordKey},
  'rec-disable': {name: 'record', action: 'warnings.acknowledge', changed: noRecordKey},
  'toggle-rec-enable': {name: 'record', action: 'warnings.acknowledge', changed: noRecordKey},
  'next-bank': {name: 'bank-right', action: 'view.bankRight'},
  'prev-bank': {name: 'bank-left', action: 'view.bankLeft'},
  'transport/stop': {name: 'stop', action: 'playback.stop'},
  'transport/roll': {name: 'play', action: 'playback.play'},
  'transport/toggleroll': {name: 'play', action: 'playback.play'},
  'transport/rewind': {name: 'rewind', action: 'playback.rewind'},
  'transport/forward': {name: 'forward', action: 'playback.forward'},
  'transport/loop': {name: 'cycle', action: 'playback.loop'},
  'transport/record': {name: 'record', action: 'warnings.acknowledge', changed: noRecordKey},
  'transport/alternate-numpad-rewind': {name: 'rewind', action: 'playback.rewind'},
  'transport/alternate-numpad-forward': {name: 'forward', action: 'playback.forward'},
  'common/add-location-from-playhead': {name: 'marker', action: 'playback.marker'},
  'editor/add-location-from-playhead': {name: 'marker', action: 'playback.marker'},
  'common/remove-location-from-playhead': {name: 'f8', action: 'playback.unmark'},
  'editor/remove-location-from-playhead': {name: 'f8', action: 'playback.unmark'},
  'common/jump-backward-to-mark': {name: 'f6', action: 'playback.previousMarker'},
  'common/jump-forward-to-mark': {name: 'f7', action: 'playback.nextMarker'},
  'common/start-range-from-playhead': {name: 'drop', action: 'playback.setIn'},
  'common/finish-range-from-playhead': {name: 'replace', action: 'playback.setOut'},
  'common/start-punch-range': {name: 'drop', action: 'playback.setIn'},
  'common/finish-punch-range': {name: 'replace', action: 'playback.setOut'},
  'common/save': {name: 'save', action: 'session.save'},
  'editor/undo': {name: 'undo', action: 'session.undo'},
  'editor/redo': {name: 'f5', action: 'session.redo'},
  'main/cancel-solo': {name: 'solo-global', action: 'mixer.clearSolo'},
  'transport/cancel-solo': {name: 'solo-global', action: 'mixer.clearSolo'},
};

/** What a function (`transport-stop`) or an action (`Transport/Rewind`) means here. */
export function taskMeaning(word: string, argument: string | undefined): Meaning {
  const name = word.trim().toLowerCase();
  const task = tasks[Object.hasOwn(tasks, name) ? name : ''];
  if (task !== undefined) {
    const {changed, ...target} = task;
    return {state: 'meant', target: {type: 'task', ...target}, ...(changed === undefined ? {} : {changed})};
  }
  const button = ({select: 'select', 'track-set-solo': 'solo', 'track-set-mute': 'mute'} as const)[name];
  const strip = /^\s*B?([1-9]\d?)\b/i.exec(argument ?? '')?.[1];
  if (button !== undefined && strip !== undefined) {
    return {state: 'meant', target: {type: 'button', strip: Number(strip) - 1, button}};
  }
  return {state: 'none', reason: `the desk has no key for "${word.slice(0, 60)}"`};
}

/** What the strips' own parameters are called here, by their path. */
const parameters: Readonly<Record<string, string>> = {
  gain: 'level',
  pandirection: 'pan',
  balance: 'pan',
  pan: 'pan',
  trim: 'trim',
  panwidth: 'width',
  'filter/hi/freq': 'hp.hz',
  'filter/hi/slope': 'hp.slope',
  'filter/lo/freq': 'lp.hz',
  'filter/low/freq': 'lp.hz',
  'compressor/threshold': 'comp.thresholdDb',
  'compressor/makeup': 'comp.makeUpDb',
};
const buttons: Readonly<Record<string, 'mute' | 'solo' | 'rec'>> = {mute: 'mute', solo: 'solo', recenable: 'rec'};

/** What a controllable (`/route/gain B1`) means here. */
export function uriMeaning(uri: string): Meaning {
  const none = (reason: string): Meaning => ({state: 'none', reason});
  const [path = '', first = '', second = ''] = uri.trim().split(/\s+/);
  const [, kind = '', ...parts] = path.split('/');
  const what = parts.join('/').toLowerCase();
  if (!/^(?:route|rid|track|bus|vca)$/i.test(kind) || what === '') return none(`"${uri.slice(0, 60)}" names nothing`);
  if (/^master$/i.test(first)) {
    return what === 'gain'
      ? {state: 'meant', target: {type: 'master'}}
      : none('of the mix bus only the level has a place on a surface');
  }
  if (/^S\d+$/.test(first)) {
    const selected = parameters[Object.hasOwn(parameters, what) ? what : ''];
    return selected === 'level' || selected === 'pan'
      ? {state: 'meant', target: {type: 'selected', parameter: selected}}
      : none('it means the strip that is selected: here those stand on pages of encoders');
  }
  const banked = /^B?(\d{1,4})$/.exec(first)?.[1];
  if (banked === undefined) return none('a strip is named by its place here, not by its name');
  const strip = Number(banked) - 1;
  if (strip < 0) return none('strips count from 1');
  if (/^(?:bus|vca)$/i.test(kind))
    return none('buses and VCAs have no places of their own: they are in the banks, too');
  const button = buttons[Object.hasOwn(buttons, what) ? what : ''];
  if (button !== undefined) {
    const target = {type: 'button', strip, button} as const;
    return button === 'rec' ? {state: 'meant', target, changed: noRecording} : {state: 'meant', target};
  }
  const parameter = parameterOf(what, second);
  if (parameter === undefined) return none(`the desk has nothing like "${what.slice(0, 40)}" on a knob`);
  return {state: 'meant', target: {type: 'parameter', strip, parameter}};
}

function parameterOf(what: string, second: string): string | undefined {
  if (Object.hasOwn(parameters, what)) return parameters[what];
  if (what === 'send/gain') return /^[1-8]$/.test(second) ? `send${second}.levelDb` : undefined;
  const [, field, band] = /^eq\/(gain|freq|q)\/([0-3])$/.exec(what) ?? [];
  if (field === undefined) return undefined;
  const ours = ({gain: 'gainDb', freq: 'hz', q: 'q'} as const)[field];
  return ours && `eq${Number(band) + 1}.${ours}`;
}
