import {z} from 'zod';
import {longestTapeSeconds, type MidiTarget, standardTapeSeconds} from '../model/midi-profile.ts';
import type {Problem} from '../model/problem.ts';

/** Member `engine` of `session.json`: the device that is mixed over MIDI, and the length of the tape in seconds. Without it the session's own sound is mixed. */
export const engineSchema = z
  .strictObject({
    type: z.literal('midi'),
    /** Name of the port, or a part of it that no other has. */
    port: z.string().min(1).max(200),
    /** Id of a profile of the mappings. */
    profile: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be the name of a profile: small letters, digits, hyphens'),
    seconds: z.number().min(1).max(longestTapeSeconds).optional(),
  })
  .readonly();

/** Names that may stand in it. */
export const engineKeys = ['type', 'port', 'profile', 'seconds'] as const;

/** Member `channel` of a strip: which of the device's channels it is. */
export const stripChannelSchema = z.number().int().min(1).max(128);

interface WrittenTarget {
  readonly engine?: z.infer<typeof engineSchema> | undefined;
  readonly strips: readonly {readonly id: string; readonly channel?: number | undefined}[];
}

/** What a checked file says of the device; undefined where there is none. */
export function midiTargetOf({engine, strips}: WrittenTarget): MidiTarget | undefined {
  if (engine === undefined) return undefined;
  const channels = strips.flatMap(({id, channel}) => (channel === undefined ? [] : [[id, channel] as const]));
  const {port, profile, seconds = standardTapeSeconds} = engine;
  return {port, profile, seconds, channels: new Map(channels)};
}

/** What is written of it. */
export function writtenEngine(target: MidiTarget | undefined): Pick<WrittenTarget, 'engine'> {
  if (target === undefined) return {};
  const {port, profile, seconds} = target;
  return {engine: {type: 'midi', port, profile, ...(seconds === standardTapeSeconds ? {} : {seconds})}};
}

/** Two strips of one channel would pull at the same faders, and a channel without a device is none. */
export function checkChannels({engine, strips}: WrittenTarget, path: string): readonly Problem[] {
  const seen = new Map<number, string>();
  return strips.flatMap(({id, channel}, index): readonly Problem[] => {
    if (channel === undefined) return [];
    const at = `${path}: strips[${index}].channel`;
    if (engine === undefined) {
      const hint = 'Say which device it is: "engine": {"type": "midi", "port": "…", "profile": "general-midi"}.';
      return [{path: at, reason: 'needs an engine that has channels', hint, severity: 'error'}];
    }
    const other = seen.get(channel);
    seen.set(channel, id);
    if (other === undefined) return [];
    const hint = 'Give each strip a channel of its own.';
    return [{path: at, reason: `${channel} is already the channel of "${other}"`, hint, severity: 'error'}];
  });
}
