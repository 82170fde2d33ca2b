import type {DeliveryTargetRow} from '../model/delivery-target.ts';

/** What is measured of a mix, as far as a target asks for it. */
export interface Delivered {
  /** In LUFS and dBTP; `-Infinity` for silence. */
  readonly integratedLufs: number;
  readonly truePeakDb: number;
  /** Of pieces below 3 s it says little, but is there. */
  readonly maxShortTermLufs: number;
}

/** How a mix stands to a target. */
export interface TargetComparison {
  readonly target: DeliveryTargetRow;
  /** Integrated loudness above the target, in LU; undefined for silence. */
  readonly distanceLu: number | undefined;
  /** `turned-down`: louder than a player wants it, which refuses nothing. */
  readonly loudness: 'right' | 'loud' | 'quiet' | 'turned-down' | 'unknown';
  /** Whether the true peak keeps below the ceiling; undefined for silence. */
  readonly peakFits: boolean | undefined;
  /** Whether the highest short-term loudness keeps below the limit; undefined where there is none. */
  readonly shortTermFits: boolean | undefined;
  /** Gain that would put it exactly on the target, in dB; undefined for silence. */
  readonly gainDb: number | undefined;
  /** True peak after that gain, in dBTP. */
  readonly peakAfterGainDb: number | undefined;
  /** Plain sentences with a number in them. */
  readonly advice: readonly string[];
}

/** Holds a mix against a target. Figures are judged as they are shown, to a tenth. */
export function compareToTarget(mix: Delivered, target: DeliveryTargetRow): TargetComparison {
  const {integratedLufs, truePeakDb, maxShortTermLufs} = mix;
  if (!Number.isFinite(integratedLufs)) {
    const none = {distanceLu: undefined, peakFits: undefined, gainDb: undefined, peakAfterGainDb: undefined};
    const advice = ['There is nothing louder than -70 LUFS to compare.'];
    return {target, ...none, loudness: 'unknown', shortTermFits: undefined, advice};
  }
  const distanceLu = tenths(integratedLufs - target.integratedLufs);
  const off = Math.abs(distanceLu) > target.toleranceLu;
  const loudness = !off ? 'right' : distanceLu < 0 ? 'quiet' : target.kind === 'player' ? 'turned-down' : 'loud';
  const gainDb = -distanceLu;
  const peakAfterGainDb = truePeakDb + gainDb;
  const peakFits = tenths(truePeakDb) <= target.ceilingDbtp;
  const limit = target.maxShortTermLufs;
  const shortTermFits = limit === undefined ? undefined : tenths(maxShortTermLufs) <= limit;
  const advice: string[] = [];
  const apart = Math.abs(distanceLu).toFixed(1);
  if (loudness === 'turned-down')
    advice.push(`${apart} LU louder than the player wants: it plays it ${apart} dB lower.`);
  if (loudness === 'loud') advice.push(`${apart} LU too loud: lower the mix bus ${apart} dB.`);
  if (loudness === 'quiet') {
    const over = tenths(peakAfterGainDb - target.ceilingDbtp);
    advice.push(
      over > 0
        ? `${apart} LU quieter than the target: raising it ${apart} dB needs a limiter that takes ${over.toFixed(1)} dB off the peaks.`
        : `${apart} LU quieter than the target: raise the mix bus ${apart} dB, its peaks have room for it.`,
    );
  }
  if (!peakFits) {
    const down = tenths(truePeakDb - target.ceilingDbtp).toFixed(1);
    const ceiling = target.ceilingDbtp.toFixed(1);
    advice.push(
      `True peak ${truePeakDb.toFixed(1)} dBTP; the ceiling is ${ceiling}. Lower the limiter output by ${down} dB.`,
    );
  }
  if (shortTermFits === false && limit !== undefined) {
    advice.push(`Short-term reached ${maxShortTermLufs.toFixed(1)} LUFS; the limit is ${limit.toFixed(1)}.`);
  }
  return {target, distanceLu, loudness, peakFits, shortTermFits, gainDb, peakAfterGainDb, advice};
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}
