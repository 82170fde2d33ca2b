import type {SurfaceChoice} from '../chosen-surfaces.ts';
import {systemClock} from '../clock.ts';
import {exitCode} from '../exit-code.ts';
import {deskMappings} from '../own-mappings.ts';
import {monitorLine, monitorTap} from '../record/monitor-line.ts';
import {openPracticeDesk} from '../record/practice-desk.ts';
import {untilStopped} from '../until-stopped.ts';

export interface MonitorOptions {
  readonly in?: boolean;
  readonly out?: boolean;
  readonly only?: readonly string[];
  readonly without?: readonly string[];
  readonly seconds?: number;
  readonly serial?: readonly string[];
  /** Ports that belong to other surfaces than their names would tell. */
  readonly surface?: readonly SurfaceChoice[];
  readonly mappings?: string;
  readonly layout?: string;
  readonly json?: boolean;
}

/** Shows every message that goes over the ports of surfaces, both ways, until it is stopped. */
export async function monitorSurfaces(ports: readonly string[], options: MonitorOptions): Promise<number> {
  const {only = [], without = [], serial = [], surface: choices = [], layout = 'mixer'} = options;
  const mappings = await deskMappings(options.mappings);
  const startMs = systemClock.now();
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const tell = (words: string): void => void process.stderr.write(`${words}\n`);
  const from = options.in === options.out ? undefined : options.in ? 'device' : 'desk';
  const tap = monitorTap(
    {from, only, without},
    () => systemClock.now() - startMs,
    (event) => say(options.json ? JSON.stringify(event) : monitorLine(event)),
    tell,
  );
  const desk = openPracticeDesk({mappings, layout, ports, serial, choices, notice: tell, opensUnknown: true}, tap);
  tell('Watching; Ctrl-C ends. Nothing is mixed: the surfaces stand on a desk to try them with.');
  const interrupted = await untilStopped(options.seconds);
  await desk.close();
  return interrupted ? exitCode.interrupted : exitCode.ok;
}
