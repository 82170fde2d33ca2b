import {applyCommand, type MixerCommand} from './command.ts';
import {type Effect, effectParameterNames, effectValue} from './effect.ts';
import {findStrip, type Mixer, masterId, type Strip, type StripId} from './mixer.ts';
import {isParameterId, type ParameterValues, parameterValue} from './parameter.ts';

/** One value that was changed: the commands that set it as it became, and those that set it as it was. */
export interface Edit {
  readonly forth: readonly MixerCommand[];
  readonly back: readonly MixerCommand[];
}

type Make<Value> = (value: Value) => MixerCommand;

/** What was changed between two states of one mixer, value by value. Strips that came or went are passed over: no command brings them back. */
export function editsBetween(before: Mixer, after: Mixer): readonly Edit[] {
  if (before === after) return [];
  const strips = after.strips.flatMap((strip) => {
    const was = findStrip(before, strip.id);
    return was === undefined || was === strip ? [] : stripEdits(was, strip);
  });
  const groups = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((group) =>
    edit(before.activeMuteGroups.includes(group), after.activeMuteGroups.includes(group), (active) => ({
      type: 'mixer.setMuteGroup',
      group,
      active,
    })),
  );
  return [
    ...strips,
    ...edit(before.masterLevelDb, after.masterLevelDb, (levelDb) => ({
      type: 'strip.setLevel',
      strip: masterId,
      levelDb,
    })),
    ...parameterEdits(masterId, before.masterParameters, after.masterParameters),
    ...groups,
    ...edit(before.tempoBpm, after.tempoBpm, (tempoBpm) => ({type: 'mixer.setTempo', tempoBpm})),
    ...edit(before.panLawDb, after.panLawDb, (panLawDb) => ({type: 'mixer.setPanLaw', panLawDb})),
    ...edit(before.soloMode, after.soloMode, (soloMode) => ({type: 'mixer.setSoloMode', soloMode})),
  ];
}

/** Whether the mixer still has what the commands set: setting it again would change nothing. */
export function isAsSet(mixer: Mixer, commands: readonly MixerCommand[]): boolean {
  return commands.every((command) => editsBetween(mixer, applyCommand(mixer, command)).length === 0);
}

function stripEdits(was: Strip, is: Strip): readonly Edit[] {
  const strip = is.id;
  return [
    ...edit(was.levelDb, is.levelDb, (levelDb) => ({type: 'strip.setLevel', strip, levelDb})),
    ...edit(was.trimDb, is.trimDb, (trimDb) => ({type: 'strip.setTrim', strip, trimDb})),
    ...edit(was.pan, is.pan, (pan) => ({type: 'strip.setPan', strip, pan})),
    ...edit(was.muted, is.muted, (muted) => ({type: 'strip.setMute', strip, muted})),
    ...edit(was.soloed, is.soloed, (soloed) => ({type: 'strip.setSolo', strip, soloed})),
    ...edit(was.soloSafe, is.soloSafe, (soloSafe) => ({type: 'strip.setSoloSafe', strip, soloSafe})),
    ...edit(was.polarityInverted, is.polarityInverted, (polarityInverted) => ({
      type: 'strip.setPolarity',
      strip,
      polarityInverted,
    })),
    ...edit(was.output, is.output, (output) => ({type: 'strip.setOutput', strip, output})),
    ...listEdit(was.vcas, is.vcas, (vcas) => ({type: 'strip.setVcas', strip, vcas})),
    ...listEdit(was.muteGroups, is.muteGroups, (muteGroups) => ({type: 'strip.setMuteGroups', strip, muteGroups})),
    ...parameterEdits(strip, was.parameters, is.parameters),
    ...effectEdits(strip, was.effect, is.effect),
  ];
}

function edit<Value>(was: Value, is: Value, make: Make<Value>): readonly Edit[] {
  return was === is ? [] : [{forth: [make(is)], back: [make(was)]}];
}

function listEdit<Item>(was: readonly Item[], is: readonly Item[], make: Make<readonly Item[]>): readonly Edit[] {
  const isSame = was.length === is.length && was.every((item, index) => item === is[index]);
  return isSame ? [] : edit(was, is, make);
}

function parameterEdits(strip: StripId, was: ParameterValues, is: ParameterValues): readonly Edit[] {
  if (was === is) return [];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(isParameterId);
  return names.flatMap((parameter) =>
    edit(parameterValue(was, parameter), parameterValue(is, parameter), (value) => ({
      type: 'strip.setParameter',
      strip,
      parameter,
      value,
    })),
  );
}

/** An effect is one value: another kind has other parameters. */
function effectEdits(strip: StripId, was: Effect | undefined, is: Effect | undefined): readonly Edit[] {
  if (was === is || was === undefined || is === undefined) return [];
  const set = (effect: Effect): readonly MixerCommand[] => [
    {type: 'strip.setEffect', strip, effect: effect.kind},
    ...effectParameterNames(effect.kind).map(
      (name): MixerCommand => ({type: 'strip.setEffectValue', strip, name, value: effectValue(effect, name)}),
    ),
  ];
  const isSame =
    was.kind === is.kind &&
    effectParameterNames(is.kind).every((name) => effectValue(was, name) === effectValue(is, name));
  return isSame ? [] : [{forth: set(is), back: set(was)}];
}
