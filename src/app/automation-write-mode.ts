import {type AutomationMode, type AutomationSettings, isSafe, modeOf} from '../model/automation.ts';
import {type LaneTarget, laneId, laneTarget} from '../model/lane.ts';
import type {Lanes} from '../model/lane-change.ts';
import {type Mixer, masterId, type StripId} from '../model/mixer.ts';
import {hasParameter} from '../surface/ownership.ts';
import {stripOf} from '../surface/shown-strips.ts';

/** What write mode writes of a strip: level, pan and mute, as far as it has them, and whatever else has a lane. */
export function writtenLanesOf(mixer: Mixer, id: StripId, lanes: Lanes): readonly LaneTarget[] {
  const strip = stripOf(mixer, id);
  if (strip === undefined) return [];
  const usual: readonly LaneTarget[] = [
    {strip: id, parameter: 'level'},
    ...(hasParameter(mixer, strip, 'pan') ? [{strip: id, parameter: 'pan'} as const] : []),
    ...(id === masterId ? [] : [{strip: id, parameter: 'mute'} as const]),
  ];
  const known = new Set(usual.map(laneId));
  const others = [...lanes.keys()].flatMap((lane) => {
    const target = laneTarget(lane);
    // What is added to a level is written in trim mode only.
    const isOther = target?.strip === id && target.parameter !== 'level.offset' && !known.has(lane);
    return isOther ? [target] : [];
  });
  return [...usual, ...others];
}

/** All that is written from the moment the tape plays, whatever hands do. */
export function lanesInWriteMode(mixer: Mixer, settings: AutomationSettings, lanes: Lanes): readonly LaneTarget[] {
  const {mode, stripModes, laneModes} = settings;
  if (mode !== 'write' && ![...stripModes.values(), ...laneModes.values()].includes('write')) return [];
  return [...mixer.strips.map(({id}) => id), masterId]
    .flatMap((strip) => writtenLanesOf(mixer, strip, lanes))
    .filter((target) => modeOf(settings, target) === 'write' && !isSafe(settings, target));
}

/** Write mode is for one pass: after it what was written can be touched up, and nothing is overwritten by the next start. */
export function afterWriting(settings: AutomationSettings): AutomationSettings {
  const {mode, stripModes, laneModes} = settings;
  const after = (one: AutomationMode): AutomationMode => (one === 'write' ? 'touch' : one);
  const all = <Key>(modes: ReadonlyMap<Key, AutomationMode>): ReadonlyMap<Key, AutomationMode> =>
    new Map([...modes].map(([key, one]) => [key, after(one)]));
  return {...settings, mode: after(mode), stripModes: all(stripModes), laneModes: all(laneModes)};
}
