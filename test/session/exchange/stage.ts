import {newMixer, newStrip} from '../../../src/model/mixer.ts';
import type {ExchangeStage} from '../../../src/session/exchange/exchange.ts';

/** A session with a stem, a return, a group and a VCA. */
export const stage: ExchangeStage = {
  sampleRate: 48_000,
  mixer: newMixer({
    strips: [
      newStrip({id: 'vox', name: 'Lead Vocal'}),
      newStrip({id: 'bass', name: 'Bässe'}),
      newStrip({id: 'drums', name: 'Drums', kind: 'group'}),
      newStrip({id: 'hall', name: 'Hall', kind: 'return'}),
      newStrip({id: 'band', name: 'Band', kind: 'vca'}),
    ],
  }),
};
