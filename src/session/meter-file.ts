import {z} from 'zod';
import {deliveryTargetOf, deliveryTargets} from '../model/delivery-target.ts';
import {type MeterSettings, meterRanges, newMeterSettings} from '../model/meter-settings.ts';
import {meterTypeNames} from '../model/meter-type.ts';
import {nearestName} from '../model/near-name.ts';
import type {Problem} from '../model/problem.ts';
import {shown} from './schema-words.ts';

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

/** Member `target` of `session.json`: the id of a delivery target. Whether there is one is told by `checkTarget`. */
export const targetSchema = z.string().max(64);

/** What is wrong with the delivery target; `path` names the file. */
export function checkTarget(target: string | undefined, path: string): readonly Problem[] {
  if (target === undefined || deliveryTargetOf(target) !== undefined) return [];
  const known = deliveryTargets.map(({id}) => id);
  const nearest = nearestName(target, known);
  const hint = nearest === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
  return [{path: `${path}: target`, reason: `"${shown(target)}" is no delivery target`, hint, severity: 'error'}];
}

/** What a session file says of the meters, beside other things. */
interface WrittenMeters {
  readonly meters?: z.infer<typeof meterSchema> | undefined;
  readonly target?: string | undefined;
}

/** The settings of a checked file; undefined if it says nothing of them. */
export function metersOf({meters: written, target}: WrittenMeters): MeterSettings | undefined {
  if (written === undefined && target === undefined) return undefined;
  const {type, lineUpDb, fallDbPerSecond} = newMeterSettings;
  return {
    type: written?.type ?? type,
    lineUpDb: written?.lineUpDb ?? lineUpDb,
    fallDbPerSecond: written?.fallDbPerSecond ?? fallDbPerSecond,
    ...(target === undefined ? {} : {target}),
    paused: false,
  };
}

/** What is written of the settings: what differs from the usual, and nothing at all if nothing does. */
export function writtenMeters(settings: MeterSettings = newMeterSettings): WrittenMeters {
  const {type, lineUpDb, fallDbPerSecond, target} = settings;
  const meters = {
    ...(type === newMeterSettings.type ? {} : {type}),
    ...(lineUpDb === newMeterSettings.lineUpDb ? {} : {lineUpDb}),
    ...(fallDbPerSecond === newMeterSettings.fallDbPerSecond ? {} : {fallDbPerSecond}),
  };
  return {
    ...(Object.keys(meters).length === 0 ? {} : {meters}),
    ...(target === undefined ? {} : {target}),
  };
}
