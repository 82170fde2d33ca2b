import {DeskError} from '../../model/problem.ts';
import type {SurfaceChoice} from '../chosen-surfaces.ts';
import {systemClock} from '../clock.ts';
import {exitCode} from '../exit-code.ts';
import {deskMappings} from '../own-mappings.ts';
import {openPracticeDesk, type PracticeDesk} from '../record/practice-desk.ts';
import {createRecorder, refuseExisting} from '../record/recorder.ts';
import {untilStopped} from '../until-stopped.ts';

export interface RecordOptions {
  readonly out: string;
  readonly seconds?: number;
  readonly serial?: readonly string[];
  /** Ports that belong to other surfaces than their names would tell. */
  readonly surface?: readonly SurfaceChoice[];
  readonly mappings?: string;
  readonly layout?: string;
  readonly json?: boolean;
}

/** Records what goes over the port of a surface, both ways, until it is stopped; status 4 if there was none to record. */
export async function recordSurface(port: string | undefined, options: RecordOptions): Promise<number> {
  const {serial = [], surface: choices = [], layout = 'mixer'} = options;
  refuseExisting(options.out);
  const mappings = await deskMappings(options.mappings);
  const tell = (words: string): void => void process.stderr.write(`${words}\n`);
  let practice: PracticeDesk | undefined;
  const recorder = createRecorder({
    path: options.out,
    layout,
    session: () => practice?.session(),
    nowMs: systemClock.now,
  });
  const ports = port === undefined ? [] : [port];
  practice = openPracticeDesk({mappings, layout, ports, serial, choices, notice: tell}, recorder);
  tell('Recording; Ctrl-C ends. Touch every fader, turn every encoder, press every key.');
  await untilStopped(options.seconds);
  await practice.close();
  recorder.close();
  if (recorder.failed !== undefined) throw new DeskError('file.unwritable', recorder.failed);
  if (recorder.files.length === 0) {
    throw new DeskError(
      'transport.unavailable',
      'No surface was there to record; "longthrow surfaces" lists those that are.',
    );
  }
  const files = recorder.files;
  process.stdout.write(
    options.json ? `${JSON.stringify({schemaVersion: 1, files}, null, 2)}\n` : `${files.join('\n')}\n`,
  );
  return exitCode.ok;
}
