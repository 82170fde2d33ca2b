import {type Mixer, masterId, type Strip, type StripId} from './mixer.ts';
import {highestLevelDb, lowestLevelDb} from './taper.ts';

/** What anyone may ask of the mixer: surface, terminal, page, automation. `strip` may be `masterId` where a level is set. */
export type MixerCommand =
  | {readonly type: 'strip.setLevel'; readonly strip: StripId; readonly levelDb: number}
  | {readonly type: 'strip.setTrim'; readonly strip: StripId; readonly trimDb: number}
  | {readonly type: 'strip.setPan'; readonly strip: StripId; readonly pan: number}
  | {readonly type: 'strip.setMute'; readonly strip: StripId; readonly muted: boolean}
  | {readonly type: 'strip.setSolo'; readonly strip: StripId; readonly soloed: boolean}
  | {readonly type: 'strip.setSoloSafe'; readonly strip: StripId; readonly soloSafe: boolean}
  | {readonly type: 'strip.setPolarity'; readonly strip: StripId; readonly polarityInverted: boolean}
  | {readonly type: 'mixer.clearSolo'};

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
    case 'mixer.clearSolo':
      if (!mixer.strips.some((strip) => strip.soloed)) return mixer;
      return {...mixer, strips: mixer.strips.map((strip) => (strip.soloed ? {...strip, soloed: false} : strip))};
  }
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
