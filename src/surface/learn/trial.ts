import {addressBytes} from '../../wire/address-message.ts';
import {lampTrials} from './lamp-trials.ts';
import {type Learner, type LearnInput, type LearnStep, started} from './learner-state.ts';
import {nextTask} from './task-order.ts';

/** The learner after an answer to whether something was seen, or may be tried. */
export function answered(learner: Learner, key: Extract<LearnInput, {type: 'key'}>['key']): LearnStep {
  const {task, trial, lamps} = learner;
  if (key !== 'yes' && key !== 'no' && key !== 'done' && key !== 'skip') return {learner, send: []};
  const leave = (next: Learner, send: readonly Uint8Array[]): LearnStep => ({
    learner: started({...next, said: ''}, nextTask(next, task, true)),
    send,
  });
  const dark = trial?.dark ?? [];
  if (trial === undefined && key !== 'yes') return leave(learner, []);
  if (key === 'done') return leave(learner, dark);
  if (task.group === 'motors') {
    if (trial !== undefined) return leave({...learner, motors: key === 'yes'}, dark);
    const fader = learner.found.get('fader.1');
    if (fader?.type !== 'travel') return leave(learner, []);
    const middle = addressBytes({...fader.place, on: 127, off: 0}, Math.round(fader.top / 2));
    return {learner: {...learner, trial: {name: 'fader.1', dark: []}}, send: [middle]};
  }
  const seen = trial !== undefined && key === 'yes' ? new Set([...lamps, trial.name]) : lamps;
  const index = trial === undefined ? 0 : task.index + 1;
  const next = lampTrials(learner)[index];
  if (next === undefined) return leave({...learner, lamps: seen}, dark);
  const [name, {place, on, off}] = next;
  const lamp = {...place, on, off};
  return {
    learner: {...learner, lamps: seen, task: {...task, index}, trial: {name, dark: [addressBytes(lamp, off)]}},
    send: [...dark, addressBytes(lamp, on)],
  };
}
