import {stat} from 'node:fs/promises';
import {basename, dirname, extname, join, resolve} from 'node:path';
import type {SoundFormat} from '../engine/sound-format.ts';
import {DeskError} from '../model/problem.ts';

/** The ending of a format's files. */
export function endingOf(format: SoundFormat): 'wav' | 'flac' {
  return format === 'flac16' || format === 'flac24' ? 'flac' : 'wav';
}

/**
 * How a file is to be written: as was asked, else by its ending, else as WAV with 24 bits. Throws a DeskError where the two contradict each other,
 * and for endings of files that are not made here.
 */
export function formatFor(output: string, asked: SoundFormat | undefined): SoundFormat {
  const ending = extname(output).toLowerCase();
  const isFlac = ending === '.flac';
  if (asked !== undefined && isFlac !== (endingOf(asked) === 'flac') && (isFlac || isWav(ending))) {
    throw new DeskError(
      'usage',
      `${output} does not end as ${asked} files do: name it .${endingOf(asked)}, or choose another --format.`,
    );
  }
  if (['.mp3', '.ogg', '.opus', '.m4a', '.aac', '.aif', '.aiff', '.caf', '.wma'].includes(ending)) {
    throw new DeskError('usage', `${output}: WAV and FLAC files are written, none that end in ${ending}.`);
  }
  return asked ?? (isFlac ? 'flac24' : 'pcm24');
}

function isWav(ending: string): boolean {
  return ending === '.wav' || ending === '.wave';
}

/** The two reports of a file, or of a folder of files. */
export function reportTargets(target: string, isFolder: boolean): {readonly json: string; readonly text: string} {
  const base = isFolder
    ? join(target, 'bounce.loudness')
    : join(dirname(target), `${basename(target, extname(target))}.loudness`);
  return {json: `${base}.json`, text: `${base}.txt`};
}

/** Refuses to write over files that are there (what is no file is refused when it is opened). Rejects with a DeskError that names it. */
export async function refuseTaken(targets: readonly string[]): Promise<void> {
  for (const target of targets) {
    const taken = await stat(target).catch(() => undefined);
    if (taken?.isFile() === true) {
      throw new DeskError('file.unwritable', `${resolve(target)} is there already. Give another name, or --replace.`);
    }
  }
}
