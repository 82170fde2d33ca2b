import type {StripId} from '../model/mixer.ts';
import type {Channel} from './channel.ts';
import {lufsOfPower} from './loudness-gate.ts';

/** How loud the vocals are in the mix. */
export interface VocalBalance {
  /** The vocal strip that is loudest: the one to be told. */
  readonly lead: StripId;
  /** Loudness of all vocal stems together less that of the mix, both over 3 s, in LU. */
  readonly balanceLu: number;
  /** What the vocals are to be turned up by to lie where they typically do, in dB. */
  readonly moveDb: number;
}

/** Below this nobody sings. */
const singingLufs = -50;
/** With more than this the vocals are all there is: no balance to judge. */
const aloneLu = -0.3;
/** Where vocals typically lie in the mix, as a share of its power: −3 LU. */
const typicalShare = 10 ** (-3 / 10);
/** Another strip becomes the lead only when it is louder by this factor of power (3 dB). */
const takeOver = 2;

/**
 * The balance now; undefined while nobody sings, the vocals are alone, or too little was heard. `previous` is the lead so far, which stays it until another is
 * clearly louder; `mixGainDb` is what the mix bus adds behind the vocals' sum.
 */
export function vocalBalance(
  channels: readonly Channel[],
  master: Channel,
  mixGainDb: number,
  previous: StripId | undefined,
): VocalBalance | undefined {
  const mixLufs = master.image.reading().shortTermLufs;
  if (mixLufs === undefined) return undefined;
  let sum = 0;
  let loudest = 0;
  let lead: StripId | undefined;
  for (const channel of channels) {
    if (channel.group !== 'vocals' || channel.kind !== 'stem' || !channel.audible) continue;
    const power = powerInMix(channel);
    sum += power;
    const weight = channel.strip === previous ? power * takeOver : power;
    if (weight <= loudest) continue;
    loudest = weight;
    lead = channel.strip;
  }
  if (lead === undefined || lufsOfPower(sum) < singingLufs) return undefined;
  const balanceLu = lufsOfPower(sum) - (mixLufs - mixGainDb);
  if (balanceLu > aloneLu) return undefined;
  const share = 10 ** (balanceLu / 10);
  const moveDb = 10 * Math.log10((typicalShare * (1 - share)) / (share * (1 - typicalShare)));
  return {lead, balanceLu, moveDb};
}

/** K-weighted power of a strip behind its fader, both sides together; 0 while it is not known. */
function powerInMix({image, memory}: Channel): number {
  const loudness = image.reading().shortTermLufs;
  const before = memory?.behindFader.value();
  const after = memory?.afterFader.value();
  if (loudness === undefined || before === undefined || after === undefined || before <= 0) return 0;
  return 10 ** ((loudness + 0.691) / 10) * (after / before);
}
