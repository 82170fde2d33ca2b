import {encodeMidi} from '../../wire/midi-message.ts';
import {type Learner, type LearnInput, type LearnStep, started} from './learner-state.ts';
import {begin} from './task.ts';
import type {Place} from './tracks.ts';

/** Keys whose lamps can be tried: one of each row, and each that stands alone. */
export function trials({found}: Learner): readonly (readonly [name: string, place: Place])[] {
  const rows = new Map<string, Place>();
  for (const [name, finding] of found) {
    if (finding.type !== 'press') continue;
    const {place} = finding;
    if (place.message !== 'cc' && place.message !== 'note') continue;
    const pattern = name.includes('.') ? `${name.split('.')[0]}.*` : name;
    if (!rows.has(pattern)) rows.set(pattern, place);
  }
  return [...rows];
}

/** The learner after an answer to whether something was seen, or may be tried. */
export function answered(learner: Learner, key: Extract<LearnInput, {type: 'key'}>['key']): LearnStep {
  const {task, trial, lamps} = learner;
  if (key !== 'yes' && key !== 'no' && key !== 'done' && key !== 'skip') return {learner, send: []};
  const after = task.group === 'lamps' && learner.found.has('fader.1') ? 'motors' : 'finished';
  const leave = (next: Learner, send: readonly Uint8Array[]): LearnStep => ({
    learner: started({...next, said: ''}, begin(after)),
    send,
  });
  const dark = trial?.dark ?? [];
  if (trial === undefined && key !== 'yes') return leave(learner, []);
  if (key === 'done') return leave(learner, dark);
  if (task.group === 'motors') {
    if (trial !== undefined) return leave({...learner, motors: key === 'yes'}, dark);
    const fader = learner.found.get('fader.1');
    const middle = fader?.type === 'travel' ? messagesAt(fader.place, Math.round(fader.top / 2)) : [];
    return {learner: {...learner, trial: {name: 'fader.1', dark: []}}, send: middle};
  }
  const seen = trial !== undefined && key === 'yes' ? new Set([...lamps, trial.name]) : lamps;
  const index = trial === undefined ? 0 : task.index + 1;
  const next = trials(learner)[index];
  if (next === undefined) return leave({...learner, lamps: seen}, dark);
  const [name, place] = next;
  return {
    learner: {...learner, lamps: seen, task: {...task, index}, trial: {name, dark: messagesAt(place, 0)}},
    send: [...dark, ...messagesAt(place, 127)],
  };
}

/** Messages that bring a value to a place; none for places that cannot be told anything. */
function messagesAt({message, channel, number}: Place, value: number): readonly Uint8Array[] {
  switch (message) {
    case 'cc':
      return [encodeMidi({type: 'control-change', channel, controller: number, value})];
    case 'note':
      return [encodeMidi({type: 'note-on', channel, note: number, velocity: value})];
    case 'bend':
      return [encodeMidi({type: 'pitch-bend', channel, value})];
    case 'cc14':
      return [
        encodeMidi({type: 'control-change', channel, controller: number, value: value >> 7}),
        encodeMidi({type: 'control-change', channel, controller: number + 32, value: value & 0x7f}),
      ];
    default:
      return [];
  }
}
