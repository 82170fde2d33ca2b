import {followedVcas} from './audibility.ts';
import {atTempo, type EffectKind, newEffect, withEffectValue} from './effect.ts';
import {
  findStrip,
  type Mixer,
  masterId,
  type PanLawDb,
  panLawsDb,
  type SoloMode,
  type Strip,
  type StripId,
  soloModes,
  stripsAtTempo,
} from './mixer.ts';
import {type ParameterId, withValue} from './parameter.ts';
import {highestLevelDb, lowestLevelDb} from './taper.ts';
import {tempoWithin} from './tempo.ts';

/** What anyone may ask of the mixer: surface, terminal, page, automation. `strip` may be `masterId` where a level is set. */
export type MixerCommand =
  | {readonly type: 'strip.setLevel'; readonly strip: StripId; readonly levelDb: number}
  | {readonly type: 'strip.setTrim'; readonly strip: StripId; readonly trimDb: number}
  | {readonly type: 'strip.setPan'; readonly strip: StripId; readonly pan: number}
  | {readonly type: 'strip.setMute'; readonly strip: StripId; readonly muted: boolean}
  | {readonly type: 'strip.setSolo'; readonly strip: StripId; readonly soloed: boolean}
  | {readonly type: 'strip.setSoloSafe'; readonly strip: StripId; readonly soloSafe: boolean}
  | {readonly type: 'strip.setPolarity'; readonly strip: StripId; readonly polarityInverted: boolean}
  /** Processing and sends; of `masterId` those of the mix bus. */
  | {
      readonly type: 'strip.setParameter';
      readonly strip: StripId;
      readonly parameter: ParameterId;
      readonly value: number;
    }
  /** A return's effect, or one parameter of it. */
  | {readonly type: 'strip.setEffect'; readonly strip: StripId; readonly effect: EffectKind}
  | {readonly type: 'strip.setEffectValue'; readonly strip: StripId; readonly name: string; readonly value: number}
  /** `masterId` or a group; groups go to the mix bus only. */
  | {readonly type: 'strip.setOutput'; readonly strip: StripId; readonly output: StripId}
  /** Unknown strips, and VCAs that follow this strip themselves, are left out. */
  | {readonly type: 'strip.setVcas'; readonly strip: StripId; readonly vcas: readonly StripId[]}
  | {readonly type: 'strip.setMuteGroups'; readonly strip: StripId; readonly muteGroups: readonly number[]}
  | {readonly type: 'mixer.setMuteGroup'; readonly group: number; readonly active: boolean}
  | {readonly type: 'mixer.setPanLaw'; readonly panLawDb: PanLawDb}
  | {readonly type: 'mixer.setSoloMode'; readonly soloMode: SoloMode}
  /** Quarter notes a minute. Delays with a note follow. */
  | {readonly type: 'mixer.setTempo'; readonly tempoBpm: number}
  | {readonly type: 'mixer.clearSolo'};

/** Whether a command is for the mixer. */
export function isMixerCommand(command: {readonly type: string}): command is MixerCommand {
  return /^(strip|mixer)\./.test(command.type) && command.type !== 'mixer.tapTempo';
}

/**
 * The mixer after a command. Numbers out of range are clamped; NaN and unknown strips change nothing
 * (the same object comes back), so that no sender can bring the mixer out of its ranges.
 */
export function applyCommand(mixer: Mixer, command: MixerCommand): Mixer {
  switch (command.type) {
    case 'strip.setLevel': {
      const levelDb = clampLevel(command.levelDb);
      if (levelDb === undefined) return mixer;
      if (command.strip === masterId)
        return levelDb === mixer.masterLevelDb ? mixer : {...mixer, masterLevelDb: levelDb};
      return change(mixer, command.strip, {levelDb});
    }
    case 'strip.setTrim':
      return Number.isNaN(command.trimDb)
        ? mixer
        : change(mixer, command.strip, {trimDb: clamp(command.trimDb, -24, 24)});
    case 'strip.setPan':
      return Number.isNaN(command.pan) ? mixer : change(mixer, command.strip, {pan: clamp(command.pan, -1, 1)});
    case 'strip.setMute':
      return change(mixer, command.strip, {muted: command.muted});
    case 'strip.setSolo':
      return change(mixer, command.strip, {soloed: command.soloed});
    case 'strip.setSoloSafe':
      return change(mixer, command.strip, {soloSafe: command.soloSafe});
    case 'strip.setPolarity':
      return change(mixer, command.strip, {polarityInverted: command.polarityInverted});
    case 'strip.setParameter': {
      if (command.strip === masterId) {
        const masterParameters = withValue(mixer.masterParameters, command.parameter, command.value);
        return masterParameters === mixer.masterParameters ? mixer : {...mixer, masterParameters};
      }
      const strip = findStrip(mixer, command.strip);
      return strip === undefined
        ? mixer
        : change(mixer, strip.id, {parameters: withValue(strip.parameters, command.parameter, command.value)});
    }
    case 'strip.setEffect': {
      const strip = findStrip(mixer, command.strip);
      if (strip?.kind !== 'return' || strip.effect?.kind === command.effect) return mixer;
      return change(mixer, strip.id, {effect: newEffect(command.effect)});
    }
    case 'strip.setEffectValue': {
      const strip = findStrip(mixer, command.strip);
      if (strip?.effect === undefined) return mixer;
      const effect = atTempo(withEffectValue(strip.effect, command.name, command.value), mixer.tempoBpm);
      return change(mixer, strip.id, {effect});
    }
    case 'strip.setOutput':
      return canFeed(mixer, command.strip, command.output)
        ? change(mixer, command.strip, {output: command.output})
        : mixer;
    case 'strip.setVcas':
      return change(mixer, command.strip, {
        vcas: [...new Set(command.vcas)].filter((id) => canFollow(mixer, command.strip, id)),
      });
    case 'strip.setMuteGroups':
      return change(mixer, command.strip, {
        muteGroups: [...new Set(command.muteGroups)].filter(isMuteGroup).sort((one, other) => one - other),
      });
    case 'mixer.setMuteGroup': {
      const {group, active} = command;
      if (!isMuteGroup(group) || mixer.activeMuteGroups.includes(group) === active) return mixer;
      const others = mixer.activeMuteGroups.filter((one) => one !== group);
      return {...mixer, activeMuteGroups: active ? [...others, group].sort((one, other) => one - other) : others};
    }
    case 'mixer.setPanLaw':
      return command.panLawDb === mixer.panLawDb || !panLawsDb.includes(command.panLawDb)
        ? mixer
        : {...mixer, panLawDb: command.panLawDb};
    case 'mixer.setSoloMode':
      return command.soloMode === mixer.soloMode || !soloModes.includes(command.soloMode)
        ? mixer
        : {...mixer, soloMode: command.soloMode};
    case 'mixer.setTempo': {
      const tempoBpm = tempoWithin(command.tempoBpm);
      if (tempoBpm === undefined || tempoBpm === mixer.tempoBpm) return mixer;
      return {...mixer, tempoBpm, strips: stripsAtTempo(mixer.strips, tempoBpm)};
    }
    case 'mixer.clearSolo':
      if (!mixer.strips.some((strip) => strip.soloed)) return mixer;
      return {...mixer, strips: mixer.strips.map((strip) => (strip.soloed ? {...strip, soloed: false} : strip))};
  }
}

function isMuteGroup(group: number): boolean {
  return Number.isInteger(group) && group >= 1 && group <= 8;
}

/** Stems and returns may feed the mix bus or a group, groups the mix bus only: so the sound can never run in a circle. */
function canFeed(mixer: Mixer, from: StripId, to: StripId): boolean {
  const kind = findStrip(mixer, from)?.kind;
  if (kind === undefined || kind === 'vca') return false;
  return to === masterId || (kind !== 'group' && findStrip(mixer, to)?.kind === 'group');
}

/** A strip may follow any VCA that does not already follow it. */
function canFollow(mixer: Mixer, follower: StripId, id: StripId): boolean {
  const vca = findStrip(mixer, id);
  if (vca?.kind !== 'vca' || id === follower) return false;
  return !followedVcas(mixer, vca).some((followed) => followed.id === follower);
}

function change(mixer: Mixer, id: StripId, values: Partial<Strip>): Mixer {
  let changed = false;
  const strips = mixer.strips.map((strip) => {
    if (strip.id !== id) return strip;
    const next = {...strip, ...values};
    changed = (Object.keys(values) as (keyof Strip)[]).some((key) => next[key] !== strip[key]);
    return changed ? next : strip;
  });
  return changed ? {...mixer, strips} : mixer;
}

/** A level within the fader's range; what lies under the lowest level is silence; NaN is no level. */
function clampLevel(levelDb: number): number | undefined {
  if (Number.isNaN(levelDb)) return undefined;
  return levelDb <= lowestLevelDb ? Number.NEGATIVE_INFINITY : Math.min(levelDb, highestLevelDb);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value)) + 0;
}
