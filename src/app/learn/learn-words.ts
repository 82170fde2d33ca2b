import type {Learner} from '../../surface/learn/learner-state.ts';
import {isRow, type Task, taskWords} from '../../surface/learn/task.ts';

/** What was found, what to do, and which keys help. */
export function promptOf({task, role, choice, said, right, trial}: Learner): string {
  const heard = said === '' ? '' : `  ${said}\n`;
  if (task.group === 'finished') return heard;
  if (choice !== undefined) {
    const rows = choice.roles.map(
      ({words}, index) => `  ${(index + 1) % 10}  ${words}${index === 0 ? '   (Enter)' : ''}`,
    );
    const what = task.group === 'knob' ? 'knobs' : 'keys';
    return `${heard}\nFound. What shall this row of ${what} do?\n${rows.join('\n')}\n  a: again   q: stop, write nothing\n`;
  }
  return `${heard}\n${wordsOf(task, trial?.name, right === undefined ? 0 : 1, role?.words)}\n  ${helpFor(task, role !== undefined)}\n`;
}

function wordsOf(task: Task, tried: string | undefined, part: 0 | 1, role: string | undefined): string {
  if (tried === undefined) return taskWords(task, part, role);
  return task.group === 'lamps'
    ? `Did the lamp of ${tried.replace(/\.\*$/, ' on strip 1').toUpperCase()} light?`
    : 'Did fader 1 move to its middle?';
}

const always = 'a: again   b: back   q: stop, write nothing';

/** The keys of the keyboard, as they help with a task. */
function helpFor({group, index}: Task, isRowKnown: boolean): string {
  if (group === 'rest') return 'q: stop, write nothing';
  if (group === 'lamps' || group === 'motors') return 'y: yes   n: no   Enter: enough of this   q: stop, write nothing';
  if (group === 'master') return `Enter: there is none   ${always}`;
  if (group === 'wheel' || group === 'keys') return `s: there is none   Enter: no more of these   ${always}`;
  if (isRow(group) && isRowKnown) return `Enter: no more in this row   s: this strip has none   ${always}`;
  if (index === 0) return `Enter: there are none   ${always}`;
  return `Enter: no more of these   s: this strip has none   ${always}`;
}
