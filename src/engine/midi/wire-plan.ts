import {followedVcas, heardLevelDb, isAudible} from '../../model/audibility.ts';
import type {MixerCommand} from '../../model/command.ts';
import {type LaneParameter, laneCommand, laneValue} from '../../model/lane.ts';
import {
  addressKey,
  addressOf,
  highestValue,
  type MidiAddress,
  type MidiAddressKey,
  type MidiControl,
  type MidiProfile,
  type MidiTarget,
} from '../../model/midi-profile.ts';
import {findStrip, type Mixer, masterId, type Strip, type StripId} from '../../model/mixer.ts';
import {isParameterId, type ParameterId, parameterValue} from '../../model/parameter.ts';
import {mixerValue, wireValue} from './law.ts';

/** One value that the device is to have. */
export interface Slot {
  readonly key: MidiAddressKey;
  readonly address: MidiAddress;
  readonly strip: StripId;
  readonly control: MidiControl;
}

/** What the device is to be told of a mixer, and what a mixer is to be told of the device. */
export interface WirePlan {
  readonly slots: readonly Slot[];
  /** What a slot's address is to have for this mixer. */
  wanted(slot: Slot, mixer: Mixer): number;
  /** What a hand on the device asks of the mixer: none where it asks for nothing that could be (a level under a mute). */
  asked(slot: Slot, mixer: Mixer, value: number): readonly MixerCommand[];
  /** Whether a command says anything to this device, or to the desk itself: what it cannot do does not move. */
  takes(command: MixerCommand, mixer: Mixer): boolean;
}

const silent = Number.NEGATIVE_INFINITY;

/** The plan for a device. Strips that are none of its channels have no slots. */
export function createWirePlan(profile: MidiProfile, {channels}: Pick<MidiTarget, 'channels'>, mixer: Mixer): WirePlan {
  const slotOf = (strip: StripId, number: number, control: MidiControl): Slot => {
    const address = addressOf(control.address, number);
    return {key: addressKey(address), address, strip, control};
  };
  const slots = mixer.strips.flatMap(({id}) => {
    const number = channels.get(id);
    if (number === undefined || number < 1 || number > profile.strips) return [];
    return profile.controls.map((control) => slotOf(id, number, control));
  });
  const {master} = profile;
  const hasMute = profile.controls.some(({parameter}) => parameter === 'mute');
  const known = new Set(profile.controls.map(({parameter}) => parameter));

  /** What is added to a fader on its way to the device: VCAs, groups, and the master where the device has none. */
  const addedDb = (now: Mixer, strip: Strip): number => {
    const group = strip.output === masterId ? undefined : findStrip(now, strip.output);
    const vcasDb = followedVcas(now, strip).reduce((sum, vca) => sum + vca.levelDb, 0);
    const groupDb = group === undefined ? 0 : heardLevelDb(now, group);
    return vcasDb + groupDb + (master === undefined ? now.masterLevelDb : 0);
  };
  const isHeard = (now: Mixer, strip: Strip): boolean => {
    const inPlace: Mixer = inPlaceOf(now);
    const group = strip.output === masterId ? undefined : findStrip(now, strip.output);
    return isAudible(inPlace, strip) && (group === undefined || isAudible(inPlace, group));
  };
  /** What the return of a send's number adds to it. */
  const returnedDb = (now: Mixer, parameter: ParameterId): number => {
    const to = now.strips.filter(({kind}) => kind === 'return')[Number(parameter.charAt(4)) - 1];
    if (to === undefined) return 0;
    return isAudible(inPlaceOf(now), to) ? heardLevelDb(now, to) : silent;
  };

  const unitWanted = ({strip: id, control: {parameter}}: Slot, now: Mixer): number => {
    if (id === masterId) return now.masterLevelDb;
    const strip = findStrip(now, id);
    if (strip === undefined) return 0;
    if (parameter === 'level') return hasMute || isHeard(now, strip) ? strip.levelDb + addedDb(now, strip) : silent;
    if (parameter === 'mute') return isHeard(now, strip) ? 0 : 1;
    if (isSendLevel(parameter)) {
      const isOn = parameterValue(strip.parameters, switchOf(parameter)) === 1;
      return isOn ? audible(parameterValue(strip.parameters, parameter)) + returnedDb(now, parameter) : silent;
    }
    return laneValue(now, {strip: id, parameter}) ?? 0;
  };

  return {
    slots: master === undefined ? slots : [...slots, slotOf(masterId, 1, master)],
    wanted: (slot, now) =>
      wireValue(slot.control.law, slot.control.parameter, unitWanted(slot, now), highestValue(slot.address)),
    asked(slot, now, value) {
      const {strip: id, control} = slot;
      const {parameter} = control;
      const asked = mixerValue(control.law, parameter, value, highestValue(slot.address));
      const set = (setTo: number): readonly MixerCommand[] => {
        const command = Number.isNaN(setTo) ? undefined : laneCommand({strip: id, parameter}, setTo);
        return command === undefined ? [] : [command];
      };
      if (id === masterId) return set(asked);
      const strip = findStrip(now, id);
      if (strip === undefined) return [];
      if (parameter === 'level') {
        const offDb = addedDb(now, strip);
        return offDb === silent || !(hasMute || isHeard(now, strip)) ? [] : set(asked - offDb);
      }
      if (isSendLevel(parameter)) {
        const offDb = returnedDb(now, parameter);
        if (offDb === silent) return [];
        const on = switchOf(parameter);
        const isOn = parameterValue(strip.parameters, on) === 1;
        const opens: MixerCommand = {type: 'strip.setParameter', strip: id, parameter: on, value: 1};
        return [...(isOn || asked === silent ? [] : [opens]), ...set(asked - offDb)];
      }
      return set(asked);
    },
    takes(command, now) {
      switch (command.type) {
        case 'strip.setTrim':
          return known.has('trim');
        case 'strip.setPan':
          return known.has('pan') && findStrip(now, command.strip)?.kind === 'stem';
        case 'strip.setPolarity':
        case 'strip.setEffect':
        case 'strip.setEffectValue':
          return false;
        case 'strip.setParameter':
          return findStrip(now, command.strip)?.kind === 'stem' && isKnown(known, command.parameter);
        default:
          return true;
      }
    },
  };
}

/** Solo leaves the others out, whatever its mode: there is no monitor beside the device's own sum. */
const inPlaceOf = ((): ((mixer: Mixer) => Mixer) => {
  const made = new WeakMap<Mixer, Mixer>();
  return (mixer) => {
    if (mixer.soloMode === 'in-place') return mixer;
    const known = made.get(mixer) ?? {...mixer, soloMode: 'in-place' as const};
    made.set(mixer, known);
    return known;
  };
})();

type SendLevel = `send${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}.levelDb`;

function isSendLevel(parameter: LaneParameter): parameter is SendLevel {
  return parameter.startsWith('send') && parameter.endsWith('.levelDb');
}

function switchOf(parameter: SendLevel): ParameterId {
  const on = parameter.replace('levelDb', 'on');
  return isParameterId(on) ? on : parameter;
}

/** Switches of sends go with their levels. */
function isKnown(known: ReadonlySet<LaneParameter>, parameter: ParameterId): boolean {
  const level = parameter.replace(/^(send\d)\.on$/, '$1.levelDb');
  return known.has(parameter) || (isParameterId(level) && known.has(level));
}

/** The lowest level of a send is silence. */
function audible(levelDb: number): number {
  return levelDb <= -90 ? silent : levelDb;
}
