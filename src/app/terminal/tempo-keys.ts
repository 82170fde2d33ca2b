import type {Binding} from './key-map.ts';

/** Keys of the tempo: tapped, or a whole beat a minute slower or faster. */
export const tempoBindings: readonly Binding[] = [
  {
    keys: ['B', '/', '*'],
    about: 'tap tempo; slower, faster',
    ask: ({mixer}, key) => {
      if (key === 'B') return [{type: 'mixer.tapTempo'}];
      const tempoBpm = key === '*' ? Math.floor(mixer.tempoBpm) + 1 : Math.ceil(mixer.tempoBpm) - 1;
      return [{type: 'mixer.setTempo', tempoBpm}];
    },
  },
];
