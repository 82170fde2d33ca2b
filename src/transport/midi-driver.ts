import {createRequire} from 'node:module';
import type {Input, Output} from '@julusian/midi';
import {describeError} from '../model/problem.ts';
import {alsaSequencer, cardStamp, watchCards} from './alsa.ts';
import type {Unavailable} from './library.ts';
import {adoptOpened} from './midi-handle.ts';
import {type Endpoint, isOwnPort, type Listing, systemName, uniqueHandles} from './midi-ports.ts';
import {explainLoadFailure} from './shared-library.ts';

/** What the MIDI transport asks of the system, one call a wish; the real one stands on easymidi. */
export interface MidiDriver {
  /** Throws only when the driver itself has failed. */
  list(): Listing;
  /** Opens by handle; throws if another program holds the port or it is gone. `received` is never called before this has returned. */
  openInput(handle: string, received: (bytes: Uint8Array) => void): {close(): void};
  openOutput(handle: string): {send(message: Uint8Array): void; close(): void};
  /** Calls back when devices may have come or gone; a hint to list sooner. Returns the way out. */
  hints(changed: () => void): () => void;
  close(): void;
}

export type LoadedDriver = {readonly state: 'loaded'; readonly driver: MidiDriver} | Unavailable;

/** easymidi's module, and under it the library whose handles it opens. */
interface Packages {
  readonly easymidi: typeof import('easymidi');
  /** The names under which easymidi looks up the library's classes afresh each time it makes a handle. */
  readonly under: {input: new () => Input; output: new () => Output};
}

let packages: Promise<Packages> | undefined;

/** Loads the optional packages on the first call, and asks the system before the library can complain on the terminal. */
export async function loadMidiDriver(): Promise<LoadedDriver> {
  let loaded: Packages;
  try {
    packages ??= loadPackages();
    loaded = await packages;
  } catch (error) {
    return unavailable(error);
  }
  const sequencer = process.platform === 'linux' ? await alsaSequencer() : undefined;
  if (sequencer !== undefined) return {state: 'unavailable', ...sequencer};
  try {
    return {state: 'loaded', driver: easymidiDriver(loaded)};
  } catch (error) {
    return unavailable(error);
  }
}

async function loadPackages(): Promise<Packages> {
  const easymidi = await import('easymidi');
  const own = createRequire(import.meta.url);
  return {easymidi, under: createRequire(own.resolve('easymidi'))('@julusian/midi/lazy')};
}

function unavailable(error: unknown): LoadedDriver {
  const text = describeError(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
    return {
      state: 'unavailable',
      reason: 'the package easymidi is not installed',
      cure: 'npm install --include=optional',
    };
  const explained = explainLoadFailure(text);
  if (explained !== undefined) return {state: 'unavailable', ...explained};
  return {
    state: 'unavailable',
    reason: `the MIDI library does not start: ${text}`,
    cure: 'see longthrow doctor',
  };
}

function easymidiDriver({easymidi, under}: Packages): MidiDriver {
  const {input: InputHandle, output: OutputHandle} = under;
  // One pair for all listings: each new handle is one more client of the sequencer, and there are few.
  const inputs = new InputHandle();
  const outputs = new OutputHandle();
  return {
    list: () => ({inputs: endpoints(inputs), outputs: endpoints(outputs)}),
    openInput(handle, received) {
      const input = adoptOpened(
        InputHandle,
        (made) => {
          under.input = made;
        },
        () => new easymidi.Input(handle),
      );
      // easymidi's own reading of the bytes throws on a SysEx in two pieces; ours is behind the transport.
      input.removeAllListeners('message');
      input.on('messageBuffer', (_deltaSeconds, message) => received(message));
      return {close: () => input.destroy()};
    },
    openOutput(handle) {
      const output = adoptOpened(
        OutputHandle,
        (made) => {
          under.output = made;
        },
        () => new easymidi.Output(handle),
      );
      return {send: (message) => output.sendMessage(Buffer.from(message)), close: () => output.destroy()};
    },
    hints: (changed) => (process.platform === 'linux' ? watchCards(changed) : () => {}),
    close() {
      inputs.destroy();
      outputs.destroy();
    },
  };
}

/**
 * All ports of one direction. A port that goes while it is read has an empty name and is left out; the count is asked
 * before each name, since the library writes on the terminal when it is asked for one too many.
 */
function endpoints(handle: {getPortCount(): number; getPortName(port: number): string}): readonly Endpoint[] {
  const listed: string[] = [];
  while (listed.length < handle.getPortCount()) listed.push(handle.getPortName(listed.length));
  const handles = uniqueHandles(listed);
  return listed.flatMap((name, at) => {
    const unique = handles[at];
    if (name === '' || unique === undefined || (process.platform === 'linux' && isOwnPort(name))) return [];
    const stamp = process.platform === 'linux' ? cardStamp(name) : '';
    return [{handle: unique, name: systemName(name, process.platform), stamp}];
  });
}
