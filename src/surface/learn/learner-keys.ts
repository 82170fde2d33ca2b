import {type Learner, type LearnInput, type LearnStep, started} from './learner-state.ts';
import {askedKeys, controlOf, type Task} from './task.ts';
import {nextTask} from './task-order.ts';
import {answered} from './trial.ts';

/** The learner after a key of the keyboard. */
export function pressed(learner: Learner, key: Extract<LearnInput, {type: 'key'}>['key']): LearnStep {
  const {task, trial} = learner;
  const quiet = (next: Learner): LearnStep => ({learner: next, send: []});
  if (task.group === 'lamps' || task.group === 'motors') return answered(learner, key);
  if (task.group === 'finished' || trial !== undefined) return quiet(learner);
  switch (key) {
    case 'done':
      return quiet(started({...learner, said: ''}, nextTask(learner, task, true)));
    case 'skip':
      return quiet(started({...learner, said: `${controlOf(task)}: none`}, nextTask(learner, task, false)));
    case 'again':
      return quiet(started({...learner, said: ''}, task));
    case 'back':
      return quiet(back(learner));
    default:
      return quiet(learner);
  }
}

/** The control before, which is forgotten and asked for again. */
function back(learner: Learner): Learner {
  const {task, found} = learner;
  const last = [...found.keys()].at(-1);
  if (task.index > 0) {
    const before = {...task, index: task.index - 1};
    const names = [controlOf(before), `encoder.${task.index}`];
    const kept = [...found].filter(([name]) => !(names.includes(name) && name === last));
    return started({...learner, found: new Map(kept), said: ''}, before);
  }
  const group = last === undefined ? 'fader' : groupOf(last);
  const index = last === undefined ? 0 : indexOf(last);
  return started({...learner, found: new Map([...found].filter(([name]) => name !== last)), said: ''}, {group, index});
}

function groupOf(name: string): Task['group'] {
  if (name === 'fader.master') return 'master';
  const [stem = ''] = name.split('.');
  if (!name.includes('.')) return 'keys';
  const known = (
    {
      fader: 'fader',
      knob: 'knob',
      encoder: 'knob',
      push: 'push',
      mute: 'mute',
      solo: 'solo',
      rec: 'rec',
      select: 'select',
    } as const
  )[stem];
  return known ?? 'fader';
}

function indexOf(name: string): number {
  const keys: readonly string[] = askedKeys;
  if (!name.includes('.')) return Math.max(0, keys.indexOf(name));
  return Math.max(0, (Number(name.split('.')[1]) || 1) - 1);
}
