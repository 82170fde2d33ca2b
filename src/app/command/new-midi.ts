import {mkdir} from 'node:fs/promises';
import {resolve} from 'node:path';
import {DeskError, plainText} from '../../model/problem.ts';
import {channelsOf, composeMidiSession, tapeSecondsOf} from '../../session/new-midi-session.ts';
import {standingSession, writeNewSession} from '../../session/new-session.ts';
import {exitCode} from '../exit-code.ts';
import {midiProfiles, unknownProfile} from '../open-engine.ts';
import {problemLine} from '../open-session.ts';
import type {NewOptions} from './new.ts';

/** What `new` is told beside the folder, where a device is to be mixed. */
export interface NewMidiOptions extends NewOptions {
  /** The device's port. */
  readonly midi: string;
  readonly channels?: string;
  readonly profile?: string;
  /** A folder with profiles of the user's own. */
  readonly mappings?: string;
  /** Length of the tape in seconds. */
  readonly length?: number;
}

const usualProfile = 'general-midi';

/** Writes a session that mixes a device over MIDI. Whether the device is there does not matter: the desk waits for it. */
export async function newMidiSession(given: string, options: NewMidiOptions): Promise<number> {
  const folder = resolve(given);
  const port = plainText(options.midi);
  if (port === '') throw new DeskError('usage', '--midi: the name of a MIDI port, or a part of it.');
  if (options.buses)
    throw new DeskError('usage', '--buses makes groups of recordings; a device is mixed without them.');
  const standing = options.dryRun || options.replace ? undefined : await standingSession(folder);
  if (standing !== undefined) throw new DeskError('file.unwritable', problemLine(standing));
  const found = await midiProfiles(options.mappings);
  const {profile: id = usualProfile, name, length} = options;
  const profile = found.profiles.get(id);
  if (profile === undefined) throw unknownProfile(id, found);
  const file = composeMidiSession({
    ...{folder, port, profile, channels: channelsOf(options.channels, profile.strips)},
    ...(name === undefined ? {} : {name}),
    ...(length === undefined ? {} : {seconds: tapeSecondsOf(length)}),
  });
  if (!options.dryRun) await mkdir(folder, {recursive: true});
  const written = options.dryRun ? undefined : await writeNewSession(folder, file, {replace: options.replace === true});
  if (written?.type === 'failed') throw new DeskError('file.unwritable', problemLine(written.problem));
  if (options.json) {
    const answer = {schemaVersion: 1, path: written?.path ?? null, session: file, problems: []};
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return exitCode.ok;
  }
  const channels = file.strips.filter(({channel}) => channel !== undefined).length;
  const what = `${channels} ${channels === 1 ? 'channel' : 'channels'} of ${profile.name} at "${port}"`;
  process.stdout.write(
    written === undefined
      ? `${what}; nothing was written.\n`
      : `${written.path}: ${what}. Mix it with: longthrow ${given}\n`,
  );
  return exitCode.ok;
}
