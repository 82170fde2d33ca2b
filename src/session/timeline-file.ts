import {z} from 'zod';
import type {Problem} from '../model/problem.ts';
import {
  longestMarkerName,
  type Marker,
  markerNameFault,
  mostMarkers,
  shortestLoopFrames,
  sortedMarkers,
  type Timeline,
} from '../model/timeline.ts';

/** The longest tape there is, in frames: a day at the highest rate. */
const mostFrames = 24 * 3600 * 384_000;

const frameSchema = z.number().int().min(0).max(mostFrames);

/** A marker as `session.json` holds it; its name is checked by `checkTimeline`. */
const markerSchema = z.strictObject({frame: frameSchema, name: z.string().max(200)}).readonly();

/** Markers, in any order, and the loop: what `session.json` says of the tape. Frames are whole samples at the session's rate. */
export const timelineSchemas = {
  markers: z.array(markerSchema).max(mostMarkers).readonly().optional(),
  loop: z.strictObject({inFrame: frameSchema, outFrame: frameSchema}).readonly().optional(),
};

/** Names that may stand in a marker and in the loop. */
export const timelineKeys = {markers: ['frame', 'name'], loop: ['inFrame', 'outFrame']} as const;

interface WrittenTimeline {
  readonly markers?: readonly Marker[] | undefined;
  readonly loop?: Timeline['loop'];
}

/** What a schema cannot see: names that are none, markers on top of each other, a loop that is too short. */
export function checkTimeline({markers = [], loop}: WrittenTimeline, path: string): readonly Problem[] {
  const wrong = (place: string, reason: string, hint: string): Problem => ({
    path: `${path}: ${place}`,
    reason,
    hint,
    severity: 'error',
  });
  const inMarkers = markers.flatMap(({frame, name}, index): readonly Problem[] => {
    const fault = markerNameFault(name);
    const earlier = markers.findIndex((marker) => marker.frame === frame);
    return [
      ...(fault === undefined
        ? []
        : [wrong(`markers[${index}].name`, fault, `Give it 1 to ${longestMarkerName} plain characters.`)]),
      ...(earlier === index
        ? []
        : [
            wrong(`markers[${index}].frame`, `markers[${earlier}] stands there already`, 'Move or remove one of them.'),
          ]),
    ];
  });
  if (loop === undefined || loop.outFrame - loop.inFrame >= shortestLoopFrames) return inMarkers;
  const reason = `must end at least ${shortestLoopFrames} frames after it begins`;
  return [...inMarkers, wrong('loop', reason, 'Leave it out to loop the whole tape.')];
}

/** The timeline of a checked file; undefined if it says nothing of it. */
export function timelineOf({markers = [], loop}: WrittenTimeline): Timeline | undefined {
  return markers.length === 0 && loop === undefined ? undefined : {markers: sortedMarkers(markers), loop};
}

/** What is written of a timeline: nothing of what is absent. */
export function writtenTimeline(timeline: Timeline | undefined): {
  readonly markers?: readonly Marker[];
  readonly loop?: NonNullable<Timeline['loop']>;
} {
  const {markers = [], loop} = timeline ?? {};
  return {...(markers.length === 0 ? {} : {markers}), ...(loop === undefined ? {} : {loop})};
}
