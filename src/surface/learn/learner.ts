import {fineOffset} from '../../wire/address-value.ts';
import type {MidiMessage} from '../../wire/midi-message.ts';
import {step as stepStream} from '../../wire/midi-stream.ts';
import {type Conclusion, concludePress, concludeTravel, concludeTurn} from './conclusion.ts';
import {findingWords} from './finding-words.ts';
import {pressed} from './learner-keys.ts';
import {type Learner, type LearnInput, type LearnStep, started} from './learner-state.ts';
import {controlOf} from './task.ts';
import {nextTask} from './task-order.ts';
import type {Place} from './tracks.ts';

/** A hand that rests so long has done what it was asked for. */
export const restMs = 700;
/** A control that trembles without end is listened to for so long. */
const longestMs = 12_000;
/** More of one gesture is not kept. */
const mostHeard = 4000;

/** The learner after something happened. Never throws, whatever is heard. */
export function learn(learner: Learner, input: LearnInput): LearnStep {
  switch (input.type) {
    case 'bytes':
      return {learner: hear(learner, input.bytes, input.atMs), send: []};
    case 'time':
      return {learner: rested(learner, input.atMs), send: []};
    case 'key':
      return pressed(learner, input.key);
  }
}

function hear(learner: Learner, bytes: Uint8Array, atMs: number): Learner {
  const {state: stream, messages} = stepStream(learner.stream, bytes);
  const fresh = messages.filter((message) => 'channel' in message);
  if (fresh.length === 0 || !isListening(learner)) return {...learner, stream};
  const heard = learner.heard.length < mostHeard ? [...learner.heard, ...fresh] : learner.heard;
  // What trembles elsewhere must not keep a gesture from ending.
  const isNews = fresh.some((message) => !isKnown(learner, message));
  const isFirst = learner.heard.length === 0;
  const heardAtMs = isNews || isFirst ? atMs : learner.heardAtMs;
  return {...learner, stream, heard, heardAtMs, begunAtMs: isFirst ? atMs : learner.begunAtMs};
}

function isListening({task}: Learner): boolean {
  return task.group !== 'lamps' && task.group !== 'motors' && task.group !== 'finished';
}

/** Whether a message is of a control that was found already; parts of parameter numbers may be of any. */
function isKnown({found}: Learner, message: MidiMessage): boolean {
  return [...found.values()].some(({place}) => {
    if (!('channel' in message) || message.channel !== place.channel) return false;
    const {number} = place;
    switch (message.type) {
      case 'control-change':
        if (place.message === 'cc14')
          return message.controller === number || message.controller === number + fineOffset;
        return place.message === 'cc' && message.controller === number;
      case 'pitch-bend':
        return place.message === 'bend';
      case 'note-on':
      case 'note-off':
        return place.message === 'note' && message.note === number;
      default:
        return false;
    }
  });
}

function rested(learner: Learner, atMs: number): Learner {
  const {heard, task, right, found} = learner;
  const isOver = atMs - learner.heardAtMs >= restMs || atMs - learner.begunAtMs >= longestMs;
  if (heard.length === 0 || !isOver) return learner;
  const known = knownPlaces(learner);
  if (task.group === 'knob' && right === undefined) {
    // Only what is known already was heard: nobody has turned it yet.
    const isOther =
      concludeTurn(heard, heard, known).state === 'unclear' && heard.every((message) => isKnown(learner, message));
    return isOther ? {...learner, heard: []} : {...learner, heard: [], right: heard, said: ''};
  }
  const conclusion = conclude(learner, known);
  if (conclusion.state === 'unclear') {
    const trembles = heard.every((message) => isKnown(learner, message));
    return {...learner, heard: [], right: undefined, said: trembles ? learner.said : conclusion.advice};
  }
  const {finding} = conclusion;
  const name = task.group === 'knob' && finding.type === 'turn' ? `encoder.${task.index + 1}` : controlOf(task);
  const next = {...learner, found: new Map([...found, [name, finding]]), said: `${name}: ${findingWords(finding)}`};
  return started(next, nextTask(next, task, false));
}

function conclude({task, heard, right, found}: Learner, known: readonly Place[]): Conclusion {
  switch (task.group) {
    case 'fader':
    case 'master':
      return concludeTravel(heard, known);
    case 'knob':
      return concludeTurn(right ?? [], heard, known);
    default:
      if (task.index === 0 || task.group === 'keys') return concludePress(heard, known, 3);
      return concludePress(heard, known, 1, found.get(controlOf({...task, index: task.index - 1})));
  }
}

function knownPlaces({found}: Learner): readonly Place[] {
  return [...found.values()].flatMap((finding) =>
    finding.type === 'travel' && finding.touch !== undefined ? [finding.place, finding.touch] : [finding.place],
  );
}
