import {type Lane, type LaneId, type LaneParameter, laneId} from '../../model/lane.ts';
import type {Mixer, StripId} from '../../model/mixer.ts';
import type {Problem} from '../../model/problem.ts';
import {findStripNamed, laneOf} from '../lane-name.ts';
import {shown} from '../schema-words.ts';
import {type ControllerMove, laneOfController} from './controller-lane.ts';
import {parameterOf} from './controller-table.ts';
import {type ExchangeStage, type LaneImport, lastFrame, refusedImport} from './exchange.ts';
import {midiVersion} from './midi-export.ts';
import {readText} from './midi-text.ts';
import {midiTracks, type TimedEvent} from './midi-tracks.ts';
import {tickTime} from './tempo-map.ts';

/** What a file says of itself and of one of its tracks. */
interface Track {
  /** Counted from 1. */
  readonly number: number;
  readonly name: string;
  /** The strip's id, in files of our own. */
  readonly strip: string | undefined;
  readonly moves: ReadonlyMap<LaneParameter, readonly ControllerMove[]>;
  readonly strange: number;
}

/** What controllers surely mean in files of other programs. */
const foreign: Readonly<Record<number, LaneParameter>> = {7: 'level', 10: 'pan'};

/**
 * The lanes of a standard MIDI file. In a file of our own each track says which strip it belongs to; in any other its name does, only level and pan are
 * read, on whatever channel, and a value holds until the next one. A track with automation for a strip that is not there refuses the whole file, unless
 * `skipUnknown` leaves it out with a warning. Never throws.
 */
export function lanesOfMidi(
  bytes: Uint8Array,
  path: string,
  {mixer, sampleRate}: ExchangeStage,
  skipUnknown = false,
): LaneImport {
  const read = midiTracks(bytes, path);
  if (read.type === 'broken') return {type: 'refused', problems: read.problems};
  const version = versionOf(read.tracks);
  if (version !== undefined && version > midiVersion) {
    const reason = `was written by a newer Longthrow (version ${version}, this program reads ${midiVersion})`;
    return refusedImport(path, [{path, reason, hint: 'Update Longthrow to import it.', severity: 'error'}]);
  }
  const isOwn = version !== undefined;
  const seconds = tickTime(read.ticksPerQuarter, read.tracks.flatMap(tempos));
  const frameAt = (tick: number): number => Math.round(seconds(tick) * sampleRate);
  const tracks = read.tracks.map((events, index) => trackOf(events, index + 1, isOwn));
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const lanes = new Map<LaneId, Lane>();
  for (const track of tracks) {
    const place = `${path}: track ${track.number}${track.name === '' ? '' : ` "${shown(track.name)}"`}`;
    if (track.moves.size === 0) continue;
    const strip = stripOf(mixer, track);
    if (strip.type === 'unknown') {
      const {reason, hint} = strip;
      if (skipUnknown) warnings.push({path: place, reason: `was left out: ${reason}`, hint, severity: 'warning'});
      else problems.push({path: place, reason, hint, severity: 'error'});
      continue;
    }
    if (track.strange > 0) {
      const reason = `${track.strange} events of other controllers were left out`;
      warnings.push({path: place, reason, severity: 'warning'});
    }
    for (const [parameter, moves] of track.moves) {
      const target = {strip: strip.what, parameter};
      const id = laneId(target);
      const possible = laneOf(mixer, target);
      if (possible.type === 'unknown') {
        problems.push({path: place, reason: possible.reason, hint: possible.hint, severity: 'error'});
      } else if (lanes.has(id)) {
        const reason = `${id} is in an earlier track, too`;
        problems.push({path: place, reason, hint: 'Keep one of them.', severity: 'error'});
      } else if (moves.some(({tick}) => !(frameAt(tick) <= lastFrame - 2 * moves.length))) {
        problems.push({path: place, reason: `${id} goes on for longer than a lane can`, severity: 'error'});
      } else {
        lanes.set(id, laneOfController(parameter, moves, frameAt, isOwn ? 'straight' : 'held', sampleRate));
      }
    }
  }
  if (problems.length > 0) return refusedImport(path, problems);
  if (lanes.size > 0) return {type: 'lanes', lanes, warnings};
  const hint = 'A track is taken for the strip of its name, controller 7 for its level and 10 for its pan.';
  return refusedImport(path, [
    ...warnings,
    {path, reason: 'holds no automation of this session', hint, severity: 'error'},
  ]);
}

function stripOf(mixer: Mixer, {strip, name}: Track): ReturnType<typeof findStripNamed> {
  const byId = strip === undefined ? undefined : findStripNamed(mixer, strip);
  if (byId?.type === 'found') return byId;
  const byName = findStripNamed(mixer, name);
  if (byName.type === 'found') return byName;
  if (strip !== undefined || name !== '') return byId ?? byName;
  return {type: 'unknown', reason: 'has automation but no name', hint: 'Name it after the strip it belongs to.'};
}

function versionOf([first = []]: readonly (readonly TimedEvent[])[]): number | undefined {
  for (const {event} of first) {
    if (event.type !== 'meta' || event.subtype !== 'text') continue;
    const [, version] = /^longthrow automation (\d{1,6})$/.exec(readText(event.text)) ?? [];
    if (version !== undefined) return Number(version);
  }
  return undefined;
}

function tempos(events: readonly TimedEvent[]): readonly {tick: number; microsecondsPerQuarter: number}[] {
  return events.flatMap(({tick, event}) =>
    event.type === 'meta' && event.subtype === 'setTempo' && event.microsecondsPerBeat > 0
      ? [{tick, microsecondsPerQuarter: event.microsecondsPerBeat}]
      : [],
  );
}

function trackOf(events: readonly TimedEvent[], number: number, isOwn: boolean): Track {
  const moves = new Map<LaneParameter, ControllerMove[]>();
  let name: string | undefined;
  let strip: StripId | undefined;
  let strange = 0;
  for (const {tick, event} of events) {
    if (event.type === 'meta') {
      if (event.subtype === 'trackName') name ??= readText(event.text).trim();
      if (event.subtype === 'text' && isOwn) strip ??= /^strip (\S+)$/.exec(readText(event.text))?.[1];
      continue;
    }
    if (event.type !== 'channel' || event.subtype !== 'controller') continue;
    const {controllerType, value} = event;
    const isLower = controllerType >= 32 && controllerType < 64;
    const controller = isLower ? controllerType - 32 : controllerType;
    const parameter = isOwn ? parameterOf({channel: event.channel + 1, number: controller}) : foreign[controller];
    if (parameter === undefined || value > 127) {
      strange++;
      continue;
    }
    const list = moves.get(parameter) ?? [];
    list.push({tick, half: isLower ? 'lower' : 'upper', value});
    moves.set(parameter, list);
  }
  return {number, name: name ?? '', strip, moves, strange};
}
