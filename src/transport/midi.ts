import {describeError} from '../model/problem.ts';
import type {ConnectionListener, Opened, Port, Transport} from './contract.ts';
import {availabilityOf} from './library.ts';
import {type LoadedDriver, loadMidiDriver, type MidiDriver} from './midi-driver.ts';
import {openLink} from './midi-link.ts';
import {joinPorts, type MidiPort} from './midi-ports.ts';
import {createPortKeeper, type HeldPort} from './port-keeper.ts';
import type {After} from './timer.ts';

export interface MidiTransportOptions {
  /** Where the driver comes from: easymidi, unless a test brings its own. Never rejects. */
  readonly load?: () => Promise<LoadedDriver>;
  /** Ports as they were called before, so that equal devices keep their names. */
  readonly known?: readonly Port[];
  /** Timers of the system if absent. */
  readonly after?: After;
}

/** The library tells nothing when a port vanishes, so the list is read again and again; what is lost is known within a second. */
const pollMs = 500;
/**
 * How long device nodes must rest before the list is read: they come and go in a row, and a port that vanishes
 * while it is listed makes the library complain on the terminal.
 */
const hintMs = 30;
/** How long a system without MIDI is left alone before it is asked again. */
const retryMs = 2000;

/** MIDI ports of the system. Nothing is loaded before the first call; without MIDI there are no ports, and `availability` says why. */
export function midiTransport(options: MidiTransportOptions = {}): Transport {
  const load = options.load ?? loadMidiDriver;
  let driver: MidiDriver | undefined;
  let loading: Promise<LoadedDriver> | undefined;
  let ports: readonly MidiPort[] = (options.known ?? []).map((port) => ({port, input: undefined, output: undefined}));
  let listings = 0;
  let endHints: () => void = () => {};
  const keeper = createPortKeeper({
    async list() {
      await ensureDriver();
      return readPorts();
    },
    everyMs: () => (driver === undefined ? retryMs : pollMs),
    watchesHeld: true,
    after: options.after,
  });

  const ensureDriver = async (): Promise<LoadedDriver> => {
    if (driver !== undefined) return {state: 'loaded', driver};
    loading ??= load().then((loaded) => {
      loading = undefined;
      if (loaded.state === 'loaded') adopt(loaded.driver);
      return loaded;
    });
    return loading;
  };

  const adopt = (loaded: MidiDriver): void => {
    if (keeper.isClosed) {
      loaded.close();
      return;
    }
    driver = loaded;
    endHints = loaded.hints(() => keeper.lookIn(hintMs));
  };

  const abandon = (): void => {
    endHints();
    endHints = () => {};
    driver?.close();
    driver = undefined;
  };

  /** Reads the list now; what there is keeps its name. */
  const readPorts = (): readonly Port[] => {
    ports = listed();
    return ports.map(({port}) => port);
  };

  const listed = (): readonly MidiPort[] => {
    if (driver === undefined) return [];
    listings += 1;
    try {
      return joinPorts(driver.list(), ports);
    } catch {
      abandon();
      return [];
    }
  };

  const connect = (using: MidiDriver, midiPort: MidiPort, listener: ConnectionListener): Opened => {
    let held: HeldPort | undefined;
    const link = openLink(using, midiPort, (bytes) => {
      if (bytes.length > 0 && held?.isHeld === true) listener.received(new Uint8Array(bytes));
    });
    const line = keeper.hold(midiPort.port.id, listener, async () => link.close());
    held = line;
    return {
      state: 'open',
      connection: {
        send(bytes) {
          if (!line.isHeld) return;
          try {
            link.send(bytes);
          } catch (error) {
            line.end(describeError(error));
          }
        },
        close: () => line.end(undefined),
      },
    };
  };

  return {
    kind: 'midi',
    get listings() {
      return listings;
    },
    availability: async () => availabilityOf(await ensureDriver()),
    watch: keeper.watch,
    async open(wanted, listener) {
      const {id, name} = wanted;
      const loaded = await ensureDriver();
      if (keeper.isClosed) return {state: 'failed', reason: 'the transport is closed'};
      if (loaded.state === 'unavailable') return {state: 'failed', reason: loaded.reason};
      const find = (): MidiPort | undefined => {
        keeper.found(readPorts());
        return ports.find(({port}) => port.id === id);
      };
      const found = find();
      if (found === undefined) return {state: 'gone', reason: `${name} is no longer there`};
      const refused = keeper.refusal(wanted);
      if (refused !== undefined) return refused;
      try {
        return connect(loaded.driver, found, listener);
      } catch (error) {
        if (find() === undefined) return {state: 'gone', reason: `${name} is no longer there`};
        return {state: 'busy', reason: `${name} is held by another program (${describeError(error)})`};
      }
    },
    async close() {
      await keeper.close();
      await loading;
      abandon();
    },
  };
}
