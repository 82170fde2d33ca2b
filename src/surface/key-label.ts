import type {Action} from '../model/layout.ts';

/** What a drawn key says of its task, in two lines of so many cells: the words of the action's own name, the last that fit. */
export function keyLabel(action: Action, cells: number): readonly [top: string, bottom: string] {
  const [, about = '', after = ''] = /^([a-zA-Z]+)[.:](.*)$/.exec(action) ?? [];
  const words = after
    .replace(/([a-z])([A-Z0-9])/g, '$1 $2')
    .toUpperCase()
    .split(/[\s-]+/)
    .map((word) => short[word] ?? word);
  const kind = kinds[about];
  const [first = '', second = '', ...more] = kind === undefined ? words : [kind, ...words];
  const lines = more.length === 0 ? [first, second] : [first, [second, ...more].join(' ')];
  return [lines[0]?.slice(0, cells) ?? '', lines[1]?.slice(0, cells) ?? ''];
}

/** Words that stand before the name of what an action is about. */
const kinds: Readonly<Record<string, string>> = {
  layer: 'LAYER',
  page: 'PAGE',
  show: 'SHOW',
  muteGroup: 'MUTES',
  marker: 'MARKER',
  automation: 'AUTO',
  monitor: 'MON',
};

/** Shorter words for long ones. */
const short: Readonly<Record<string, string>> = {
  ACKNOWLEDGE: 'WARN',
  CHANNEL: 'STRIP',
  FORWARD: 'FORW',
  LOUDNESS: 'LOUD',
  POLARITY: 'PHASE',
  PREVIOUS: 'PREV',
  REFERENCE: 'REF',
  SELECTED: 'SEL',
  SPEAKER: 'SPKR',
  TOGGLE: '',
};
