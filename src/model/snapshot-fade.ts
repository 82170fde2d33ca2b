import type {MixerCommand} from './command.ts';
import {type LaneCurve, type LaneTarget, laneCommand, laneKind, laneValue, laneWrittenBy} from './lane.ts';
import type {Mixer} from './mixer.ts';
import {lowestLevelDb} from './taper.ts';

/** One value on its way, in the parameter's unit; levels straight in dB (−90 is silence), frequencies and times in octaves. */
export interface Glide {
  readonly target: LaneTarget;
  readonly from: number;
  readonly to: number;
  readonly curve: LaneCurve;
}

/** How a mixer comes to a snapshot within a time. */
export interface Fade {
  readonly glides: readonly Glide[];
  /** What opens the sound (mutes off, sends and processing on), and what has no way between: at once. */
  readonly atStart: readonly MixerCommand[];
  /** What closes it: mutes on, sends and processing off, when the levels have arrived. */
  readonly atEnd: readonly MixerCommand[];
}

/** Longest fade in ms. */
export const longestFadeMs = 60_000;

/** The commands of a recall, laid out in time. */
export function fadeOf(commands: readonly MixerCommand[], mixer: Mixer): Fade {
  const glides: Glide[] = [];
  const atStart: MixerCommand[] = [];
  const atEnd: MixerCommand[] = [];
  for (const command of commands) {
    const written = laneWrittenBy(command);
    const from = written === undefined ? undefined : laneValue(mixer, written.target);
    const kind = written === undefined ? undefined : laneKind(written.target.parameter);
    if (written === undefined || from === undefined || kind === undefined) {
      if (command.type === 'mixer.setMuteGroup' && command.active) atEnd.push(command);
      else atStart.push(command);
    } else if (kind.curve !== 'steps') {
      glides.push({target: written.target, from, to: written.value, curve: kind.curve});
    } else if (closes(written.target, written.value)) atEnd.push(command);
    else atStart.push(command);
  }
  return {glides, atStart, atEnd};
}

function closes({parameter}: LaneTarget, value: number): boolean {
  if (parameter === 'mute') return value === 1;
  return parameter.endsWith('.on') && value === 0;
}

/** The command that sets a value to where it is after a share 0…1 of its way. */
export function glideCommand({target, from, to, curve}: Glide, share: number): MixerCommand | undefined {
  if (share >= 1) return laneCommand(target, to);
  const isOctaves = curve === 'octaves' && from > 0 && to > 0;
  const value = isOctaves ? from * (to / from) ** share : from + (to - from) * share;
  return laneCommand(target, target.parameter === 'level' ? Math.max(lowestLevelDb, value) : value);
}
