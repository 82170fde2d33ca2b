import type {LoadedDriver, MidiDriver} from '../../src/transport/midi-driver.ts';
import type {Endpoint} from '../../src/transport/midi-ports.ts';

interface Device {
  name: string;
  stamp: number;
  plugged: boolean;
  heard: Uint8Array[];
  received: ((bytes: Uint8Array) => void) | undefined;
  busy: boolean;
  failing: string | undefined;
}

/** A system of MIDI devices behind the driver's interface, as deaf to pulled cables as the real one. */
export class FakeMidi {
  readonly devices: Device[] = [];
  available = true;
  broken = false;
  /** Handles that are open: what leaks shows here. */
  handles = 0;
  drivers = 0;
  lists = 0;
  #stamps = 0;
  readonly #hints = new Set<() => void>();

  readonly load = async (): Promise<LoadedDriver> =>
    this.available
      ? {state: 'loaded', driver: this.#driver()}
      : {state: 'unavailable', reason: 'no sequencer', cure: 'load it'};

  plug(name: string): Device {
    this.#stamps += 1;
    const device = {name, stamp: this.#stamps, plugged: true, heard: [], received: undefined, busy: false};
    const whole: Device = {...device, failing: undefined};
    this.devices.push(whole);
    return whole;
  }

  pull(device: Device): void {
    device.plugged = false;
  }

  replug(device: Device): void {
    this.#stamps += 1;
    device.stamp = this.#stamps;
    device.plugged = true;
    device.received = undefined;
  }

  hint(): void {
    for (const hint of this.#hints) hint();
  }

  get hinted(): number {
    return this.#hints.size;
  }

  #endpoints(): readonly Endpoint[] {
    return this.devices
      .filter(({plugged}) => plugged)
      .map((device) => ({
        handle: `${device.name} ${this.devices.indexOf(device)}`,
        name: device.name,
        stamp: String(device.stamp),
      }));
  }

  #find(handle: string): Device {
    const device = this.devices.find((candidate, at) => candidate.plugged && `${candidate.name} ${at}` === handle);
    if (device === undefined) throw new Error('no such port');
    if (device.busy) throw new Error('Internal RtMidi error');
    return device;
  }

  #driver(): MidiDriver {
    this.drivers += 1;
    const counted = (end: () => void): {close(): void} => {
      this.handles += 1;
      return {
        close: () => {
          this.handles -= 1;
          end();
        },
      };
    };
    return {
      list: () => {
        this.lists += 1;
        if (this.broken) throw new Error('RtMidi not initialised');
        return {inputs: this.#endpoints(), outputs: this.#endpoints()};
      },
      openInput: (handle, received) => {
        const device = this.#find(handle);
        device.received = received;
        return counted(() => {
          if (device.received === received) device.received = undefined;
        });
      },
      openOutput: (handle) => {
        const device = this.devices.find((candidate, at) => candidate.plugged && `${candidate.name} ${at}` === handle);
        if (device === undefined) throw new Error('no such port');
        const {stamp} = device;
        return {
          ...counted(() => {}),
          send: (message) => {
            if (device.failing !== undefined) throw new Error(device.failing);
            if (device.plugged && device.stamp === stamp) device.heard.push(Uint8Array.from(message));
          },
        };
      },
      hints: (changed) => {
        this.#hints.add(changed);
        return () => this.#hints.delete(changed);
      },
      close: () => {
        this.drivers -= 1;
      },
    };
  }
}
