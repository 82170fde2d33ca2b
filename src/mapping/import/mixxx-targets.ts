import type {Meaning} from './ardour-targets.ts';
import type {ForeignTarget} from './finding.ts';

/** What a deck's own controls are called here, in lower case. */
const parameters: Readonly<Record<string, string>> = {
  volume: 'level',
  pregain: 'trim',
  filterhigh: 'eq4.gainDb',
  filtermid: 'eq2.gainDb',
  filterlow: 'eq1.gainDb',
};
/** The same for the knobs of an equalizer rack, from low to high. */
const bands: Readonly<Record<string, string>> = {
  parameter1: 'eq1.gainDb',
  parameter2: 'eq2.gainDb',
  parameter3: 'eq4.gainDb',
};
const buttons: Readonly<Record<string, 'mute' | 'solo' | 'select'>> = {mute: 'mute', pfl: 'solo'};
/** What a first deck does with its tape. */
const tape: Readonly<Record<string, Extract<Meaning, {state: 'meant'}>>> = {
  play: task('play', 'playback.play'),
  play_indicator: task('play', 'playback.play'),
  stop: task('stop', 'playback.stop'),
  start_stop: task('stop', 'playback.stop'),
  back: task('rewind', 'playback.rewind'),
  fwd: task('forward', 'playback.forward'),
  reloop_exit: task('cycle', 'playback.loop'),
  reloop_toggle: task('cycle', 'playback.loop'),
  loop_enabled: task('cycle', 'playback.loop'),
  loop_in: task('drop', 'playback.setIn'),
  loop_out: task('replace', 'playback.setOut'),
  jog: {state: 'meant', target: {type: 'jog'}},
  wheel: {state: 'meant', target: {type: 'jog'}},
  // Hot cues are places on the tape, as markers are.
  ...Object.fromEntries(
    (['pad-1', 'pad-2', 'pad-3', 'pad-4', 'pad-5', 'pad-6', 'pad-7', 'pad-8', 'pad-9'] as const).flatMap((name) => {
      const number = name.slice('pad-'.length);
      const cue = task(name, `marker:${number}`);
      return ['activate', 'goto', 'enabled', 'status'].map((what) => [`hotcue_${number}_${what}`, cue] as const);
    }),
  ),
};

function task(
  name: Extract<ForeignTarget, {type: 'task'}>['name'],
  action: string,
): Extract<Meaning, {state: 'meant'}> {
  return {state: 'meant', target: {type: 'task', name, action}};
}

/** What a control of a deck mixer (`[Channel1]`, `volume`) means here: decks are strips, the first one's tape is the desk's. */
export function deckMeaning(group: string, key: string): Meaning {
  const none = (reason: string): Meaning => ({state: 'none', reason});
  const what = key.trim().toLowerCase();
  const [, rack] = /^\[EqualizerRack1_\[Channel([1-9]\d?)\](?:_Effect1)?\]$/i.exec(group.trim()) ?? [];
  if (rack !== undefined && Object.hasOwn(bands, what)) {
    return {state: 'meant', target: {type: 'parameter', strip: Number(rack) - 1, parameter: bands[what] ?? ''}};
  }
  if (/^\[(?:Master|Main)\]$/i.test(group.trim()) && /^(?:volume|gain|main_?gain)$/.test(what)) {
    return {state: 'meant', target: {type: 'master'}};
  }
  const [, deck] = /^\[Channel([1-9]\d?)\]$/i.exec(group.trim()) ?? [];
  if (deck === undefined) return none(`the desk has nothing like ${group.slice(0, 40) || 'a control without a group'}`);
  const strip = Number(deck) - 1;
  if (Object.hasOwn(parameters, what)) {
    return {state: 'meant', target: {type: 'parameter', strip, parameter: parameters[what] ?? ''}};
  }
  const button = buttons[Object.hasOwn(buttons, what) ? what : ''];
  if (button !== undefined) return {state: 'meant', target: {type: 'button', strip, button}};
  if (/^vu_?meter/.test(what)) return none('lamps that light at a level each are no meter here: write them by hand');
  if (!Object.hasOwn(tape, what)) return none(`the desk has nothing like "${key.slice(0, 40)}"`);
  return strip === 0 ? (tape[what] ?? none('')) : none('the desk has one tape, and the first deck has it');
}
