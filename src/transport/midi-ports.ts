import {plainText} from '../model/problem.ts';
import type {Port} from './contract.ts';

/** One direction of one port as the library lists it. */
export interface Endpoint {
  /** What the library opens it by; unique within its direction. */
  readonly handle: string;
  /** What the system calls it. */
  readonly name: string;
  /** Differs from plug to plug where the system tells (the device node on Linux), empty elsewhere. */
  readonly stamp: string;
}

/** Inputs and outputs as seen from here: an input is what the device says. */
export interface Listing {
  readonly inputs: readonly Endpoint[];
  readonly outputs: readonly Endpoint[];
}

/** A port with the library's handles of its two directions; either may be absent. */
export interface MidiPort {
  readonly port: Port;
  readonly input: string | undefined;
  readonly output: string | undefined;
}

/**
 * Joins inputs and outputs of one device into ports. Equal names are told apart by a count in front, as Windows does
 * (`2- Name`), which a port keeps as long as it is there: the lowest that no port of that name in `previous` still holds.
 */
export function joinPorts(listing: Listing, previous: readonly MidiPort[]): readonly MidiPort[] {
  const known = new Map(previous.map((port) => [port.port.id, port]));
  const pairs = pairEndpoints(listing).map(({input, output}) => {
    const id = `midi:${[input, output].map((end) => (end ? `${end.handle}#${end.stamp}` : '')).join('|')}`;
    const baseName = plainText((input ?? output)?.name ?? '');
    return {id, baseName, input: input?.handle, output: output?.handle, held: known.get(id)?.port.name};
  });
  const taken = new Set(pairs.flatMap(({held}) => held ?? []));
  return pairs.map(({id, baseName, input, output, held}) => {
    const name = held ?? freeName(baseName, taken);
    taken.add(name);
    return {port: {id, name, kind: 'midi'}, input, output};
  });
}

function freeName(baseName: string, taken: ReadonlySet<string>): string {
  let name = baseName;
  for (let number = 2; taken.has(name); number += 1) name = `${number}- ${baseName}`;
  return name;
}

interface Pair {
  readonly input: Endpoint | undefined;
  readonly output: Endpoint | undefined;
}

/**
 * Pairs by handle first (ALSA numbers both directions alike), then the k-th of a name with the k-th of that name, then what
 * is left over by its first word if there is but one on each side: some drivers name the two directions of one device differently.
 */
function pairEndpoints({inputs, outputs}: Listing): readonly Pair[] {
  const free = new Set(outputs);
  const partners = new Map<Endpoint, Endpoint>();
  const matches: ((input: Endpoint, output: Endpoint) => boolean)[] = [
    (input, output) => input.handle === output.handle && input.stamp === output.stamp,
    (input, output) => input.stamp === output.stamp && bothWays(input.name) === bothWays(output.name),
    (input, output) =>
      input.stamp === output.stamp &&
      firstWord(input.name) === firstWord(output.name) &&
      inputs.filter((other) => firstWord(other.name) === firstWord(input.name)).length === 1 &&
      outputs.filter((other) => firstWord(other.name) === firstWord(input.name)).length === 1,
  ];
  for (const match of matches) {
    for (const input of inputs) {
      if (partners.has(input)) continue;
      const output = [...free].find((candidate) => match(input, candidate));
      if (output === undefined) continue;
      partners.set(input, output);
      free.delete(output);
    }
  }
  return [
    ...inputs.map((input) => ({input, output: partners.get(input)})),
    ...[...free].map((output) => ({input: undefined, output})),
  ];
}

/** Windows calls the second pair of a device `MIDIIN2 (Name)` and `MIDIOUT2 (Name)`. */
function bothWays(name: string): string {
  return name.replace(/^MIDI(?:IN|OUT)(?=\d)/, 'MIDI');
}

function firstWord(name: string): string {
  return name.split(/\s/, 1)[0] ?? '';
}

/**
 * A listed name without the numbers that change from plug to plug. ALSA appends ` client:port` and prefixes the
 * client, which most ports repeat; the Windows library appends ` index`; macOS neither.
 */
export function systemName(listed: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return listed.replace(/ \d+$/, '');
  if (platform !== 'linux') return listed;
  const name = listed.replace(/ \d+:\d+$/, '');
  const colon = name.indexOf(':');
  const client = name.slice(0, colon);
  const port = name.slice(colon + 1);
  return colon > 0 && port.startsWith(client) ? port : name;
}

/** ALSA lists the library's own ports among all others; they are no devices. */
export function isOwnPort(listed: string): boolean {
  return /^RtMidi (?:Input|Output) Client:/.test(listed);
}

/** Names made unique as easymidi does it when it looks for the one to open: a count appended to repeated ones. */
export function uniqueHandles(listed: readonly string[]): readonly string[] {
  const handles: string[] = [];
  for (const name of listed) {
    let handle = name;
    for (let count = 1; handles.includes(handle); count += 1) handle = `${name}${count}`;
    handles.push(handle);
  }
  return handles;
}
