import {stillEngine} from '../../engine/still-engine.ts';
import type {Mappings} from '../../mapping/compile.ts';
import {DeskError} from '../../model/problem.ts';
import type {Surface} from '../../model/surface.ts';
import type {Port, Transport} from '../../transport/contract.ts';
import {type SurfaceChoice, unknownChoice, withChosenSurfaces} from '../chosen-surfaces.ts';
import {systemClock} from '../clock.ts';
import {createDesk} from '../desk.ts';
import type {Desk} from '../desk-contract.ts';
import {surfaceAt} from '../port-surface.ts';
import {mayGreet, surfaceTransports} from '../surface-transports.ts';
import {watchBystanders} from './bystanders.ts';
import {practiceMixer, recordedSession} from './practice.ts';
import {type Tap, tappedTransport} from './tap.ts';
import {isWanted} from './wanted-port.ts';

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
  /** Ports of no surface that were asked for by name are opened, too, for whoever listens in. */
  readonly opensUnknown?: boolean;
  /** Where ports are; those of the machine if absent. */
  readonly transports?: readonly Transport[];
}

/** A desk without sound and session, to try surfaces with, and someone who listens in on them. */
export interface PracticeDesk {
  readonly desk: Desk;
  /** What it mixes, as a session file has it. */
  readonly session: () => unknown;
  close(): Promise<void>;
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
  const {opensUnknown: opens = false} = options;
  // The desk is shown the ports that were asked for; here all are seen.
  const seen = transports.map((transport, at) => ({...transport, watch: plugged[at]?.watch ?? transport.watch}));
  const endBystanders = watchBystanders({
    ...{transports: seen, surfaceOf, isOthers: mayGreet, wanted: ports, opens},
    ...{clock: systemClock, tell: notice},
  });
  return {
    desk,
    session: () => recordedSession('Practice', engine.mixer),
    close: () => {
      endBystanders();
      return desk.close();
    },
  };
}
