import {type AnyEvent, write} from 'midifile-ts';
import {type Lane, type LaneParameter, laneTarget} from '../../model/lane.ts';
import type {Lanes} from '../../model/lane-change.ts';
import {findStrip, type Mixer, masterId, type StripId} from '../../model/mixer.ts';
import {deskTaper} from '../../model/taper.ts';
import {controllerValue, lawOf, valueOfController} from './controller-scale.ts';
import {controllers} from './controller-table.ts';
import type {ExchangeStage, LaneExport} from './exchange.ts';
import {trackText} from './midi-text.ts';

/**
 * Ticks of a quarter note: at 120 quarters a minute 33 µs, at the slowest tempo (20) 195 µs. A point is moved by half a tick at the most, 0.1 ms, and by
 * less than 1 ms where points lie closer than ticks.
 */
export const ticksPerQuarter = 15_360;
/** Version of what the text events say; the first of the first track holds it. */
export const midiVersion = 1;
/** Points of one file at the most: a track is made in memory, several hundred bytes a point. */
export const mostMidiPoints = 1_000_000;
/** Farther than this, in seconds, no point is moved to keep it apart from the one before it: the one before it is left out. */
const farthestMove = 0.0009;
/** The longest pause between two events in ticks: a length of four bytes. */
const longestDelta = 2 ** 27;

/** A controller's two halves at a tick. */
interface Point {
  readonly tick: number;
  readonly channel: number;
  readonly number: number;
  readonly value: number;
}

interface Written {
  readonly points: readonly Point[];
  readonly leftOut: number;
  readonly text: string;
}

/**
 * Lanes as a standard MIDI file of format 1: a first track with the tempo, then one track a strip, named, each lane as a 14-bit controller of
 * `controllers`. Text events say which strip and which lanes a track holds and by which law, so that reading it back needs no guess. Undefined if there are
 * more than `mostMidiPoints` points.
 */
export function lanesAsMidi(lanes: Lanes, {mixer, sampleRate}: ExchangeStage): LaneExport<Uint8Array> | undefined {
  const microseconds = Math.round(60e6 / mixer.tempoBpm);
  const ticksPerFrame = (1e6 * ticksPerQuarter) / (microseconds * sampleRate);
  const found = [...lanes].flatMap(([id, lane]) => {
    const target = laneTarget(id);
    const isThere = target !== undefined && isStrip(mixer, target.strip);
    return isThere && lane.frames.length > 0 ? [{...target, lane}] : [];
  });
  const points = found.reduce((sum, {lane}) => sum + lane.frames.length, 0);
  if (points > mostMidiPoints) return undefined;
  const strips = [...mixer.strips.map(({id}) => id), masterId].filter((id) => found.some(({strip}) => strip === id));
  let leftOut = 0;
  const tracks = strips.map((strip) => {
    const written = found
      .filter((one) => one.strip === strip)
      .map(({parameter, lane}) => writtenLane(parameter, lane, ticksPerFrame, sampleRate));
    leftOut += written.reduce((sum, one) => sum + one.leftOut, 0);
    return track(stripName(mixer, strip), strip, written);
  });
  const first: AnyEvent[] = [
    trackText('text', `longthrow automation ${midiVersion}`),
    {deltaTime: 0, type: 'meta', subtype: 'setTempo', microsecondsPerBeat: microseconds},
    {deltaTime: 0, type: 'meta', subtype: 'endOfTrack'},
  ];
  const missing = lanes.size - found.length;
  return {
    content: write([first, ...tracks], ticksPerQuarter),
    lanes: found.length,
    points: points - leftOut,
    notes: [
      ...(points === 0
        ? []
        : [
            'Values are rounded to 14 bits: levels to 0.002 dB above −30 dB and to 0.02 dB below, all else to 1/16,383 of the range.',
          ]),
      ...(leftOut === 0 ? [] : [`${leftOut} points closer together than the ticks of the file were left out.`]),
      ...(missing === 0
        ? []
        : [`${missing} lanes of strips that the session has not, or without a point, were left out.`]),
    ],
  };
}

function isStrip(mixer: Mixer, id: StripId): boolean {
  return id === masterId || findStrip(mixer, id) !== undefined;
}

function stripName(mixer: Mixer, id: StripId): string {
  return findStrip(mixer, id)?.name ?? 'Master';
}

function writtenLane(parameter: LaneParameter, lane: Lane, ticksPerFrame: number, sampleRate: number): Written {
  const controller = controllers.get(parameter);
  if (controller === undefined) return {points: [], leftOut: lane.frames.length, text: ''};
  const farthest = Math.max(1, ticksPerFrame * sampleRate * farthestMove);
  let last = -1;
  const points: Point[] = [];
  const {channel, number} = controller;
  for (const [index, frame] of lane.frames.entries()) {
    const exact = frame * ticksPerFrame;
    const tick = Math.max(Math.round(exact), last + 1);
    const value = controllerValue(parameter, lane.values[index] ?? 0);
    if (tick - exact > farthest) {
      // It is nearer in time to the one before than that one's own: its value counts there, or the lane would end on an old one.
      points.splice(-1, 1, {tick: last, channel, number, value});
      continue;
    }
    points.push({tick, channel, number, value});
    last = tick;
  }
  const place = `channel ${channel}, controllers ${number} and ${number + 32}`;
  return {
    points,
    leftOut: lane.frames.length - points.length,
    text: `lane ${parameter}: ${place}, ${lawText(parameter)}`,
  };
}

const taperText = deskTaper
  .map(({position, levelDb}) => `${position}=${Number.isFinite(levelDb) ? levelDb : '-inf'}`)
  .join(' ');

function lawText(parameter: LaneParameter): string {
  if (lawOf(parameter) === 'taper') return `taper ${taperText} dB`;
  const ends = [0, 16_383].map((end) => valueOfController(parameter, end)).join(' to ');
  return `${lawOf(parameter)} ${ends}`;
}

function track(name: string, strip: StripId, written: readonly Written[]): AnyEvent[] {
  const events: AnyEvent[] = [
    trackText('trackName', name),
    trackText('text', `strip ${strip}`),
    ...written.map(({text}) => trackText('text', text)),
  ];
  const points = written.flatMap((one) => one.points).sort((one, other) => one.tick - other.tick);
  let at = 0;
  for (const {tick, channel, number, value} of points) {
    for (; tick - at > longestDelta; at += longestDelta)
      events.push({...trackText('text', ''), deltaTime: longestDelta});
    const half = (deltaTime: number, controllerType: number, seven: number): AnyEvent => ({
      ...{deltaTime, type: 'channel', subtype: 'controller', channel: channel - 1},
      ...{controllerType, value: seven},
    });
    events.push(half(tick - at, number, value >> 7), half(0, number + 32, value & 0x7f));
    at = tick;
  }
  events.push({deltaTime: 0, type: 'meta', subtype: 'endOfTrack'});
  return events;
}
