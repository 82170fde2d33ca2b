import {type AnyEvent, deserialize, Stream} from 'midifile-ts';
import {describeError, type Problem} from '../../model/problem.ts';

/** An event and the tick it lies at, counted from the start. */
export interface TimedEvent {
  readonly tick: number;
  readonly event: AnyEvent;
}

export type MidiTracks =
  | {readonly type: 'tracks'; readonly ticksPerQuarter: number; readonly tracks: readonly (readonly TimedEvent[])[]}
  | {readonly type: 'broken'; readonly problems: readonly Problem[]};

/** Longest file time in ticks that is believed. */
const mostTicks = 2 ** 40;

/**
 * The tracks of a standard MIDI file of format 0 or 1 (MIDI 1.0, Standard MIDI Files): chunks of a name in four letters, a length in four bytes and as
 * many bytes; foreign chunks are passed over. Any bytes are answered; a file that ends early or holds nonsense is broken, and told where.
 */
export function midiTracks(bytes: Uint8Array, path: string): MidiTracks {
  const broken = (place: string, reason: string, hint?: string): MidiTracks => ({
    type: 'broken',
    problems: [
      {path: place === '' ? path : `${path}: ${place}`, reason, ...(hint ? {hint} : {}), severity: 'error' as const},
    ],
  });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 14 || chunkName(bytes, 0) !== 'MThd' || view.getUint32(4) < 6) {
    return broken('', 'is not a standard MIDI file', 'Give a file that ends in .mid.');
  }
  const format = view.getUint16(8);
  const division = view.getUint16(12);
  if (format > 1) return broken('', `is a MIDI file of format ${format}`, 'Save it as format 0 or 1.');
  if ((division & 0x8000) !== 0) return broken('', 'counts in film frames', 'Save it with ticks of quarter notes.');
  if (division === 0) return broken('', 'says that a quarter note has no ticks');
  const wanted = view.getUint16(10);
  const tracks: (readonly TimedEvent[])[] = [];
  for (let at = 8 + view.getUint32(4); at < bytes.length && tracks.length < wanted; ) {
    if (at + 8 > bytes.length) break;
    const length = view.getUint32(at + 4);
    const number = tracks.length + 1;
    if (chunkName(bytes, at) === 'MTrk') {
      const has = bytes.length - at - 8;
      if (length > has)
        return broken(`track ${number}`, `ends early: ${has} of ${length} bytes are there`, 'Export it again.');
      const track = readTrack(new DataView(bytes.buffer, bytes.byteOffset + at + 8, length));
      if (typeof track === 'string') return broken(`track ${number}`, track);
      tracks.push(track);
    }
    at += 8 + length;
  }
  if (tracks.length < wanted)
    return broken('', `has ${tracks.length} of the ${wanted} tracks it tells of`, 'Export it again.');
  return {type: 'tracks', ticksPerQuarter: division, tracks};
}

function chunkName(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** The events up to the end of the track; a sentence about what is wrong with them otherwise. */
function readTrack(bytes: DataView): readonly TimedEvent[] | string {
  const events: TimedEvent[] = [];
  let status = 0;
  let tick = 0;
  try {
    const stream = new Stream(bytes);
    while (!stream.eof()) {
      const event = deserialize(stream, status, (byte) => {
        status = byte;
      });
      tick += event.deltaTime;
      if (event.deltaTime < 0 || tick > mostTicks) return `has an impossible time at event ${events.length + 1}`;
      if (event.type === 'channel' && event.subtype === 'unknown')
        return `makes no sense at event ${events.length + 1}`;
      events.push({tick, event});
      if (event.type === 'meta' && event.subtype === 'endOfTrack') break;
    }
  } catch (error) {
    const why = error instanceof RangeError ? 'the track ends in the middle of it' : describeError(error);
    return `cannot be read at event ${events.length + 1}: ${why}`;
  }
  return events;
}
