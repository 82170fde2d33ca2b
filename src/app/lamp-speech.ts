import {lampSpeech, tickAt} from '../gain/lamp-pattern.ts';
import type {Warning} from '../model/warning.ts';
import type {LampPattern} from '../surface/lamp.ts';

/** How all lamps of all units speak while these warnings stand. */
export function lampsWhile(warnings: readonly Warning[], reducedMotion: boolean): LampPattern {
  let alarmMs: number | undefined;
  for (const {severity, acknowledged, raisedAtMs} of warnings)
    if (severity === 4 && !acknowledged) alarmMs = Math.max(alarmMs ?? raisedAtMs, raisedAtMs);
  return lampSpeech({reducedMotion, alarmTick: alarmMs === undefined ? undefined : tickAt(alarmMs)});
}
