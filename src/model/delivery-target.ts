/** What a finished mix is delivered to: numbers that others fixed, with the place and the day they were read. */
export interface DeliveryTarget {
  readonly id: string;
  readonly name: string;
  /** Integrated loudness in LUFS, and how far from it the mix may be, in LU. */
  readonly integratedLufs: number;
  readonly toleranceLu: number;
  /** Highest true peak, in dBTP. */
  readonly ceilingDbtp: number;
  /** Highest short-term loudness in LUFS, where the target has one (short form). */
  readonly maxShortTermLufs?: number;
  /** Who says so. */
  readonly source: string;
  /** The day on which the source was read, `2026-11-22`. */
  readonly readOn: string;
}

/**
 * Where mixes are delivered, and how loud they are wanted there. Dated data: services change their minds without telling; `readOn` and `standing` say how far each row can
 * be trusted, and the row says so wherever it is shown.
 */
export interface DeliveryTargetRow extends DeliveryTarget {
  /** The name where there is little room, 14 letters at most; else `name` is that short. */
  readonly short?: string;
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
    short: 'R 128',
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
    short: 'R 128 s1',
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
    short: 'A/85',
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
    short: 'AES track',
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
    short: 'AES album',
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
    short: 'AES speech',
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
    short: 'Apple Music',
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

/** The row of an id that is written exactly, as a session holds it. */
export function deliveryTargetOf(id: string | undefined): DeliveryTargetRow | undefined {
  return id === undefined ? undefined : deliveryTargets.find((row) => row.id === id);
}
