import type {MixerCommand} from '../model/command.ts';
import {effectKinds, effectParameterNames, effectRange, effectValue} from '../model/effect.ts';
import type {Strip, StripId} from '../model/mixer.ts';
import {
  isParameterId,
  onOff,
  type ParameterId,
  type ParameterRange,
  parameterIds,
  parameterValue,
  rangeOf,
} from '../model/parameter.ts';
import {highestLevelDb, lowestLevelDb} from '../model/taper.ts';
import type {Parameter} from '../model/view.ts';

/** Pan of one encoder tick, of the way from centre to one side. */
const panTick = 1 / 50;
/** Trim of one encoder tick in dB. */
const trimTickDb = 0.5;
const level: ParameterRange = {
  low: lowestLevelDb,
  high: highestLevelDb,
  standard: 0,
  unit: 'dB',
  scale: 'linear',
  tick: 0.5,
  short: 'LEVEL',
};
const pan: ParameterRange = {
  low: -1,
  high: 1,
  standard: 0,
  unit: 'side',
  scale: 'linear',
  tick: panTick,
  short: 'PAN',
};
const trim: ParameterRange = {
  low: -24,
  high: 24,
  standard: 0,
  unit: 'dB',
  scale: 'linear',
  tick: trimTickDb,
  short: 'TRIM',
};
const polarity = onOff('POLAR');
const effectKind: ParameterRange = {
  low: 0,
  high: effectKinds.length - 1,
  standard: 0,
  unit: 'choice',
  scale: 'linear',
  tick: 1,
  short: 'EFFECT',
  choices: effectKinds,
};

/** What a parameter can be set to on this strip; undefined where it means nothing, as a third parameter of an effect that has two. */
export function rangeOn(strip: Strip, parameter: Parameter): ParameterRange | undefined {
  switch (parameter) {
    case 'level':
      return level;
    case 'pan':
      return pan;
    case 'trim':
      return trim;
    case 'polarity':
      return polarity;
    case 'effect.kind':
      return effectKind;
    default: {
      if (isParameterId(parameter)) return rangeOf(parameter);
      const name = effectName(strip, parameter);
      return name === undefined || strip.effect === undefined ? undefined : effectRange(strip.effect.kind, name);
    }
  }
}

/** What a strip is set to, in the unit of the parameter's range; silence of a level is `-Infinity`, of a send its lowest. */
export function valueOn(strip: Strip, parameter: Parameter): number {
  switch (parameter) {
    case 'level':
      return strip.levelDb;
    case 'pan':
      return strip.pan;
    case 'trim':
      return strip.trimDb;
    case 'polarity':
      return strip.polarityInverted ? 1 : 0;
    case 'effect.kind':
      return strip.effect === undefined ? 0 : effectKinds.indexOf(strip.effect.kind);
    default: {
      if (isParameterId(parameter)) return parameterValue(strip.parameters, parameter);
      const name = effectName(strip, parameter);
      return name === undefined || strip.effect === undefined ? 0 : effectValue(strip.effect, name);
    }
  }
}

/** The commands that set a value. A value that leaves neutral switches its stage on: a send that is raised must be heard. */
export function setOn(strip: Strip, parameter: Parameter, value: number): readonly MixerCommand[] {
  const {id} = strip;
  switch (parameter) {
    case 'level':
      return [{type: 'strip.setLevel', strip: id, levelDb: value}];
    case 'pan':
      return [{type: 'strip.setPan', strip: id, pan: value}];
    case 'trim':
      return [{type: 'strip.setTrim', strip: id, trimDb: value}];
    case 'polarity':
      return [{type: 'strip.setPolarity', strip: id, polarityInverted: value >= 0.5}];
    case 'effect.kind': {
      const effect = effectKinds[Math.round(value)];
      return effect === undefined ? [] : [{type: 'strip.setEffect', strip: id, effect}];
    }
    default: {
      if (isParameterId(parameter)) {
        const set: MixerCommand = {type: 'strip.setParameter', strip: id, parameter, value};
        return wakes(strip, parameter, value) ? [set, switchOn(id, parameter)] : [set];
      }
      const name = effectName(strip, parameter);
      return name === undefined ? [] : [{type: 'strip.setEffectValue', strip: id, name, value}];
    }
  }
}

/** The switch that turns the stage of a parameter on and off, if it belongs to one: `eq2.on` of `eq2.gainDb`. */
export function stageSwitch(parameter: Parameter): ParameterId | undefined {
  return stages.get(parameter);
}

const stages: ReadonlyMap<Parameter, ParameterId> = new Map(
  parameterIds.flatMap((parameter) => {
    const dot = parameter.indexOf('.');
    const id = `${parameter.slice(0, dot)}.on`;
    return dot >= 0 && isParameterId(id) ? [[parameter, id] as const] : [];
  }),
);

/** Stages that do nothing while this one of their parameters is at its standard. */
const neutral = /^(eq\d\.gainDb|send\d\.levelDb|sat\.driveDb)$/;

function wakes(strip: Strip, parameter: ParameterId, value: number): boolean {
  if (!neutral.test(parameter)) return false;
  const stage = stageSwitch(parameter);
  const {standard, low} = rangeOf(parameter);
  const was = parameterValue(strip.parameters, parameter);
  return (
    stage !== undefined &&
    parameterValue(strip.parameters, stage) === 0 &&
    was === standard &&
    Math.max(low, value) !== standard
  );
}

function switchOn(strip: StripId, parameter: ParameterId): MixerCommand {
  return {type: 'strip.setParameter', strip, parameter: stageSwitch(parameter) ?? parameter, value: 1};
}

function effectName({effect}: Strip, parameter: Parameter): string | undefined {
  if (effect === undefined || !parameter.startsWith('effect.')) return undefined;
  return effectParameterNames(effect.kind)[Number(parameter.slice('effect.'.length)) - 1];
}
