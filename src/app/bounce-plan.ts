import {extname, join, resolve} from 'node:path';
import {groupParts, type MixerParts, partFileNames, stemParts} from '../engine/bounce-parts.ts';
import type {FollowedLane} from '../engine/contract.ts';
import type {SoundFormat} from '../engine/sound-format.ts';
import type {Mixer} from '../model/mixer.ts';
import {DeskError} from '../model/problem.ts';
import type {Session} from '../model/session.ts';
import {endingOf, formatFor, reportTargets} from './bounce-target.ts';

/** What is asked of a bounce on the command line. */
export interface BounceCommandOptions {
  readonly output: string;
  readonly format?: SoundFormat;
  readonly stems?: boolean;
  readonly groups?: boolean;
  /** In seconds. */
  readonly from?: number;
  readonly to?: number;
  readonly tail?: number;
  /** False for `--no-report`. */
  readonly report?: boolean;
  readonly replace?: boolean;
  readonly json?: boolean;
}

/** One file, with the mix that is in it. */
export interface PlannedFile {
  readonly target: string;
  readonly mixer: Mixer;
  readonly strips: readonly number[];
  /** What moves it. */
  readonly lanes: readonly FollowedLane[];
}

/** What is to be written where. */
export interface BouncePlan {
  readonly format: SoundFormat;
  /** Absolute: the file, or the folder of several. */
  readonly target: string;
  readonly isSet: boolean;
  readonly files: readonly PlannedFile[];
  readonly muted: readonly string[];
  readonly reports: {readonly json: string; readonly text: string} | undefined;
}

/** The format of the files that are asked for. Throws a DeskError for words that do not go together. */
export function formatOf({output, format, stems, groups, from, to}: BounceCommandOptions): SoundFormat {
  if (stems && groups) throw new DeskError('usage', 'Give --stems or --groups, each with a folder of its own.');
  if (from !== undefined && to !== undefined && !(from < to)) {
    throw new DeskError('usage', '--to must lie after --from.');
  }
  if (!stems && !groups) return formatFor(output, format);
  if (['.wav', '.wave', '.flac'].includes(extname(output).toLowerCase())) {
    throw new DeskError(
      'usage',
      `${output} names a file, but several are written: give a folder, and --format if it shall not be WAV.`,
    );
  }
  return format ?? 'pcm24';
}

/** What a bounce of a session writes. Throws a DeskError if that is nothing. */
export function planOf(
  session: Session,
  lanes: readonly FollowedLane[],
  format: SoundFormat,
  options: BounceCommandOptions,
): BouncePlan {
  const target = resolve(options.output);
  const isSet = options.stems === true || options.groups === true;
  const reports = options.report === false ? undefined : reportTargets(target, isSet);
  const {mixer} = session;
  if (!isSet) {
    const strips = mixer.strips.map((_, index) => index);
    return {format, target, isSet, files: [{target, mixer, strips, lanes}], muted: [], reports};
  }
  const {parts, muted}: MixerParts = options.stems ? stemParts(mixer, lanes) : groupParts(mixer, lanes);
  if (parts.length === 0) throw new DeskError('session.invalid', 'All strips are muted: there is nothing to bounce.');
  const names = partFileNames(parts, endingOf(format));
  const files = parts.map((part, index) => ({...part, target: join(target, names[index] ?? '')}));
  return {format, target, isSet, files, muted, reports};
}
