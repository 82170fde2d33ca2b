import {findStrip, type Mixer, masterId, type StripId} from '../../model/mixer.ts';
import type {Playback} from '../../model/playback.ts';
import {deskTaper, levelAt, positionOf} from '../../model/taper.ts';
import type {View} from '../../model/view.ts';
import type {Intent} from '../../surface/intent.ts';

export interface KeyContext {
  readonly mixer: Mixer;
  readonly view: View;
  readonly playback: Playback;
}

/** One row of the help: keys, what they do, and what they ask for on the selected strip. */
interface Binding {
  readonly keys: readonly string[];
  readonly about: string;
  readonly ask: (context: KeyContext, key: string) => readonly Intent[];
}

/** Seconds that one press of a locate key jumps. */
const jumpSeconds = 5;
/** Fader travel of one press, and of one fine press. */
const travel = 0.0125;
const fineTravel = 0.0025;

/** Every key of the terminal view. `q` and `?` belong to the view itself. */
export const keyBindings: readonly Binding[] = [
  {keys: ['left', 'right'], about: 'select the strip to the left, to the right', ask: selectNext},
  {keys: ['tab'], about: 'select the master, and back', ask: selectMaster},
  {
    keys: ['up', 'down'],
    about: 'fader up, down by half a dB near 0',
    ask: (context, key) => moveFader(context, key === 'up' ? travel : -travel),
  },
  {
    keys: ['shift-up', 'shift-down', 'K', 'J'],
    about: 'fader up, down by 0.1 dB near 0',
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
  {keys: ['m'], about: 'mute', ask: (context) => toggle(context, 'muted')},
  {keys: ['s'], about: 'solo', ask: (context) => toggle(context, 'soloed')},
  {keys: ['o'], about: 'solo safe: heard while others are soloed', ask: (context) => toggle(context, 'soloSafe')},
  {keys: ['i'], about: 'invert polarity', ask: (context) => toggle(context, 'polarityInverted')},
  {keys: ['c'], about: 'clear all solos', ask: () => [{type: 'mixer.clearSolo'}]},
  {
    keys: ['[', ']'],
    about: 'bank to the left, to the right',
    ask: (_, key) => [{type: key === '[' ? 'view.bankLeft' : 'view.bankRight'}],
  },
  {
    keys: ['{', '}'],
    about: 'bank by one strip',
    ask: (_, key) => [{type: key === '{' ? 'view.channelLeft' : 'view.channelRight'}],
  },
  {
    keys: ['l'],
    about: 'next layer: level, pan, trim',
    ask: ({view}) => [{type: 'view.setLayer', layer: nextLayer(view)}],
  },
  {keys: ['f'], about: 'flip faders and encoders', ask: () => [{type: 'view.flip'}]},
  {keys: ['space'], about: 'play and stop', ask: () => [{type: 'playback.toggle'}]},
  {keys: [',', '.'], about: `locate ${jumpSeconds} s back, on`, ask: locate},
  {keys: ['home'], about: 'locate to the start', ask: () => [{type: 'playback.locate', frame: 0}]},
  {keys: ['r'], about: 'repeat at the end, or stop', ask: () => [{type: 'playback.toggleLooping'}]},
  {
    keys: ['a'],
    about: 'acknowledge warnings of the selected strip',
    ask: ({view}) => withStrip(view, (strip) => [{type: 'warning.acknowledge', strip}]),
  },
  {keys: ['A'], about: 'acknowledge all warnings', ask: () => [{type: 'warning.acknowledge', strip: 'all'}]},
  {keys: ['w'], about: 'write the session', ask: () => [{type: 'session.save'}]},
];

/** What a key asks for; an unknown key asks for nothing. */
export function intentsOf(context: KeyContext, key: string): readonly Intent[] {
  return keyBindings.find((binding) => binding.keys.includes(key))?.ask(context, key) ?? [];
}

function withStrip(view: View, make: (strip: StripId) => readonly Intent[]): readonly Intent[] {
  return view.selected === undefined ? [] : make(view.selected);
}

function selectNext({mixer, view}: KeyContext, key: string): readonly Intent[] {
  if (mixer.strips.length === 0) return [];
  const at = mixer.strips.findIndex((strip) => strip.id === view.selected);
  const last = mixer.strips.length - 1;
  const from = view.selected === masterId ? last + 1 : at;
  const next = from < 0 ? 0 : Math.min(last, Math.max(0, from + (key === 'right' ? 1 : -1)));
  const strip = mixer.strips[next];
  return strip === undefined ? [] : [{type: 'view.select', strip: strip.id}];
}

function selectMaster({mixer, view}: KeyContext): readonly Intent[] {
  const first = mixer.strips[view.bankOffset]?.id;
  return [{type: 'view.select', strip: view.selected === masterId && first !== undefined ? first : masterId}];
}

function moveFader({mixer, view}: KeyContext, by: number): readonly Intent[] {
  return withStrip(view, (strip) => {
    const levelDb = strip === masterId ? mixer.masterLevelDb : findStrip(mixer, strip)?.levelDb;
    if (levelDb === undefined) return [];
    const position = positionOf(deskTaper, levelDb) + by;
    const next = Math.round(levelAt(deskTaper, Math.min(1, position)) * 10) / 10;
    return [{type: 'strip.setLevel', strip, levelDb: next}];
  });
}

function movePan({mixer, view}: KeyContext, by: number): readonly Intent[] {
  return withStrip(view, (strip) => {
    const pan = findStrip(mixer, strip)?.pan;
    return pan === undefined ? [] : [{type: 'strip.setPan', strip, pan: Math.round((pan + by) * 10) / 10}];
  });
}

function moveTrim({mixer, view}: KeyContext, by: number): readonly Intent[] {
  return withStrip(view, (strip) => {
    const trimDb = findStrip(mixer, strip)?.trimDb;
    return trimDb === undefined ? [] : [{type: 'strip.setTrim', strip, trimDb: trimDb + by}];
  });
}

function toggle(
  {mixer, view}: KeyContext,
  what: 'muted' | 'soloed' | 'soloSafe' | 'polarityInverted',
): readonly Intent[] {
  return withStrip(view, (id) => {
    const strip = findStrip(mixer, id);
    if (strip === undefined) return [];
    switch (what) {
      case 'muted':
        return [{type: 'strip.setMute', strip: id, muted: !strip.muted}];
      case 'soloed':
        return [{type: 'strip.setSolo', strip: id, soloed: !strip.soloed}];
      case 'soloSafe':
        return [{type: 'strip.setSoloSafe', strip: id, soloSafe: !strip.soloSafe}];
      case 'polarityInverted':
        return [{type: 'strip.setPolarity', strip: id, polarityInverted: !strip.polarityInverted}];
    }
  });
}

const layerOrder = ['level', 'pan', 'trim'];

function nextLayer(view: View): string {
  return layerOrder[(layerOrder.indexOf(view.layer.id) + 1) % layerOrder.length] ?? 'level';
}

function locate({playback}: KeyContext, key: string): readonly Intent[] {
  const by = jumpSeconds * playback.sampleRate * (key === '.' ? 1 : -1);
  return [{type: 'playback.locate', frame: Math.max(0, Math.min(playback.lengthFrames, playback.frame + by))}];
}
