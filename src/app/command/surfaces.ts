import {faderWords} from '../../mapping/handbook.ts';
import {plainText} from '../../model/problem.ts';
import {driverTransport} from '../../transport/driver.ts';
import {exitCode} from '../exit-code.ts';
import {problemLine} from '../open-session.ts';
import {deskMappings} from '../own-mappings.ts';
import {listPorts} from '../port-list.ts';
import {surfaceAt} from '../port-surface.ts';

export interface SurfacesOptions {
  readonly known?: boolean;
  /** A folder of mappings beside the usual one. */
  readonly mappings?: string;
  readonly json?: boolean;
}

/** Lists the surfaces that are connected, or all that the desk has a mapping for. */
export async function listSurfaces(options: SurfacesOptions): Promise<number> {
  const mappings = await deskMappings(options.mappings);
  for (const problem of mappings.problems) process.stderr.write(`${problemLine(problem)}\n`);
  const known = mappings.surfaces.map((surface) => {
    const {id, maker, name, unit, strips, faders} = surface;
    return {id, maker, name, unit, strips, faders: faderWords(surface), motorFaders: faders.motor};
  });
  if (options.known) {
    if (options.json) return answer({schemaVersion: 1, known});
    const width = Math.max(...known.map(({maker, name}) => `${maker} ${name}`.length));
    const idWidth = Math.max(...known.map(({id}) => id.length));
    for (const {id, maker, name, unit, strips, faders} of known) {
      process.stdout.write(
        `${`${maker} ${name}`.padEnd(width)}  ${id.padEnd(idWidth)}  ${unit}, ${strips} ${strips === 1 ? 'strip' : 'strips'}, ${faders}\n`,
      );
    }
    return exitCode.ok;
  }

  const [midi, hid] = await Promise.all([portsOf('midi'), portsOf('hid')]);
  const {availability} = midi;
  // Keyboards and mice are HID devices, too: they are nobody's loss.
  const devices = hid.ports.filter((port) => surfaceAt(mappings.surfaces, port) !== undefined);
  const found = [...midi.ports, ...devices].map((port) => {
    const surface = surfaceAt(mappings.surfaces, port);
    return {
      port: plainText(port.name),
      kind: port.kind,
      surface: surface?.id ?? null,
      name: surface === undefined ? null : `${surface.maker} ${surface.name}`,
    };
  });
  if (options.json) return answer({schemaVersion: 1, midi: availability, hid: hid.availability, ports: found});
  if (availability.state === 'unavailable')
    process.stdout.write(`MIDI: ${plainText(availability.reason)} – ${plainText(availability.cure)}\n`);
  else if (found.length === 0)
    process.stdout.write(
      'No surface is there. Plug one in; "longthrow surfaces --known" lists those the desk knows.\n',
    );
  for (const {port, name} of found) process.stdout.write(`${port}: ${name ?? 'no surface that the desk knows'}\n`);
  return exitCode.ok;
}

function answer(value: object): number {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  return exitCode.ok;
}

/** The ports of one kind; none where it cannot be had. */
async function portsOf(kind: 'midi' | 'hid') {
  const transport = driverTransport(kind);
  const availability = await transport.availability();
  const ports = availability.state === 'available' ? await listPorts(transport) : [];
  await transport.close();
  return {availability, ports};
}
