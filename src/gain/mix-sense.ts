import {factorFromDb} from '../model/decibel.ts';
import type {Mixer, StripId} from '../model/mixer.ts';
import {parameterValue} from '../model/parameter.ts';
import {type BusPowers, type BusPrediction, believedCrestDb, busPowers, predictBus} from './bus-prediction.ts';
import type {Channel} from './channel.ts';
import {createMasking} from './masking.ts';
import type {Moment} from './moment.ts';
import {type VocalBalance, vocalBalance} from './vocal-balance.ts';

/** What can only be said of all strips together. Each question is answered once a look, and only if it is asked. */
export interface MixSense {
  /** The mixer changed; channels in desk order. */
  adopt(mixer: Mixer, channels: readonly Channel[]): void;
  /** A new look begins: what was answered before is forgotten. */
  look(): void;
  lookForMasks(bandsOf: (strip: StripId) => readonly number[] | undefined, nowMs: number): void;
  readonly answers: Pick<Moment, 'prediction' | 'vocals' | 'mixPlays' | 'shared' | 'nameOf'>;
}

/** A strip plays when something above this was heard of it in the last 2 s, in dBFS, and a fader above this lets it through. */
const playsDb = -50;
const heardPower = factorFromDb(-60) ** 2;

/** Nothing is known yet. */
export function createMixSense(master: Channel): MixSense {
  const masking = createMasking();
  let mixer: Mixer | undefined;
  let channels: readonly Channel[] = [];
  /** Taken anew when it is asked for after a change: a moving fader is asked for at every look, an idle desk never. */
  let powers: readonly BusPowers[] | undefined;
  let prediction: {readonly found: BusPrediction | undefined} | undefined;
  let vocals: {readonly found: VocalBalance | undefined} | undefined;
  let lead: StripId | undefined;

  function ways(): readonly BusPowers[] {
    if (mixer === undefined) return [];
    powers ??= busPowers(mixer, channels);
    return powers;
  }

  return {
    adopt(next, order) {
      mixer = next;
      channels = order;
      powers = undefined;
    },
    look() {
      prediction = undefined;
      vocals = undefined;
    },
    lookForMasks(bandsOf, nowMs) {
      const heard = channels.filter(({kind, audible}) => kind === 'stem' && audible).map(({strip}) => strip);
      masking.look(heard, bandsOf, nowMs);
    },
    answers: {
      prediction() {
        prediction ??= {found: predictBus(channels, ways(), believedCrestDb(master.image.reading().crestDb))};
        return prediction.found;
      },
      vocals() {
        vocals ??= {found: vocalBalance(channels, master, mixGainDb(mixer, master), lead)};
        lead = vocals.found?.lead ?? lead;
        return vocals.found;
      },
      mixPlays() {
        const least = factorFromDb(playsDb);
        return ways().some(({left, right}, index) => {
          const factor = channels[index]?.maximum.factor();
          return left + right > heardPower && factor !== undefined && factor > least;
        });
      },
      shared: (strip) => masking.of(strip),
      nameOf: (strip) => channels.find((channel) => channel.strip === strip)?.name ?? strip,
    },
  };
}

/** What the mix bus adds to the sum, in dB: fader, and the compressor as it works now. */
function mixGainDb(mixer: Mixer | undefined, master: Channel): number {
  if (mixer === undefined) return 0;
  const hasCompressor = mixer.masterParameters['comp.on'] === 1;
  const makeUp = hasCompressor ? parameterValue(mixer.masterParameters, 'comp.makeUpDb') : 0;
  return mixer.masterLevelDb + makeUp - (master.reductionDb ?? 0);
}
