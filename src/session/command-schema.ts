import {z} from 'zod';
import type {MixerCommand} from '../model/command.ts';
import {effectKinds} from '../model/effect.ts';
import {panLawsDb, soloModes} from '../model/mixer.ts';
import {isParameterId, type ParameterId} from '../model/parameter.ts';

const strip = z.string().min(1).max(64);
const muteGroup = z.number().int().min(1).max(8);
const parameter = z.custom<ParameterId>((value) => typeof value === 'string' && isParameterId(value));
/** Silence, which JSON cannot say as a number, is null. */
const levelDb = z
  .number()
  .nullable()
  .transform((level) => level ?? Number.NEGATIVE_INFINITY);

/** A mixer command as text has it. That numbers are in range sees the mixer to. */
export const commandSchema: z.ZodType<MixerCommand> = z.discriminatedUnion('type', [
  z.strictObject({type: z.literal('strip.setLevel'), strip, levelDb}),
  z.strictObject({type: z.literal('strip.setTrim'), strip, trimDb: z.number()}),
  z.strictObject({type: z.literal('strip.setPan'), strip, pan: z.number()}),
  z.strictObject({type: z.literal('strip.setMute'), strip, muted: z.boolean()}),
  z.strictObject({type: z.literal('strip.setSolo'), strip, soloed: z.boolean()}),
  z.strictObject({type: z.literal('strip.setSoloSafe'), strip, soloSafe: z.boolean()}),
  z.strictObject({type: z.literal('strip.setPolarity'), strip, polarityInverted: z.boolean()}),
  z.strictObject({type: z.literal('strip.setParameter'), strip, parameter, value: z.number()}),
  z.strictObject({type: z.literal('strip.setEffect'), strip, effect: z.enum(effectKinds)}),
  z.strictObject({type: z.literal('strip.setEffectValue'), strip, name: z.string().max(64), value: z.number()}),
  z.strictObject({type: z.literal('strip.setOutput'), strip, output: strip}),
  z.strictObject({type: z.literal('strip.setVcas'), strip, vcas: z.array(strip).max(512)}),
  z.strictObject({type: z.literal('strip.setMuteGroups'), strip, muteGroups: z.array(muteGroup).max(8)}),
  z.strictObject({type: z.literal('mixer.setMuteGroup'), group: muteGroup, active: z.boolean()}),
  z.strictObject({type: z.literal('mixer.setPanLaw'), panLawDb: z.literal(panLawsDb)}),
  z.strictObject({type: z.literal('mixer.setSoloMode'), soloMode: z.enum(soloModes)}),
  z.strictObject({type: z.literal('mixer.setTempo'), tempoBpm: z.number()}),
  z.strictObject({type: z.literal('mixer.clearSolo')}),
]);
