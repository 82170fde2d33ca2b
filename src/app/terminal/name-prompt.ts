import {longestMarkerName} from '../../model/timeline.ts';
import type {Intent} from '../../surface/intent.ts';
import {line, type Style, span} from './style.ts';

/** A name that is being typed, was taken, or was left as it was. */
export type Prompt =
  | {readonly type: 'typing'; readonly text: string}
  | {readonly type: 'taken'; readonly text: string}
  | {readonly type: 'left'};

/** What is given a name. */
export type NamedThing = 'marker' | 'snapshot';

/** What a name that was taken asks for. */
export function namingIntent(what: NamedThing, name: string): Intent {
  return what === 'marker' ? {type: 'playback.nameMarker', name} : {type: 'snapshot.store', name};
}

/** What a key makes of the name so far. */
export function promptAfter(text: string, key: string): Prompt {
  switch (key) {
    case 'enter':
      return text.trim() === '' ? {type: 'left'} : {type: 'taken', text: text.trim()};
    case 'escape':
    case 'ctrl-c':
      return {type: 'left'};
    case 'backspace':
      return {type: 'typing', text: Array.from(text).slice(0, -1).join('')};
    case 'space':
      return {type: 'typing', text: added(text, ' ')};
    default:
      return {type: 'typing', text: Array.from(key).length === 1 ? added(text, key) : text};
  }
}

/** The line in which it is typed. */
export function drawPrompt(text: string, what: NamedThing, width: number, style: Style): string {
  const keys = `   Enter takes it, Esc leaves ${what === 'marker' ? 'it as it was' : 'all as it is'}`;
  return line([span(` Name of the ${what}: `, 'title'), span(`${text}_`, 'bold'), span(keys, 'dim')], width, style);
}

function added(text: string, character: string): string {
  return Array.from(text).length < longestMarkerName ? text + character : text;
}
