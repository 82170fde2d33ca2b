import type {Assistance} from '../../model/assistance.ts';
import type {AutomationStatus} from '../../model/automation-status.ts';
import type {Layout} from '../../model/layout.ts';
import type {MeterSettings} from '../../model/meter-settings.ts';
import {type Mixer, masterId, panLawsDb, soloModes} from '../../model/mixer.ts';
import type {Monitor} from '../../model/monitor.ts';
import type {Playback} from '../../model/playback.ts';
import type {SnapshotStatus} from '../../model/snapshot-status.ts';
import {stripViews, type View} from '../../model/view.ts';
import type {Intent} from '../../surface/intent.ts';
import {hasParameter} from '../../surface/ownership.ts';
import {shownStrips} from '../../surface/shown-strips.ts';
import {answersOf, assistBindings} from './assist-keys.ts';
import {automationBindings} from './automation-keys.ts';
import {pushKnob, resetKnob, turnKnob} from './knob-keys.ts';
import {meterBindings} from './meter-keys.ts';
import {monitorIntent} from './monitor-keys.ts';
import {snapshotBindings} from './snapshot-keys.ts';
import {moveFader, movePan, moveTrim, toggle, withStrip} from './strip-keys.ts';
import {tapeBindings} from './tape-keys.ts';
import {tempoBindings} from './tempo-keys.ts';

export interface KeyContext {
  readonly mixer: Mixer;
  readonly view: View;
  readonly layout: Layout;
  readonly playback: Playback;
  readonly monitor: Monitor;
  readonly meters: MeterSettings;
  /** What is being listened for or proposed; nothing if absent. */
  readonly assistance?: Assistance;
  /** What automation does; nothing if absent. */
  readonly automation?: AutomationStatus;
  /** Mixes to come back to; none if absent. */
  readonly snapshots?: SnapshotStatus;
  /** The chosen knob of the page, 0…7. */
  readonly knob: number;
}

/** One row of the help: keys, what they do, and what they ask for on the selected strip. */
export interface Binding {
  readonly keys: readonly string[];
  /** How the help writes the keys, where there are too many to name. */
  readonly shown?: string;
  readonly about: string;
  readonly ask: (context: KeyContext, key: string) => readonly Intent[];
}

/** Fader travel of one press, and of one fine press. */
const travel = 0.0125;
const fineTravel = 0.0025;
/** Encoder ticks of one press, and of a coarse one. */
const tick = 1;
const coarseTicks = 8;

/** Every key of the terminal view but those of automation and snapshots, which have a page of their own. `q` and `?` belong to the view itself, as does what chooses a knob. */
export const keyBindings: readonly Binding[] = [
  {keys: ['left', 'right'], about: 'select a strip', ask: selectNext},
  {keys: ['tab'], about: 'select the master, and back', ask: selectMaster},
  {
    keys: ['up', 'down'],
    about: 'fader by half a dB near 0',
    ask: (context, key) => moveFader(context, key === 'up' ? travel : -travel),
  },
  {
    keys: ['shift-up', 'shift-down', 'K', 'J'],
    about: 'fader by 0.1 dB near 0',
    ask: (context, key) => moveFader(context, key === 'shift-up' || key === 'K' ? fineTravel : -fineTravel),
  },
  {
    keys: ['0'],
    about: 'fader to 0 dB',
    ask: ({view}) => withStrip(view, (strip) => [{type: 'strip.setLevel', strip, levelDb: 0}]),
  },
  {keys: ['<', '>'], about: 'pan left, right', ask: (context, key) => movePan(context, key === '>' ? 0.1 : -0.1)},
  {
    keys: ['-', '+'],
    about: 'trim down, up by 0.5 dB',
    ask: (context, key) => moveTrim(context, key === '+' ? 0.5 : -0.5),
  },
  {
    keys: ['m', 'i'],
    about: 'mute; invert polarity',
    ask: (context, key) => toggle(context, key === 'm' ? 'muted' : 'polarityInverted'),
  },
  {
    keys: ['s', 'o'],
    about: 'solo; solo safe',
    ask: (context, key) => toggle(context, key === 's' ? 'soloed' : 'soloSafe'),
  },
  {keys: ['c'], about: 'clear all solos', ask: () => [{type: 'mixer.clearSolo'}]},
  {
    keys: ['S'],
    about: 'solo in place, AFL, PFL',
    ask: ({mixer}) => [{type: 'mixer.setSoloMode', soloMode: nextOf(soloModes, mixer.soloMode, 1)}],
  },
  {
    keys: ['p'],
    about: 'pan law -3, -4.5, -6 dB',
    ask: ({mixer}) => [{type: 'mixer.setPanLaw', panLawDb: nextOf(panLawsDb, mixer.panLawDb, 1)}],
  },
  {
    keys: ['f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7', 'f8'],
    shown: 'F1-F8',
    about: 'mute groups 1 to 8',
    ask: ({mixer}, key) => {
      const group = Number(key.slice(1));
      return [{type: 'mixer.setMuteGroup', group, active: !mixer.activeMuteGroups.includes(group)}];
    },
  },
  {
    keys: ['[', ']'],
    about: 'bank to the left, right',
    ask: (_, key) => [{type: key === '[' ? 'view.bankLeft' : 'view.bankRight'}],
  },
  {
    keys: ['{', '}'],
    about: 'bank by one strip',
    ask: (_, key) => [{type: key === '{' ? 'view.channelLeft' : 'view.channelRight'}],
  },
  {
    keys: ['v', 'V'],
    about: 'strips of the next kind',
    ask: ({view}, key) => [{type: 'view.show', shown: nextOf(stripViews, view.shown, key === 'v' ? 1 : -1)}],
  },
  {keys: ['g'], about: 'members of a group or VCA', ask: spill},
  {keys: ['l', 'L'], about: 'next layer, last layer', ask: nextLayer},
  {
    keys: ['f', 'G'],
    about: 'flip; meters gain reduction',
    ask: (_, key) => [{type: key === 'f' ? 'view.flip' : 'view.toggleMeters'}],
  },
  {
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    shown: '1-9',
    about: 'page of the strip, and back',
    ask: ({layout}, key) =>
      layout.pages.slice(Number(key) - 1, Number(key)).map(({id}) => ({type: 'view.setPage', page: id})),
  },
  {
    keys: ['page-up', 'page-down'],
    shown: 'PgUp PgDn',
    about: 'turn the page',
    ask: (_, key) => [{type: key === 'page-up' ? 'view.pageLeft' : 'view.pageRight'}],
  },
  {keys: ['shift-left', 'shift-right', '(', ')'], about: 'choose a knob of the page', ask: () => []},
  {
    keys: ['d', 'u', 'D', 'U'],
    about: 'turn it down, up; by eight',
    ask: (context, key) => {
      const ticks = key === 'd' || key === 'u' ? tick : coarseTicks;
      return turnKnob(context, key.toLowerCase() === 'u' ? ticks : -ticks);
    },
  },
  {
    keys: ['enter', 'backspace'],
    about: 'push it; to its standard',
    ask: (context, key) => (key === 'enter' ? pushKnob : resetKnob)(context),
  },
  ...tapeBindings,
  ...tempoBindings,
  {
    keys: ['a', 'A'],
    about: 'acknowledge this strip, all',
    ask: ({view}, key) =>
      key === 'A'
        ? [{type: 'warning.acknowledge', strip: 'all'}]
        : withStrip(view, (strip) => [{type: 'warning.acknowledge', strip}]),
  },
  ...assistBindings,
  {keys: ['z', 'n', 'x', 'y'], about: 'ears: dim mono swap polarity', ask: (_, key) => monitorIntent(key)},
  {keys: ['b', 'h', 'H', '_', '='], about: 'ears: speaker A/B next level', ask: (_, key) => monitorIntent(key)},
  ...meterBindings,
  {keys: ['k'], about: 'automation: page two of this', ask: () => []},
  {keys: ['w'], about: 'write the session', ask: () => [{type: 'session.save'}]},
];

/** What a key asks for; an unknown key asks for nothing. */
export function intentsOf(context: KeyContext, key: string): readonly Intent[] {
  const answers = answersOf(context, key);
  if (answers !== undefined) return answers;
  const binding = [...keyBindings, ...automationBindings, ...snapshotBindings].find(({keys}) => keys.includes(key));
  return binding?.ask(context, key) ?? [];
}

function selectNext({mixer, view}: KeyContext, key: string): readonly Intent[] {
  const strips = shownStrips(mixer, view);
  const at = strips.findIndex((strip) => strip.id === view.selected);
  const last = strips.length - 1;
  const from = at < 0 && view.selected === masterId ? last + 1 : at;
  const next = from < 0 ? 0 : Math.min(last, Math.max(0, from + (key === 'right' ? 1 : -1)));
  const strip = strips[next];
  return strip === undefined ? [] : [{type: 'view.select', strip: strip.id}];
}

function selectMaster({mixer, view}: KeyContext): readonly Intent[] {
  const first = shownStrips(mixer, view)[view.bankOffset]?.id;
  return [{type: 'view.select', strip: view.selected === masterId && first !== undefined ? first : masterId}];
}

function spill({view}: KeyContext): readonly Intent[] {
  const strip = view.spilled ?? view.selected;
  return strip === undefined ? [] : [{type: 'view.spill', strip}];
}

/** Layers that carry something on some strip: a layer of sends without a return is passed over. */
function nextLayer({mixer, view, layout}: KeyContext, key: string): readonly Intent[] {
  const layers = layout.layers.filter(
    (layer) => layer.id === view.layer.id || mixer.strips.some((strip) => hasParameter(mixer, strip, layer.fader)),
  );
  const ids = layers.map(({id}) => id);
  return ids.length === 0 ? [] : [{type: 'view.setLayer', layer: nextOf(ids, view.layer.id, key === 'l' ? 1 : -1)}];
}

/** The one after (or before) in a circle. */
function nextOf<Value>(values: readonly Value[], now: Value, by: 1 | -1): Value {
  return values[(values.indexOf(now) + by + values.length) % values.length] ?? now;
}
