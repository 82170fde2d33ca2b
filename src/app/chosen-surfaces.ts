import {nameHint} from '../model/near-name.ts';
import {DeskError} from '../model/problem.ts';
import type {Surface} from '../model/surface.ts';
import type {Port, Transport} from '../transport/contract.ts';

/** A port that a person says belongs to a surface, whatever its name would tell. */
export interface SurfaceChoice {
  /** Name of the surface's mapping file without its ending. */
  readonly surface: string;
  /** A part of the port's name, in any case. */
  readonly port: string;
}

/** Reads `generic-hui=UMC404`; undefined if one of both is missing. */
export function readChoice(text: string): SurfaceChoice | undefined {
  const at = text.indexOf('=');
  const [surface, port] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  return at < 0 || surface === '' || port === '' ? undefined : {surface, port};
}

/** The same transports, whose MIDI ports are the surfaces that were chosen for them. Choices of a surface that is not known change nothing. */
export function withChosenSurfaces(
  transports: readonly Transport[],
  choices: readonly SurfaceChoice[],
  surfaces: readonly Surface[],
): readonly Transport[] {
  if (choices.length === 0) return transports;
  const chosen = choices.map(({surface, port}) => ({
    part: port.toLowerCase(),
    surface: surfaces.find(({id}) => id === surface),
  }));
  const known = new WeakMap<Port, Port>();
  const asChosen = (port: Port): Port => {
    const surface = chosen.find(({part}) => port.name.toLowerCase().includes(part))?.surface;
    if (surface === undefined || port.surface !== undefined) return port;
    const made = known.get(port) ?? {...port, surface};
    known.set(port, made);
    return made;
  };
  return transports.map((transport) => {
    if (transport.kind !== 'midi' && transport.kind !== 'memory') return transport;
    return {...transport, watch: (changed) => transport.watch((ports) => changed(ports.map(asChosen)))};
  });
}

/** What is wrong with choices: the first that names a surface that is not known. */
export function unknownChoice(choices: readonly SurfaceChoice[], surfaces: readonly Surface[]): DeskError | undefined {
  const ids = surfaces.map(({id}) => id);
  const choice = choices.find(({surface}) => !ids.includes(surface));
  if (choice === undefined) return undefined;
  const hint = nameHint(choice.surface, ids);
  return new DeskError(
    'usage',
    `--surface ${choice.surface}=${choice.port}: no surface has this name${hint === undefined ? '' : ` (${hint})`}. "longthrow surfaces --known" lists them.`,
  );
}
