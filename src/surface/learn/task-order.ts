import type {Learner} from './learner-state.ts';
import {askedKeys, groupAfter, mostStrips, type Task} from './task.ts';
import {trials} from './trial.ts';

/** What is asked for next; `leave`: the whole group is done. */
export function nextTask(learner: Learner, {group, index}: Task, leave: boolean): Task {
  const names = [...learner.found.keys()];
  const strips = names.filter((name) => /^fader\.\d+$/.test(name)).length;
  const room = group === 'keys' ? askedKeys.length : group === 'fader' || strips === 0 ? mostStrips : stripsOf(names);
  if (!leave && group !== 'master' && index + 1 < room) return {group, index: index + 1};
  let next = groupAfter(group);
  if (next === 'push' && !names.some((name) => name.startsWith('encoder.'))) next = groupAfter(next);
  if (next === 'lamps' && trials(learner).length === 0) next = groupAfter(next);
  if (next === 'motors' && !learner.found.has('fader.1')) next = groupAfter(next);
  return {group: next, index: 0};
}

/** How many strips there are, by the faders. */
function stripsOf(names: readonly string[]): number {
  return Math.max(1, ...names.flatMap((name) => (/^fader\.\d+$/.test(name) ? [Number(name.slice(6))] : [])));
}
