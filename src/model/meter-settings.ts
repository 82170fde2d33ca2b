import {deliveryTargetOf, deliveryTargets} from './delivery-target.ts';
import {type MeterTypeName, meterTypeNames} from './meter-type.ts';

/** Which meter terminal, page and surfaces show, for the whole desk. */
export interface MeterSettings {
  readonly type: MeterTypeName;
  /** Level of the line-up tone in dBFS, −30…−9: where programme meters and VU stand at their line-up mark. EBU R 68 says −18, SMPTE RP 155 −20. */
  readonly lineUpDb: number;
  /** How fast peak meters fall, in dB a second, 3…60; the digital standard says 20 dB in 1.7 s. */
  readonly fallDbPerSecond: number;
  /** Id of the delivery target that the mix is held against; none if absent. */
  readonly target?: string | undefined;
  /** Integrated loudness, range and maxima stand still. Not kept with the session. */
  readonly paused: boolean;
}

/** Digital peak at the standard's speed, line-up at −18 dBFS. */
export const newMeterSettings: MeterSettings = {type: 'peak', lineUpDb: -18, fallDbPerSecond: 11.8, paused: false};

/** Range of the settings, both ends allowed. */
export const meterRanges = {lineUpDb: [-30, -9], fallDbPerSecond: [3, 60]} as const;

/** What anyone may ask of the meters. */
export type MeterCommand =
  | {readonly type: 'meters.setType'; readonly meter: MeterTypeName}
  /** The type after (or before) the chosen one, in a circle. */
  | {readonly type: 'meters.nextType'; readonly steps?: number}
  | {readonly type: 'meters.setLineUp'; readonly lineUpDb: number}
  | {readonly type: 'meters.setFall'; readonly fallDbPerSecond: number}
  /** An id, or none; an unknown one changes nothing. */
  | {readonly type: 'meters.setTarget'; readonly target: string | undefined}
  /** The delivery target after the chosen one; after the last none, then the first. */
  | {readonly type: 'meters.nextTarget'}
  /** Integrated loudness, range and maxima begin anew. */
  | {readonly type: 'meters.resetLoudness'}
  | {readonly type: 'meters.setPaused'; readonly paused: boolean}
  /** The other way round. */
  | {readonly type: 'meters.togglePaused'};

/** Whether a command is for the meters. */
export function isMeterCommand(command: {readonly type: string}): command is MeterCommand {
  return command.type.startsWith('meters.');
}

/** The settings after a command; the same ones if nothing changed. What is out of range is brought into it, what is no number changes nothing. */
export function applyMeterCommand(settings: MeterSettings, command: MeterCommand): MeterSettings {
  switch (command.type) {
    case 'meters.setType':
      return changed(settings, {type: command.meter});
    case 'meters.nextType': {
      const count = meterTypeNames.length;
      const at = (meterTypeNames.indexOf(settings.type) + (command.steps ?? 1)) % count;
      return changed(settings, {type: meterTypeNames[(at + count) % count] ?? settings.type});
    }
    case 'meters.setLineUp':
      return changed(settings, {lineUpDb: clamped(command.lineUpDb, meterRanges.lineUpDb, settings.lineUpDb)});
    case 'meters.setFall': {
      const {fallDbPerSecond} = settings;
      return changed(settings, {
        fallDbPerSecond: clamped(command.fallDbPerSecond, meterRanges.fallDbPerSecond, fallDbPerSecond),
      });
    }
    case 'meters.setTarget': {
      const {target} = command;
      return target !== undefined && deliveryTargetOf(target) === undefined ? settings : changed(settings, {target});
    }
    case 'meters.nextTarget': {
      const at = deliveryTargets.findIndex(({id}) => id === settings.target);
      return changed(settings, {target: deliveryTargets[at + 1]?.id});
    }
    case 'meters.setPaused':
      return changed(settings, {paused: command.paused});
    case 'meters.togglePaused':
      return changed(settings, {paused: !settings.paused});
    case 'meters.resetLoudness':
      return settings;
  }
}

function changed(settings: MeterSettings, news: Partial<MeterSettings>): MeterSettings {
  const next = {...settings, ...news};
  const isSame =
    next.type === settings.type &&
    next.lineUpDb === settings.lineUpDb &&
    next.fallDbPerSecond === settings.fallDbPerSecond &&
    next.target === settings.target &&
    next.paused === settings.paused;
  return isSame ? settings : next;
}

function clamped(value: number, [low, high]: readonly [number, number], otherwise: number): number {
  return Number.isNaN(value) ? otherwise : Math.max(low, Math.min(high, value));
}
