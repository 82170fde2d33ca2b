import {stillEngine} from '../../engine/still-engine.ts';
import type {Mappings} from '../../mapping/compile.ts';
import {DeskError, plainText} from '../../model/problem.ts';
import type {Surface} from '../../model/surface.ts';
import type {Port, Transport} from '../../transport/contract.ts';
import {type SurfaceChoice, unknownChoice, withChosenSurfaces} from '../chosen-surfaces.ts';
import {systemClock} from '../clock.ts';
import {createDesk} from '../desk.ts';
import type {Desk} from '../desk-contract.ts';
import {surfaceAt} from '../port-surface.ts';
import {surfaceTransports} from '../surface-transports.ts';
import {practiceMixer, recordedSession} from './practice.ts';
import {type Tap, tappedTransport} from './tap.ts';

export interface PracticeOptions {
  readonly mappings: Mappings;
  /** Name of the layout. */
  readonly layout: string;
  /** Parts of the names of the ports that are opened; all surfaces if there are none. */
  readonly ports: readonly string[];
  readonly serial: readonly string[];
  /** Ports that belong to other surfaces than their names would tell. */
  readonly choices?: readonly SurfaceChoice[];
  readonly notice: (text: string) => void;
  /** Where ports are; those of the machine if absent. */
  readonly transports?: readonly Transport[];
}

/** A desk without sound and session, to try surfaces with, and someone who listens in on them. */
export interface PracticeDesk {
  readonly desk: Desk;
  /** What it mixes, as a session file has it. */
  readonly session: () => unknown;
}

/** Opens the desk; what is plugged in is found as on the real one. Rejects with a DeskError if there is no such layout. */
export function openPracticeDesk(options: PracticeOptions, tap: Tap): PracticeDesk {
  const {mappings, ports, serial, choices = [], notice} = options;
  const layout = mappings.layouts.find(({id}) => id === options.layout);
  if (layout === undefined) throw new DeskError('mapping.invalid', `There is no good layout "${options.layout}".`);
  const unknown = unknownChoice(choices, mappings.surfaces);
  if (unknown !== undefined) throw unknown;
  const engine = stillEngine(practiceMixer(), systemClock.now);
  // Home-made surfaces go dark when no sound engine goes on: here the desk itself stands for it.
  let turns = 0;
  const progress = (): number => {
    turns += 1;
    return turns;
  };
  const host = {clock: systemClock, serial, progress, live: () => false, notice};
  const surfaceOf = (port: Port): Surface | undefined => surfaceAt(mappings.surfaces, port);
  const plugged = withChosenSurfaces(options.transports ?? surfaceTransports(host), choices, mappings.surfaces);
  const transports = plugged.map((transport) =>
    tappedTransport(transport, tap, surfaceOf, (port) => isWanted(ports, port)),
  );
  const desk = createDesk({
    sessionName: 'Practice',
    engine,
    surfaces: mappings.surfaces,
    layout,
    transports,
    hasSound: () => true,
    clock: systemClock,
    notices: () => [],
    save: () => {},
  });
  return {desk, session: () => recordedSession('Practice', engine.mixer)};
}

/** Whether a port was asked for: by a part of its name, or by its path. */
export function isWanted(wanted: readonly string[], port: Port): boolean {
  if (wanted.length === 0) return true;
  const name = plainText(port.name).toLowerCase();
  return wanted.some((part) => part === port.id || name.includes(part.toLowerCase()));
}
