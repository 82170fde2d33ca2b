import {readFile} from 'node:fs/promises';
import {DeskError, describeError, plainText} from '../../model/problem.ts';
import {surfaceOfTold} from '../../surface/told-surface.ts';
import {exitCode} from '../exit-code.ts';
import {problemLine} from '../open-session.ts';
import {deskMappings} from '../own-mappings.ts';
import {compareShown, type Difference, runsByItself} from '../record/comparison.ts';
import {type Recording, type RecordingEntry, readRecording} from '../record/entry.ts';
import {mixerOf} from '../record/practice.ts';
import {replay} from '../record/replay.ts';

export interface ReplayOptions {
  readonly mappings?: string;
  readonly layout?: string;
  /** How much later or earlier the same may be shown, in milliseconds. */
  readonly tolerance: number;
  /** Compare levels and time, too. */
  readonly all?: boolean;
  readonly json?: boolean;
}

/** Nothing at all is compared by this. */
const nothing = /^\b$/;

/** Plays a device's side of a recording against the desk, and lists where the desk says something else; status 3 if it does. */
export async function replayRecording(path: string, options: ReplayOptions): Promise<number> {
  const recording = await open(path);
  const {entries, header} = recording;
  const mappings = await deskMappings(options.mappings);
  const told = header.device === undefined ? undefined : surfaceOfTold(header.device);
  if (typeof told === 'string') throw new DeskError('file.unreadable', `${path}: line 1: ${plainText(told)}`);
  const surface = told ?? mappings.surfaces.find(({id}) => id === header.surface);
  const layoutId = options.layout ?? header.layout;
  const layout = mappings.layouts.find(({id}) => id === layoutId);
  if (surface === undefined) {
    const hint = 'A mapping of your own is found in the usual folder, or in that of --mappings.';
    throw new DeskError(
      'mapping.invalid',
      `${path}: line 1: there is no surface "${plainText(header.surface)}" here. ${hint}`,
    );
  }
  if (layout === undefined) {
    throw new DeskError('mapping.invalid', `${path}: line 1: there is no layout "${plainText(layoutId)}" here.`);
  }
  const mixer = mixerOf(header.session);
  if (typeof mixer === 'string') throw new DeskError('session.invalid', `${path}: line 1: ${plainText(mixer)}`);
  const replayed = await replay({surface, layout, mixer, entries, afterMs: 500});
  const ignored = options.all ? nothing : runsByItself;
  const differences = compareShown(surface, entries, replayed, {toleranceMs: options.tolerance, ignored});
  const counted = {recorded: count(entries), replayed: count(replayed), differences};
  if (options.json) process.stdout.write(`${JSON.stringify({schemaVersion: 1, path, ...counted}, null, 2)}\n`);
  else process.stdout.write(`${lines(path, recording, counted).join('\n')}\n`);
  return differences.length === 0 ? exitCode.ok : exitCode.problemsFound;
}

async function open(path: string): Promise<Recording> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new DeskError('file.unreadable', `${path} cannot be read: ${describeError(error)}`, error);
  });
  const read = readRecording(path, text);
  const told = read.problems.map(problemLine).join('\n');
  if (read.state === 'refused') throw new DeskError('file.unreadable', told);
  if (told !== '') process.stderr.write(`${told}\n`);
  return read.recording;
}

function count(entries: readonly RecordingEntry[]): {readonly device: number; readonly desk: number} {
  const device = entries.filter(({from}) => from === 'device').length;
  return {device, desk: entries.length - device};
}

interface Counted {
  readonly recorded: ReturnType<typeof count>;
  readonly replayed: ReturnType<typeof count>;
  readonly differences: readonly Difference[];
}

function lines(path: string, {header}: Recording, {recorded, replayed, differences}: Counted): readonly string[] {
  const said = (value: string | undefined): string => (value === undefined ? 'nothing' : `"${plainText(value)}"`);
  return [
    ...differences.map(
      ({atMs, output, recorded: was, replayed: is}) =>
        `${(atMs / 1000).toFixed(3).padStart(9)}  ${plainText(output)}: recorded ${said(was)}, now ${said(is)}`,
    ),
    `${path}: ${plainText(header.surface)}, ${recorded.device} messages of the device, ${recorded.desk} of the desk, now ${replayed.desk}: ${
      differences.length === 0 ? 'the same is shown' : `${differences.length} outputs differ`
    }`,
  ];
}
