import {z} from 'zod';
import {type MeterSettings, meterRanges, newMeterSettings} from '../model/meter-settings.ts';
import {meterTypeNames} from '../model/meter-type.ts';

/** Which meter the desk shows, as `session.json` holds it: levels in dBFS, falls in dB a second; what is absent is as usual. */
export const meterSchema = z
  .strictObject({
    type: z.enum(meterTypeNames).optional(),
    lineUpDb: z.number().min(meterRanges.lineUpDb[0]).max(meterRanges.lineUpDb[1]).optional(),
    fallDbPerSecond: z.number().min(meterRanges.fallDbPerSecond[0]).max(meterRanges.fallDbPerSecond[1]).optional(),
  })
  .readonly();

/** Names that may stand in it. */
export const meterKeys = ['type', 'lineUpDb', 'fallDbPerSecond'] as const;

/** The settings of a checked file; undefined if it says nothing of them. */
export function metersOf(written: z.infer<typeof meterSchema> | undefined): MeterSettings | undefined {
  if (written === undefined) return undefined;
  const {type, lineUpDb, fallDbPerSecond} = newMeterSettings;
  return {
    type: written.type ?? type,
    lineUpDb: written.lineUpDb ?? lineUpDb,
    fallDbPerSecond: written.fallDbPerSecond ?? fallDbPerSecond,
    paused: false,
  };
}

/** What is written of the settings: what differs from the usual, and nothing at all if nothing does. */
export function writtenMeters(settings: MeterSettings = newMeterSettings): {
  readonly meters?: z.infer<typeof meterSchema>;
} {
  const {type, lineUpDb, fallDbPerSecond} = settings;
  const meters = {
    ...(type === newMeterSettings.type ? {} : {type}),
    ...(lineUpDb === newMeterSettings.lineUpDb ? {} : {lineUpDb}),
    ...(fallDbPerSecond === newMeterSettings.fallDbPerSecond ? {} : {fallDbPerSecond}),
  };
  return Object.keys(meters).length === 0 ? {} : {meters};
}
