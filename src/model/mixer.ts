/** The mixer as a value: what every strip is set to. The engine owns the one true copy; all others are pictures of it. */

/** Names one strip for good; the mix bus is `masterId`. */
export type StripId = string & {readonly brand?: 'StripId'};

export const masterId: StripId = 'master';

/** Scribble-strip colours that every coloured surface can show; bit 0 red, bit 1 green, bit 2 blue. */
export const colourNames = ['off', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
export type Colour = (typeof colourNames)[number];

/** Instrument groups in the order in which a desk lays them out. */
export const groupNames = ['drums', 'bass', 'guitars', 'keys', 'strings', 'vocals', 'effects', 'other'] as const;
export type Group = (typeof groupNames)[number];

export interface Strip {
  readonly id: StripId;
  readonly name: string;
  readonly group: Group;
  readonly colour: Colour;
  /** Channels of the source: a mono strip is panned, a stereo strip is balanced. */
  readonly channels: 1 | 2;
  /** Gain before everything, −24…+24 dB. */
  readonly trimDb: number;
  readonly polarityInverted: boolean;
  /** Fader, `-Infinity` or −90…+10 dB. */
  readonly levelDb: number;
  /** −1 left … 0 centre … +1 right. */
  readonly pan: number;
  readonly muted: boolean;
  readonly soloed: boolean;
  /** A safe strip is heard while others are soloed. */
  readonly soloSafe: boolean;
}

export interface Mixer {
  /** In desk order. */
  readonly strips: readonly Strip[];
  /** Fader of the mix bus, `-Infinity` or −90…+10 dB. */
  readonly masterLevelDb: number;
}

/** Defaults of a strip; name and id are always given. */
export function newStrip(given: Pick<Strip, 'id' | 'name'> & Partial<Strip>): Strip {
  return {
    group: 'other',
    colour: 'white',
    channels: 2,
    trimDb: 0,
    polarityInverted: false,
    levelDb: 0,
    pan: 0,
    muted: false,
    soloed: false,
    soloSafe: false,
    ...given,
  };
}

/** Whether a strip sounds: solo in place, mute wins over solo, solo-safe strips stay. */
export function isAudible(mixer: Mixer, strip: Strip): boolean {
  if (strip.muted) return false;
  return strip.soloed || strip.soloSafe || !mixer.strips.some((other) => other.soloed);
}

/** The strip of that id, if there is one. */
export function findStrip(mixer: Mixer, id: StripId): Strip | undefined {
  return mixer.strips.find((strip) => strip.id === id);
}
