import {step as stepStream} from '../../wire/midi-stream.ts';
import {type Heard, isMessage, isReport} from './finding.ts';
import {findingWords} from './finding-words.ts';
import {concluded} from './gesture.ts';
import {isKnownMessage, midiPlaces, reportPlaces} from './known-places.ts';
import {chose, pressed} from './learner-keys.ts';
import {advanced, type Learner, type LearnInput, type LearnStep} from './learner-state.ts';
import {heardReport, isNews, isNumbered, type ReportStreams, restlessIn, type Sense} from './report-streams.ts';
import {nameIn, rolesFor} from './roles.ts';
import {controlOf, isRow} from './task.ts';
import {nextTask} from './task-order.ts';
import {heldTouches} from './touches.ts';
import {isSelection} from './tracks.ts';

/** A hand that rests so long has done what it was asked for. */
export const restMs = 700;
/** So long the hands are off a device at first. */
const calmMs = 1500;
/** A control that trembles without end is listened to for so long. */
const longestMs = 12_000;
/** More of one gesture is not kept. */
const mostHeard = 4000;
/** The newest are enough to know what is selected on every channel. */
const mostSelected = 64;
/** Who has heard nothing for so long is told what to look for. */
const patienceMs = 12_000;
const silent =
  'Nothing was heard from the device so far. Is it the right one? q stops; "longthrow monitor" shows what it says.';

/** The learner after something happened. Never throws, whatever is heard. */
export function learn(learner: Learner, input: LearnInput): LearnStep {
  switch (input.type) {
    case 'bytes':
      return {learner: hear(learner, input.bytes, input.atMs), send: []};
    case 'time':
      return {learner: passed(learner, input.atMs), send: []};
    case 'key':
      return pressed(learner, input.key);
    case 'digit':
      return {learner: chose(learner, input.digit), send: []};
  }
}

function hear(learner: Learner, bytes: Uint8Array, atMs: number): Learner {
  const {stream, streams, fresh} = read(learner, bytes);
  const next = {...learner, stream, streams, hasSpoken: learner.hasSpoken || fresh.length > 0};
  if (fresh.length === 0 || !isListening(learner)) return next;
  const heard = learner.heard.length < mostHeard ? [...learner.heard, ...fresh] : learner.heard;
  const isFirst = learner.heard.length === 0;
  // What trembles elsewhere must not keep a gesture from ending.
  const heardAtMs = fresh.some((one) => isNew(next, one)) || isFirst ? atMs : learner.heardAtMs;
  return {...next, heard, heardAtMs, begunAtMs: isFirst ? atMs : learner.begunAtMs};
}

function read(
  {device, stream, streams}: Learner,
  bytes: Uint8Array,
): Pick<Learner, 'stream' | 'streams'> & {readonly fresh: readonly Heard[]} {
  if (device.kind === 'hid') {
    const {heard, streams: next} = heardReport(streams, device.numbered, bytes);
    return {stream, streams: next, fresh: bytes.length === 0 ? [] : [heard]};
  }
  const {state, messages} = stepStream(stream, bytes);
  return {stream: state, streams, fresh: messages.filter((message) => 'channel' in message)};
}

function isListening({task, choice}: Learner): boolean {
  return choice === undefined && task.group !== 'lamps' && task.group !== 'motors' && task.group !== 'finished';
}

/** Whether what was heard is of a control that was not found yet. */
function isNew(learner: Learner, heard: Heard): boolean {
  const {found} = learner;
  if (heard.type === 'report') return isNews(heard, reportPlaces(found), senseOf(learner));
  return !isKnownMessage(midiPlaces(found), heard);
}

function passed(learner: Learner, atMs: number): Learner {
  const {startedAtMs, task, heard, hasSpoken, said} = learner;
  if (startedAtMs === undefined) return passed({...learner, startedAtMs: atMs}, atMs);
  if (task.group === 'rest') return atMs - startedAtMs < calmMs ? learner : calmed(learner);
  if (heard.length > 0) return rested(learner, atMs);
  const isSilent = !hasSpoken && said === '' && atMs - startedAtMs >= patienceMs;
  return isSilent ? {...learner, said: silent} : learner;
}

/** What moved while nobody touched the device is known from now on. */
function calmed(learner: Learner): Learner {
  const {heard, streams, device} = learner;
  const numbered = isNumbered(streams, device.kind === 'hid' ? device.numbered : undefined);
  const restless = restlessIn(heard.filter(isReport), numbered);
  const quiet: ReportStreams = {...streams, restless};
  const said =
    restless.size === 0
      ? ''
      : `${restless.size === 1 ? 'One byte moves' : `${restless.size} bytes move`} by itself and is left out.`;
  return {
    ...advanced(learner, {...learner, streams: quiet, said}, nextTask(learner, learner.task, false)),
    past: undefined,
  };
}

function rested(learner: Learner, atMs: number): Learner {
  const {heard, task, right, found, role} = learner;
  const isOver = atMs - learner.heardAtMs >= restMs || atMs - learner.begunAtMs >= longestMs;
  if (!isOver) return learner;
  const isTrembling = !heard.some((one) => isNew(learner, one));
  if ((task.group === 'knob' || task.group === 'wheel') && right === undefined) {
    // Only what is known already was heard: nobody has turned it yet.
    return isTrembling ? {...learner, heard: []} : {...learner, heard: [], right: heard, said: ''};
  }
  const conclusion = concluded(learner, senseOf(learner));
  if (conclusion.state === 'unclear') {
    // A hand may rest on a cap before it moves.
    const isFader = task.group === 'fader' || task.group === 'master';
    const held = isFader ? heldTouches(heard.filter(isMessage)) : [];
    const said = isTrembling ? learner.said : conclusion.advice;
    const selected = [...learner.selected, ...[...(right ?? []), ...heard].filter(isMessage).filter(isSelection)];
    return {...learner, heard: held, right: undefined, selected: selected.slice(-mostSelected), begunAtMs: atMs, said};
  }
  const {finding} = conclusion;
  if (isRow(task.group) && role === undefined) {
    const roles = rolesFor(task.group, finding, found);
    return {...learner, heard: [], right: undefined, choice: {finding, roles}, said: findingWords(finding)};
  }
  const name = role === undefined ? controlOf(task) : nameIn(role, finding, task.index);
  const next = {...learner, found: new Map([...found, [name, finding]]), said: `${name}: ${findingWords(finding)}`};
  return advanced(learner, next, nextTask(next, task, false));
}

function senseOf({streams, device}: Learner): Sense {
  return {
    numbered: isNumbered(streams, device.kind === 'hid' ? device.numbered : undefined),
    restless: streams.restless,
  };
}
