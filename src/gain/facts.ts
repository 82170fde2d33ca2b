import type {DeliveryTarget} from '../model/delivery-target.ts';
import type {StripId} from '../model/mixer.ts';

/** What is known of the reference track that the mix is compared with. */
export interface ReferenceFacts {
  /** Integrated loudness of the track in LUFS, as it lies on the disk. */
  readonly integratedLufs: number;
  /** What it is turned up by when it is heard, in dB. */
  readonly gainDb: number;
  /** How much louder than the mix it is heard, in LU, as far as who matches it knows; undefined where it is not matched. */
  readonly offLu?: number | undefined;
  /** Share of the energy below 120 Hz in all of it, in dB; undefined if it was not measured. */
  readonly lowShareDb: number | undefined;
  /** Whether it is heard now instead of the mix. */
  readonly isHeard: boolean;
}

/** What rules need to know beyond meters and mixer; what is undefined leaves the rules that ask for it without a verdict. */
export interface Facts {
  /** Level of a sine in dBFS that 0 VU stands for; −18 if absent. */
  readonly lineUpDb?: number | undefined;
  readonly target?: DeliveryTarget | undefined;
  readonly reference?: ReferenceFacts | undefined;
  /** How loud a strip is now in the third-octaves from 200 Hz to 5 kHz (15 of them), behind its fader, in dB. */
  readonly bandsOf?: ((strip: StripId) => readonly number[] | undefined) | undefined;
}

/** Nothing is known. */
export const noFacts: Facts = {};
