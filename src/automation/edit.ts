import type {LaneEdit} from '../model/automation-intent.ts';
import {emptyLane, type Lane, type LaneId, type LaneKind} from '../model/lane.ts';
import {changeBetween, type LaneChange, type Lanes, partOf, withPart} from '../model/lane-change.ts';
import {mappedLine} from './mapped-line.ts';
import {shifted} from './shift.ts';
import {smoothed} from './smooth.ts';
import {changeIn, lineIn, type Stretch} from './stretch.ts';
import {thinned} from './thin.ts';
import {fromStraight, isLevelKind, standardTolerance, straightOf} from './travel.ts';
import {kindOf} from './write-pass.ts';

/** Where lanes are edited. */
export interface EditPlace {
  /** The part's first frame; the start of the tape if absent. */
  readonly fromFrame?: number | undefined;
  /** The frame after its last; all that follows if absent. */
  readonly toFrame?: number | undefined;
  readonly sampleRate: number;
  /** The value that holds where a lane has no points: around what is copied into one. Without it what is copied holds there, too. */
  readonly standing?: ((lane: LaneId) => number | undefined) | undefined;
}

/** Points of equal value that stand for so long are a rest that thinning keeps. */
const restMs = 100;

/**
 * What an edit makes of a part of a lane (and of the one it copies to); what lies outside sounds as before. Values stay within the parameter's range, silence
 * stays silence. Empty if nothing changes. A text says why it cannot be done: what is wrong, and what can be.
 */
export function editLane(lanes: Lanes, id: LaneId, edit: LaneEdit, place: EditPlace): readonly LaneChange[] | string {
  const kind = kindOf(id);
  if (kind === undefined) return `${id} is no lane: say a strip and a parameter, as in "vox level".`;
  const lane = lanes.get(id);
  if (lane === undefined || lane.frames.length === 0) return `${id} has no points yet.`;
  const wrong = wrongNumber(edit) ?? wrongStretch(place);
  if (wrong !== undefined) return wrong;
  if (kind.curve === 'steps' && ['smooth', 'offset', 'scale'].includes(edit.type)) {
    return `${id} goes in steps: it can be thinned, shifted, cleared and copied, nothing else.`;
  }
  if (edit.type === 'copy') return copied(lanes, lane, id, edit.to, place);
  const change = changed(id, lane, kind, edit, place);
  return change === undefined ? [] : [change];
}

function changed(
  id: LaneId,
  lane: Lane,
  kind: LaneKind,
  edit: Exclude<LaneEdit, {readonly type: 'copy'}>,
  place: EditPlace,
): LaneChange | undefined {
  const {curve} = kind;
  const stretch = stretchOf(place);
  const inFrames = (ms: number): number => Math.round((ms * place.sampleRate) / 1000);
  const put = (points: Lane): LaneChange | undefined => changeIn(id, {lane, curve}, stretch, points);
  const part = lineIn({lane, curve}, stretch);
  switch (edit.type) {
    case 'thin': {
      const {tolerance = standardTolerance} = edit;
      const points = partOf(lane, stretch.fromFrame, stretch.toFrame);
      const thin = thinned(points, kind, {tolerance, restFrames: inFrames(restMs)});
      return changeBetween(id, lane, withPart(lane, stretch.fromFrame, stretch.toFrame, thin));
    }
    case 'smooth':
      return put(smoothed(part, kind, inFrames(edit.overMs)));
    case 'shift':
      return shifted(id, {lane, curve}, stretch, inFrames(edit.byMs));
    case 'offset':
      return put(mappedLine(part, kind, (height) => straightOf(kind, fromStraight(kind, height) + edit.by)));
    case 'scale': {
      const around = edit.around === undefined ? meanOf(part, kind) : straightOf(kind, edit.around);
      return put(mappedLine(part, kind, (height) => around + (height - around) * edit.factor));
    }
    case 'clear':
      return partOf(lane, stretch.fromFrame, stretch.toFrame).frames.length === 0 ? undefined : put(emptyLane);
  }
}

function copied(lanes: Lanes, lane: Lane, from: LaneId, to: LaneId, place: EditPlace): readonly LaneChange[] | string {
  const [kind, other] = [kindOf(from), kindOf(to)];
  if (other === undefined) return `${to} is no lane: say a strip and a parameter, as in "vox level".`;
  if (kind === undefined || !isSameKind(kind, other)) {
    return `${to} is of another kind than ${from}: only lanes of the same range and unit can be copied to each other.`;
  }
  if (from === to) return `${from} cannot be copied onto itself.`;
  const {curve} = kind;
  const line = {lane: lanes.get(to) ?? emptyLane, curve};
  const stretch = stretchOf(place);
  const change = changeIn(to, line, stretch, lineIn({lane, curve}, stretch), place.standing?.(to));
  return change === undefined ? [] : [change];
}

function isSameKind(one: LaneKind, other: LaneKind): boolean {
  return one.low === other.low && one.high === other.high && one.unit === other.unit && one.curve === other.curve;
}

function stretchOf({fromFrame = 0, toFrame = Number.POSITIVE_INFINITY}: EditPlace): Stretch {
  return {fromFrame: Math.max(0, Math.round(fromFrame)), toFrame: Math.round(toFrame)};
}

function wrongStretch(place: EditPlace): string | undefined {
  const {fromFrame, toFrame} = stretchOf(place);
  return toFrame > fromFrame ? undefined : 'The part ends where it begins or before: say a later end.';
}

function wrongNumber(edit: LaneEdit): string | undefined {
  const numbers = Object.values(edit).filter((value) => typeof value === 'number');
  if (!numbers.every(Number.isFinite)) return `To ${edit.type} takes a number.`;
  return edit.type === 'smooth' && edit.overMs <= 0 ? 'To smooth takes a time above 0 ms.' : undefined;
}

/** The mean height of a line over its length, silence left out; that of its points if it has none. */
function meanOf({frames, values}: Lane, kind: LaneKind): number {
  const heights = values.map((value) => straightOf(kind, value));
  const isHeard = (index: number): boolean => !isLevelKind(kind) || (values[index] ?? kind.low) > kind.low;
  let sum = 0;
  let length = 0;
  for (let index = 1; index < frames.length; index++) {
    if (!isHeard(index) || !isHeard(index - 1)) continue;
    const way = (frames[index] ?? 0) - (frames[index - 1] ?? 0);
    sum += (way * ((heights[index] ?? 0) + (heights[index - 1] ?? 0))) / 2;
    length += way;
  }
  if (length > 0) return sum / length;
  const heard = heights.filter((_, index) => isHeard(index));
  return heard.length === 0
    ? straightOf(kind, kind.standard)
    : heard.reduce((total, height) => total + height, 0) / heard.length;
}
