import type {MidiMessage} from '../../wire/midi-message.ts';
import {isKnownMessage} from './known-places.ts';
import {type Track, tracksOf} from './tracks.ts';

/**
 * Whether a place tells of a hand on a cap: on and off by turns, on at first. Notes and their pressures may still be on, while the hand rests there, and may
 * come and go; a controller must have been let go, since it may be anything else.
 */
export function isTouch({message, values}: Track): boolean {
  if (message === 'cc') return values.length === 2 && (values[0] ?? 0) >= 64 && values[1] === 0;
  const isKind = message === 'note' || message === 'poly';
  return isKind && values.length > 0 && values.every((value, index) => (index % 2 === 0 ? value > 0 : value === 0));
}

/** What was heard of touches that are not over: the hand may be on a cap that has not moved yet. */
export function heldTouches(messages: readonly MidiMessage[]): readonly MidiMessage[] {
  const held = tracksOf(messages).filter((track) => isTouch(track) && track.values.length % 2 === 1);
  return messages.filter((message) => isKnownMessage(held, message));
}
