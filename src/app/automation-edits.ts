import {editLane} from '../automation/edit.ts';
import {mergeTrim} from '../automation/trim.ts';
import type {Engine} from '../engine/contract.ts';
import type {AutomationIntent} from '../model/automation-intent.ts';
import {laneTarget, laneValue} from '../model/lane.ts';
import {type LaneChange, withChange} from '../model/lane-change.ts';
import {masterId, type StripId} from '../model/mixer.ts';
import type {LaneFollower} from './automation-follower.ts';
import {laneName} from './automation-names.ts';
import type {DeskHistory} from './desk-history.ts';

/** What edits of lanes act on. */
export interface EditParts {
  readonly engine: Engine;
  readonly follower: LaneFollower;
  readonly history: DeskHistory;
  /** Says in a sentence what was done, or why nothing was. */
  tell(sentence: string): void;
}

/** Does an edit to each lane, as one step. What cannot be done to one of them is said, and the others are done all the same. */
export function editLanes(
  {lanes: ids, edit, fromFrame, toFrame}: Extract<AutomationIntent, {type: 'automation.edit'}>,
  {engine, follower, history, tell}: EditParts,
): void {
  const {mixer, playback} = engine;
  const changes: LaneChange[] = [];
  const wrong: string[] = [];
  let {lanes} = follower;
  for (const id of ids) {
    const found = editLane(lanes, id, edit, {
      fromFrame,
      toFrame,
      sampleRate: playback.sampleRate,
      standing: (lane) => {
        const target = laneTarget(lane);
        return target === undefined ? undefined : laneValue(mixer, target);
      },
    });
    if (typeof found === 'string') {
      wrong.push(found);
      continue;
    }
    changes.push(...found);
    lanes = found.reduce(withChange, lanes);
  }
  const [only] = ids;
  const name = `${edit.type} ${ids.length === 1 && only !== undefined ? laneName(only, mixer) : `${ids.length} lanes`}`;
  if (changes.length > 0) history.apply(name, [], changes);
  const done = changes.length > 0 ? `Done: ${name}.` : 'Nothing changes.';
  tell(wrong[0] ?? done);
}

/** What was added in trim mode becomes part of the levels, as one step. */
export function mergeTrims(strips: readonly StripId[] | 'all', {engine, follower, history, tell}: EditParts): void {
  const {mixer, lanes} = {mixer: follower.bareMixer, lanes: follower.lanes};
  const wanted = strips === 'all' ? [...mixer.strips.map(({id}) => id), masterId] : strips;
  const changes = wanted.flatMap((strip) =>
    mergeTrim(lanes, strip, laneValue(mixer, {strip, parameter: 'level'}) ?? 0),
  );
  const merged = new Set(changes.flatMap(({lane}) => laneTarget(lane)?.strip ?? []));
  const [only] = merged;
  const named = merged.size === 1 ? engine.mixer.strips.find(({id}) => id === only)?.name : undefined;
  const name = `merge trim of ${named ?? `${merged.size} strips`}`;
  if (changes.length > 0) history.apply(name, [], changes);
  tell(changes.length > 0 ? `Done: ${name}.` : 'There is no trim to merge.');
}
