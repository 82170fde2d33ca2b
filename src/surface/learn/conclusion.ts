import type {MidiMessage} from '../../wire/midi-message.ts';
import {decodeSteps, type RelativeEncoding} from '../../wire/relative-encoding.ts';
import {type Conclusion, type Finding, type MidiFinding, nothingHeard} from './finding.ts';
import {fallsToTheRight, fallsUpward, isTravel, mostSteps} from './hand.ts';
import {isKnownMessage} from './known-places.ts';
import {rangeOf} from './range.ts';
import {isTouch} from './touches.ts';
import {isSamePlace, type Place, type Track, tracksOf} from './tracks.ts';

/** A fader or knob must move so far of what its message can carry. */
const leastTravel = 0.6;

type Travel = Extract<MidiFinding, {type: 'travel'}>;

/** What a control that was moved from one end to the other is; places that are `known` are other controls, and parameters may be `selected` before. */
export function concludeTravel(
  messages: readonly MidiMessage[],
  known: readonly Place[],
  selected: readonly MidiMessage[] = [],
): Conclusion {
  const tracks = unknownTracks(messages, known, selected);
  const finding = travelIn(tracks);
  if (finding !== undefined) return {state: 'found', finding};
  return tracks.length === 0
    ? nothingHeard
    : {state: 'unclear', advice: 'Move it slowly all the way, from one end to the other.'};
}

/** The travel that was moved furthest, of as much as its message can carry; the way round is that of a fader. */
function travelIn(tracks: readonly Track[]): Travel | undefined {
  const movers = tracks.filter(({message, values}) => canMove(message) && values.length > 2);
  const best = mostOf(movers, ({values, top}) => rangeOf(values) / top);
  if (best === undefined || rangeOf(best.values) < best.top * leastTravel) return undefined;
  const touch = tracks.find((track) => !isSamePlace(track, best) && isTouch(track));
  return {
    type: 'travel',
    place: placeOf(best),
    top: Math.max(...best.values),
    // Seven bits leave nothing out; of fourteen many devices only move the upper ones.
    step: best.top === 127 ? 1 : stepOf(best.values),
    reverse: fallsUpward(best.values),
    touch: touch && placeOf(touch),
  };
}

/** What a control that was turned to the right, and then to the left, is: endless, or a knob with ends. */
export function concludeTurn(
  right: readonly MidiMessage[],
  left: readonly MidiMessage[],
  known: readonly Place[],
  selected: readonly MidiMessage[] = [],
): Conclusion {
  // A parameter that was selected on the way there may not be selected again for the way back.
  const rightTracks = unknownTracks(right, known, selected);
  const leftTracks = unknownTracks(left, known, [...selected, ...right]);
  if (rightTracks.length === 0) return nothingHeard;
  const endless = rightTracks
    .filter(({message}) => canMove(message))
    .flatMap((track): readonly MidiFinding[] => {
      const back = leftTracks.find((one) => isSamePlace(one, track));
      const encoding = back && encodingOf(track, back);
      return encoding === undefined ? [] : [{type: 'turn', place: placeOf(track), encoding}];
    });
  const busiest = mostOf(endless, ({place}) => countAt(rightTracks, place) + countAt(leftTracks, place));
  // Steps are few and small to the right, and the contrary to the left: no travel from end to end looks like that.
  if (busiest !== undefined) return {state: 'found', finding: busiest};
  const travel = travelIn(unknownTracks([...right, ...left], known, selected));
  const [there, back] = [rightTracks, leftTracks].map((tracks) => travel && valuesAt(tracks, travel.place));
  if (travel && there && back && isTravel(there, back))
    return {state: 'found', finding: {...travel, reverse: fallsToTheRight(there, back)}};
  return {
    state: 'unclear',
    advice: 'Turn it to the right, slowly, then as far to the left; a knob with ends all the way.',
  };
}

/** What a key that was pressed `times` times is; pressed once it presses as the one before it in its row, if there is one. */
export function concludePress(
  messages: readonly MidiMessage[],
  known: readonly Place[],
  times: number,
  like?: Finding,
): Conclusion {
  const tracks = unknownTracks(messages, known).filter(({message, values}) => message !== 'bend' && values.length > 0);
  if (tracks.length === 0) return nothingHeard;
  const keys = tracks.filter((track) => isKey(track));
  const best = keys.find(({message}) => message === 'note') ?? mostOf(keys, ({values}) => rangeOf(values));
  if (best === undefined) return {state: 'unclear', advice: 'That was no key. Press it, and let it go.'};
  const {values} = best;
  const on = Math.max(...values);
  const off = Math.min(...values);
  const isAlternating = values.every((value, index) => (index % 2 === 0 ? value > off : value === off));
  const place = placeOf(best);
  if (values.length === 1 && like?.type === 'press') {
    const {press, on: itsOn, off: itsOff} = like;
    if (press === 'gate') return {state: 'unclear', advice: 'It was not let go. Press it once more.'};
    return {state: 'found', finding: {type: 'press', place, press, on: itsOn, off: itsOff}};
  }
  // One message is a key that is held as well as one that never tells its release.
  if (values.length === 1 && (times > 1 || like === undefined)) {
    return {state: 'unclear', advice: 'Press it 3 times, one after the other, and let it go each time.'};
  }
  if (on === off || best.message === 'program')
    return {state: 'found', finding: {type: 'press', place, press: 'trigger', on, off: 0}};
  if (times > 1 && values.length <= 2)
    return {state: 'unclear', advice: `Press it ${times} times, and let it go each time.`};
  if (!isAlternating) return {state: 'unclear', advice: 'That was more than one key. Press one, and let it go.'};
  const press = times > 1 && values.length % 2 === 1 ? 'toggle' : 'gate';
  // How hard it was pressed says nothing of the key.
  const isNote = best.message === 'note' || best.message === 'pressure' || best.message === 'poly';
  return {state: 'found', finding: {type: 'press', place, press, on: isNote ? 127 : on, off}};
}

/** Customs in which turning can be told, those that are met more often first; the last are wired the wrong way round. */
const customs: readonly RelativeEncoding[] = [
  {up: 0x01, down: 0x7f},
  {up: 0x01, down: 0x41},
  {up: 0x41, down: 0x3f},
  {up: 0x41, down: 0x01},
  {up: 0x11, down: 0x0f},
  {up: 0x7f, down: 0x00},
  {up: 0x7f, down: 0x01},
  {up: 0x3f, down: 0x41},
  {up: 0x0f, down: 0x11},
  {up: 0x00, down: 0x7f},
];

/** The custom in which what came first is to the right and what came then to the left, in as few steps as possible. */
function encodingOf(right: Track, left: Track): RelativeEncoding | undefined {
  if (right.steps.length > 1 && left.steps.length > 1) {
    const up = right.steps.every((step) => step > 0) && left.steps.every((step) => step < 0);
    return up ? {up: 0x01, down: 0x7f} : {up: 0x7f, down: 0x01};
  }
  const [to, back] = [turnValues(right), turnValues(left)];
  if (to.length < 2 || back.length < 2) return undefined;
  let best: RelativeEncoding | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const custom of customs) {
    const [there, here] = [
      to.map((value) => decodeSteps(custom, value)),
      back.map((value) => -decodeSteps(custom, value)),
    ];
    if ([...there, ...here].some((step) => step < 0 || step > mostSteps)) continue;
    // One value up and one down say nothing of any other.
    const isBinary = (custom.up ^ custom.down) === 0x7f;
    if (isBinary && [...to, ...back].some((value) => value !== custom.up && value !== custom.down)) continue;
    const [sum, sumBack] = [total(there), total(here)];
    if (sum === 0 || sumBack === 0 || sum + sumBack >= fewest) continue;
    best = custom;
    fewest = sum + sumBack;
  }
  return best;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** Turning tells in seven bits; in messages of fourteen the upper ones, if the lower ones never move. */
function turnValues({values, top}: Track): readonly number[] {
  if (top === 127) return values;
  return values.every((value) => (value & 0x7f) === 0) ? values.map((value) => value >> 7) : [];
}

function unknownTracks(
  messages: readonly MidiMessage[],
  known: readonly Place[],
  before: readonly MidiMessage[] = [],
): readonly Track[] {
  // A controller that is known to be one of its own is no half of another.
  const own = known.filter(({message}) => message === 'cc');
  const [fresh, earlier] = [messages, before].map((all) => all.filter((message) => !isKnownMessage(own, message)));
  return tracksOf(fresh ?? [], earlier).filter((track) => !known.some((place) => isSamePlace(place, track)));
}

/** Messages that tell of positions or steps. */
function canMove(message: Track['message']): boolean {
  return ['cc', 'cc14', 'nrpn', 'rpn', 'bend'].includes(message);
}

/** Notes, programs, and whatever leaps between two values or always has the same one. */
function isKey({message, values}: Track): boolean {
  if (message === 'note' || message === 'program') return true;
  if (message === 'poly' || message === 'pressure') return new Set(values).size === 2 && values.includes(0);
  return new Set(values).size <= 2 && (rangeOf(values) >= 32 || (rangeOf(values) === 0 && (values[0] ?? 0) > 0));
}

/** The values' greatest common measure, but for the end of the travel, which may stick out, and the first, of which a half may be missing. */
function stepOf(values: readonly number[]): number {
  const top = Math.max(...values);
  const measure = values
    .slice(1)
    .filter((value) => value !== top)
    .reduce((one, other) => commonMeasure(one, other), 0);
  return Math.max(1, measure);
}

function commonMeasure(one: number, other: number): number {
  return other === 0 ? one : commonMeasure(other, one % other);
}

function countAt(tracks: readonly Track[], place: Place): number {
  return valuesAt(tracks, place).length;
}

function valuesAt(tracks: readonly Track[], place: Place): readonly number[] {
  return tracks.find((track) => isSamePlace(track, place))?.values ?? [];
}

function placeOf({message, channel, number}: Track): Place {
  return {message, channel, number};
}

function mostOf<Item>(items: readonly Item[], measure: (item: Item) => number): Item | undefined {
  return items.reduce<Item | undefined>(
    (best, item) => (best === undefined || measure(item) > measure(best) ? item : best),
    undefined,
  );
}
