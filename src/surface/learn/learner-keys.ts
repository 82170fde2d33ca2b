import {findingWords} from './finding-words.ts';
import {advanced, type Learner, type LearnInput, type LearnStep, started} from './learner-state.ts';
import {nameIn, type Role} from './roles.ts';
import {controlOf} from './task.ts';
import {nextTask} from './task-order.ts';
import {answered} from './trial.ts';

type Pressed = Extract<LearnInput, {type: 'key'}>['key'];

/** The learner after a key of the keyboard. */
export function pressed(learner: Learner, key: Pressed): LearnStep {
  const {task, choice} = learner;
  const quiet = (next: Learner): LearnStep => ({learner: next, send: []});
  if (task.group === 'lamps' || task.group === 'motors') return answered(learner, key);
  if (task.group === 'finished') return quiet(learner);
  if (choice !== undefined) return quiet(duringChoice(learner, key));
  switch (key) {
    case 'done':
      return quiet(advanced(learner, {...learner, said: ''}, nextTask(learner, task, true)));
    case 'skip':
      return quiet(advanced(learner, {...learner, said: `${skipped(learner)}: none`}, nextTask(learner, task, false)));
    case 'again':
      return quiet(started({...learner, said: ''}, task));
    case 'back':
      return quiet(back(learner));
    default:
      return quiet(learner);
  }
}

/** The learner after a digit: what a row is for, 0 for the tenth. */
export function chose(learner: Learner, digit: number): Learner {
  const role = learner.choice?.roles[(digit + 9) % 10];
  return role === undefined ? learner : named(learner, role);
}

function duringChoice(learner: Learner, key: Pressed): Learner {
  const [usual] = learner.choice?.roles ?? [];
  if (key === 'done' && usual !== undefined) return named(learner, usual);
  return key === 'again' || key === 'back' ? started({...learner, said: ''}, learner.task) : learner;
}

/** The row is for this from now on, and its first control has its name. */
function named(learner: Learner, role: Role): Learner {
  const {choice, task, found} = learner;
  if (choice === undefined) return learner;
  const name = nameIn(role, choice.finding, task.index);
  const next = {
    ...learner,
    role,
    found: new Map([...found, [name, choice.finding]]),
    said: `${name}: ${findingWords(choice.finding)}`,
  };
  return advanced({...learner, role: undefined}, next, nextTask(next, task, false));
}

function skipped({task, role}: Learner): string {
  if (task.group === 'knob' || task.group === 'button')
    return `${role?.name ?? (task.group === 'knob' ? 'knob' : 'key')} on strip ${task.index + 1}`;
  return controlOf(task);
}

/** Before the last step: what was found in it is forgotten and asked for again. */
function back(learner: Learner): Learner {
  const {past, stream, streams, startedAtMs, hasSpoken} = learner;
  if (past === undefined) return started({...learner, said: ''}, learner.task);
  return {...past, stream, streams, startedAtMs, hasSpoken, said: ''};
}
