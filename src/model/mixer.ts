import {atTempo, type Effect, newEffect} from './effect.ts';
import type {ParameterValues} from './parameter.ts';
import {standardTempoBpm} from './tempo.ts';

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

/**
 * What a strip carries: a recording, the sum of the strips that are routed to it, the answer of an effect to all sends of its number, or
 * nothing but a level for others (a VCA).
 */
export type StripKind = 'stem' | 'group' | 'return' | 'vca';

export interface Strip {
  readonly id: StripId;
  readonly kind: StripKind;
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
  /** Where it goes: `masterId`, or a group (for stems and returns). Of a VCA it means nothing. */
  readonly output: StripId;
  /** VCAs whose level and mute it follows; VCAs may follow others. */
  readonly vcas: readonly StripId[];
  /** Mute groups it belongs to, 1…8. */
  readonly muteGroups: readonly number[];
  /** Processing and sends, as far as they differ from the defaults. */
  readonly parameters: ParameterValues;
  /** What a return does with what is sent to it; undefined for all others. */
  readonly effect: Effect | undefined;
}

/** How much a mono strip's sides are down at the centre, against full left or right. */
export const panLawsDb = [3, 4.5, 6] as const;
export type PanLawDb = (typeof panLawsDb)[number];

/** What solo does: leave the others out of the mix, or bring the soloed strips to the monitor only, after or before the fader. */
export const soloModes = ['in-place', 'after-fader', 'pre-fader'] as const;
export type SoloMode = (typeof soloModes)[number];

export interface Mixer {
  /** In desk order: stems, groups, returns, VCAs. */
  readonly strips: readonly Strip[];
  /** Fader of the mix bus, `-Infinity` or −90…+10 dB. */
  readonly masterLevelDb: number;
  /** EQ, compressor and limiter of the mix bus, as far as they differ from the defaults. */
  readonly masterParameters: ParameterValues;
  readonly panLawDb: PanLawDb;
  readonly soloMode: SoloMode;
  /** Mute groups that are on, 1…8. */
  readonly activeMuteGroups: readonly number[];
  /** Quarter notes a minute, 20…400: what delays with a note go by. */
  readonly tempoBpm: number;
}

/** A mixer of these strips; everything else is at rest unless given. */
export function newMixer(given: Pick<Mixer, 'strips'> & Partial<Mixer>): Mixer {
  const mixer: Mixer = {
    masterLevelDb: 0,
    masterParameters: {},
    panLawDb: 3,
    soloMode: 'in-place',
    activeMuteGroups: [],
    tempoBpm: standardTempoBpm,
    ...given,
  };
  return {...mixer, strips: stripsAtTempo(mixer.strips, mixer.tempoBpm)};
}

/** The strips with delays as long as their notes are at a tempo; those that it does not concern are the same objects. */
export function stripsAtTempo(strips: readonly Strip[], tempoBpm: number): readonly Strip[] {
  return strips.map((strip) => {
    const effect = strip.effect && atTempo(strip.effect, tempoBpm);
    return effect === strip.effect ? strip : {...strip, effect};
  });
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
    // What answers a solo through a return is heard with it.
    soloSafe: given.kind === 'return',
    kind: 'stem',
    output: masterId,
    vcas: [],
    muteGroups: [],
    parameters: {},
    effect: given.kind === 'return' ? newEffect('reverb') : undefined,
    ...given,
  };
}

/** The strip of that id, if there is one. */
export function findStrip(mixer: Mixer, id: StripId): Strip | undefined {
  return mixer.strips.find((strip) => strip.id === id);
}
