import type {TextEvent, TrackNameEvent} from 'midifile-ts';

/** Longest text of an event in bytes: a length of one byte. */
const longest = 127;

/** A text event at the place where the track is, in UTF-8; what is longer than 127 bytes is cut between characters. */
export function trackText(subtype: 'text' | 'trackName', text: string): TextEvent | TrackNameEvent {
  let bytes = Buffer.from(text, 'utf8').subarray(0, longest);
  while (bytes.length > 0 && bytes.toString('utf8').endsWith('\uFFFD') && !text.startsWith(bytes.toString('utf8'))) {
    bytes = bytes.subarray(0, -1);
  }
  return {deltaTime: 0, type: 'meta', subtype, text: bytes.toString('latin1')};
}

/** The text of an event: UTF-8, or where it is none Latin-1, as older programs write. */
export function readText(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  const read = bytes.toString('utf8');
  return read.includes('\uFFFD') ? text : read;
}
