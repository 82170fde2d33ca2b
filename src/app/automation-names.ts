import type {WriteTo} from '../model/automation-intent.ts';
import {type LaneId, laneTarget} from '../model/lane.ts';
import type {Mixer} from '../model/mixer.ts';
import {plainText} from '../model/problem.ts';
import {stripOf} from '../surface/shown-strips.ts';

/** Who writes what is written without a hand. */
export const deskName = 'desk';

/** What people call the writing of a parameter, where it is not simply its name. */
const verbs: Readonly<Record<string, string>> = {
  level: 'ride',
  'level.offset': 'trim ride',
  pan: 'pan',
  trim: 'gain',
  mute: 'mute',
};

/** One pass of one lane. */
export interface PassFacts {
  readonly lane: LaneId;
  readonly fromFrame: number;
  readonly endFrame: number;
  /** A switch was pressed once, and set to this. */
  readonly pressed?: number | undefined;
}

/** `ride Lead Vocal 0:42–0:51`, `mute Kick 0:12`, `write 24 lanes 0:00–3:12`: what a step of passes that began and ended together is called. */
export function passName(passes: readonly PassFacts[], mixer: Mixer, sampleRate: number): string {
  const [first] = passes;
  if (first === undefined) return 'nothing';
  const {fromFrame, endFrame, pressed, lane} = first;
  const from = clock(fromFrame, sampleRate);
  const to = clock(endFrame, sampleRate);
  const when = pressed !== undefined || from === to ? from : `${from}–${to}`;
  if (passes.length > 1) return `write ${passes.length} lanes ${when}`;
  const parameter = laneTarget(lane)?.parameter;
  const undone = parameter === 'mute' && pressed === 0 ? 'un' : '';
  return `${undone}${verbs[parameter ?? ''] ?? parameter} ${stripName(lane, mixer)} ${when}`;
}

/** `write Lead Vocal level to the end`. */
export function writeToName(lanes: readonly LaneId[], to: WriteTo, mixer: Mixer): string {
  const where = {
    start: 'to the start',
    end: 'to the end',
    loop: 'over the loop',
    'next-point': 'to the next point',
  };
  const [only] = lanes;
  const what = lanes.length === 1 && only !== undefined ? laneName(only, mixer) : `${lanes.length} lanes`;
  return `write ${what} ${where[to]}`;
}

/** `Lead Vocal level`, `Lead Vocal send1.levelDb`. */
export function laneName(lane: LaneId, mixer: Mixer): string {
  const parameter = laneTarget(lane)?.parameter;
  return `${stripName(lane, mixer)} ${parameter === 'level.offset' ? 'level trim' : parameter}`;
}

function stripName(lane: LaneId, mixer: Mixer): string {
  const strip = laneTarget(lane)?.strip;
  return plainText((strip === undefined ? undefined : stripOf(mixer, strip)?.name) ?? strip ?? lane);
}

/** `0:42`: minutes and seconds. */
function clock(frame: number, sampleRate: number): string {
  const seconds = Math.floor(Math.max(0, frame) / sampleRate);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
