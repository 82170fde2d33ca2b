import {basename, resolve} from 'node:path';
import {longestTapeSeconds, type MidiProfile, standardTapeSeconds} from '../model/midi-profile.ts';
import {type Colour, newStrip} from '../model/mixer.ts';
import {DeskError, plainText} from '../model/problem.ts';
import {writtenEngine} from './midi-target-file.ts';
import {stripOf} from './save.ts';
import type {SessionFile} from './session-file.ts';
import {sessionFileVersion} from './session-version.ts';

/** What a new session that mixes a device is made of. */
export interface NewMidiSession {
  readonly folder: string;
  readonly name?: string;
  readonly port: string;
  readonly profile: MidiProfile;
  /** Channels of the device, in desk order. */
  readonly channels: readonly number[];
  /** Length of the tape in seconds. */
  readonly seconds?: number;
}

/** Frames of such a session count as on most tapes. */
const sampleRate = 48_000;
const colours: readonly Colour[] = ['green', 'cyan', 'blue', 'magenta', 'yellow', 'red', 'white'];

/** A session of one strip for each channel, and one for each thing that sends go to. */
export function composeMidiSession({folder, name, port, profile, channels, seconds}: NewMidiSession): SessionFile {
  const called =
    profile.stripName
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'channel';
  const strips = channels.map((channel, index) =>
    stripOf(
      newStrip({
        id: `${called}-${channel}`,
        name: `${profile.stripName} ${channel}`,
        colour: colours[Math.floor(index / 8) % colours.length] ?? 'white',
        channels: 1,
        levelDb: profile.standardLevelDb,
      }),
      undefined,
      undefined,
      channel,
    ),
  );
  const returns = profile.returns.map((title, index) =>
    stripOf(
      newStrip({id: `return-${index + 1}`, kind: 'return', name: title, group: 'effects', colour: 'cyan'}),
      undefined,
    ),
  );
  return {
    longthrow: sessionFileVersion,
    name: plainText(name ?? basename(resolve(folder))).slice(0, 200) || 'Session',
    sampleRate,
    ...writtenEngine({port, profile: profile.id, seconds: seconds ?? standardTapeSeconds, channels: new Map()}),
    strips: [...strips, ...returns],
    masterLevelDb: 0,
  };
}

/** Channels as they are written on a command line: `1-8`, `1,2,10-12`; in the order in which they are written. Throws a DeskError for nonsense, and for those the device has not. */
export function channelsOf(text: string | undefined, most: number): readonly number[] {
  const written = text ?? `1-${most}`;
  const channels = written.split(',').flatMap((part): readonly number[] => {
    const range = /^\s*(\d{1,3})\s*(?:-\s*(\d{1,3})\s*)?$/.exec(part);
    const first = Number(range?.[1] ?? Number.NaN);
    const last = Number(range?.[2] ?? first);
    if (!(first >= 1 && last >= first && last <= most))
      throw new DeskError(
        'usage',
        `--channels ${plainText(written)}: channels are 1 to ${most}, as in 1-8 or 1,2,10-12.`,
      );
    return Array.from({length: last - first + 1}, (_, index) => first + index);
  });
  return [...new Set(channels)];
}

/** The length of a tape in seconds. Throws a DeskError for what no tape is. */
export function tapeSecondsOf(seconds: number): number {
  if (seconds >= 1 && seconds <= longestTapeSeconds) return seconds;
  throw new DeskError('usage', `--length: between 1 and ${longestTapeSeconds / 3600} hours.`);
}
