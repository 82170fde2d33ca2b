import type {DeliveryTarget} from '../model/delivery-target.ts';

/**
 * Where mixes are delivered, and how loud they are wanted there. Dated data: services change their minds without telling; `readOn` and `standing` say how far each row can
 * be trusted, and the row says so wherever it is shown.
 */
export interface DeliveryTargetRow extends DeliveryTarget {
  /** `norm`: a delivery outside the tolerance can be refused. `advice`: a recommendation. `player`: the service turns what is louder down when playing. */
  readonly kind: 'norm' | 'advice' | 'player';
  /** For deliveries that are coded with loss afterwards, where the text has a figure of its own. */
  readonly lossyCeilingDbtp?: number;
  /** `primary`: read in the text itself; `first-party`: on the service's own page; `secondary`: as others tell it. */
  readonly standing: 'primary' | 'first-party' | 'secondary';
  readonly note?: string;
}

/** Rises when a row changes. */
export const deliveryTargetsVersion = 1;

const readOn = '2026-11-22';

export const deliveryTargets: readonly DeliveryTargetRow[] = [
  {
    id: 'ebu-r128',
    name: 'EBU R 128',
    kind: 'norm',
    integratedLufs: -23,
    toleranceLu: 0.5,
    ceilingDbtp: -1,
    lossyCeilingDbtp: -2,
    readOn,
    standing: 'primary',
    source: 'EBU R 128 with Tech 3343 v4 (2023)',
    note: 'Live programmes, and where exact normalisation is impractical: within 1 LU.',
  },
  {
    id: 'ebu-r128-s1',
    name: 'EBU R 128 s1 (short form)',
    kind: 'norm',
    integratedLufs: -23,
    toleranceLu: 0.5,
    ceilingDbtp: -1,
    lossyCeilingDbtp: -2,
    maxShortTermLufs: -18,
    readOn,
    standing: 'primary',
    source: 'EBU R 128 s1',
    note: 'Advertisements and other short items.',
  },
  {
    id: 'atsc-a85',
    name: 'ATSC A/85',
    kind: 'norm',
    integratedLufs: -24,
    toleranceLu: 2,
    ceilingDbtp: -2,
    readOn,
    standing: 'secondary',
    source: 'ATSC A/85, as tabulated in open-source workstations',
  },
  {
    id: 'aes-td1008-track',
    name: 'AES TD1008, music track',
    kind: 'advice',
    integratedLufs: -16,
    toleranceLu: 1,
    ceilingDbtp: -1,
    readOn,
    standing: 'secondary',
    source: 'AES TD1008 (2021), as the trade press tells it',
  },
  {
    id: 'aes-td1008-album',
    name: 'AES TD1008, loudest track of an album',
    kind: 'advice',
    integratedLufs: -14,
    toleranceLu: 1,
    ceilingDbtp: -1,
    readOn,
    standing: 'secondary',
    source: 'AES TD1008 (2021), as the trade press tells it',
  },
  {
    id: 'aes-td1008-speech',
    name: 'AES TD1008, speech',
    kind: 'advice',
    integratedLufs: -18,
    toleranceLu: 1,
    ceilingDbtp: -1,
    readOn,
    standing: 'secondary',
    source: 'AES TD1008 (2021), as the trade press tells it',
  },
  {
    id: 'spotify',
    name: 'Spotify',
    ...player(-14, 'first-party', 'the service’s support page on loudness normalisation'),
    note: 'Listeners can choose Loud (-11) or Quiet (-19). Quiet tracks are turned up only while peaks stay below -1 dB.',
  },
  {
    id: 'apple-music',
    name: 'Apple Music (Sound Check)',
    ...player(-16, 'secondary', 'the trade press on Sound Check'),
  },
  {id: 'youtube', name: 'YouTube', ...player(-14, 'secondary', 'the trade press')},
  {id: 'tidal', name: 'Tidal', ...player(-14, 'secondary', 'the trade press')},
  {
    id: 'amazon-music',
    name: 'Amazon Music',
    ...player(-14, 'secondary', 'the trade press; the peak as open-source workstations have it'),
    ceilingDbtp: -2,
    note: 'Older lists say -9 to -13.',
  },
  {id: 'deezer', name: 'Deezer', ...player(-15, 'secondary', 'the trade press')},
  {
    id: 'soundcloud',
    name: 'SoundCloud',
    ...player(-14, 'secondary', 'the trade press'),
    note: 'Older lists say -8 to -13.',
  },
];

function player(integratedLufs: number, standing: DeliveryTargetRow['standing'], source: string) {
  return {kind: 'player', integratedLufs, toleranceLu: 1, ceilingDbtp: -1, readOn, standing, source} as const;
}

/** The target that a user names by its id or its name, however it is written. */
export function findDeliveryTarget(written: string): DeliveryTargetRow | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return deliveryTargets.find(({id, name}) => [id, name].some((known) => plain(known) === plain(written)));
}

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
