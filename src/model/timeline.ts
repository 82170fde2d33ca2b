import {plainText} from './problem.ts';

/** A named place on the tape. No two stand at the same frame; they are kept in order of their frames. */
export interface Marker {
  /** Whole frames from the start of the tape, 0 … its length. */
  readonly frame: number;
  /** 1 to `longestMarkerName` characters, none of them a control character, none but inner spaces. */
  readonly name: string;
}

/** The part of the tape that is repeated: from `inFrame` on, and from `outFrame` straight back to it. Whole frames. */
export interface LoopRange {
  readonly inFrame: number;
  readonly outFrame: number;
}

/** What a session says of its tape. */
export interface Timeline {
  readonly markers: readonly Marker[];
  /** Undefined: the whole tape. */
  readonly loop: LoopRange | undefined;
}

/** Commands that change it. A marker is named by its frame. Nonsense, places beyond the tape and what is there already change nothing. */
export type TimelineCommand =
  | {readonly type: 'playback.setLoop'; readonly loop: LoopRange | undefined}
  | {readonly type: 'playback.addMarker'; readonly frame: number; readonly name: string}
  | {readonly type: 'playback.removeMarker'; readonly frame: number}
  | {readonly type: 'playback.renameMarker'; readonly frame: number; readonly name: string};

/** Whether a command is for the markers, of which the sound knows nothing. */
export function isMarkerCommand({type}: {readonly type: string}): boolean {
  return type.endsWith('Marker');
}

/** The shortest range that can be repeated, in frames: 85 ms at 48 kHz. */
export const shortestLoopFrames = 4096;
/** Characters of a marker's name at the most. */
export const longestMarkerName = 40;
/** Markers of a session at the most. */
export const mostMarkers = 500;

/** The whole tape, without markers. */
export const newTimeline: Timeline = {markers: [], loop: undefined};

/** Only the timeline of what holds one. */
export function timelineIn({markers, loop}: Timeline): Timeline {
  return {markers, loop};
}

/** Whether a range can be repeated on a tape of that length. */
export function isLoop({inFrame, outFrame}: LoopRange, lengthFrames: number): boolean {
  return (
    Number.isInteger(inFrame) &&
    Number.isInteger(outFrame) &&
    inFrame >= 0 &&
    outFrame <= lengthFrames &&
    outFrame - inFrame >= shortestLoopFrames
  );
}

/** The range with another in point. If the out point does not lie far enough behind it, the end of the tape is the new one; undefined if there is no room. */
export function withLoopIn(loop: LoopRange | undefined, frame: number, lengthFrames: number): LoopRange | undefined {
  const kept = {inFrame: frame, outFrame: loop?.outFrame ?? lengthFrames};
  return isLoop(kept, lengthFrames) ? kept : fitting({inFrame: frame, outFrame: lengthFrames}, lengthFrames);
}

/** The range with another out point. If the in point does not lie far enough before it, the start of the tape is the new one; undefined if there is no room. */
export function withLoopOut(loop: LoopRange | undefined, frame: number, lengthFrames: number): LoopRange | undefined {
  const kept = {inFrame: loop?.inFrame ?? 0, outFrame: frame};
  return isLoop(kept, lengthFrames) ? kept : fitting({inFrame: 0, outFrame: frame}, lengthFrames);
}

/** From the last marker at or before a frame (or the start) to the next after it (or the end); undefined if that is too short. */
export function sectionAround(markers: readonly Marker[], frame: number, lengthFrames: number): LoopRange | undefined {
  const inFrame = currentMarker(markers, frame)?.frame ?? 0;
  const outFrame = Math.min(nextMarker(markers, frame)?.frame ?? lengthFrames, lengthFrames);
  return fitting({inFrame, outFrame}, lengthFrames);
}

function fitting(loop: LoopRange, lengthFrames: number): LoopRange | undefined {
  return isLoop(loop, lengthFrames) ? loop : undefined;
}

/** The last marker at or before a frame: the part of the song that plays there. */
export function currentMarker(markers: readonly Marker[], frame: number): Marker | undefined {
  return markers.findLast((marker) => marker.frame <= frame);
}

/** The first marker after a frame. */
export function nextMarker(markers: readonly Marker[], frame: number): Marker | undefined {
  return markers.find((marker) => marker.frame > frame);
}

/** The last marker before a frame. */
export function previousMarker(markers: readonly Marker[], frame: number): Marker | undefined {
  return markers.findLast((marker) => marker.frame < frame);
}

/** `Marker 3`: a name with the smallest number that no marker bears. Eight characters, so that a time display can show it. */
export function freshMarkerName(markers: readonly Marker[]): string {
  const taken = new Set(markers.map(({name}) => name));
  const number = Array.from({length: markers.length + 1}, (_, index) => index + 1).find(
    (n) => !taken.has(`Marker ${n}`),
  );
  return `Marker ${number ?? markers.length + 1}`;
}

/** Why a text cannot be the name of a marker; undefined if it can. */
export function markerNameFault(name: string): string | undefined {
  if (name.trim() === '') return 'must not be empty';
  if (plainText(name) !== name) return 'must not contain control characters, nor begin or end with a space';
  return Array.from(name).length > longestMarkerName ? `is longer than ${longestMarkerName} characters` : undefined;
}

/** The timeline (or what holds one) after a command; the same one if the command asks for what cannot be. */
export function applyTimelineCommand<T extends Timeline>(
  timeline: T,
  command: TimelineCommand,
  lengthFrames: number,
): T {
  const {markers, loop} = timeline;
  switch (command.type) {
    case 'playback.setLoop': {
      const next = command.loop;
      if (next === undefined) return loop === undefined ? timeline : {...timeline, loop: undefined};
      if (!isLoop(next, lengthFrames)) return timeline;
      if (next.inFrame === loop?.inFrame && next.outFrame === loop.outFrame) return timeline;
      return {...timeline, loop: {inFrame: next.inFrame, outFrame: next.outFrame}};
    }
    case 'playback.addMarker': {
      const {frame, name} = command;
      const isPlace = Number.isInteger(frame) && frame >= 0 && frame <= lengthFrames;
      if (!isPlace || markerNameFault(name) !== undefined || markers.length >= mostMarkers) return timeline;
      if (markers.some((marker) => marker.frame === frame)) return timeline;
      return {...timeline, markers: sortedMarkers([...markers, {frame, name}])};
    }
    case 'playback.removeMarker': {
      const kept = markers.filter(({frame}) => frame !== command.frame);
      return kept.length === markers.length ? timeline : {...timeline, markers: kept};
    }
    case 'playback.renameMarker': {
      const {frame, name} = command;
      const renamed = markers.find((marker) => marker.frame === frame);
      if (renamed === undefined || renamed.name === name || markerNameFault(name) !== undefined) return timeline;
      return {...timeline, markers: markers.map((marker) => (marker === renamed ? {frame, name} : marker))};
    }
  }
}

/** Markers in the order in which the tape passes them. */
export function sortedMarkers(markers: readonly Marker[]): readonly Marker[] {
  return [...markers].sort((one, other) => one.frame - other.frame);
}
