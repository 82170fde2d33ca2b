import {isEndless} from './finding.ts';
import {lampTrials} from './lamp-trials.ts';
import type {Learner} from './learner-state.ts';
import {hasRoles} from './roles.ts';
import {askedKeys, askedWheels, begin, groupAfter, isRow, mostStrips, type Task} from './task.ts';

/** What is asked for next; `leave`: no more of this row, or of this group. */
export function nextTask(learner: Learner, {group, row, index}: Task, leave: boolean): Task {
  if (!leave && group !== 'master' && group !== 'rest' && index + 1 < roomOf(learner, group)) {
    return {group, row, index: index + 1};
  }
  // A row of which nothing was found was the last.
  if (isRow(group) && learner.role !== undefined && hasRoles(group, learner.found)) {
    return {group, row: row + 1, index: 0};
  }
  let next = groupAfter(group);
  if (
    next === 'push' &&
    ![...learner.found].some(([name, finding]) => name.startsWith('encoder.') && isEndless(finding))
  )
    next = groupAfter(next);
  if (next === 'keys') return {...begin(next), index: learner.found.has('dial') ? 0 : 1};
  // What to write to a HID device nobody knows, and trying may harm it.
  if ((next === 'lamps' || next === 'motors') && learner.device.kind === 'hid') return begin('finished');
  if (next === 'lamps' && lampTrials(learner).length === 0) next = groupAfter(next);
  if (next === 'motors' && !learner.found.has('fader.1')) next = groupAfter(next);
  return begin(next);
}

/** How many of a group can be asked for. */
function roomOf({device, found, role}: Learner, group: Task['group']): number {
  if (group === 'keys') return askedKeys.length;
  if (group === 'wheel') return device.kind === 'hid' ? askedWheels.length : askedWheels.indexOf('shuttle-ring');
  // The first row that was found tells how many strips there are.
  const strips = [...found.keys()].flatMap((name) => {
    const [stem, strip] = name.split('.');
    return stem === undefined || strip === undefined || strip === 'master' ? [] : [{stem, strip: Number(strip)}];
  });
  const [first] = strips;
  const isFirst = first === undefined || first.stem === role?.name || first.stem === role?.endless;
  if (group === 'fader' || isFirst) return mostStrips;
  return Math.max(...strips.filter(({stem}) => stem === first.stem).map(({strip}) => strip));
}
